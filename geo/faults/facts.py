"""Faults of changes.csv, disputed.csv and areas.csv: dates, sources, and the units they speak of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from geo.dates import is_date
from geo.expected import Expected
from geo.faults.units import drawn_district
from geo.records import LEVELS
from geo.rows import Row

WHAT = ("created", "promoted", "demoted", "moved", "renamed", "announced", "contested", "repealed")
DECIDED_BY = ("", "federal", "KRG", "parliament", "province")
STATUS = ("in force", "decided", "contested", "reversed", "unknown")
EXTENTS = ("whole", "part")


def change_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    """Rows of changes.csv and places by id → their faults."""
    ids = Counter(row["id"] for row in rows)
    for row in rows:
        if ids[row["id"]] > 1 or not row["id"].isascii():
            yield row.fault(f"id {row['id']} is not one of its own in ASCII: number the changes of a unit")
        yield from _word_faults(row)
        yield from _reference_faults(row, places)
        yield from _date_faults(row)
    yield from _missing_units(rows, places)
    yield from _torn_units(rows, places)
    yield from _open_repeals(rows)


def _word_faults(row: Row) -> Iterator[str]:
    allowed = {"what": WHAT, "level": LEVELS, "decided_by": DECIDED_BY, "status": STATUS}
    for column, words in allowed.items():
        if row[column] not in words:
            yield row.fault(f"{column} {row[column]!r}: must be one of {', '.join(words)}")


def _reference_faults(row: Row, places: Mapping[str, Row]) -> Iterator[str]:
    if row["unit_id"] not in places:
        yield row.fault(f"unit_id {row['unit_id']} does not exist: name a place of places.csv")
    if row["parent_id"] and row["parent_id"] not in places:
        yield row.fault(f"parent_id {row['parent_id']} does not exist: name a place of places.csv")
    if not drawn_district(places.get(row["layer_district_id"])):
        yield row.fault(
            f"layer_district_id {row['layer_district_id']} has no polygon: name the layer's district"
        )


def _date_faults(row: Row) -> Iterator[str]:
    since, until = row["valid_from"], row["valid_to"]
    for column in ("valid_from", "valid_to"):
        if row[column] and not is_date(row[column]):
            yield row.fault(f"{column} {row[column]} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    # Of dates written big end first, the order of the text is that of time, as far as both are known.
    if until and until < since[: len(until)]:
        yield row.fault(f"ends {until} before it begins {since}: exchange the dates")
    if since and "http" not in row["source"]:
        yield row.fault(f"{row['id']} has a date without a source: give its address")
    if not since and not row["note"]:
        yield row.fault(f"{row['id']} has neither a date nor a note: say what is known")


def _missing_units(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    told = {row["unit_id"] for row in rows}
    for place_id, place in places.items():
        if place["level"] == "district" and not place["shape_id"] and place_id not in told:
            yield place.fault(
                f"{place_id} has no polygon and no row in changes.csv: add one, to draw it somewhere"
            )


def _torn_units(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    first: dict[str, Row] = {}
    for row in rows:
        place = places.get(row["unit_id"])
        if place is None or drawn_district(place):
            continue
        known = first.setdefault(row["unit_id"], row)
        if known["layer_district_id"] != row["layer_district_id"]:
            yield row.fault(
                f"{row['unit_id']} is drawn in another district than in line {known.line}: choose one"
            )


def _open_repeals(rows: Sequence[Row]) -> Iterator[str]:
    """A repeal in force beside a founding without an end would leave the unit on the map."""
    founded = {
        row["unit_id"] for row in rows if row["what"] in ("created", "promoted") and not row["valid_to"]
    }
    for row in rows:
        if row["what"] == "repealed" and row["status"] == "in force" and row["unit_id"] in founded:
            yield row.fault(f"{row['unit_id']} is repealed and still open: give its founding row a valid_to")


def disputed_faults(rows: Sequence[Row], places: Mapping[str, Row], expected: Expected) -> Iterator[str]:
    """Rows of disputed.csv and places by id → their faults."""
    for row in rows:
        yield from _listed_faults(row, places)
    for list_name, extents in expected.disputed.items():
        found = Counter(row["extent"] for row in rows if row["list"] == list_name)
        if found != extents:
            yield f"disputed.csv: {list_name} lists {dict(found)}, not {dict(extents)}: keep to the source"


def _listed_faults(row: Row, places: Mapping[str, Row]) -> Iterator[str]:
    place = places.get(row["place_id"])
    if place is None:
        yield row.fault(f"place_id {row['place_id']} does not exist: name a place of places.csv")
    elif (row["layer_name"], row["shape_id"]) != (place["layer_name"], place["shape_id"]):
        yield row.fault(f"{row['place_id']} has not its layer_name and shape_id of places.csv: copy them")
    if row["part_id"] and row["part_id"] not in places:
        yield row.fault(f"part_id {row['part_id']} does not exist: name a place of places.csv")
    if row["extent"] not in EXTENTS:
        yield row.fault(f"extent {row['extent']!r}: must be one of {', '.join(EXTENTS)}")
    if not is_date(row["source_date"]) or "http" not in row["source"]:
        yield row.fault(f"{row['list']} {row['place_id']}: give the source, its address and its date")


def area_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    """Rows of areas.csv and places by id → their faults."""
    for row in rows:
        area, part = places.get(row["area_id"]), places.get(row["place_id"])
        if area is None or area["level"] != "area":
            yield row.fault(f"area_id {row['area_id']} is no area of places.csv: name one")
        if not drawn_district(part) and (part is None or part["level"] != "governorate"):
            yield row.fault(f"place_id {row['place_id']}: name a governorate or a district with a polygon")
        if row["extent"] not in EXTENTS:
            yield row.fault(f"extent {row['extent']!r}: must be one of {', '.join(EXTENTS)}")
