"""What is known about places, 1 of 2. Curated rows → Gazetteer: places, spellings, parents, dates, lists.

Read once, checked as a whole (``faults``), then immutable. Nothing here knows of articles or of drawing:
polygons are in ``boundaries``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from geo.expected import read_expected
from geo.faults import find_faults
from geo.ranks import ALWAYS, Span, rank_spans, within
from geo.records import LANGS, Change, Disputed, Level, Name, Place
from geo.rows import CURATED, GeoDataError, Row, Tables, read_tables

__all__ = [
    "DISPUTED_AREA",
    "LANGS",
    "UNAMI",
    "Change",
    "Disputed",
    "Gazetteer",
    "Level",
    "Name",
    "Place",
    "load_gazetteer",
]

DISPUTED_AREA = "disputed-territories"
UNAMI = "unami-2009"

_FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "ar": ("ar", "en"),
    "ckb": ("ckb", "ar", "en"),
    "kmr": ("kmr", "en"),
    "en": ("en",),
    "tr": ("tr", "en"),
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Gazetteer:
    """Everything curated about places. An unknown place id is a KeyError everywhere.

    Hashable, by identity, so that what is made from it can be cached by it; too large to print or compare.
    ``digest`` is the sha256 over the curated files: what was decided with this gazetteer is filed under it.
    """

    places: Mapping[str, Place]
    names: tuple[Name, ...]
    changes: tuple[Change, ...]
    disputed: tuple[Disputed, ...]
    digest: str
    _spans: Mapping[str, tuple[Span, ...]]
    _layer_districts: Mapping[str, str]
    _members: Mapping[str, frozenset[str]]
    _seats: Mapping[str, tuple[str, ...]]

    def governorate_of(self, place_id: str) -> str | None:
        """Place id → id of its governorate: itself for a governorate, None for an area.

        The seat of a district newer than the layer lies in that district's governorate, whatever polygon
        holds it: Said Sadiq in Sulaymaniyah, though the layer counts it to Halabja.
        """
        place = self.places[place_id]
        newer = (unit for unit in self.seat_of(place_id) if unit in self._layer_districts)
        above = next(newer, place.parent_id)
        if above is None:
            return place.id if place.level == "governorate" else None
        return self.governorate_of(above)

    def district_of(self, place_id: str) -> str | None:
        """Place id → id of the layer's district in which it is drawn; None for areas and governorates.

        Of a district newer than the layer it may lie in another governorate than the unit itself: Said
        Sadiq of Sulaymaniyah is drawn in the layer's Halabja.
        """
        place = self.places[place_id]
        if place.level == "district":
            return self._layer_districts.get(place_id, place_id)
        return place.parent_id

    def exists_on(self, place_id: str, day: str | None) -> bool:
        """Place id, day (YYYY, YYYY-MM or YYYY-MM-DD; None is now) → whether it has its rank by then.

        Only the rank of governorates and of districts newer than the layer depends on a date: areas,
        sub-districts, towns and the layer's districts are always there. A unit that was only announced does
        not exist; one whose date nobody found always does. Contested units count from the day they were
        decided. Dates are compared as far as both are known: what came in February is there in a text
        dated by that year. Raises ValueError on another form of date.
        """
        spans = self._spans.get(self.places[place_id].id, ALWAYS)
        return any(within(day, span) for span in spans)

    def seat_of(self, place_id: str) -> tuple[str, ...]:
        """Town or sub-district id → ids of the units whose seat it is, highest first."""
        return self._seats.get(self.places[place_id].id, ())

    def label(self, place_id: str, lang: str) -> str:
        """Place id → its official name in ``lang``, else in the next language its readers know."""
        names = self.places[place_id].names
        return next(names[known] for known in _FALLBACKS[lang] if known in names)

    def disputed_units(self, list_name: str = UNAMI) -> Mapping[str, Disputed]:
        """Name of a list → its rows by place id; of a unit listed by several parts, the first row."""
        rows = {row.place_id: row for row in reversed(self.disputed) if row.list == list_name}
        if not rows:
            raise KeyError(f"no list {list_name!r}, only {sorted({row.list for row in self.disputed})}")
        return dict(reversed(rows.items()))

    def members(self, area_id: str) -> frozenset[str]:
        """Area id → ids of the layer's districts that lie in it, wholly or in part.

        Empty for what is no area and for areas without districts to draw (mountains).
        """
        return self._members.get(self.places[area_id].id, frozenset())


@cache
def load_gazetteer(folder: Path = CURATED) -> Gazetteer:
    """Folder of curated files → Gazetteer, read once a process.

    Raises GeoDataError that lists every fault of every file.
    """
    tables = read_tables(folder)
    faults = find_faults(tables, read_expected(folder))
    if faults:
        raise GeoDataError(folder=folder, faults=faults)
    places = {row["id"]: _place(row) for row in tables["places.csv"]}
    changes = tuple(_change(row) for row in tables["changes.csv"])
    disputed = tuple(_disputed(row) for row in tables["disputed.csv"])
    return Gazetteer(
        places=places,
        names=tuple(_name(row) for row in tables["names.csv"]),
        changes=changes,
        disputed=disputed,
        digest=tables.digest,
        _spans=rank_spans(places, changes),
        _layer_districts=_layer_districts(places, changes),
        _members=_members(places, disputed, tables),
        _seats=_seats(places.values()),
    )


def _place(row: Row) -> Place:
    return Place(
        id=row["id"],
        level=cast("Level", row["level"]),
        names={lang: row[f"name_{lang}"] for lang in LANGS if row[f"name_{lang}"]},
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        parent_id=row["parent_id"] or None,
        layer_name=row["layer_name"] or None,
        shape_id=row["shape_id"] or None,
        note=row["note"],
        source=row["source"],
        seat_id=row["seat_id"] or None,
    )


def _name(row: Row) -> Name:
    return Name(
        place_id=row["id"],
        text=row["name"],
        lang=row["lang"],
        kind=row["kind"],
        ambiguous=row["ambiguous"] == "1",
        reason=row["reason"],
        source=row["source"],
    )


def _change(row: Row) -> Change:
    return Change(
        id=row["id"],
        unit_id=row["unit_id"],
        what=row["what"],
        level=row["level"],
        parent_id=row["parent_id"] or None,
        layer_district_id=row["layer_district_id"],
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
        decided_by=row["decided_by"],
        status=row["status"],
        source=row["source"],
        note=row["note"],
    )


def _disputed(row: Row) -> Disputed:
    return Disputed(
        list=row["list"],
        place_id=row["place_id"],
        name_in_source=row["name_in_source"],
        extent=row["extent"],
        part_id=row["part_id"] or None,
        source=row["source"],
        source_date=row["source_date"],
        note=row["note"],
    )


def _layer_districts(places: Mapping[str, Place], changes: Iterable[Change]) -> dict[str, str]:
    """Changes → by district newer than the layer the one in which it is drawn."""
    newer = {place.id for place in places.values() if place.level == "district" and not place.shape_id}
    return {change.unit_id: change.layer_district_id for change in changes if change.unit_id in newer}


def _members(
    places: Mapping[str, Place], disputed: Iterable[Disputed], tables: Tables
) -> dict[str, frozenset[str]]:
    """Rows of areas.csv and UNAMI's list → the layer's districts by area; governorates mean theirs."""
    parts: dict[str, set[str]] = {DISPUTED_AREA: {row.place_id for row in disputed if row.list == UNAMI}}
    for row in tables["areas.csv"]:
        parts.setdefault(row["area_id"], set()).add(row["place_id"])
    drawn = [place for place in places.values() if place.level == "district" and place.shape_id]
    return {
        area_id: frozenset(place.id for place in drawn if {place.id, place.parent_id} & listed)
        for area_id, listed in parts.items()
    }


def _seats(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    seats: dict[str, tuple[str, ...]] = {}
    for place in places:
        if place.seat_id:
            seats[place.seat_id] = (*seats.get(place.seat_id, ()), place.id)
    return seats
