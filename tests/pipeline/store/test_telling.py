"""Stories under a selection: the figure is the number of those listed, each by its first report."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Geocoded, Selection
from pipeline.store import (
    Store,
    add_batch,
    article,
    articles_in,
    begin_run,
    check_store,
    correct,
    count_stories,
    count_stories_in,
    counts,
    stories_in,
    story_of,
    telling,
)
from tests.pipeline.store.building import fill, marked, open_test_store
from tests.pipeline.store.test_joining import RIVER, WIRE

DAYS = ("2026-02-23", "2026-02-20", None, "2026-02-21")


def wire(outlet: str, published: str | None = "2026-02-23", text: str = WIRE) -> Geocoded:
    return marked(text, title=f"عنوان {outlet}", source=outlet, published=published)


def test_copies_count_as_one_story_and_lead_to_one_card(store: Store) -> None:
    fill(store, [*(wire(outlet) for outlet in "abc"), marked("⟦كركوك|IQ-KI⟧"), marked("⟦نينوى|IQ-NI⟧")])
    found = count_stories(store, Selection(), level="governorate")
    assert (found["IQ-KI"].articles, found["IQ-KI"].stories) == (4, 2)
    assert (found["IQ-NI"].articles, found["IQ-NI"].stories) == (1, 1)
    assert count_stories_in(store, "IQ-KI", Selection()) == len(stories_in(store, "IQ-KI", Selection())) == 2


def test_the_first_report_is_the_earliest_dated_and_the_others_follow(store: Store) -> None:
    fill(store, [wire(outlet, day) for outlet, day in zip("abcd", DAYS, strict=True)])
    (story,) = stories_in(store, "IQ-KI", Selection())
    assert story.first.article.source == "b"
    assert [mention.mention.surface for mention in story.first.mentions] == ["كركوك"]
    assert [(copy.source, copy.published, copy.title) for copy in story.copies] == [
        ("d", "2026-02-21", "عنوان d"),
        ("a", "2026-02-23", "عنوان a"),
        ("c", None, "عنوان c"),
    ]
    assert (story.articles, story.outlets) == (4, 4)


def test_outlets_are_counted_not_articles(store: Store) -> None:
    fill(store, [wire("a"), wire("a", "2026-02-24"), wire("b")])
    (story,) = stories_in(store, "IQ-KI", Selection())
    assert (story.articles, story.outlets) == (3, 2)


def test_under_a_selection_the_story_is_what_is_chosen_of_it(store: Store) -> None:
    fill(store, [wire(outlet, day) for outlet, day in zip("abcd", DAYS, strict=True)])
    later = Selection(since="2026-02-21")
    (story,) = stories_in(store, "IQ-KI", later)
    assert (story.first.article.source, story.articles) == ("d", 2)
    (story,) = stories_in(store, "IQ-KI", Selection(sources=frozenset({"c"})))
    assert (story.first.article.source, story.articles, story.copies) == ("c", 1, ())
    assert count_stories(store, Selection(query="سنجار"), level="governorate") == {}
    assert count_stories(store, Selection(query="حاصدتهما"), level="governorate")["IQ-KI"].stories == 1


def test_a_story_counts_in_a_region_only_by_the_articles_that_name_it(store: Store) -> None:
    longer = f"{WIRE} وفي ⟦سنجار|sinjar-district⟧ أيضا"
    fill(store, [wire("a"), wire("b", text=longer), wire("c", text=longer)])
    (story,) = stories_in(store, "sinjar-district", Selection())
    assert (story.first.article.source, story.articles) == ("b", 2)
    assert story_of(store, story.first).articles == 3


def test_stories_come_by_the_day_of_their_first_report_page_by_page(store: Store) -> None:
    days = [f"2026-03-{day:02}" for day in range(1, 13)]
    fill(store, [wire("a", "2026-03-05"), wire("b", "2026-03-30"), wire("c", "2026-03-31")])
    fill(store, [marked(f"{day} ⟦كركوك|IQ-KI⟧", published=day) for day in days])
    found = [
        one.first.article.published
        for at in (0, 5, 10)
        for one in stories_in(store, "IQ-KI", Selection(), limit=5, offset=at)
    ]
    assert found == sorted([*days, "2026-03-05"], reverse=True)


def test_the_story_of_an_article_is_told_of_the_whole_store(store: Store) -> None:
    fill(store, [*(wire(outlet) for outlet in "abc"), marked("⟦كركوك|IQ-KI⟧ وحده")])
    for one in articles_in(store, "IQ-KI", Selection()):
        story = story_of(store, one)
        assert story.first == one
        assert one.article.id not in {copy.article_id for copy in story.copies}
        assert (story.articles, len(story.copies)) == ((1, 0) if "وحده" in one.article.text else (3, 2))


def test_very_many_copies_are_counted_and_not_all_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_COPIES", 3)
    fill(store, [wire(str(at)) for at in range(10)])
    (story,) = stories_in(store, "IQ-KI", Selection())
    assert (story.articles, story.outlets, len(story.copies)) == (10, 10, 3)
    assert len(story_of(store, story.first).copies) == 3


def test_a_correction_takes_an_article_out_of_a_regions_story(store: Store) -> None:
    batch = [wire(outlet) for outlet in "ab"]
    fill(store, batch)
    for one in batch:
        seen = article(store, one.article.id)
        assert seen is not None
        correct(store, mention_id=seen.mentions[0].id, author="N", action="reject", base_revision=0)
        assert count_stories_in(store, "IQ-KI", Selection()) == (1 if one is batch[0] else 0)
        assert check_store(store.path) == []


def test_other_rules_refile_a_story_in_the_regions_they_find(store: Store) -> None:
    fill(store, [wire(outlet) for outlet in "abc"])
    moved = [wire(outlet, text=WIRE.replace("IQ-KI", "IQ-SU")) for outlet in "abcd"]
    fill(store, moved, rules="rules-2")
    found = count_stories(store, Selection(), level="governorate")
    assert {region: (one.articles, one.stories) for region, one in found.items()} == {"IQ-SU": (4, 1)}
    assert check_store(store.path) == []


def test_an_old_article_gets_a_copy_in_the_run_that_reads_it_anew(store: Store) -> None:
    fill(store, [wire("a")])
    fill(store, [wire("b"), wire("a", text=WIRE.replace("IQ-KI", "IQ-SU"))], rules="rules-2")
    assert count_stories_in(store, "IQ-SU", Selection()) == count_stories_in(store, "IQ-KI", Selection()) == 1
    assert check_store(store.path) == []


TEXTS = (WIRE, RIVER, f"{WIRE} وفي ⟦سنجار|sinjar-district⟧ و⟦كركوك|IQ-KI|government⟧", "⟦كركوك|IQ-KI⟧")
ARTICLES = st.builds(wire, st.sampled_from("abc"), st.sampled_from(DAYS), st.sampled_from(TEXTS))
SELECTIONS = st.builds(
    Selection,
    roles=st.sampled_from(
        [frozenset({"place"}), frozenset({"government"}), frozenset({"place", "government"})]
    ),
    sources=st.sampled_from([frozenset[str](), frozenset({"a", "b"})]),
    since=st.sampled_from([None, "2026-02-21"]),
    governorates=st.sampled_from([frozenset[str](), frozenset({"IQ-KI"})]),
    query=st.sampled_from(["", "دجلة"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(ARTICLES, max_size=6), max_size=3), SELECTIONS)
def test_the_figure_is_the_number_of_stories_among_the_regions_articles(
    batches: list[list[Geocoded]], selection: Selection
) -> None:
    with TemporaryDirectory() as folder, open_test_store(Path(folder) / "iraq.gpkg") as store:
        run = begin_run(store, code_version="test", rules="rules-1")
        for batch in batches:
            add_batch(store, run, batch, [])
        story = dict(store.db.execute("SELECT id, story FROM stories JOIN articles ON fid = article"))
        for level in ("governorate", "district"):
            found = count_stories(store, selection, level=level)
            assert found.keys() == counts(store, selection, level=level).keys()
            for region, one in found.items():
                listed = articles_in(store, region, selection, limit=100)
                told = stories_in(store, region, selection, limit=100)
                assert one.stories == len({story[each.article.id] for each in listed}) == len(told)
                assert count_stories_in(store, region, selection) == one.stories
                assert sum(each.articles for each in told) == one.articles == len(listed)
