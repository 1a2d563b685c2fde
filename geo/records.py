"""The frozen records of the gazetteer, as ``places`` hands them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["area", "governorate", "district", "subdistrict", "town"]

# In the order of rank, as places.csv is sorted; and of languages, as names.csv is.
LEVELS: tuple[Level, ...] = get_args(Level)
LANGS = ("ar", "ckb", "en", "kmr", "tr")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. Its ``id`` is given once, never changes and spells no hierarchy.

    ``names`` holds the official name by language; a language that has none is absent. ``lat`` and ``lon``
    are WGS 84 degrees: of governorates and of the layer's districts a point inside the polygon, for a
    label; of other districts the seat; of the rest the place, as exactly as ``source`` says. ``parent_id``
    of a sub-district or town is always a district of the layer. ``layer_name`` and ``shape_id`` name the
    district polygon in which it lies, None for areas, governorates and districts newer than the layer.
    """

    id: str
    level: Level
    names: Mapping[str, str]
    lat: float
    lon: float
    parent_id: str | None
    layer_name: str | None
    shape_id: str | None
    note: str
    source: str
    seat_id: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a place. ``ambiguous`` ones are weak, for ``reason``: they need evidence in the text.

    ``kind`` is official, variant, historic or abbrev.
    """

    place_id: str
    text: str
    lang: str
    kind: str
    ambiguous: bool
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """A reported, dated fact about a unit's rank or parent; the order is that of the dates.

    Dates are YYYY, YYYY-MM or YYYY-MM-DD; None was not found, never guessed. ``layer_district_id`` is the
    layer's district in which the unit is drawn.
    """

    id: str
    unit_id: str
    what: str
    level: str
    parent_id: str | None
    layer_district_id: str
    valid_from: str | None
    valid_to: str | None
    decided_by: str
    status: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """A row of a list of disputed units.

    ``extent`` is whole or part; ``part_id`` is the part, where the source names it.
    """

    list: str
    place_id: str
    name_in_source: str
    extent: str
    part_id: str | None
    source: str
    source_date: str
    note: str
