"""`pipeline run --again`: what is in the store under other rules is geocoded anew, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.generate import articles
from pipeline import batches
from pipeline import run as running
from pipeline.errors import StoreError
from pipeline.geocoding import geocode
from pipeline.records import Refusal
from pipeline.run import Progress, RunReport, run, run_again
from pipeline.store import check_store
from pipeline.workers import Workers
from tests.pipeline.interrupted import interrupt_once

MANY = 120


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """A store of MANY articles; the file that they came from is gone."""
    news = tmp_path / "a.jsonl"
    news.write_text("\n".join(made.as_json() for made in articles(MANY)), "utf-8")
    run([str(news)], store_path=tmp_path / "iraq.gpkg")
    news.unlink()
    return tmp_path / "iraq.gpkg"


def balance(report: RunReport) -> tuple[int, int, int, int]:
    return report.inputs, report.stored, report.duplicates, report.refused


@pytest.fixture
def other_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(running, "rules_digest", lambda: "other rules")


def test_other_rules_geocode_the_store_again_without_the_input(
    store_path: Path, other_rules: Callable[[], None]
) -> None:
    other_rules()
    report = run_again(store_path=store_path)
    assert balance(report) == (MANY, MANY, 0, 0)
    assert report.superseded == MANY
    assert check_store(store_path) == []
    assert run_again(store_path=store_path).inputs == 0


def test_only_articles_under_other_rules_are_geocoded_again(
    store_path: Path, other_rules: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    other_rules()
    late = store_path.with_name("late.jsonl")
    late.write_text(json.dumps({"text": "A fire in Kirkuk."}), "utf-8")
    run([str(late)], store_path=store_path)
    seen: list[str] = []

    def listen(text: str, *, date: str | None = None) -> object:
        seen.append(text)
        return geocode(text, date=date)

    monkeypatch.setattr("pipeline.workers.geocode", listen)
    run_again(store_path=store_path, workers=Workers(1))
    assert len(seen) == MANY
    assert "A fire in Kirkuk." not in seen


def test_geocoding_again_can_be_interrupted_and_goes_on(
    store_path: Path, other_rules: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    other_rules()
    monkeypatch.setattr(batches, "BATCH", 30)
    told: list[Progress] = []
    first = run_again(store_path=store_path, on_progress=interrupt_once())
    assert first.interrupted
    assert 0 < first.inputs < MANY
    second = run_again(store_path=store_path, on_progress=told.append)
    assert first.stored + second.stored == MANY
    assert (told[-1].done, told[-1].total) == (second.stored, second.stored)


def test_geocoding_again_keeps_an_article_on_which_it_fails_as_it_was(
    store_path: Path, other_rules: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    other_rules()
    monkeypatch.setattr("pipeline.workers.geocode", fail_on_first())
    told: list[Refusal] = []
    report = run_again(store_path=store_path, workers=Workers(1), on_refusal=told.append)
    assert balance(report) == (MANY, MANY - 1, 0, 1)
    assert [refusal.code for refusal in told] == ["internal"]
    assert run_again(store_path=store_path).inputs == 1


def fail_on_first() -> Callable[..., object]:
    texts: list[str] = []

    def fail(text: str, *, date: str | None = None) -> object:
        texts.append(text)
        if len(texts) == 1:
            raise ValueError("a rule that broke")
        return geocode(text, date=date)

    return fail


def test_geocoding_again_where_no_store_is_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        run_again(store_path=tmp_path / "none.gpkg")
    assert not (tmp_path / "none.gpkg").exists()
