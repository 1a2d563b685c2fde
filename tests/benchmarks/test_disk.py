"""A small share of the attacks of `make trust` on the disk, and the proof that a loss would be seen."""

import os
import time
from pathlib import Path

import pytest

from benchmarks import faulty, powercut
from benchmarks.disk import BROKEN, FULL, Fault, Step, failing, killing, noted, replayed
from benchmarks.forked import killed_within
from pipeline.errors import StoreError
from pipeline.store import check_store, correcting, migrate, open_store
from pipeline.store.connection import transaction

A, B, C = Step("write", "f", 0, b"a"), Step("write", "f", 1, b"b"), Step("write", "f", 2, b"c")
SYNC = Step("sync", "f")


def test_what_was_synced_survives_and_the_rest_may_not() -> None:
    assert replayed({}, [A, SYNC, B], lambda _: None) == {"f": b"a"}
    assert replayed({}, [A, SYNC, B], lambda step: step) == {"f": b"ab"}
    assert replayed({}, [A, SYNC, B, C], lambda step: step if step is C else None) == {"f": b"a\0c"}
    assert replayed({"f": bytearray(b"xyz")}, [Step("truncate", "f", 1)], lambda step: step) == {"f": b"x"}
    assert replayed({"f": bytearray(b"xyz")}, [Step("delete", "f")], lambda step: step) == {}


def test_no_power_cut_loses_a_correction_that_was_called_saved(tmp_path: Path) -> None:
    outcome = powercut.sweep(2, 1, tmp_path)
    assert outcome.states > 100
    assert outcome.faults == []


def test_without_a_sync_before_the_word_saved_corrections_would_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        correcting, "transaction", lambda store, *, durable: transaction(store, durable=not durable)
    )
    faults = powercut.sweep(2, 1, tmp_path).faults
    assert any("corrections were called saved" in fault for fault in faults)


def test_a_disk_that_fails_at_any_step_leaves_a_whole_store(tmp_path: Path) -> None:
    outcomes = faulty.sweep(tmp_path, stride=40)
    assert [outcome.faults for outcome in outcomes.values()] == [[], [], []]
    assert all(outcome.failures >= 4 for outcome in outcomes.values())
    assert [outcome.kills for outcome in outcomes.values()] == [7, 2, 1]


def killed_while_making(path: Path, at: int) -> bool:
    def make() -> None:
        with killing(at):
            open_store(path, mode="write").close()

    return killed_within(make)


def test_whatever_a_kill_leaves_of_a_store_in_the_making_can_be_read_and_gone_on_with(tmp_path: Path) -> None:
    for at in range(1, 12):
        path = tmp_path / f"{at}.gpkg"
        assert killed_while_making(path, at)
        assert list(faulty.unreadable(path, new=True)) == []
        open_store(path, mode="write").close()
        assert check_store(path) == []


def test_a_store_in_the_making_that_no_reader_can_open_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        migrate, "_lay_out", lambda db: db.pragma("journal_mode", "wal")
    )  # its journal is a file
    killed = [
        tmp_path / f"{at}.gpkg" for at in range(1, 12) if killed_while_making(tmp_path / f"{at}.gpkg", at)
    ]
    assert any(
        "may not be written" in fault for path in killed for fault in faulty.unreadable(path, new=True)
    )


def test_a_kill_is_told_from_an_end_and_from_a_failure() -> None:
    assert killed_within(lambda: time.sleep(60), 0.05)
    assert not killed_within(lambda: None)
    with pytest.raises(RuntimeError, match="failed by itself: exit code 3"):
        killed_within(lambda: os._exit(3))


@pytest.mark.parametrize(
    ("error", "said"), [(FULL, "the disk is full"), (BROKEN, "could not be read or written")]
)
def test_what_the_disk_did_is_told_with_what_to_do(tmp_path: Path, error: type[Exception], said: str) -> None:
    with failing(Fault(1, error, lasts=True)), pytest.raises(StoreError, match=said):  # type: ignore[arg-type]
        open_store(tmp_path / "a.gpkg", mode="write")


def test_a_disk_is_itself_again_afterwards(tmp_path: Path) -> None:
    steps: list[Step] = []
    with noted(steps):
        open_store(tmp_path / "a.gpkg", mode="write").close()
    many = len(steps)
    open_store(tmp_path / "b.gpkg", mode="write").close()
    assert many == len(steps) > 0
