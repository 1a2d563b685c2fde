"""Articles of a region: newest first, with just the mentions that count; and nothing a reader does writes."""

import os
from pathlib import Path

import apsw
import pytest

from pipeline.errors import StoreError
from pipeline.records import Selection, StoredArticle
from pipeline.store import (
    Store,
    article,
    articles_in,
    begin_run,
    connection,
    count_articles_in,
    count_search,
    counts,
    open_store,
    search,
)
from pipeline.store.connection import snapshot
from tests.pipeline.store.building import fill, marked

MIXED = marked(
    "⟦كركوك|IQ-KI⟧ ثم ⟦كركوك|IQ-KI|government⟧ ثم ⟦سنجار|sinjar-district⟧ ثم ⟦الحويجة|hawija-district⟧"
)


def dates(found: list[StoredArticle]) -> list[str | None]:
    return [stored.article.published for stored in found]


def surfaces(found: StoredArticle) -> list[str]:
    return [stored.mention.surface for stored in found.mentions]


def test_the_newest_come_first_and_the_undated_last(store: Store) -> None:
    days = ["2026-01-01", None, "2026-03-01", "2026-02", "2025-12-31"]
    fill(store, [marked(f"{day} ⟦كركوك|IQ-KI⟧", published=day) for day in days])
    found = articles_in(store, "IQ-KI", Selection())
    assert dates(found)[:3] == ["2026-03-01", "2026-01-01", "2025-12-31"]
    assert set(dates(found)[3:]) == {None, "2026-02"}


def test_pages_follow_each_other_without_a_gap(store: Store) -> None:
    fill(store, [marked(f"{i} ⟦كركوك|IQ-KI⟧", published=f"2026-01-{i:02}") for i in range(1, 8)])
    pages = [articles_in(store, "IQ-KI", Selection(), limit=3, offset=start) for start in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert dates([one for page in pages for one in page]) == [f"2026-01-{i:02}" for i in range(7, 0, -1)]


def test_only_mentions_of_the_region_and_the_roles_come_along(store: Store) -> None:
    fill(store, [MIXED])
    in_kirkuk = articles_in(store, "IQ-KI", Selection())
    assert surfaces(in_kirkuk[0]) == ["كركوك", "الحويجة"]
    both = articles_in(store, "IQ-KI", Selection(roles=frozenset({"place", "government"})))
    assert surfaces(both[0]) == ["كركوك", "كركوك", "الحويجة"]
    assert surfaces(articles_in(store, "sinjar-district", Selection())[0]) == ["سنجار"]


def test_an_area_has_its_own_mentions(store: Store) -> None:
    fill(store, [marked("⟦المناطق المتنازع عليها|disputed-territories⟧ و⟦كركوك|IQ-KI⟧")])
    found = articles_in(store, "disputed-territories", Selection())
    assert surfaces(found[0]) == ["المناطق المتنازع عليها"]


@pytest.mark.parametrize("region", ["IQ-SU", "nowhere", "", "'; --", "IQ-KI\0"])
def test_a_region_without_articles_has_none(store: Store, region: str) -> None:
    fill(store, [MIXED])
    wanted = Selection() if region else Selection(roles=frozenset({"dateline"}))
    assert articles_in(store, region, wanted) == []
    assert count_articles_in(store, region, wanted) == 0


def test_a_region_outside_the_governorates_chosen_has_none(store: Store) -> None:
    fill(store, [MIXED])
    chosen = Selection(governorates=frozenset({"IQ-NI"}))
    assert articles_in(store, "IQ-KI", chosen) == []
    assert len(articles_in(store, "sinjar-district", chosen)) == 1


def test_an_article_comes_with_every_role_in_the_order_of_the_text(store: Store) -> None:
    fill(store, [MIXED])
    found = article(store, MIXED.article.id)
    assert found is not None
    assert [stored.mention for stored in found.mentions] == list(MIXED.mentions)
    assert article(store, "unknown") is None


def test_a_search_finds_articles_that_name_no_place(store: Store) -> None:
    fill(store, [marked("أنبوب النفط"), marked("النفط في ⟦كركوك|IQ-KI⟧"), marked("ماء")])
    assert count_search(store, "النفط", Selection()) == 2
    in_kirkuk = search(store, "النفط", Selection(governorates=frozenset({"IQ-KI"})))
    assert [surfaces(found) for found in in_kirkuk] == [["كركوك"]]
    assert count_search(store, "", Selection()) == 3


def test_a_search_typed_beats_the_one_of_the_selection(store: Store) -> None:
    fill(store, [marked("ماء"), marked("نفط")])
    assert count_search(store, "ماء", Selection(query="نفط")) == 1


def test_a_reader_cannot_write(store: Store) -> None:
    fill(store, [MIXED])
    with open_store(store.path, mode="read") as reader:
        with pytest.raises(StoreError, match="for reading only"):
            begin_run(reader, code_version="test", rules="rules-1")
        with pytest.raises(apsw.ReadOnlyError):
            reader.db.execute("DELETE FROM articles")


def test_every_view_leaves_the_file_as_it_was(store: Store) -> None:
    fill(store, [MIXED])
    store.close()
    before = store.path.read_bytes()
    with open_store(store.path, mode="read") as reader:
        counts(reader, Selection(query="كركوك"), level="district")
        articles_in(reader, "IQ-KI", Selection(since="2026-01-01"))
        search(reader, "كركوك", Selection())
        article(reader, MIXED.article.id)
    assert store.path.read_bytes() == before


def test_a_view_sees_one_state_of_the_store(store: Store) -> None:
    with open_store(store.path, mode="read") as reader, snapshot(reader):
        assert counts(reader, Selection(), level="governorate") == {}
        fill(store, [MIXED])
        assert counts(reader, Selection(), level="governorate") == {}


def test_a_view_that_takes_too_long_is_stopped_and_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_PROGRESS_STEPS", 10)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with (
        pytest.raises(StoreError, match="narrow the selection") as caught,
        snapshot(store, seconds=0.01) as db,
    ):
        db.execute(endless)
    assert caught.value.code == "slow"
    assert counts(store, Selection(), level="governorate") == {}


def test_a_store_can_be_read_from_a_folder_that_may_not_be_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, [MIXED])
    store.close()
    copy = tmp_path / "a shelf?#%41" / "iraq.gpkg"
    copy.parent.mkdir()
    copy.write_bytes(store.path.read_bytes())
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with open_store(copy, mode="read") as reader:
        assert len(articles_in(reader, "IQ-KI", Selection())) == 1
        assert list(copy.parent.iterdir()) == [copy]
