import io
import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import batches
from pipeline import run as running
from pipeline.errors import ProjectError, StoreError
from pipeline.geocoding import geocode
from pipeline.read import read_path
from pipeline.records import Article, Geocoded, Mention, Refusal
from pipeline.run import Progress, RunReport, run
from pipeline.store import Store, article, open_store, summary
from pipeline.store.check import check_store
from pipeline.workers import Workers
from tests.pipeline.interrupted import interrupt_once

SENTENCES = (
    "اندلع حريق في قضاء خانقين.",
    "هجوم في محافظة ديالى.",
    "Two people were wounded in Kirkuk.",
    "Nothing happened anywhere.",
)


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "corpus" / "iraq.gpkg"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write(
        tmp_path / "news.jsonl", [f"{sentence} ({number})" for number in range(3) for sentence in SENTENCES]
    )


def write(path: Path, texts: list[str]) -> Path:
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts), "utf-8")
    return path


def balance(report: RunReport) -> tuple[int, int, int, int]:
    return report.inputs, report.stored, report.duplicates, report.refused


def kept(path: Path, news: Path) -> list[tuple[Article, list[Mention]]]:
    """What the store holds of the articles of a file: it must be equal whichever way it was made."""
    found = []
    with open_store(path, mode="read") as store:
        for read in read_path(news):
            stored = article(store, read.id) if isinstance(read, Article) else None
            assert stored is not None
            found.append((stored.article, [one.mention for one in stored.mentions]))
    return found


def test_articles_are_read_geocoded_and_stored(news: Path, store_path: Path) -> None:
    report = run([str(news)], store_path=store_path)
    assert balance(report) == (12, 12, 0, 0)
    with open_store(store_path, mode="read") as store:
        found = summary(store)
    assert (found.articles, found.mentions, found.silent) == (12, 9, 3)
    assert check_store(store_path) == []


def test_the_same_input_twice_changes_nothing(news: Path, store_path: Path) -> None:
    run([str(news)], store_path=store_path)
    before = kept(store_path, news)
    again = run([str(news)], store_path=store_path)
    assert balance(again) == (12, 0, 12, 0)
    assert kept(store_path, news) == before


