"""Figures of regions, the table that shows them, the head of the page, and what is not counted."""

from pathlib import Path
from typing import Any

import pytest

from panels.filters import active, filters_label
from panels.header import title_html
from panels.labels import labels
from panels.reading import heading_html, others_html
from panels.regions import Figures, at_level, by_name, choices, figures, left_out
from panels.table import sections
from panels.view import View
from pipeline import store
from pipeline.records import RegionCount, Selection, Summary
from tests.panels.made import GAZETTEER, bare

EN, AR = labels("en"), labels("ar")
REGIONS = choices(GAZETTEER)


def found(path: Path, view: View) -> Figures:
    with store.open_store(path, mode="read") as opened:
        return figures(opened, view)


def table(view: View, figure: Figures, lang: str = "en") -> list[dict[str, Any]]:
    return sections(view, figure, words=labels(lang), gazetteer=GAZETTEER, regions=REGIONS)


def counted(**numbers: int) -> dict[str, RegionCount]:
    ids = {name: name.replace("_", "-") for name in numbers}
    return {ids[name]: RegionCount(ids[name], 1, n) for name, n in numbers.items()}


def test_every_region_with_a_boundary_and_every_area_can_be_chosen() -> None:
    assert len(at_level(REGIONS, "governorate")) == 19
    assert len(at_level(REGIONS, "district")) == 101
    assert "kurdistan-region" in at_level(REGIONS, "area")
    assert "jalawla-district" not in REGIONS


def test_regions_stand_in_the_order_of_their_names() -> None:
    three = ["IQ-KI", "IQ-AN", "IQ-NI"]
    assert by_name(three, GAZETTEER, "en") == ["IQ-AN", "IQ-KI", "IQ-NI"]


def test_figures_are_those_of_the_level_and_say_what_it_cannot_show(news: Path) -> None:
    governorates, districts = found(news, View()), found(news, View(level="district"))
    assert {region: one.mentions for region, one in governorates.drawn.items()} == {"IQ-KI": 4}
    assert {region: one.mentions for region, one in districts.drawn.items()} == {"hawija-district": 1}
    assert (governorates.wider, districts.wider) == (0, 3)
    assert governorates.mentions == districts.mentions == 5
    assert districts.of("sinjar-district") == RegionCount("sinjar-district", 0, 0)


def test_nothing_is_found_where_no_mention_counts_at_any_level(news: Path) -> None:
    assert found(news, View(selection=Selection(languages=frozenset({"tr"})))).nothing
    assert not found(news, View(level="district", selection=Selection(languages=frozenset({"ckb"})))).nothing


def test_what_the_chosen_roles_leave_out_is_told_by_role(news: Path) -> None:
    with store.open_store(news, mode="read") as opened:
        assert left_out(opened, View(), "IQ-BG", "governorate") == {"government": 1, "dateline": 1}
        assert left_out(opened, View(), "IQ-KI", "governorate") == {}
        both = View(selection=Selection(roles=frozenset({"place", "government"})))
        assert left_out(opened, both, "IQ-BG", "governorate") == {"dateline": 1}


def test_the_sentence_on_what_is_left_out_counts_all() -> None:
    one = RegionCount("IQ-BG", 3, 12)
    said = others_html(one, {"government": 13}, words=EN, gazetteer=GAZETTEER)
    assert bare(said) == "13 of the 25 mentions of Baghdad are not counted: 13 name the government."
    said = others_html(one, {"government": 2}, words=AR, gazetteer=GAZETTEER)
    assert bare(said) == "عدد الإشارات إلى بغداد: 14، لم تُحتسب منها إشارتان: اثنتان تدلان على الحكومة."


def test_the_table_has_most_first_and_those_with_nothing_folded_away() -> None:
    figure = Figures(drawn=counted(IQ_DI=2, IQ_KI=1200), areas=counted(garmian=1), wider=0)
    regions, areas, none = table(View(), figure)
    assert [(row["name"], row["shown"]) for row in regions["rows"]] == [("Kirkuk", "1,200"), ("Diyala", "2")]
    assert (areas["caption"], len(areas["rows"])) == (EN["table.areas"], 1)
    assert (none["caption"], none["folded"]) == ("17 more regions without any", True)


def test_the_table_counts_what_is_measured() -> None:
    figure = Figures(drawn=counted(IQ_KI=5), areas={}, wider=0)
    mentions, articles = table(View(), figure)[0], table(View(measure="articles"), figure, "ar")[0]
    assert (mentions["headings"], articles["headings"]) == (["Region", "Mentions"], ["المنطقة", "المقالات"])
    assert [part["rows"][0]["value"] for part in (mentions, articles)] == [5, 1]


def test_an_empty_part_of_the_table_is_left_out() -> None:
    (only,) = table(View(), Figures(drawn={}, areas={}, wider=0))
    assert only["folded"]


def test_a_region_is_headed_by_name_level_and_numbers() -> None:
    said = heading_html(RegionCount("IQ-KI", 2, 3, 1), "governorate", words=AR, gazetteer=GAZETTEER)
    assert bare(said) == "كركوكمحافظة · 3 إشارات · مقالان · خبر واحد"


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(), "Filters"),
        (Selection(query="x"), "Filters, 1 on"),
        (Selection(roles=frozenset({"name"}), languages=frozenset({"ar"})), "Filters, 2 on"),
    ],
)
def test_the_filters_say_how_many_are_on(selection: Selection, said: str) -> None:
    assert filters_label(selection, EN) == said
    assert active(selection) == (int(said.split()[1]) if "on" in said else 0)


def test_the_head_tells_what_the_store_holds() -> None:
    summary = Summary(
        articles=1200,
        stories=900,
        mentions=5,
        silent=1,
        failures=2,
        first_day="2026-01-02",
        last_day="2026-11-24",
        undated=0,
        last_run="2026-11-24T10:00:00Z",
    )
    assert bare(title_html(summary, words=EN)).removeprefix(EN["page.title"]) == (
        "1,200 articles · 900 stories · 5 mentions of places · published 2026-01-02 to 2026-11-24"
        " · 1 article names no place · 2 inputs could not be read · last read 2026-11-24"
    )


def test_without_a_store_the_head_is_the_title_alone() -> None:
    assert bare(title_html(None, words=EN)) == EN["page.title"]
