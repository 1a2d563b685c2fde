"""Step 6 of 6. A Selection → conditions with bound values: no text from outside ever becomes SQL."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from pipeline.records import ROLES, Selection
from pipeline.store.connect import Store
from pipeline.store.rows import Row
from pipeline.store.search import fts_expression
from pipeline.store.tally import ROLE_BIT

Span = tuple[str, str, str]  # grain, first period, the end of the last (exclusive)


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


def labels(selection: Selection) -> Where:
    """Languages and sources, as every derived table files them."""
    where = ALL
    if selection.languages:
        where &= one_of("language", selection.languages)
    if selection.sources:
        where &= one_of("source", selection.sources)
    return where


def days(selection: Selection) -> Where:
    """The days chosen; an article without a full date is left out as soon as there are any."""
    where = ALL
    if selection.since:
        where &= Where("day >= ?", (selection.since,))
    if selection.until:
        where &= Where("day <= ? AND day <> ''", (selection.until,))
    return where


def spans(since: str | None, until: str | None) -> list[Span]:
    """Inclusive days → as few periods of ``counts`` as hold the same: whole months, and days at both ends."""
    if not since and not until:
        return [("all", "", "~")]
    first, last = since or "", until or "~"
    if first[:7] == last[:7]:
        return [("day", first, last + "~")]
    found = [("month", first[:7] + "~" if since else "", last[:7])]
    if since:
        found.append(("day", first, first[:7] + "-~"))
    if until:
        found.append(("day", last[:7], last + "~"))
    return found


def matches(store: Store, selection: Selection, column: str) -> Where:
    """The articles that the typed query finds; all of them where nothing searchable was typed."""
    expression = fts_expression(store.expand(selection.query))
    if expression is None:
        return ALL
    return Where(f"{column} IN (SELECT rowid FROM search WHERE search MATCH ?)", (expression,))


def has_query(store: Store, selection: Selection) -> bool:
    """Whether anything searchable was typed."""
    return fts_expression(store.expand(selection.query)) is not None


def inside(selection: Selection, column: str) -> Where:
    """Regions of the governorates chosen: themselves and their districts; areas lie in none and stay."""
    if not selection.governorates:
        return ALL
    chosen = one_of("governorate", selection.governorates)
    return Where(
        f"({column} IN (SELECT id FROM region_shapes WHERE level = 'area' OR {chosen.sql}))", chosen.values
    )


def level_of(db: apsw.Connection, region_id: str) -> str | None:
    """Region id → governorate, district, area or corpus; None where no article stands in such a region."""
    level = db.execute("SELECT level FROM article_regions WHERE region = ? LIMIT 1", (region_id,)).get
    return None if level is None else str(level)
