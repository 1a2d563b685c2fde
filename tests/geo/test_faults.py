"""Checks tried on damaged copies: each fault is found, with line and remedy, and all of them at once."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.expected import read_expected
from geo.faults import find_faults
from geo.faults.spellings import clash_fold
from geo.places import load_gazetteer
from geo.rows import COLUMNS, CURATED, GeoDataError, read_tables

Damage = Callable[..., Path]
DAMAGES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "damages.toml").read_text("utf-8"))[
    "damage"
]


def faults_of(folder: Path) -> list[str]:
    return find_faults(read_tables(folder), read_expected(folder))


def unnumbered(fault: str) -> str:
    return re.sub(r"line \d+", "line N", fault)


def test_the_curated_rows_have_no_fault() -> None:
    assert faults_of(CURATED) == []


@pytest.mark.parametrize("told", DAMAGES, ids=[told["title"] for told in DAMAGES])
def test_a_damaged_row_is_reported_with_its_line_and_the_remedy(told: dict[str, Any], damage: Damage) -> None:
    found = faults_of(damage((told["file"], told["old"], told["new"])))
    said = [unnumbered(fault) for fault in found]
    assert [fault for fault in told["faults"] if fault not in said] == []
    assert len(found) == len(told["faults"]) + told.get("more", 0), found


def test_a_fault_names_the_very_line(damage: Damage) -> None:
    folder = damage(("names.csv", "\nIQ-KI,Karkuk,en,variant,0", "\nIQ-KI,Karkuk,en,variant,1"))
    lines = (folder / "names.csv").read_text("utf-8").splitlines()
    line = lines.index("IQ-KI,Karkuk,en,variant,1,,hand") + 1
    assert faults_of(folder) == [f"names.csv line {line}: Karkuk: ambiguous 1 needs a reason, and 0 has none"]


def test_all_faults_of_all_files_come_in_one_report(damage: Damage) -> None:
    folder = damage(
        ("places.csv", "GeoNames 90220,", "GeoNames 90220,kirkuk"),
        ("names.csv", "IQ-KI,Karkuk,en,variant,0", "IQ-KI,Karkuk,en,variant,1"),
        ("changes.csv", "balad-district,,,,unknown,,no", "balad-district,,,,odd,,no"),
        ("disputed.csv", ",part,mandali,", ",part,mandli,"),
        ("areas.csv", "garmian,kalar-district", "kalar,kalar-district"),
        ("press.csv", "IQ-AN,kmr,Enbar,", "IQ-AN,kmr,Enbarr,"),
    )
    with pytest.raises(GeoDataError) as report:
        load_gazetteer(folder)
    assert [unnumbered(fault) for fault in report.value.faults] == [
        "places.csv line N: daquq, a town, has a seat: only governorates and districts have one",
        "names.csv line N: Karkuk: ambiguous 1 needs a reason, and 0 has none",
        "changes.csv line N: status 'odd': must be one of in force, decided, contested, reversed, unknown",
        "disputed.csv line N: part_id mandli does not exist: name a place of places.csv",
        "areas.csv line N: area_id kalar is no area of places.csv: name one",
        "press.csv line N: IQ-AN has no kmr spelling Enbarr: add it to names.csv",
    ]
    assert str(report.value).startswith("curated: 6 fault(s), mend the rows named:\n  - places.csv line ")


@pytest.mark.parametrize("file", COLUMNS)
def test_a_missing_file_is_the_one_thing_said(file: str, damage: Damage) -> None:
    folder = damage()
    (folder / file).unlink()
    assert faults_of(folder) == [f"{file}: is missing: put it back"]


def test_a_file_in_another_encoding_is_the_one_thing_said(damage: Damage) -> None:
    folder = damage()
    arabic = (folder / "names.csv").read_text("utf-8").splitlines()[1].split(",")[1]
    (folder / "names.csv").write_bytes(arabic.encode("cp1256") + b"\n")
    assert faults_of(folder) == ["names.csv: byte 0 is not UTF-8: save it as UTF-8"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("governorates = 19", "governorates = 18", "places.csv: 19 governorates, not 18"),
        (
            "districts_with_polygon = 101",
            "districts_with_polygon = 102",
            "101 districts with a polygon, not 102",
        ),
        (
            "whole = 14",
            "whole = 15",
            "unami-2009 lists {'whole': 14, 'part': 1}, not {'whole': 15, 'part': 1}",
        ),
    ],
)
def test_rows_that_do_not_amount_to_what_is_expected_are_a_fault(
    old: str, new: str, said: str, damage: Damage
) -> None:
    found = faults_of(damage(("expected.toml", old, new)))
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("governorates = 19", ""),
        ("[area]", "[areas]"),
        ("km2 = 436_200", "km2 ="),
        ('package = "', 'packet = "'),
    ],
)
def test_expectations_that_cannot_be_read_are_a_fault_too(old: str, new: str, damage: Damage) -> None:
    with pytest.raises(GeoDataError, match=r"expected\.toml: .*: put it back as it was published"):
        load_gazetteer(damage(("expected.toml", old, new)))


@pytest.mark.parametrize(
    "sentence",
    [
        "كَرْكُوك = كركوك",
        "کەرکووک = كەركووك",
        "أربيل = اربيل",
        "ديالى = ديالي",
        "حلبجة = حلبجه",
        "Kerkük = kerkuk",
        "Şengal = sengal",
        "Tall ʿAfar = tall afar",
        "Tall-Afar = Tall Afar",
        "Hanakin ≠ Hanekin",
        "الموصل ≠ موصل",
    ],
)
def test_the_fold_of_the_clash_check_is_coarse_but_not_blind(sentence: str) -> None:
    one, sign, other = sentence.partition(" = ") if " = " in sentence else sentence.partition(" ≠ ")
    assert (clash_fold(one) == clash_fold(other)) == (sign == " = ")


@given(st.one_of(st.text("İıŞşÇçÊêÛûéabkK'’- "), st.text("كركوکگڪأاإىيئةهەءـ\u064b\u200c ")))
def test_folding_twice_is_folding_once(name: str) -> None:
    once = clash_fold(name)
    assert clash_fold(once) == once