def test_what_is_known_is_not_geocoded_again(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([str(news)], store_path=store_path)
    monkeypatch.setattr("pipeline.workers.geocode", lambda *_, **__: pytest.fail("geocoded again"))
    assert run([str(news)], store_path=store_path).duplicates == 12


def test_an_article_that_stands_twice_is_stored_once(tmp_path: Path, store_path: Path) -> None:
    twice = write(tmp_path / "a.jsonl", [SENTENCES[0], SENTENCES[1], SENTENCES[0]])
    (tmp_path / "b.txt").write_text(SENTENCES[1], "utf-8")
    assert balance(run([str(twice), str(tmp_path / "b.txt")], store_path=store_path)) == (4, 2, 2, 0)


def test_other_rules_supersede_what_the_old_ones_found(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([str(news)], store_path=store_path)
    monkeypatch.setattr(running, "rules_digest", lambda: "other rules")
    report = run([str(news)], store_path=store_path)
    assert (report.stored, report.superseded) == (12, 12)
    assert check_store(store_path) == []


def test_the_bad_inputs_of_a_batch_are_refused_by_name_and_the_rest_is_done(
    tmp_path: Path, store_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "greek.txt").write_bytes("Δύο τραυματίες στο Κιρκούκ".encode("cp1253"))
    (tmp_path / "good.txt").write_text(SENTENCES[0], "utf-8")
    told: list[Refusal] = []
    report = run([str(tmp_path), str(tmp_path / "nowhere")], store_path=store_path, on_refusal=told.append)
    assert balance(report) == (5, 1, 0, 4)
    assert [(Path(one.origin).name, one.code) for one in told] == [
        ("empty.txt", "empty"),
        ("greek.txt", "encoding"),
        ("picture.txt", "binary"),
        ("nowhere", "missing"),
    ]
    with open_store(store_path, mode="read") as store:
        assert summary(store).failures == 4


def test_an_article_on_which_the_geocoder_fails_is_refused_alone(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(text: str, *, date: str | None = None) -> object:
        if text.startswith("Two people") and "(1)" in text:
            raise ValueError("a rule that\nbroke")
        return geocode(text, date=date)

    monkeypatch.setattr("pipeline.workers.geocode", fail_once)
    told: list[Refusal] = []
    report = run([str(news)], store_path=store_path, on_refusal=told.append)
    assert balance(report) == (12, 11, 0, 1)
    assert told[0].code == "internal"
    assert "ValueError: a rule that broke" in told[0].message


def test_what_stands_twice_and_cannot_be_geocoded_is_refused_twice(
    tmp_path: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> object:
        raise ValueError("a rule that broke")

    monkeypatch.setattr("pipeline.workers.geocode", fail)
    twice = write(tmp_path / "a.jsonl", [SENTENCES[0], SENTENCES[0]])
    told: list[Refusal] = []
    assert balance(run([str(twice)], store_path=store_path, on_refusal=told.append)) == (2, 0, 0, 2)
    assert [one.origin for one in told] == [f"{twice}:1", f"{twice}:2"]


def test_a_run_tells_the_languages_that_its_reader_left_open(tmp_path: Path, store_path: Path) -> None:
    texts = ("دوو کوژراو لە خانەقین", "Kerkük'te iki kişi yaralandı")
    lines = [json.dumps({"text": text, "language": "tr"}, ensure_ascii=False) for text in texts]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    run([str(tmp_path / "a.jsonl")], store_path=store_path)
    with open_store(store_path, mode="read") as store:
        assert summary(store).languages == {"ckb": 1, "tr": 1}
        rows = store.db.execute("SELECT language, flags FROM articles ORDER BY language")
        assert list(rows) == [("ckb", '["language-misdeclared"]'), ("tr", "[]")]


def test_of_what_is_known_no_language_is_told(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([str(news)], store_path=store_path)
    monkeypatch.setattr("pipeline.langid.find_language", lambda *_, **__: pytest.fail("told again"))
    assert run([str(news)], store_path=store_path).duplicates == 12


def test_faulty_data_of_our_own_stop_the_run_and_refuse_no_article(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ProjectError("weights.toml: 1 fault")

    monkeypatch.setattr("pipeline.workers.geocode", fail)
    with pytest.raises(ProjectError, match=r"weights\.toml"):
        run([str(news)], store_path=store_path)


def test_several_processes_find_the_same_as_one(news: Path, tmp_path: Path) -> None:
    one, several = tmp_path / "one.gpkg", tmp_path / "several.gpkg"
    run([str(news)], store_path=one, workers=Workers(1))
    pooled = Workers(2, pool_at=0)
    run([str(news)], store_path=several, workers=pooled)
    assert pooled.started
    assert kept(one, news) == kept(several, news)


def test_batches_are_whole_and_reported_one_by_one(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 5)
    seen: list[Progress] = []
    run([str(news)], store_path=store_path, on_progress=seen.append)
    assert [one.report.inputs for one in seen] == [5, 10, 12]
    assert seen[-1].done == seen[-1].total == news.stat().st_size


def test_a_batch_is_full_by_letters_too(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH_LETTERS", 1)
    seen: list[Progress] = []
    run([str(news)], store_path=store_path, on_progress=seen.append)
    assert len(seen) == 12


@pytest.fixture
def interrupt(monkeypatch: pytest.MonkeyPatch) -> Callable[[Progress], None]:
    """Ctrl-C, once, as soon as the first batch is done."""
    monkeypatch.setattr(batches, "BATCH", 3)
    return interrupt_once()


def test_an_interrupt_ends_after_a_whole_batch_and_the_next_run_goes_on(
    news: Path, store_path: Path, interrupt: Callable[[Progress], None]
) -> None:
    first = run([str(news)], store_path=store_path, on_progress=interrupt)
    assert first.interrupted
    assert balance(first) == (6, 6, 0, 0)  # the batch that was done, and the one at work meanwhile
    assert check_store(store_path) == []
    second = run([str(news)], store_path=store_path)
    assert balance(second) == (12, 12 - first.stored, first.stored, 0)


@pytest.fixture
def heard_interrupts() -> Iterator[None]:
    """Python's own answer to Ctrl-C: whoever starts a program in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_interrupts")
def test_a_second_interrupt_ends_a_run_at_once_and_breaks_no_store(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 3)
    with pytest.raises(KeyboardInterrupt):
        run([str(news)], store_path=store_path, on_progress=lambda _: signal.raise_signal(signal.SIGINT))
    assert check_store(store_path) == []
    assert run([str(news)], store_path=store_path).inputs == 12


def test_interrupts_are_as_before_when_a_run_is_over(news: Path, store_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    run([str(news)], store_path=store_path)
    assert signal.getsignal(signal.SIGINT) is before


def test_standard_input_is_one_of_the_paths(store_path: Path) -> None:
    data = io.BytesIO(json.dumps({"text": SENTENCES[0]}).encode())
    assert balance(run(["-"], store_path=store_path, stdin=data)) == (1, 1, 0, 0)


def test_where_no_path_leads_to_a_file_no_store_is_made(tmp_path: Path, store_path: Path) -> None:
    told: list[Refusal] = []
    with pytest.raises(ProjectError, match="nothing to read"):
        run([str(tmp_path / "a"), str(tmp_path / "b")], store_path=store_path, on_refusal=told.append)
    assert [one.code for one in told] == ["missing", "missing"]
    assert not store_path.exists()


def test_a_store_that_cannot_be_made_is_said_at_once(news: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        run([str(news)], store_path=tmp_path / "file" / "iraq.gpkg")


def test_a_batch_that_is_broken_off_leaves_nothing_of_itself(
    news: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.workers.geocode", break_off)
    with pytest.raises(KeyboardInterrupt):
        run([str(news)], store_path=store_path)
    with open_store(store_path, mode="read") as store:
        assert summary(store).articles == 0


def test_a_worker_refuses_and_never_drops() -> None:
    report = Article("0", "Kirkuk", 0, 0, None, None, None, "en", None, "a.txt", "utf-8")
    (done,) = Workers(1).map([report])
    assert isinstance(done, Geocoded)
    assert [mention.surface for mention in done.mentions] == ["Kirkuk"]


def test_the_store_keeps_the_balance_of_each_run(news: Path, store_path: Path) -> None:
    run([str(news)], store_path=store_path)
    run([str(news), str(news.parent / "nowhere")], store_path=store_path)
    with open_store(store_path, mode="read") as store:
        assert runs(store) == [(12, 0, 0), (0, 12, 1)]


def runs(store: Store) -> list[tuple[int, int, int]]:
    return list(store.db.execute("SELECT stored, duplicates, refused FROM runs ORDER BY id"))
