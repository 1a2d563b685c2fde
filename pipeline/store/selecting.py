"""Step 6 of 6. A Selection → conditions with bound values: no text from outside ever becomes SQL."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import apsw

from pipeline.records import ROLES, Selection
from pipeline.store.connection import Store
from pipeline.store.rows import Row, day_number
from pipeline.store.schema import FIRST_DAY, LAST_DAY, LEVELS
from pipeline.store.tally import ROLE_BIT
from pipeline.store.terms import fts_expression

_IS_REGION = f"kind IN ('corpus', {', '.join(map(repr, LEVELS))})"


Span = tuple[int, int]  # of days or of periods, both inclusive


@dataclass(frozen=True, slots=True)
class Where:
    """A condition and the values bound to its question marks, in order."""

    sql: str
    values: Row = ()

    def __and__(self, other: "Where") -> "Where":
        return Where(f"{self.sql} AND {other.sql}", self.values + other.values)


ALL = Where("1")


def one_of(column: str, values: Iterable[str]) -> Where:
    """The column is one of these values; of none, nothing is."""
    return Where(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(values)),))


def role_bits(selection: Selection) -> int:
    """The chosen roles as bits; 0, and nothing counts, where none is known."""
    return sum(ROLE_BIT[role] for role in ROLES if role in selection.roles)


def mentions_of(selection: Selection) -> str:
    """The sum of the columns of the chosen roles; the names are ours, never the selection's."""
    return " + ".join(role for role in ROLES if role in selection.roles) or "0"


def of_labels(selection: Selection) -> Where:
    """The languages and sources chosen, as the derived tables file them."""
    where = ALL
    if selection.languages:
        where &= _labelled("language", selection.languages)
    if selection.sources:
        where &= _labelled("source", selection.sources)
    return where


def _labelled(kind: str, texts: Iterable[str]) -> Where:
    texts_in = one_of("text", texts)
    return Where(
        f"{kind} IN (SELECT id FROM labels WHERE kind = ? AND {texts_in.sql})", (kind, *texts_in.values)
    )


def days(selection: Selection) -> Where:
    """The days chosen; an article without a full date is left out as soon as there are any."""
    if not selection.since and not selection.until:
        return ALL
    return within("day", bounds(selection))


def within(column: Literal["day", "period"], span: Span) -> Where:
    """Between both ends, these included."""
    return Where(f"{column} BETWEEN ? AND ?", span)


def bounds(selection: Selection) -> Span:
    """The first and the last day chosen, as numbers; ValueError where one is no day."""
    return day_number(selection.since or "") or FIRST_DAY, day_number(selection.until or "") or LAST_DAY


def spans(selection: Selection) -> tuple[list[Span], list[Span]]:
    """The days chosen → the few periods of ``counts`` that hold them, all time or years and months; and days left."""
    if not selection.since and not selection.until:
        return [(0, 0)], []
    months, left = whole_months(selection)
    parted = [_wholes(*span, most=12) for span in months]
    return [span for years, rest in parted for span in (*years, *rest)], left


def whole_months(selection: Selection) -> tuple[list[Span], list[Span]]:
    """The days chosen → the months that they hold whole, and the days that are left over at both ends."""
    return _wholes(*bounds(selection), most=31)


def _wholes(first: int, last: int, *, most: int) -> tuple[list[Span], list[Span]]:
    """Days or months from 1 to ``most`` → the whole months or years among them, and what is left over."""
    start, end = first // 100 + (first % 100 > 1), last // 100 - (last % 100 < most)
    if start > end:  # or nothing: the last before the first
        return [], [(first, last)]
    left = [(first, start * 100), (end * 100 + 99, last)]
    return [(start, end)], [(one, other) for one, other in left if one <= other]


def matches(store: Store, selection: Selection) -> Where:
    """The articles that the typed query finds; all of them where nothing searchable was typed."""
    expression = fts_expression(store.expand(selection.query))
    if expression is None:
        return ALL
    return Where("article IN (SELECT rowid FROM search WHERE search MATCH ?)", (expression,))


def has_query(store: Store, selection: Selection) -> bool:
    """Whether anything searchable was typed."""
    return fts_expression(store.expand(selection.query)) is not None


def region_is(region_id: str) -> Where:
    """One region, or the whole; where no article ever stood in it, nothing is found."""
    return Where(f"region = (SELECT id FROM labels WHERE text = ? AND {_IS_REGION})", (region_id,))


def of_level(level: str) -> Where:
    """All regions of a level."""
    return Where("region IN (SELECT id FROM labels WHERE kind = ?)", (level,))


def inside(selection: Selection) -> Where:
    """Regions of the governorates chosen: themselves and their districts; areas lie in none and stay."""
    if not selection.governorates:
        return ALL
    chosen = one_of("s.governorate", selection.governorates)
    return Where(
        "region IN (SELECT l.id FROM labels AS l"
        " JOIN region_shapes AS s ON s.level = l.kind AND s.id = l.text"
        f" WHERE s.level = 'area' OR {chosen.sql})",
        chosen.values,
    )


def in_region(store: Store, region_id: str, selection: Selection) -> Where:
    """What counts in one region under the selection."""
    region = region_is(region_id) & Where("roles & ?", (role_bits(selection),)) & inside(selection)
    return region & of_labels(selection) & days(selection) & matches(store, selection)


def level_of(db: apsw.Connection, region_id: str) -> str | None:
    """Region id → governorate, district, area or corpus; None where no article ever stood in it."""
    level = db.execute(f"SELECT kind FROM labels WHERE text = ? AND {_IS_REGION}", (region_id,)).get
    return None if level is None else str(level)
