"""Batches: stored as a whole, once, and never deleted."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from pipeline.errors import StoreError
from pipeline.records import UNTOLD, Geocoded, Refusal, Selection
from pipeline.store import (
    BatchResult,
    Store,
    add_batch,
    article,
    begin_run,
    canonical_dump,
    check_store,
    connection,
    counts,
    is_current,
    known_ids,
    migrate,
    summary,
)
from pipeline.store import write as write_module
from tests.pipeline.store.building import fill, marked, open_test_store

KIRKUK = marked("هجوم وب⟦كركوك|IQ-KI⟧ أمس", title="خبر")
SILENT = marked("لا شيء هنا", language="ar")


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    fill(store, [KIRKUK])
    found = article(store, KIRKUK.article.id)
    assert found is not None
    assert found.article == KIRKUK.article
    assert tuple(stored.mention for stored in found.mentions) == KIRKUK.mentions
    assert (found.article.title, found.article.body) == ("خبر", "هجوم وبكركوك أمس")


def test_offsets_are_code_points_also_after_an_emoji(store: Store) -> None:
    geocoded = marked("🔥🔥 في ⟦كركوك|IQ-KI⟧")
    fill(store, [geocoded])
    found = article(store, geocoded.article.id)
    assert found is not None
    mention = found.mentions[0].mention
    assert found.article.text[mention.start : mention.end] == "كركوك"


def test_what_the_source_left_out_stays_left_out(store: Store) -> None:
    bare = marked("⟦كركوك|IQ-KI|government⟧", source=None, published=None)
    fill(store, [bare])
    found = article(store, bare.article.id)
    assert found is not None
    assert (found.article.source, found.article.published, found.article.url) == (None, None, None)
    assert found.mentions[0].mention.literal is None


def test_processed_with_nothing_found_is_not_the_same_as_not_processed(store: Store) -> None:
    fill(store, [SILENT])
    assert is_current(store, SILENT.article.id, "rules-1")
    assert not is_current(store, KIRKUK.article.id, "rules-1")
    assert summary(store).silent == 1


def test_the_same_input_twice_changes_nothing(store: Store) -> None:
    refusal = Refusal("news.jsonl:7", "json", "news.jsonl:7: no JSON: mend the line")
    assert fill(store, [KIRKUK, SILENT], refusals=[refusal]) == BatchResult(2, 0, 1)
    before = list(canonical_dump(store))
    assert fill(store, [KIRKUK, SILENT], refusals=[refusal]) == BatchResult(0, 2, 1)
    assert list(canonical_dump(store)) == before


def test_an_article_twice_in_a_batch_is_stored_once(store: Store) -> None:
    assert fill(store, [KIRKUK, KIRKUK]) == BatchResult(1, 1, 0)


def test_other_rules_supersede_mentions_and_delete_none(store: Store) -> None:
    fill(store, [KIRKUK])
    again = Geocoded(KIRKUK.article, (KIRKUK.mentions[0]._replace(role="government", literal=None),))
    assert fill(store, [again, SILENT], rules="rules-2") == BatchResult(2, 0, 0, superseded=1)
    assert counts(store, Selection(), level="governorate") == {}
    assert (
        counts(store, Selection(roles=frozenset({"government"})), level="governorate")["IQ-KI"].articles == 1
    )
    rows = store.db.execute("SELECT run, role, superseded_by FROM mention_rows ORDER BY fid").fetchall()
    assert rows == [(1, "place", 2), (2, "government", None)]


def test_an_article_whose_language_other_rules_tell_otherwise_counts_in_that_one_alone(store: Store) -> None:
    fill(store, [KIRKUK, SILENT])
    again = Geocoded(replace(KIRKUK.article, language="ckb"), KIRKUK.mentions)
    fill(store, [again], rules="rules-2")
    assert summary(store).languages == {"ar": 1, "ckb": 1}
    assert counts(store, Selection(languages=frozenset({"ar"})), level="governorate") == {}
    assert counts(store, Selection(languages=frozenset({"ckb"})), level="governorate")["IQ-KI"].articles == 1
    found = article(store, KIRKUK.article.id)
    assert found is not None
    assert found.article.language == "ckb"
    assert check_store(store.path) == []


def test_articles_are_known_under_the_rules_of_their_last_run_only(store: Store) -> None:
    fill(store, [KIRKUK, SILENT])
    fill(store, [KIRKUK], rules="rules-2")
    ids = [KIRKUK.article.id, SILENT.article.id, "unknown"]
    assert known_ids(store, ids, "rules-1") == {SILENT.article.id}
    assert known_ids(store, ids, "rules-2") == {KIRKUK.article.id}


def test_a_run_that_lags_behind_does_not_take_back_what_a_newer_one_decided(store: Store) -> None:
    old = begin_run(store, code_version="test", rules="rules-1")
    fill(store, [KIRKUK], rules="rules-2")
    assert add_batch(store, old, [KIRKUK], []) == BatchResult(0, 1, 0)
    assert is_current(store, KIRKUK.article.id, "rules-2")


def test_a_run_keeps_its_figures_from_batch_to_batch(store: Store) -> None:
    run = begin_run(store, code_version="1.2", rules="rules-1")
    refusal = Refusal("a.txt", "empty", "a.txt: nothing in it: leave it out")
    add_batch(store, run, [KIRKUK, KIRKUK], [refusal])
    add_batch(store, run, [SILENT], [])
    row = store.db.execute("SELECT code_version, finished, stored, duplicates, refused FROM runs").fetchone()
    assert row == ("1.2", None, 2, 1, 1)
    assert summary(store).last_run is not None


def test_refusals_are_kept_with_their_reason_once(store: Store) -> None:
    refusal = Refusal("bad\udcff.txt", "binary", "bad\udcff.txt: not text: convert it")
    fill(store, [], refusals=[refusal, refusal])
    fill(store, [], refusals=[refusal])
    rows = store.db.execute("SELECT origin, code FROM failures").fetchall()
    assert rows == [("bad\\udcff.txt", "binary")]
    assert summary(store).failures == 1


@pytest.mark.parametrize(
    "mentions",
    [
        [KIRKUK.mentions[0]._replace(start=0, end=5)],
        [KIRKUK.mentions[0], KIRKUK.mentions[0]],
        [KIRKUK.mentions[0]._replace(end=900)],
    ],
    ids=["elsewhere", "twice", "beyond the end"],
)
def test_a_wrong_offset_is_refused_by_name_and_the_batch_with_it(
    store: Store, mentions: Sequence[object]
) -> None:
    bad = Geocoded(KIRKUK.article, tuple(mentions))  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=KIRKUK.article.id):
        fill(store, [SILENT, bad])
    assert summary(store).articles == 0


def test_an_article_without_its_language_is_not_stored_nor_its_batch(store: Store) -> None:
    untold = marked("في ⟦كركوك|IQ-KI⟧", language=UNTOLD)
    with pytest.raises(ValueError, match="comes without its language"):
        fill(store, [KIRKUK, untold])
    assert summary(store).articles == 0


def test_a_batch_that_fails_late_leaves_nothing_of_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, [SILENT])
    before = list(canonical_dump(store))

    def fail(*_: object) -> None:
        raise RuntimeError("the last step")

    monkeypatch.setattr(write_module, "_add_failures", fail)
    with pytest.raises(RuntimeError, match="the last step"):
        fill(store, [KIRKUK], rules="rules-2")
    assert list(canonical_dump(store)) == before
    monkeypatch.undo()
    assert fill(store, [KIRKUK], rules="rules-2").stored == 1


def test_two_stores_filled_in_another_order_hold_the_same(store: Store, other_store: Store) -> None:
    more = [KIRKUK, SILENT, marked("⟦الحويجة|hawija-district⟧", published="2026-03-01", source="Rudaw")]
    fill(store, more)
    for geocoded in reversed(more):
        fill(other_store, [geocoded])
    assert list(canonical_dump(store)) == list(canonical_dump(other_store))


def test_a_new_store_is_filled_in_constant_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is as large as asked for in the very session that makes the store, too."""
    for module in (connection, migrate):
        monkeypatch.setattr(module, "WRITE_CACHE_KIB", 1_000)
    with open_test_store(tmp_path / "iraq.gpkg") as store:
        for batch in range(5):
            fill(store, [marked(f"{batch} {i} ⟦كركوك|IQ-KI⟧ " + "نفط " * 20_000) for i in range(10)])
        used, _ = store.db.status(apsw.SQLITE_DBSTATUS_CACHE_USED)
    assert used < 2_000 * 1024
