"""What a user sees of the readers: columns, what was passed over, archives from a pipe."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.__main__ import cli
from pipeline.read import FORMATS
from tests.pipeline.read.building import answer, chat, message, page, zipped
from tests.pipeline.read.reading import FIXTURES


def call(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "iraq.gpkg"


def test_formats_lists_the_table_in_one_line_each() -> None:
    lines = call("formats").output.splitlines()
    assert [line.split()[0] for line in lines] == [row.name for row in FORMATS]
    assert all(" " + row.endings[-1] + " " in line for row, line in zip(FORMATS, lines, strict=True))


def test_run_takes_columns_by_name(store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr,beitrag\n1,Two people were wounded in Kirkuk.\n")
    done = call("run", tmp_path / "a.csv", "--store", store, "--column", "text=beitrag")
    assert done.stdout == f"{store}: 1 read = 1 stored + 0 there already + 0 refused; 1 mentions\n"


@pytest.mark.parametrize("column", ["texts=beitrag", "text", "text=", "=x"])
def test_a_column_written_otherwise_is_told_with_what_there_is(store: Path, column: str) -> None:
    done = call("run", "seeds", "--store", store, "--column", column)
    assert done.exit_code == 2
    assert (
        "write FIELD=NAME; a FIELD is one of text, title, source, url, published, language, author"
        in done.stderr
    )


def test_geocode_takes_columns_by_name() -> None:
    lines = b'{"id": 1, "body": "In Kirkuk.", "day": "2024"}\n'
    done = call("geocode", "-", "--column", "text=body", "--column", "published=day", stdin=lines)
    answered = json.loads(done.stdout)
    assert (answered["id"], answered["mentions"][0]["surface"], "body" in answered) == (1, "Kirkuk", False)


def test_what_is_passed_over_is_told_apart_from_the_balance(store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(
        answer(kind="request") * 2 + answer(b"x", mime="image/png") + answer()
    )
    (tmp_path / "result.json").write_bytes(chat(message(), {"type": "service"}, {"type": "service"}))
    done = call("run", tmp_path / "a.warc.gz", tmp_path / "result.json", "--store", store)
    balance, passed_over = done.stdout.splitlines()
    assert balance.startswith(f"{store}: 2 read = 2 stored + 0 there already + 0 refused")
    assert passed_over == (
        "passed over: 2 × Telegram service message, 2 × WARC request record, 1 × image/* file that is no page"
    )
    assert done.exit_code == 0


def test_nothing_passed_over_is_not_mentioned(store: Path) -> None:
    assert "passed over" not in call("run", "seeds", "--store", store).stdout


@pytest.mark.parametrize("data", [zipped({"a.html": page()}), answer()], ids=["zip", "warc"])
def test_an_archive_is_read_from_a_pipe(store: Path, data: bytes) -> None:
    done = call("run", "-", "--store", store, stdin=data)
    assert f"{store}: 1 read = 1 stored" in done.stdout


def test_every_file_of_the_folder_of_formats_is_accounted_for(store: Path) -> None:
    done = call("run", FIXTURES / "formats", "--store", store)
    balance = done.stdout.splitlines()[0].removeprefix(f"{store}: ").partition(";")[0]
    read, stored, known, refused = (
        int(word) for word in balance.replace("=", " ").split() if word.isdecimal()
    )
    assert read == stored + known + refused
    assert read > 60
    assert refused == done.stderr.count("refused: ")
