"""A small share of the kills of `make trust`."""

from pathlib import Path

import pytest

from benchmarks import killed
from benchmarks.killed import kill
from pipeline.store import open_store


def test_a_few_kills_lose_nothing_and_leave_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(killed, "BATCHES", 6)
    outcome = kill(6, tmp_path)
    assert outcome.faults == []
    assert outcome.stages.total() == 6


def test_a_loss_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(killed, "BATCHES", 2)
    ingest = killed._prepare(tmp_path)
    path = tmp_path / "a.gpkg"
    ingest.into(path)
    killed._PAGE.pack_into(ingest.page, 0, 0, 100)
    assert list(killed._faults(ingest, path)) == ["a.gpkg: 100 articles were acknowledged, 80 are there"]
    with open_store(path, mode="write") as store:
        store.db.execute("DELETE FROM articles WHERE fid = 7")
    assert any("references" in fault for fault in killed._faults(ingest, path))
