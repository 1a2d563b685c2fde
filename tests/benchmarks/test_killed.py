"""A small share of the kills of `make trust`, and the proof that a loss would be seen."""

from pathlib import Path

import pytest

from benchmarks import killed
from benchmarks.killed import RULES, kill
from pipeline.store import open_store

FIRST, OTHER = RULES


def test_a_few_kills_lose_nothing_and_leave_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(killed, "BATCHES", 6)
    outcome = kill(6, tmp_path)
    assert outcome.faults == []
    assert outcome.stages.total() == 6
    assert 0 <= outcome.share_inside() <= 1
    assert list(tmp_path.glob("killed-*")) == []


def test_a_loss_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(killed, "BATCHES", 2)
    ingest = killed._prepare(tmp_path)
    path = tmp_path / "a.gpkg"
    ingest.into(path, FIRST)
    assert ingest.known() == 80
    assert killed._faults(ingest, path, FIRST) == []
    assert killed._faults(ingest, path, OTHER) == ["a.gpkg: 80 articles are known to be done, 0 are"]
    ingest.into(path, OTHER)
    assert killed._faults(ingest, path, OTHER) == []
    with open_store(path, mode="write") as store:
        store.db.execute("DELETE FROM articles WHERE fid = 7")
    assert any("references" in fault for fault in killed._faults(ingest, path, OTHER))


def test_a_store_that_is_gone_is_a_fault_where_something_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(killed, "BATCHES", 1)
    ingest = killed._prepare(tmp_path)
    assert killed._faults(ingest, tmp_path / "a.gpkg", FIRST) == []
    ingest.know(40)
    assert "no store here" in killed._faults(ingest, tmp_path / "a.gpkg", FIRST)[0]
