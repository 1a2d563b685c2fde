"""Dated changes → when a unit had its rank.

Only governorates and districts newer than the layer come and go; all other places are always there.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from geo.dates import common_precision, is_date
from geo.records import Change, Place

_FOUNDING = {"created", "promoted"}


class Span(NamedTuple):
    """A half-open span of days [since, until); None is an open end."""

    since: str | None
    until: str | None


ALWAYS = (Span(None, None),)


def rank_spans(places: Mapping[str, Place], changes: Iterable[Change]) -> dict[str, tuple[Span, ...]]:
    """Places, changes → by unit the spans in which it had its rank.

    A unit without an entry always had it; an empty tuple: announced, and founded never.
    """
    spans: dict[str, tuple[Span, ...]] = {}
    for change in changes:
        place = places[change.unit_id]
        comes_and_goes = place.level == "governorate" or (place.level == "district" and not place.shape_id)
        if comes_and_goes and change.level == place.level and change.what != "renamed":
            founded = (Span(change.valid_from, change.valid_to),) if _founds(change) else ()
            spans[place.id] = spans.get(place.id, ()) + founded
    return spans


def _founds(change: Change) -> bool:
    """Whether a change made its unit exist. Contested ones did; a reversed one, while it lasted.

    Without a date only what is in force, or of unknown status, counts: as if it had always been so.
    """
    if change.what not in _FOUNDING:
        return False
    if change.status == "reversed":
        return change.valid_to is not None
    return change.valid_from is not None or change.status in {"in force", "unknown"}


def within(day: str | None, span: Span) -> bool:
    """Day, or None for the latest known state; span → whether the day lies in it.

    Raises ValueError for a day that is not YYYY, YYYY-MM or YYYY-MM-DD.
    """
    if day is None:
        return span.until is None
    if not is_date(day):
        raise ValueError(f"{day!r} is no day: write YYYY-MM-DD, YYYY-MM or YYYY")
    return _reached(span.since, day, default=True) and not _reached(span.until, day, default=False)


def _reached(date: str | None, day: str, *, default: bool) -> bool:
    if date is None:
        return default
    known, asked = common_precision(date, day)
    return known <= asked
