"""Step 6 of 6. A selection → figures by region, and through time, from the additive table.

Without a typed query nothing but ``counts`` is read, at any size of the store; with one, the articles it
finds are counted by their rows in ``article_regions``.
"""

from typing import Any, Literal

import apsw

from pipeline.records import RegionCount, Selection, Summary
from pipeline.store.connect import Store, snapshot
from pipeline.store.schema import WHOLE
from pipeline.store.selecting import (
    Where,
    days,
    has_query,
    inside,
    labels,
    level_of,
    matches,
    mentions_of,
    role_bits,
    spans,
)

RegionLevel = Literal["governorate", "district", "area"]
Grain = Literal["day", "month"]


def counts(store: Store, selection: Selection, *, level: RegionLevel) -> dict[str, RegionCount]:
    """The figures of every region of a level in which anything counts; a region that is absent has none."""
    bits = role_bits(selection)
    mentions = f"sum({mentions_of(selection)})"
    with snapshot(store) as db:
        where = labels(selection) & inside(selection, "region") & Where("roles & ?", (bits,))
        if has_query(store, selection):
            where &= Where("level = ?", (level,)) & days(selection) & matches(store, selection, "article")
            source, values, articles = (
                f"SELECT * FROM article_regions WHERE {where.sql}",
                where.values,
                "count(*)",
            )
        else:
            (source, values), articles = _cells(level, selection, where), "sum(articles)"
        rows = db.execute(f"SELECT region, {articles}, {mentions} FROM ({source}) GROUP BY region", values)
        return {region: RegionCount(region, articles, mentions) for region, articles, mentions in rows}


def timeline(
    store: Store, selection: Selection, *, grain: Grain = "month", region_id: str | None = None
) -> dict[str, RegionCount]:
    """Period (YYYY-MM-DD or YYYY-MM) → figures of a region, or of the whole corpus, in the order of time.

    Periods without any are absent, and so are articles without a full date. A month at an end of the
    selection holds its chosen days only.
    """
    region = region_id or WHOLE
    chosen = Where("region = ? AND roles & ?", (region, role_bits(selection))) & labels(selection)
    with snapshot(store) as db:
        if region_id:
            chosen &= inside(selection, "region")
        if has_query(store, selection):
            table, period, articles = "article_regions", "day", "count(*)"
            chosen &= days(selection) & matches(store, selection, "article")
        else:
            table, period, articles = "counts", "period", "sum(articles)"
            level = level_of(db, region)
            chosen &= Where(
                "level = ? AND grain = 'day' AND period >= ? AND period <= ?",
                (level, selection.since or "", selection.until or "~"),
            )
        rows = db.execute(
            f"SELECT substr({period}, 1, ?) AS span, {articles}, sum({mentions_of(selection)}) FROM {table}"
            f" WHERE {chosen.sql} AND {period} <> '' GROUP BY span ORDER BY span",
            (len("2026-11-24" if grain == "day" else "2026-11"), *chosen.values),
        )
        return {span: RegionCount(region, *figures) for span, *figures in rows}


def _cells(level: RegionLevel, selection: Selection, where: Where) -> tuple[str, tuple[Any, ...]]:
    """The rows of ``counts`` that together hold the selection's days, as one subquery."""
    parts, values = [], []
    for grain, first, end in spans(selection.since, selection.until):
        parts.append(
            "SELECT * FROM counts WHERE level = ? AND grain = ? AND period >= ? AND period < ?"
            f" AND {where.sql}"
        )
        values += [level, grain, first, end, *where.values]
    return " UNION ALL ".join(parts), tuple(values)


def summary(store: Store) -> Summary:
    """The store as a whole, from the same table: what it holds, from when to when, and by which rules."""
    with snapshot(store) as db:
        articles, mentions, silent = db.execute(
            "SELECT ifnull(sum(articles), 0), ifnull(sum(place + government + dateline + name), 0),"
            " ifnull(sum(articles) FILTER (WHERE roles = 0), 0) FROM counts"
            " WHERE level = 'corpus' AND grain = 'all'"
        ).get
        first, last, dated = db.execute(
            "SELECT min(period), max(period), ifnull(sum(articles), 0) FROM counts"
            " WHERE level = 'corpus' AND grain = 'day'"
        ).get
        last_run, rules = db.execute("SELECT started, rules FROM runs ORDER BY id DESC LIMIT 1").get or (
            None,
            None,
        )
        return Summary(
            articles=articles,
            mentions=mentions,
            silent=silent,
            failures=db.execute("SELECT count(*) FROM failures").get,
            languages=_articles_by(db, "language"),
            sources=_articles_by(db, "source"),
            first_day=first,
            last_day=last,
            undated=articles - dated,
            last_run=last_run,
            rules=rules,
        )


def _articles_by(db: apsw.Connection, column: Literal["language", "source"]) -> dict[str, int]:
    """Articles by language or source, most first; '' is the source of those that name none."""
    return dict(
        db.execute(
            f"SELECT {column}, sum(articles) AS many FROM counts WHERE level = 'corpus' AND grain = 'all'"
            f" GROUP BY {column} ORDER BY many DESC, {column}"
        )
    )
