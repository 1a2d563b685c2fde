"""What each governorate is known to have, beside what is here."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geo.known import Coverage, coverage
from geo.rows import CURATED, read_tables

Damage = Callable[..., Path]

# Units of the lists that no source places, or that the list itself doubts. A name leaves when its place comes.
NOT_HERE = {"IQ-BB": "الحصين الخميسية", "IQ-MA": "نهر سعد", "IQ-SU": "Takiyai Jabari Jejla"}


def covered(folder: Path) -> dict[str, Coverage]:
    tables = read_tables(folder)
    places = {row["id"]: row for row in tables["places.csv"]}
    return {found.governorate_id: found for found in coverage(tables["known.csv"], places)}


def test_every_governorate_has_a_list_in_the_order_of_the_places() -> None:
    found = list(covered(CURATED))
    assert (len(found), found[0], found[-1]) == (19, "IQ-AN", "IQ-WA")


def test_every_listed_district_is_here() -> None:
    lacking = [found for found in covered(CURATED).values() if found.districts_here < found.districts]
    assert lacking == []


def test_every_listed_sub_district_is_here_but_those_named() -> None:
    lacking = {
        place_id: " ".join(found.missing) for place_id, found in covered(CURATED).items() if found.missing
    }
    assert lacking == NOT_HERE


@pytest.mark.parametrize(
    "sentence",
    [
        "IQ-KI 4 of 4 districts, 12 of 12 sub-districts, 0 more here",
        "IQ-MU 9 of 9 districts, 3 of 3 sub-districts, 0 more here",
        "IQ-MA 7 of 7 districts, 9 of 10 sub-districts, 1 more here; not here: نهر سعد",
    ],
)
def test_a_governorate_in_one_line(sentence: str) -> None:
    assert str(covered(CURATED)[sentence.split(maxsplit=1)[0]]) == sentence


def test_a_unit_whose_place_is_taken_out_is_missing_by_name(damage: Damage) -> None:
    folder = damage(
        ("known.csv", "IQ-KI,subdistrict,داقوق,الرشاد,rashad,", "IQ-KI,subdistrict,داقوق,الرشاد,,")
    )
    assert str(covered(folder)["IQ-KI"]) == (
        "IQ-KI 4 of 4 districts, 11 of 12 sub-districts, 1 more here; not here: الرشاد"
    )


def test_a_sub_district_elsewhere_is_here_and_not_counted_twice(damage: Damage) -> None:
    # Kifri's Qara Tapa stands on the Region's list of Sulaymaniyah and lies in Diyala on the layer.
    found = covered(CURATED)
    assert "Qara Tapa" not in found["IQ-SU"].missing
    without = covered(
        damage(("known.csv", "IQ-DI,subdistrict,كفري,قرة تبة,qara-tapa,", "IQ-DI,subdistrict,كفري,قرة تبة,,"))
    )
    assert without["IQ-DI"].unlisted == found["IQ-DI"].unlisted
