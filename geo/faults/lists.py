"""Faults of known.csv: units of published lists, and the places that they are here."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from geo.dates import is_date
from geo.known import governorate_above
from geo.rows import Row

LEVELS = ("district", "subdistrict")


def known_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    """Rows of known.csv and places by id → their faults."""
    units = Counter(_unit(row) for row in rows)
    for row in rows:
        if row["level"] not in LEVELS:
            yield row.fault(f"level {row['level']!r}: must be one of {', '.join(LEVELS)}")
        if units[_unit(row)] > 1:
            yield row.fault(
                f"{row['name']} of {row['governorate_id']} stands there twice: once, or name its parent"
            )
        if not is_date(row["source_date"]) or "http" not in row["source"]:
            yield row.fault(f"{row['name']}: give the source, its address and its date")
        yield from _place_faults(row, places)
    yield from _listless_faults(rows, places)


def _unit(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in ("governorate_id", "level", "parent", "name"))


def _place_faults(row: Row, places: Mapping[str, Row]) -> Iterator[str]:
    """A unit that is no place here, or one of another level or governorate, without a word on why."""
    place = places.get(row["place_id"])
    if row["place_id"] and place is None:
        yield row.fault(f"place_id {row['place_id']} does not exist: name a place of places.csv")
    elif row["note"]:
        return
    elif place is None:
        yield row.fault(f"{row['name']} has no place_id: name its place, or note why there is none")
    elif place["level"] != row["level"]:
        yield row.fault(f"{row['name']} is a {row['level']} and {place['id']} a {place['level']}: note why")
    elif governorate_above(place, places) not in ("", row["governorate_id"]):
        yield row.fault(f"{row['name']} of {row['governorate_id']} is {place['id']} of another: note why")


def _listless_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    listed = {row["governorate_id"] for row in rows}
    governorates = {place_id for place_id, place in places.items() if place["level"] == "governorate"}
    for governorate in sorted(listed - governorates):
        yield f"known.csv: {governorate} is no governorate of places.csv: name one"
    for governorate in sorted(governorates - listed):
        yield f"known.csv: {governorate} has no rows: list what it is known to have"
