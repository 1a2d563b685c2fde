"""The store's benchmark measures what it says; how fast the store is is not tested."""

from pathlib import Path

from benchmarks.store import PLAIN, Stage, ingest, judged, milliseconds, plain_ingest, questions
from pipeline.store import check_store, open_store, summary
from pipeline.store.schema import PAGE_SIZE

MANY = 60


def test_a_stage_for_each_tenth_and_a_store_that_is_whole(tmp_path: Path) -> None:
    stages = list(ingest(tmp_path / "a.gpkg", MANY, batch=4))
    assert [stage.before for stage in stages] == list(range(0, MANY, MANY // 10))
    assert sum(stage.articles for stage in stages) == MANY
    assert check_store(tmp_path / "a.gpkg") == []


def test_every_question_has_an_answer_in_both_orders_of_arrival(tmp_path: Path) -> None:
    for shuffled in (False, True):
        path = tmp_path / f"{shuffled}.gpkg"
        list(ingest(path, MANY, shuffled=shuffled))
        with open_store(path, mode="read") as store:
            assert all(milliseconds(ask, times=1) > 0 for ask in questions(store).values())


def test_the_plain_store_has_other_settings_and_the_same_content(tmp_path: Path) -> None:
    plain_ingest(tmp_path / "plain.gpkg", MANY)
    list(ingest(tmp_path / "ours.gpkg", MANY))
    with open_store(tmp_path / "ours.gpkg", mode="read") as store:
        assert store.db.pragma("page_size") == PAGE_SIZE
    with open_store(tmp_path / "plain.gpkg", mode="read") as store:
        assert store.db.pragma("page_size") == PLAIN["pipeline.store.migrate.PAGE_SIZE"]
        assert summary(store).articles == MANY


def test_a_goal_that_is_missed_is_said() -> None:
    slow = Stage(0, 10, 2.0, 2.0, 100, 900, 50)
    fast = Stage(0, 10, 1.0, 1.0, 100, 150, 50)
    answers = {"counts, all time": 1.0, "GROUP BY over mentions": 40.0}
    good = list(judged([fast], [slow], 150, answers))
    bad = list(judged([slow], [fast], 900, answers | {"counts, five years": 400.0}))
    assert not [line for line in good if "NOT MET" in line]
    assert [line[:6] for line in bad if "NOT MET" in line] == ["ingest", "file /", "counts"]
