"""Figures: exact under any choice, and the same as counting the articles one by one."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import ROLES, Geocoded, RegionCount, Selection
from pipeline.store import RegionLevel, Store, count_articles_in, counts, summary, timeline
from pipeline.store.selecting import spans
from tests.pipeline.store.building import PLACES, fill, marked, open_test_store

PLACE_AND_GOVERNMENT = Selection(roles=frozenset({"place", "government"}))


def figures(
    store: Store, selection: Selection, level: RegionLevel = "governorate"
) -> dict[str, tuple[int, int]]:
    return {region: (c.articles, c.mentions) for region, c in counts(store, selection, level=level).items()}


def test_an_article_that_names_a_region_in_two_roles_counts_once(store: Store) -> None:
    fill(store, [marked("⟦كركوك|IQ-KI⟧ و⟦كركوك|IQ-KI|government⟧"), marked("⟦كركوك|IQ-KI|government⟧")])
    assert figures(store, Selection()) == {"IQ-KI": (1, 1)}
    assert figures(store, Selection(roles=frozenset({"government"}))) == {"IQ-KI": (2, 2)}
    assert figures(store, PLACE_AND_GOVERNMENT) == {"IQ-KI": (2, 3)}


def test_no_role_chosen_counts_nothing_and_an_unknown_one_neither(store: Store) -> None:
    fill(store, [marked("⟦كركوك|IQ-KI⟧")])
    assert figures(store, Selection(roles=frozenset())) == {}
    assert figures(store, Selection(roles=frozenset({"weather", "1) --"}))) == {}


def test_a_town_counts_for_its_district_and_governorate_and_an_area_for_itself(store: Store) -> None:
    fill(store, [marked("⟦العباسي|abbasi⟧ في ⟦المناطق المتنازع عليها|disputed-territories⟧")])
    assert figures(store, Selection(), "governorate") == {"IQ-KI": (1, 1)}
    assert figures(store, Selection(), "district") == {"hawija-district": (1, 1)}
    assert figures(store, Selection(), "area") == {"disputed-territories": (1, 1)}


def test_a_new_district_counts_in_its_own_governorate_and_in_the_polygon_that_holds_it(store: Store) -> None:
    fill(store, [marked("⟦سيد صادق|said-sadiq-district⟧")])
    assert figures(store, Selection()) == {"IQ-SU": (1, 1)}
    assert figures(store, Selection(), "district") == {"halabja-district": (1, 1)}


def test_chosen_governorates_keep_their_districts_and_every_area(store: Store) -> None:
    fill(store, [marked("⟦الحويجة|hawija-district⟧ ⟦سنجار|sinjar-district⟧ ⟦المتنازع|disputed-territories⟧")])
    chosen = Selection(governorates=frozenset({"IQ-NI"}))
    assert figures(store, chosen) == {"IQ-NI": (1, 1)}
    assert figures(store, chosen, "district") == {"sinjar-district": (1, 1)}
    assert figures(store, chosen, "area") == {"disputed-territories": (1, 1)}


@pytest.mark.parametrize(
    ("since", "until", "articles"),
    [
        (None, None, 6),
        ("2026-01-31", None, 3),
        (None, "2026-01-31", 3),
        ("2026-01-31", "2026-01-31", 2),
        ("2026-01-01", "2026-01-30", 0),
        ("2025-12-31", "2026-03-01", 4),
        ("2026-01-01", "2026-02-28", 2),
        ("2026-03-01", "2026-01-01", 0),
    ],
)
def test_days_are_inclusive_and_only_a_full_date_is_one(
    store: Store, since: str | None, until: str | None, articles: int
) -> None:
    dates = ["2025-12-31", "2026-01-31", "2026-01-31", "2026-03-01", "2026-02", None]
    fill(store, [marked(f"{i} ⟦كركوك|IQ-KI⟧", published=date) for i, date in enumerate(dates)])
    selection = Selection(since=since, until=until)
    expected = {"IQ-KI": (articles, articles)} if articles else {}
    assert figures(store, selection) == expected
    assert count_articles_in(store, "IQ-KI", selection) == articles


def test_a_day_that_is_none_is_refused_and_never_guessed(store: Store) -> None:
    with pytest.raises(ValueError, match="2026-2-1"):
        counts(store, Selection(since="2026-2-1"), level="governorate")


@pytest.mark.parametrize(
    ("since", "until", "periods", "days"),
    [
        (None, None, [(0, 0)], []),
        ("2026-01-05", "2026-01-09", [], [(20260105, 20260109)]),
        ("2026-01-05", "2026-03-09", [(202602, 202602)], [(20260105, 20260200), (20260299, 20260309)]),
        ("2026-01-01", "2026-03-31", [(202601, 202603)], []),
        ("2024-11-01", "2026-01-31", [(2025, 2025), (202411, 202500), (202599, 202601)], []),
        ("2024-01-01", "2025-12-31", [(2024, 2025)], []),
        ("2024-03-01", None, [(2025, 2999), (202403, 202500)], []),
    ],
)
def test_whole_years_and_months_are_read_as_such(
    since: str | None, until: str | None, periods: list[tuple[int, int]], days: list[tuple[int, int]]
) -> None:
    assert spans(Selection(since=since, until=until)) == (periods, days)


def test_sources_and_languages_restrict_and_no_source_is_a_source(store: Store) -> None:
    fill(
        store,
        [
            marked("⟦كركوك|IQ-KI⟧", source="Rudaw", language="ckb"),
            marked("⟦كركوك|IQ-KI⟧", source=None),
            marked("⟦كركوك|IQ-KI⟧ ‘; DROP TABLE articles", source="'; DROP TABLE counts; --"),
        ],
    )
    assert figures(store, Selection(sources=frozenset({"Rudaw"}))) == {"IQ-KI": (1, 1)}
    assert figures(store, Selection(sources=frozenset({""}))) == {"IQ-KI": (1, 1)}
    assert figures(store, Selection(sources=frozenset({"'; DROP TABLE counts; --"}))) == {"IQ-KI": (1, 1)}
    assert figures(store, Selection(languages=frozenset({"ckb"}), sources=frozenset({""}))) == {}
    assert figures(store, Selection(languages=frozenset({"ckb", "ar"}))) == {"IQ-KI": (3, 3)}


def test_without_a_query_only_the_additive_table_is_asked_for_whole_months(store: Store) -> None:
    fill(store, [marked("⟦كركوك|IQ-KI⟧")])
    asked: list[str] = []

    def hear(_: object, sql: str, __: object) -> bool:
        asked.append(sql)
        return True

    store.db.set_exec_trace(hear)
    counts(store, Selection(since="2026-01-01", until="2026-03-31"), level="district")
    timeline(store, Selection())
    store.db.set_exec_trace(None)
    for table in ("articles ", "article_regions", "mention_rows", "search"):
        assert not [sql for sql in asked if f"FROM {table}" in sql]


def test_a_timeline_counts_by_month_and_day_a_region_or_all(store: Store) -> None:
    fill(
        store,
        [
            marked("⟦كركوك|IQ-KI⟧ ⟦كركوك|IQ-KI⟧", published="2026-01-31"),
            marked("⟦سنجار|sinjar-district⟧", published="2026-02-01"),
            marked("⟦كركوك|IQ-KI⟧ نفط", published="2026-02-02"),
            marked("⟦كركوك|IQ-KI⟧", published="2026"),
            marked("صمت", published="2026-02-02"),
        ],
    )
    assert timeline(store, Selection()) == {
        "2026-01": RegionCount("", 1, 2),
        "2026-02": RegionCount("", 2, 2),
    }
    assert timeline(store, Selection(since="2026-02-01"), grain="day", region_id="IQ-KI") == {
        "2026-02-02": RegionCount("IQ-KI", 1, 1)
    }
    assert timeline(store, Selection(query="نفط")) == {"2026-02": RegionCount("", 1, 1)}
    assert timeline(store, Selection(governorates=frozenset({"IQ-NI"})), region_id="IQ-KI") == {}
    assert timeline(store, Selection(), region_id="nowhere") == {}


def test_a_summary_tells_what_a_store_holds(store: Store) -> None:
    fill(
        store,
        [
            marked("⟦كركوك|IQ-KI⟧ ⟦كركوك|IQ-KI|name⟧", published="2026-01-31", source="Rudaw"),
            marked("Nothing here", language="en", published="2026-02", source=None),
            marked("⟦كركوك|IQ-KI⟧", published="2026-03-01", source="Rudaw"),
        ],
    )
    found = summary(store)
    assert (found.articles, found.mentions, found.silent, found.undated) == (3, 3, 1, 1)
    assert (found.first_day, found.last_day) == ("2026-01-31", "2026-03-01")
    assert found.languages == {"ar": 2, "en": 1}
    assert found.sources == {"Rudaw": 2, "": 1}
    assert found.rules == "rules-1"


def test_an_empty_store_has_a_summary_too(store: Store) -> None:
    found = summary(store)
    assert (found.articles, found.first_day, found.last_run) == (0, None, None)


_LEVELS: tuple[RegionLevel, ...] = ("governorate", "district", "area")
_GOVERNORATE_OF = {place.id: place.governorate for place in PLACES}


def region_of(
    mention_level: str, level: RegionLevel, governorate: str | None, district: str | None, place: str
) -> str | None:
    """What the contract says, in the plainest words."""
    if level == "governorate":
        return governorate
    if level == "district":
        return district
    return place if mention_level == "area" else None


def count_by_hand(
    batch: Sequence[Geocoded], selection: Selection, level: RegionLevel
) -> dict[str, tuple[int, int]]:
    articles: dict[str, set[str]] = {}
    mentions: dict[str, int] = {}
    for geocoded in batch:
        if not takes(geocoded, selection):
            continue
        for m in geocoded.mentions:
            region = region_of(m.level, level, m.governorate, m.district, m.place_id)
            if region is None or m.role not in selection.roles:
                continue
            if (
                level != "area"
                and selection.governorates
                and _GOVERNORATE_OF[region] not in selection.governorates
            ):
                continue
            articles.setdefault(region, set()).add(geocoded.article.id)
            mentions[region] = mentions.get(region, 0) + 1
    return {region: (len(articles[region]), mentions[region]) for region in articles}


def takes(geocoded: Geocoded, selection: Selection) -> bool:
    article = geocoded.article
    day = article.published if article.published and len(article.published) == 10 else None
    if (selection.since or selection.until) and day is None:
        return False
    if day and not (selection.since or "") <= day <= (selection.until or "9"):
        return False
    if selection.languages and article.language not in selection.languages:
        return False
    if selection.sources and (article.source or "") not in selection.sources:
        return False
    return not selection.query or selection.query in article.text.split()


_days = st.sampled_from(
    [
        "2023-05-09",
        "2023-12-31",
        "2024-01-01",
        "2025-12-31",
        "2026-01-01",
        "2026-01-31",
        "2026-02-15",
        "2026-03-01",
    ]
)
_sources = st.sampled_from(["Rudaw", "Shafaq", None])
_languages = st.sampled_from(["ar", "ckb"])
_mentions = st.lists(
    st.tuples(st.sampled_from([place.id for place in PLACES]), st.sampled_from(ROLES)), max_size=6
)
_articles = st.builds(
    lambda number, word, found, source, day, language: marked(
        f"{number} {word} " + " ".join(f"⟦مكان|{place}|{role}⟧" for place, role in found),
        source=source,
        published=day,
        language=language,
    ),
    st.integers(0, 9),
    st.sampled_from(["oil", "water"]),
    _mentions,
    _sources,
    st.one_of(_days, st.none(), st.sampled_from(["2026", "2026-02"])),
    _languages,
)
_selections = st.builds(
    Selection,
    roles=st.frozensets(st.sampled_from(ROLES)),
    governorates=st.frozensets(st.sampled_from(["IQ-KI", "IQ-HA", "IQ-SU"]), max_size=2),
    languages=st.frozensets(_languages, max_size=1),
    sources=st.frozensets(st.sampled_from(["Rudaw", ""]), max_size=2),
    since=st.one_of(st.none(), _days),
    until=st.one_of(st.none(), _days),
    query=st.sampled_from(["", "", "oil", "absent"]),
)


@settings(max_examples=60, deadline=None)
@given(batch=st.lists(_articles, max_size=8), selections=st.lists(_selections, min_size=1, max_size=8))
def test_counts_are_what_counting_by_hand_gives(batch: list[Geocoded], selections: list[Selection]) -> None:
    once = list({geocoded.article.id: geocoded for geocoded in reversed(batch)}.values())
    with TemporaryDirectory() as folder, open_test_store(Path(folder) / "iraq.gpkg") as store:
        for start in range(0, len(batch), 3):
            fill(store, batch[start : start + 3])
        for selection in selections:
            for level in _LEVELS:
                expected = count_by_hand(once, selection, level)
                assert figures(store, selection, level) == expected
                for region, (articles, _) in expected.items():
                    assert count_articles_in(store, region, selection) == articles
