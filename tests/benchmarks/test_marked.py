"""Texts marked by hand: what the marks say of offsets, places and roles, and what is wrong with them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.accuracy import main
from benchmarks.gold import GoldMention, GoldText
from benchmarks.marked import load_marked
from pipeline.errors import DataError


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "own.txt"


def read(written: Path, text: str) -> list[GoldText]:
    written.write_text(text, encoding="utf-8")
    return load_marked(written)


def only(written: Path, body: str) -> GoldMention:
    (text,) = read(written, f"=== en\n{body}")
    (mention,) = text.mentions
    return mention


def test_each_head_begins_a_text_in_its_language_and_of_its_day(written: Path) -> None:
    one, other = read(written, "=== ar 2024-05-01\nفي ⟦كركوك⟧ و⟦أربيل⟧\n\n=== en\nNothing.\nAt all.\n")
    assert (one.id, one.lang, one.date, one.text) == ("own.txt:1", "ar", "2024-05-01", "في كركوك وأربيل")
    assert [one.text[m.start : m.end] for m in one.mentions] == ["كركوك", "أربيل"]
    assert (other.id, other.date, other.text, other.mentions) == ("own.txt:4", None, "Nothing.\nAt all.", ())


def test_a_bare_mark_is_the_place_that_bears_the_name_and_asks_no_level(written: Path) -> None:
    mention = only(written, "Near ⟦Kirkuk⟧.")
    assert (mention.governorate, mention.role) == ("IQ-KI", "place")
    assert (mention.level, mention.district, mention.optional) == (None, None, False)


def test_a_mark_may_say_role_doubt_and_place(written: Path) -> None:
    mention = only(written, "The council of ⟦Kirkuk|?government|kirkuk-district⟧ met.")
    assert (mention.place_id, mention.level, mention.district) == (
        "kirkuk-district",
        "district",
        "kirkuk-district",
    )
    assert (mention.role, mention.optional) == ("government", True)


@pytest.mark.parametrize("mark", ["⟦Nosuchtown⟧", "⟦Kirkuk|place|-⟧"])
def test_of_a_place_that_the_gazetteer_lacks_nothing_found_is_right(written: Path, mark: str) -> None:
    mention = only(written, f"Near {mark}.")
    assert mention.governorate not in (None, "IQ-KI")


def test_every_fault_is_named_with_its_line(written: Path) -> None:
    with pytest.raises(DataError) as refused:
        read(written, "=== xx\n⟦Kirkuk|mayor⟧\n=== en\n⟦Kirkuk|place|nowhere⟧ ⟦Rashad⟧\n")
    report = str(refused.value)
    for fault in ("line 1: no language 'xx'", "line 1: Kirkuk: no role 'mayor'", "line 3: Kirkuk: no place"):
        assert fault in report
    assert "line 3: Rashad: several places bear the name: add the id" in report


def test_a_file_without_a_head_says_how_a_text_begins(written: Path) -> None:
    with pytest.raises(DataError, match="=== LANG"):
        read(written, "In ⟦Kirkuk⟧.")


def test_the_command_measures_on_the_file_alone(written: Path) -> None:
    read(written, "=== en\nShots were heard in ⟦Kirkuk⟧ and in ⟦Nosuchtown⟧.\n")
    shown = CliRunner().invoke(main, ["--marked", str(written), "--errors"])
    assert shown.exit_code == 0, shown.output
    assert "all en" in shown.output
    assert "dev" not in shown.output
    assert "own.txt:1" in shown.output
    assert "missed" in shown.output


@pytest.mark.parametrize("name", ["own.txt", "absent.txt"])
def test_a_file_that_cannot_be_read_is_one_clear_line(written: Path, name: str) -> None:
    written.write_bytes(b"=== en\n\xff")
    shown = CliRunner().invoke(main, ["--marked", str(written.with_name(name))])
    assert shown.exit_code == 1
    assert shown.output.startswith("Error: ")


def test_floors_are_not_pinned_on_texts_of_ones_own(written: Path) -> None:
    read(written, "=== en\nIn ⟦Kirkuk⟧.\n")
    shown = CliRunner().invoke(main, ["--marked", str(written), "--raise-floors"])
    assert shown.exit_code == 2
    assert "tests/gold" in shown.output
