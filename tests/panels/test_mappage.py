"""The page that folium draws once: whole, offline, in three languages, and with names that stay names."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo import boundaries
from geo.places import Gazetteer, load_gazetteer
from panels.figures.mappage import Level, map_page, render_page
from panels.labels import INTERFACE_LANGS, labels

GAZETTEER = load_gazetteer()
ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "</script><script>alert(1)</script>${alert(2)}`{{7*7}}{% raw %}{#<img src=http://evil.example>"


def page(level: Level = "governorate", lang: str = "en", *, gazetteer: Gazetteer = GAZETTEER) -> str:
    return render_page(level, boundaries.features(level), labels=labels(lang), gazetteer=gazetteer)


def drawn(html: str) -> list[list[dict[str, Any]]]:
    """The features of each layer, in the order in which the layers are added."""
    return [json.loads(found)["features"] for found in re.findall(r"_add\((\{.*\})\);", html)]


def facts(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.JSONDecoder().raw_decode(html[html.index("facts: ") + len("facts: ") :])[0]
    return found


def words(html: str, key: str) -> dict[str, str]:
    """One of the words ("name", "note") of each region."""
    return {region: said[key] for region, said in facts(html)["regions"].items()}


def with_kirkuk_named(name: str) -> Gazetteer:
    kirkuk = replace(GAZETTEER.places["IQ-KI"], names={"en": name})
    return replace(GAZETTEER, places={**GAZETTEER.places, "IQ-KI": kirkuk})


def test_governorates_are_nineteen_with_fifteen_districts_hatched_over_them() -> None:
    regions, outlines, disputed = drawn(page())
    assert (len(regions), len(outlines), len(disputed)) == (19, 0, 15)


def test_districts_are_a_hundred_and_one_within_the_governorates_borders() -> None:
    regions, outlines, disputed = drawn(page("district"))
    assert (len(regions), len(outlines), len(disputed)) == (101, 19, 15)


def test_the_keyboard_goes_from_duhok_in_the_north_to_muthanna_and_basra_in_the_south() -> None:
    order = [feature["id"] for feature in drawn(page())[0]]
    assert (order[0], set(order[-2:])) == ("IQ-DA", {"IQ-BA", "IQ-MU"})


@pytest.mark.parametrize(
    ("lang", "name", "direction"),
    [("en", "Kirkuk", "ltr"), ("ar", "كركوك", "rtl"), ("ckb", "کەرکووک", "rtl")],
)
def test_names_are_in_the_language_of_the_page(lang: str, name: str, direction: str) -> None:
    html = page(lang=lang)
    assert words(html, "name")["IQ-KI"] == name
    assert facts(html)["dir"] == direction
    assert name in {written["text"] for written in facts(html)["names"]}


def test_only_districts_of_the_list_carry_a_note_and_baladruz_says_in_part() -> None:
    notes = words(page("district"), "note")
    assert notes["kirkuk-district"] == "on the disputed list of \u20662009-04-22\u2069"
    assert notes["baladruz-district"] == "in part on the disputed list of \u20662009-04-22\u2069"
    assert len([note for note in notes.values() if note]) == 15


def test_a_district_listed_in_part_is_hatched_otherwise_than_one_listed_whole() -> None:
    html = page()
    assert "url(#hatch-whole)" in html
    assert "url(#hatch-part)" in html
    assert html.count('id="hatch-whole"') == html.count('id="hatch-part"') == 1


@pytest.mark.parametrize("level", ["governorate", "district"])
@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_every_file_the_page_loads_lies_beside_it(level: Level, lang: str) -> None:
    html = page(level, lang)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert sorted(loaded) == ["../leaflet/leaflet.css", "../leaflet/leaflet.js", "../map.css", "../map.js"]
    assert all((ROOT / "static/map" / name).resolve().is_file() for name in loaded)
    assert not re.search(r"https?://|//cdn", html)


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_the_sources_and_the_disclaimer_stand_on_the_map_itself(lang: str) -> None:
    footer = page(lang=lang).partition("<footer")[2]
    for said in ("geoBoundaries", "CC BY 3.0 IGO", "GeoNames, CC BY 4.0", "Leaflet 1.9.4"):
        assert said in footer
    assert labels(lang)["map.disclaimer"] in footer


def test_a_hostile_name_is_data_and_never_markup_or_code() -> None:
    html = page(gazetteer=with_kirkuk_named(HOSTILE))
    assert words(html, "name")["IQ-KI"] == HOSTILE
    assert HOSTILE in {written["text"] for written in facts(html)["names"]}
    assert html.count("<script") == page().count("<script")
    assert "<img" not in html


@pytest.mark.parametrize(
    "name", ["{{7*7}}", "{{{7*7}}}", "{%if 1%}x{%endif%}", "{# gone #}", r"\{{7*7}}", '"}, {{7*7}}']
)
def test_a_name_is_never_run_as_a_template_on_its_way_into_the_page(name: str) -> None:
    assert words(page(gazetteer=with_kirkuk_named(name)), "name")["IQ-KI"] == name


def test_a_page_is_written_once_and_found_again(tmp_path: Path) -> None:
    first = map_page("governorate", labels=labels("en"), gazetteer=GAZETTEER, static=tmp_path)
    (tmp_path / first).write_text("as it was")
    assert map_page("governorate", labels=labels("en"), gazetteer=GAZETTEER, static=tmp_path) == first
    assert (tmp_path / first).read_text() == "as it was"
    assert re.fullmatch(r"map/governorate-en-[0-9a-f]{16}\.html", first)


def test_other_words_make_another_page_beside_the_old_one_which_a_server_may_still_show(
    tmp_path: Path,
) -> None:
    old = map_page("governorate", labels=labels("en"), gazetteer=GAZETTEER, static=tmp_path)
    reworded = replace(labels("en"), words={**labels("en").words, "map.help": {"other": "Map"}})
    new = map_page("governorate", labels=reworded, gazetteer=GAZETTEER, static=tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")} == {old, new}


def test_no_half_written_page_stays_behind(tmp_path: Path) -> None:
    map_page("governorate", labels=labels("en"), gazetteer=GAZETTEER, static=tmp_path)
    assert [path.suffix for path in (tmp_path / "map").iterdir()] == [".html"]
