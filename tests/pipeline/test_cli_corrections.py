from pathlib import Path

from click.testing import CliRunner

from pipeline.__main__ import cli
from pipeline.records import Selection
from pipeline.store import articles_in, correct, counts, open_store

SEED = "seeds/000_dbb5ca02ce4d1233.txt"


def call(*arguments: object) -> str:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments]).output


def test_corrections_leave_a_store_and_come_back_into_one_built_anew(tmp_path: Path) -> None:
    store = tmp_path / "iraq.gpkg"
    call("run", SEED, "--store", store)
    with open_store(store, mode="write") as opened:
        first = next(iter(articles_in(opened, "IQ-KI", Selection()))).mentions[0]
        correct(opened, mention_id=first.id, author="N", action="reject", base_revision=first.revision)
    kept = tmp_path / "kept.jsonl"
    assert call("corrections", "export", kept, "--store", store) == f"{kept}: 1 corrections\n"

    anew = tmp_path / "anew.gpkg"
    call("run", SEED, "--store", anew)
    assert call("corrections", "import", kept, "--store", anew) == f"{anew}: 1 new corrections\n"
    with open_store(anew, mode="read") as opened:
        assert counts(opened, Selection(), level="governorate")["IQ-KI"].mentions == 2
    assert call("corrections", "import", kept, "--store", anew) == f"{anew}: 0 new corrections\n"
