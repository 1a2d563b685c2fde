"""The address says the view and nothing else does: round trips, closed lists, hostile values."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panels.labels import INTERFACE_LANGS
from panels.regions import choices
from panels.view import ARTICLE_LANGUAGES, LEVELS, MEASURES, PARAMETERS, View, address, parse
from pipeline.records import ROLES, Selection
from tests.panels.made import GAZETTEER, HOSTILE

REGIONS = choices(GAZETTEER)
GOVERNORATES = [region for region, level in REGIONS.items() if level == "governorate"]


def read(**asked: str) -> tuple[View, tuple[str, ...]]:
    return parse({name: [value] for name, value in asked.items()}, regions=REGIONS)


@some.composite
def views(draw: some.DrawFn) -> View:
    level = draw(some.sampled_from(LEVELS))
    regions = [region for region, its in REGIONS.items() if its in (level, "area")]
    typed = some.text(some.characters(exclude_categories=("Cc", "Cs")), max_size=200).map(str.strip)
    return View(
        lang=draw(some.sampled_from(INTERFACE_LANGS)),
        level=level,
        measure=draw(some.sampled_from(MEASURES)),
        region=draw(some.none() | some.sampled_from(regions)),
        article=draw(some.none() | some.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)),
        disputed=draw(some.booleans()),
        selection=Selection(
            roles=draw(some.frozensets(some.sampled_from(ROLES), min_size=1)),
            governorates=draw(some.frozensets(some.sampled_from(GOVERNORATES))),
            languages=draw(some.frozensets(some.sampled_from(ARTICLE_LANGUAGES))),
            query=draw(typed),
        ),
        page=draw(some.integers(1, 99_999)),
    )


@given(views())
def test_every_view_comes_back_from_its_address(view: View) -> None:
    assert read(**address(view)) == (view, ())


@given(some.dictionaries(some.sampled_from(PARAMETERS), some.lists(some.text(), max_size=3)))
def test_whatever_the_address_holds_a_view_comes_of_it_and_says_itself_again(
    asked: dict[str, list[str]],
) -> None:
    view, doubtful = parse(asked, regions=REGIONS)
    assert read(**address(view)) == (view, ())
    assert set(doubtful) <= set(PARAMETERS)


def test_the_default_view_needs_no_address() -> None:
    assert address(View()) == {}
    assert read() == (View(), ())


def test_an_address_is_short_and_sorted() -> None:
    selection = Selection(
        roles=frozenset({"place", "government"}), governorates=frozenset({"IQ-NI", "IQ-DI"})
    )
    view = View(lang="ar", region="IQ-KI", disputed=False, selection=selection)
    assert address(view) == {
        "lang": "ar",
        "region": "IQ-KI",
        "disputed": "0",
        "roles": "government,place",
        "govs": "IQ-DI,IQ-NI",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lang", "xx"),
        ("lang", "AR"),
        ("level", "town"),
        ("measure", "outlets"),
        ("region", "IQ-XX"),
        ("region", "jalawla"),
        ("region", "../IQ-KI"),
        ("article", "a b"),
        ("article", "a" * 129),
        ("article", "../../x"),
        ("disputed", "yes"),
        ("roles", "places"),
        ("govs", "kirkuk-district"),
        ("langs", "fr"),
        ("q", "x" * 201),
        ("q", "a\x00b"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "999999"),
        ("page", "١"),
        *((name, value) for name in PARAMETERS for value in HOSTILE if name != "q"),
    ],
)
def test_what_is_on_no_list_falls_back_and_is_named(name: str, value: str) -> None:
    assert read(**{name: value}) == (View(), (name,))


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_value_of_64_kb_is_not_even_looked_at(name: str) -> None:
    assert read(**{name: "IQ-KI," * 11_000}) == (View(), (name,))


def test_a_thousand_unknown_parameters_are_passed_over() -> None:
    asked = {f"x{n}": ["1"] for n in range(1000)} | {"lang": ["ckb"]}
    assert parse(asked, regions=REGIONS) == (View(lang="ckb"), ())


def test_a_parameter_that_says_two_things_says_nothing() -> None:
    assert parse({"lang": ["ar", "en"]}, regions=REGIONS) == (View(), ("lang",))
    assert parse({"lang": ["ar", "ar"]}, regions=REGIONS) == (View(lang="ar"), ())


def test_of_a_list_the_known_values_are_kept_and_the_rest_is_named() -> None:
    view, doubtful = read(roles="government,<script>", govs="IQ-KI,IQ-XX")
    assert view.selection.roles == {"government"}
    assert view.selection.governorates == {"IQ-KI"}
    assert doubtful == ("roles", "govs")


def test_a_district_brings_its_level_with_it() -> None:
    view, doubtful = read(region="kirkuk-district")
    assert (view.level, view.region, doubtful) == ("district", "kirkuk-district", ())


def test_a_region_of_another_level_than_the_address_names_is_doubtful() -> None:
    view, doubtful = read(region="kirkuk-district", level="governorate")
    assert (view.level, view.region, doubtful) == ("governorate", None, ("region",))


@pytest.mark.parametrize("level", LEVELS)
def test_an_area_can_be_read_at_every_level(level: str) -> None:
    view, doubtful = read(region="kurdistan-region", level=level)
    assert (view.region, doubtful) == ("kurdistan-region", ())


def test_a_region_newer_than_the_map_cannot_be_chosen() -> None:
    assert "jalawla-district" not in REGIONS
    assert read(region="jalawla-district") == (View(), ("region",))


@pytest.mark.parametrize("value", [*HOSTILE[:-1], 'كركوك "', "a:b NEAR(c)", "-x*"])
def test_typed_words_are_kept_as_typed(value: str) -> None:
    view, doubtful = read(q=f"  {value} ")
    assert (view.selection.query, doubtful) == (value, ())
    assert quote(address(view)["q"]).isascii()


def test_bidi_marks_in_typed_words_are_no_reason_to_refuse_them() -> None:
    assert read(q="\u202eكركوك")[1] == ()


def test_the_page_is_part_of_the_address() -> None:
    assert address(replace(View(), page=3)) == {"page": "3"}
