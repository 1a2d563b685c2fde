"""Published lists of units, and the places that they are → how much of each governorate is here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.rows import Row


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one governorate: units on the lists, those of them that are here, and the names of those that are not.

    ``unlisted`` is how many sub-districts here are neither on a list nor the seat of a listed district: newer
    than the lists, or known from reports alone.
    """

    governorate_id: str
    districts: int
    districts_here: int
    subdistricts: int
    subdistricts_here: int
    missing: tuple[str, ...]
    unlisted: int

    def __str__(self) -> str:
        missing = f"; not here: {', '.join(self.missing)}" if self.missing else ""
        return (
            f"{self.governorate_id} {self.districts_here} of {self.districts} districts, "
            f"{self.subdistricts_here} of {self.subdistricts} sub-districts, {self.unlisted} more here{missing}"
        )


def coverage(known: Sequence[Row], places: Mapping[str, Row]) -> Iterator[Coverage]:
    """Rows of known.csv, places by id → Coverage of each governorate, in the order of places.csv.

    A unit is here if it has a place, of whatever level: some are known as a town or a quarter.
    """
    units = [places[row["place_id"]] for row in known if row["place_id"] in places]
    listed = {unit[column] for unit in units for column in ("id", "seat_id")}
    for governorate, place in places.items():
        if place["level"] != "governorate":
            continue
        rows = [row for row in known if row["governorate_id"] == governorate]
        districts = [row for row in rows if row["level"] == "district"]
        subdistricts = [row for row in rows if row["level"] == "subdistrict"]
        yield Coverage(
            governorate_id=governorate,
            districts=len(districts),
            districts_here=_here(districts),
            subdistricts=len(subdistricts),
            subdistricts_here=_here(subdistricts),
            missing=tuple(row["name"] for row in rows if not row["place_id"]),
            unlisted=sum(
                unit["level"] == "subdistrict"
                and unit["id"] not in listed
                and governorate_above(unit, places) == governorate
                for unit in places.values()
            ),
        )


def governorate_above(place: Row, places: Mapping[str, Row]) -> str:
    """Row of a district or of what lies in one, places by id → id of the governorate; "" where there is none."""
    district = place if place["level"] == "district" else places.get(place["parent_id"])
    return district["parent_id"] if district else ""


def _here(rows: Sequence[Row]) -> int:
    return sum(bool(row["place_id"]) for row in rows)
