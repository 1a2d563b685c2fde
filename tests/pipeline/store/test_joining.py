"""A copy joins its story, whenever it comes and whatever came before; half of it is never stored."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.records import Geocoded
from pipeline.store import (
    Store,
    add_batch,
    begin_run,
    bucketing,
    canonical_dump,
    check_store,
    joining,
    open_store,
    summary,
)
from pipeline.store.bucketing import filed
from pipeline.store.migrate import meta
from pipeline.store.schema import SEARCH
from tests.pipeline.store.building import fill, marked, open_test_store

WIRE = (
    "قتل مسلحون مجهولون فلاحين اثنين في ⟦كركوك|IQ-KI⟧ وأحرقوا حاصدتهما في حقل للحنطة ليلة الأربعاء بحسب مصدر"
    " أمني قال إن الضحيتين شقيقان من إحدى القرى وإن المهاجمين تركوا دراجة نارية مفخخة قرب الجثتين فككت عند الفجر"
    " وأضاف أن المنطقة تقع بين مواقع الجيش ومواقع البيشمركة وأن الفلاحين يشكون منذ سنوات من غياب الحماية هناك"
)
RIVER = (
    "أعلنت وزارة الموارد المائية بدء أعمال كري نهر دجلة في ⟦نينوى|IQ-NI⟧ بعد انخفاض مناسيب المياه هذا الصيف وقال"
    " المتحدث باسمها إن الأعمال تستمر ثلاثة أشهر وتشمل إزالة الترسبات وإصلاح المضخات التي تغذي القرى الواقعة على"
    " الضفتين وإن المزارعين سيعوضون عن الأراضي التي تمر بها الآليات قبل موسم البذار المقبل في الخريف"
)


def cut(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: round(len(words) * share)])


def copies(text: str, outlets: Iterable[str]) -> list[Geocoded]:
    """A text as each outlet has it: another title, its own line below, some of its end gone."""
    return [
        marked(
            f"{outlet} / {cut(text, 1 - 0.05 * (at % 5))}\nصحيفة {outlet} تصل إلى قرائها كل صباح",
            title=f"عنوان {at}",
            source=outlet,
        )
        for at, outlet in enumerate(outlets)
    ]


def stories(store: Store) -> set[frozenset[str]]:
    """The ids of articles, story by story."""
    rows = store.db.execute("SELECT story, id FROM stories JOIN articles ON fid = article")
    found: dict[int, set[str]] = {}
    for story, id_ in rows:
        found.setdefault(story, set()).add(id_)
    return {frozenset(ids) for ids in found.values()}


def ids(batch: Iterable[Geocoded]) -> frozenset[str]:
    return frozenset(one.article.id for one in batch)


def test_copies_are_one_story_and_another_report_is_another(store: Store) -> None:
    wire, river = copies(WIRE, "abcde"), copies(RIVER, "abc")
    fill(store, [*wire, *river])
    assert stories(store) == {ids(wire), ids(river)}
    assert summary(store).stories == 2
    assert check_store(store.path) == []


def test_a_copy_joins_its_story_in_a_later_run(store: Store) -> None:
    wire = copies(WIRE, "abcde")
    for one in wire:
        fill(store, [one, marked(f"⟦سنجار|sinjar-district⟧ {one.article.source}")])
    assert ids(wire) in stories(store)
    assert check_store(store.path) == []


def test_a_story_keeps_its_number_when_it_grows(store: Store) -> None:
    for one in copies(WIRE, "abcde"):
        fill(store, [one])
        assert store.db.execute("SELECT DISTINCT story FROM stories").fetchall() == [(1,)]


def test_a_verbatim_copy_takes_no_room_in_the_buckets(store: Store) -> None:
    fill(store, [marked(WIRE, source=outlet) for outlet in "abc"])
    fill(store, [marked(WIRE, source=outlet) for outlet in "def"])
    assert {article for _, article in filed(store.db)} == {1}
    assert [len(story) for story in stories(store)] == [6]
    assert check_store(store.path) == []


def test_what_lies_between_two_stories_makes_them_one(store: Store) -> None:
    """Head and tail of a report have little in common until the whole of it comes."""
    whole = f"{WIRE} {RIVER}"
    words = whole.split()
    head = marked(" ".join(words[: len(words) * 11 // 20]), source="head")
    tail = marked(" ".join(words[len(words) * 9 // 20 :]), source="tail")
    fill(store, [head])
    fill(store, [tail])
    assert len(stories(store)) == 2
    between = marked(whole, source="between")
    fill(store, [between])
    assert stories(store) == {ids([head, tail, between])}
    assert check_store(store.path) == []


def test_short_texts_are_one_story_only_word_by_word_and_on_one_day(store: Store) -> None:
    flash = [marked("انفجار في ⟦كركوك|IQ-KI⟧", source=outlet) for outlet in "ab"]
    others = [
        marked("انفجار في ⟦كركوك|IQ-KI⟧", published="2026-02-24"),
        marked("انفجار ثان في ⟦كركوك|IQ-KI⟧"),
    ]
    fill(store, [*flash, *others])
    assert stories(store) == {ids(flash), *(ids([one]) for one in others)}


def test_a_bucket_that_names_an_article_without_a_signature_is_damage(store: Store) -> None:
    first, second = copies(WIRE, "ab")
    fill(store, [first])
    store.db.execute("DELETE FROM stories")
    with pytest.raises(StoreError, match="story_buckets names articles that stories does not"):
        fill(store, [second])


def test_other_rules_leave_stories_as_they_are(store: Store) -> None:
    wire = copies(WIRE, "abc")
    fill(store, wire)
    before = stories(store)
    fill(store, [Geocoded(one.article) for one in wire], rules="rules-2")
    assert stories(store) == before
    assert check_store(store.path) == []


POOL = [*copies(WIRE, "abcdef"), *copies(RIVER, "abcd"), *copies(f"{WIRE} {RIVER}", "ab"), marked("صمت")]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_order_of_articles_and_the_batches_they_come_in_change_nothing(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(POOL), min_size=2, unique_by=lambda one: one.article.id))
    ends = data.draw(st.sets(st.integers(1, len(chosen))))
    with TemporaryDirectory() as folder:
        told = [
            dumped(Path(folder) / "one.gpkg", [sorted(chosen, key=lambda one: one.article.id)]),
            dumped(Path(folder) / "other.gpkg", parted(chosen, sorted({*ends, len(chosen)}))),
        ]
    assert told[0] == told[1]


def parted(articles: Sequence[Geocoded], ends: Sequence[int]) -> list[Sequence[Geocoded]]:
    return [articles[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def dumped(path: Path, batches: Iterable[Sequence[Geocoded]]) -> list[str]:
    with open_test_store(path) as store:
        run = begin_run(store, code_version="test", rules="rules-1")
        for batch in batches:
            add_batch(store, run, batch, [])
        assert check_store(path) == []
        return list(canonical_dump(store))


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_how_many_are_joined_and_compared_at_once_changes_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(joining, "_AT_ONCE", at_once)
    monkeypatch.setattr(bucketing, "_AT_ONCE", at_once)
    fill(store, POOL)
    assert {len(story) for story in stories(store)} == {12, 1}


def test_what_is_moved_up_among_the_buckets_is_found_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucketing, "_MOVES", ((0, 2), (1, 4)))
    levels = set()
    for one in POOL:
        fill(store, [one])
        levels.add(store.db.execute("SELECT group_concat(DISTINCT level) FROM story_buckets").get)
    assert {len(story) for story in stories(store)} == {12, 1}
    assert levels == {"0", "1", "0,1", "2", "0,2", "1,2", "0,1,2"}
    assert check_store(store.path) == []


def as_version_1(store: Store) -> None:
    """Take out what version 2 of the schema brought."""
    as_version_2(store)
    store.db.execute("DROP TABLE stories; DROP TABLE story_buckets; DROP TABLE story_regions")
    store.db.execute("DELETE FROM meta WHERE key = 'signing'")
    store.db.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")


def as_version_2(store: Store) -> None:
    """Take out what version 3 of the schema brought: days instead of years, rows of buckets, titles before bodies."""
    store.db.execute("DELETE FROM counts WHERE period BETWEEN 1000 AND 9999")
    store.db.execute(
        "INSERT INTO counts SELECT region, day, source, language, roles, count(*), sum(place), sum(government),"
        " sum(dateline), sum(name) FROM article_regions WHERE day GROUP BY 1, 2, 3, 4, 5"
    )
    store.db.execute("DROP TABLE search_terms; DROP TABLE search; DROP TABLE story_buckets")
    store.db.execute(SEARCH.replace("body, title", "title, body"))
    store.db.execute("CREATE TABLE story_buckets (level, bucket, article)")
    store.db.execute("UPDATE meta SET value = 'older' WHERE key = 'signing'")
    store.db.execute("DELETE FROM meta WHERE key = 'indexing'")
    store.db.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")


@pytest.mark.parametrize("as_older", [as_version_1, as_version_2])
def test_an_older_store_is_brought_up_to_date_when_it_is_next_written(
    store: Store, as_older: Callable[[Store], None]
) -> None:
    fill(
        store,
        [
            *POOL,
            marked("⟦سنجار|sinjar-district⟧", published="2024-05-09"),
            marked("⟦كركوك|IQ-KI⟧", published="2025"),
        ],
    )
    before = list(canonical_dump(store))
    as_older(store)
    with open_test_store(store.path) as migrated:
        assert list(canonical_dump(migrated)) == before
    assert check_store(store.path) == []
    with open_store(store.path, mode="read") as reader:
        assert summary(reader).stories == 4


def test_a_store_that_was_signed_otherwise_is_signed_anew(store: Store) -> None:
    fill(store, POOL)
    before = list(canonical_dump(store))
    store.db.execute("UPDATE meta SET value = 'other' WHERE key = 'signing'")
    store.db.execute("UPDATE stories SET story = article, signature = x'00'; DELETE FROM story_buckets")
    with open_test_store(store.path) as renewed:
        assert list(canonical_dump(renewed)) == before
        assert meta(renewed.db, "signing") != "other"
    assert check_store(store.path) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("UPDATE stories SET story = article", "stories: its story or signature"),
        ("UPDATE stories SET signature = x'00' WHERE article = 1", "stories: its story or signature"),
        ("DELETE FROM stories WHERE article = 1", "stories: its story or signature"),
        ("DELETE FROM story_buckets WHERE part < 128", "stories: the buckets it lies in"),
        ("UPDATE story_buckets SET gaps = x'00'", "stories: cannot be read"),
        ("DELETE FROM story_regions WHERE article = 1", "stories: one row missing for article 1 of story 1"),
        ("UPDATE story_regions SET roles = 0", "stories: one row missing for article"),
    ],
)
def test_what_is_spoilt_is_named(store: Store, spoil: str, fault: str) -> None:
    fill(store, POOL)
    store.db.execute(spoil)
    found = check_store(store.path)
    assert [line for line in found if line.startswith(fault)], found
