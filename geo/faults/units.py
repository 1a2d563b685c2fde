"""Faults of places.csv: ids, ranks, parents, polygons, points and seats."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from geo.expected import Expected
from geo.records import LEVELS
from geo.rows import Row

PARENT_LEVEL: Mapping[str, str] = {
    "area": "",
    "governorate": "",
    "district": "governorate",
    "subdistrict": "district",
    "town": "district",
}
UNPUBLISHED = "boundary not published"

# A box around Iraq, degrees of WGS 84.
_SOUTH, _NORTH, _WEST, _EAST = 29.0, 37.5, 38.7, 48.7
_GOVERNORATE_ID = re.compile(r"IQ-[A-Z]{2}")
_OTHER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def drawn_district(row: Row | None) -> bool:
    """Whether a row of places.csv is one of the layer's districts, with a polygon."""
    return row is not None and row["level"] == "district" and bool(row["shape_id"])


def place_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    """Rows of places.csv, and the same by id → their faults."""
    yield from _repeated(rows, "id")
    yield from _repeated([row for row in rows if drawn_district(row)], "shape_id")
    yield from _same_points(rows)
    yield from _order(rows)
    for row in rows:
        if row["level"] not in PARENT_LEVEL:
            yield row.fault(f"level {row['level']!r}: must be one of {', '.join(LEVELS)}")
            continue
        yield from _id_faults(row)
        yield from _parent_faults(row, places)
        yield from _point_faults(row)
        yield from _polygon_faults(row, places)
        yield from _seat_faults(row, places)
        if not row["name_en"] or not row["name_ar"]:
            yield row.fault(f"{row['id']} has no English or no Arabic name: give both")


def count_faults(rows: Sequence[Row], expected: Expected) -> Iterator[str]:
    """Rows of places.csv → whether they hold as many governorates and polygons as there are."""
    governorates = sum(row["level"] == "governorate" for row in rows)
    if governorates != expected.governorates:
        yield f"places.csv: {governorates} governorates, not {expected.governorates}: mend, or expected.toml"
    drawn = sum(drawn_district(row) for row in rows)
    if drawn != expected.districts_with_polygon:
        yield f"places.csv: {drawn} districts with a polygon, not {expected.districts_with_polygon}: mend"


def _repeated(rows: Sequence[Row], column: str) -> Iterator[str]:
    first: dict[str, Row] = {}
    for row in rows:
        known = first.setdefault(row[column], row)
        if known is not row:
            yield row.fault(f"{column} {row[column]} stands in line {known.line} too: give it once")


def _order(rows: Sequence[Row]) -> Iterator[str]:
    ranks: tuple[str, ...] = LEVELS

    def rank(row: Row) -> tuple[int, str]:
        # Sub-districts and towns are sorted together.
        return (min(ranks.index(row["level"]), 3), row["id"])

    ranked = [row for row in rows if row["level"] in LEVELS]
    for before, row in pairwise(ranked):
        if rank(row) < rank(before):
            yield row.fault(f"{row['id']} is out of order: sort by rank, then id")


def _same_points(rows: Sequence[Row]) -> Iterator[str]:
    derived = ("seat", "layer")  # labels inside a polygon, and points taken from the seat, may coincide
    own = [row for row in rows if not row["source"].startswith(derived)]
    points = Counter((row["lat"], row["lon"]) for row in own)
    for row in own:
        if points[row["lat"], row["lon"]] > 1:
            yield row.fault(f"{row['id']} shares its point {row['lat']}, {row['lon']}: two places cannot")


def _id_faults(row: Row) -> Iterator[str]:
    place_id, level = row["id"], row["level"]
    form = _GOVERNORATE_ID if level == "governorate" else _OTHER_ID
    if not form.fullmatch(place_id):
        yield row.fault(f"id {place_id!r}: write IQ-XX for a governorate, else lower-case words joined by -")
    if (level == "district") != place_id.endswith("-district"):
        yield row.fault(f"id {place_id!r}: ids of districts, and no others, end in -district")


def _parent_faults(row: Row, places: Mapping[str, Row]) -> Iterator[str]:
    parent_id, wanted = row["parent_id"], PARENT_LEVEL[row["level"]]
    if parent_id and parent_id not in places:
        yield row.fault(f"parent_id {parent_id} does not exist: name a place of this file")
    elif (places[parent_id]["level"] if parent_id else "") != wanted:
        yield row.fault(
            f"{row['id']}, a {row['level']}, lies in {parent_id or 'nothing'}: name a {wanted or 'none'}"
        )


def _point_faults(row: Row) -> Iterator[str]:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        yield row.fault(f"{row['id']} at {row['lat']!r}, {row['lon']!r}: write degrees, as 35.46806")
        return
    if not (_SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST):
        yield row.fault(f"{row['id']} at {lat}, {lon} is not in Iraq: are lat and lon exchanged?")


def _polygon_faults(row: Row, places: Mapping[str, Row]) -> Iterator[str]:
    level = row["level"]
    if level == "district" and not row["shape_id"]:
        if not row["note"].startswith(UNPUBLISHED):
            yield row.fault(f"{row['id']} has no polygon: begin its note with “{UNPUBLISHED}”")
        if not row["seat_id"]:
            yield row.fault(f"{row['id']} has no polygon and no seat: name the seat it is shown at")
    if level not in ("subdistrict", "town") or row["parent_id"] not in places:
        return
    parent = places[row["parent_id"]]
    if not parent["shape_id"]:
        yield row.fault(f"parent_id {parent['id']} has no polygon: name the layer's district it is drawn in")
    if (row["layer_name"], row["shape_id"]) != (parent["layer_name"], parent["shape_id"]):
        yield row.fault(f"{row['id']} has not the layer_name and shape_id of {parent['id']}: copy them")


def _seat_faults(row: Row, places: Mapping[str, Row]) -> Iterator[str]:
    seat_id, level = row["seat_id"], row["level"]
    if not seat_id:
        if level == "governorate":
            yield row.fault(f"{row['id']} has no seat: name its capital")
        return
    if level not in ("governorate", "district"):
        yield row.fault(f"{row['id']}, a {level}, has a seat: only governorates and districts have one")
    seat = places.get(seat_id)
    if seat is None or seat["level"] not in ("subdistrict", "town"):
        yield row.fault(f"seat_id {seat_id} is no town or sub-district of this file: name one")
