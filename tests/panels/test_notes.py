"""Notes on regions, notices about the address, and states of the store: what, and what to do next."""

import re
from pathlib import Path

import pytest

from geo.places import UNAMI
from panels.figures.notes import disputed_html, list_html, note_html, notice_html, state_html
from panels.labels import INTERFACE_LANGS, labels
from panels.states import error_html, state_of
from panels.view import PARAMETERS
from pipeline.errors import StoreError
from pipeline.records import Summary
from tests.panels.made import GAZETTEER, bare

EN = labels("en")
CODES = ("missing", "damaged", "locked", "newer", "older", "slow", "unreadable")


def disputed(region: str, lang: str = "en") -> str:
    return bare(disputed_html(region, labels=labels(lang), gazetteer=GAZETTEER))


def failure(code: str, what: str = "it broke") -> StoreError:
    return StoreError(path="x.gpkg", what=what, to_do="mend it", code=code)


def test_a_district_on_the_list_says_so_with_source_and_date() -> None:
    said = disputed("hawija-district")
    assert "The whole of Hawija is on a list of disputed areas." in said
    assert "2009-04-22" in said
    assert "UNAMI" in said


def test_a_district_listed_in_part_names_the_part() -> None:
    assert "Part of Baladruz is on a list of disputed areas: Mandali." in disputed("baladruz-district")


def test_a_governorate_names_its_districts_on_the_list() -> None:
    assert re.search(
        r"3 of the districts of Diyala are on .*: Baladruz, Khanaqin, Kifri\.", disputed("IQ-DI")
    )
    assert "قضاء واحد من أقضية صلاح الدين" in disputed("IQ-SD", "ar")


@pytest.mark.parametrize("region", ["IQ-BA", "amara-district", "kurdistan-region"])
def test_a_region_off_the_list_has_no_disputed_note(region: str) -> None:
    assert disputed_html(region, labels=EN, gazetteer=GAZETTEER) == ""


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_every_listed_district_is_noted_in_every_language(lang: str) -> None:
    for unit in GAZETTEER.disputed_units(UNAMI):
        assert GAZETTEER.label(unit, lang) in disputed(unit, lang)


@pytest.mark.parametrize("region", ["IQ-HA", "halabja-district", "akre-district", "makhmur-district"])
@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_how_halabja_akre_and_makhmur_are_drawn_is_noted(region: str, lang: str) -> None:
    assert labels(lang)["note.title"] in note_html(region, labels=labels(lang))


def test_a_region_of_which_nothing_must_be_known_has_no_note() -> None:
    assert note_html("IQ-BA", labels=EN) == ""


def test_the_hatching_is_dated() -> None:
    assert "2009-04-22" in list_html(labels=EN, gazetteer=GAZETTEER)


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_a_notice_names_the_parameters_that_fell_back_once_each(lang: str) -> None:
    said = bare(notice_html([*PARAMETERS, *PARAMETERS], labels=labels(lang)))
    assert all(said.count(labels(lang)[f"parameter.{name}"]) >= 1 for name in PARAMETERS)
    assert said.count(labels(lang)["parameter.q"]) == 1


def test_an_address_in_order_has_no_notice() -> None:
    assert notice_html((), labels=EN) == ""


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
@pytest.mark.parametrize("code", CODES)
def test_every_trouble_with_the_store_has_its_words(code: str, lang: str) -> None:
    said = bare(error_html(failure(code), Path("x.gpkg"), words=labels(lang)))
    assert labels(lang)[f"state.{code}_title"] in said
    assert labels(lang)[f"state.{code}"] in said


def test_a_trouble_that_has_no_words_yet_is_an_unreadable_store() -> None:
    assert EN["state.unreadable"] in error_html(failure("on fire"), Path("x"), words=EN)


@pytest.mark.parametrize(
    ("code", "verb"), [("missing", "run seeds"), ("older", "run seeds"), ("damaged", "check")]
)
def test_the_command_that_helps_names_the_store_as_a_shell_reads_it(code: str, verb: str) -> None:
    said = bare(error_html(failure(code), Path("my store.gpkg"), words=EN))
    assert f"python -m pipeline {verb} --store 'my store.gpkg'" in said


def test_what_the_store_reported_is_told_as_text() -> None:
    said = error_html(failure("damaged", what="<script>x</script>"), Path("x"), words=EN)
    assert "x.gpkg: &lt;script&gt;x&lt;/script&gt;: mend it" in said


def test_an_empty_store_and_one_without_places_are_two_states() -> None:
    empty = Summary(articles=0, mentions=0, silent=0, failures=0)
    silent = Summary(articles=3, mentions=0, silent=3, failures=0)
    assert EN["state.empty_title"] in state_of(empty, Path("x"), words=EN)
    said = bare(state_of(silent, Path("x"), words=EN))
    assert "The store holds 3 articles, and no place of Iraq was found in any of them." in said
    assert EN["state.silent_todo"] in said


def test_a_store_with_places_needs_no_state() -> None:
    assert state_of(Summary(articles=1, mentions=1, silent=0, failures=0), Path("x"), words=EN) == ""


def test_a_state_without_a_command_asks_for_none() -> None:
    assert "<pre" not in state_html("no_match", labels=EN)
