"""Step 6 of 6. A selection → figures by region, and through time, from the additive table.

Without a typed query nothing but ``counts`` is read, at any size of the store; with one, the articles it
finds are counted by their rows in ``article_regions``.
"""

from typing import Literal

import apsw

from pipeline.records import RegionCount, Selection, Summary
from pipeline.store.connect import Store, snapshot
from pipeline.store.rows import period_text
from pipeline.store.schema import FIRST_DAY, LAST_DAY, WHOLE
from pipeline.store.selecting import (
    Where,
    bounds,
    days,
    has_query,
    inside,
    matches,
    mentions_of,
    of_labels,
    of_level,
    region_is,
    role_bits,
    spans,
)

RegionLevel = Literal["governorate", "district", "area"]
Grain = Literal["day", "month"]


def counts(store: Store, selection: Selection, *, level: RegionLevel) -> dict[str, RegionCount]:
    """The figures of every region of a level in which anything counts; a region that is absent has none."""
    chosen = of_level(level) & inside(selection) & of_labels(selection)
    chosen &= Where("roles & ?", (role_bits(selection),))
    if has_query(store, selection):
        chosen &= days(selection) & matches(store, selection)
        cells, articles = (
            Where(f"SELECT * FROM article_regions WHERE {chosen.sql}", chosen.values),
            "count(*)",
        )
    else:
        cells, articles = _cells(selection, chosen), "sum(articles)"
    with snapshot(store) as db:
        rows = db.execute(
            f"SELECT text, {articles}, sum({mentions_of(selection)}) FROM ({cells.sql}) AS c"
            " JOIN labels AS l ON l.id = c.region GROUP BY c.region ORDER BY text",
            cells.values,
        )
        return {region: RegionCount(region, *figures) for region, *figures in rows}


def _cells(selection: Selection, chosen: Where) -> Where:
    """The rows of ``counts`` that together hold the selection's days."""
    one = f"SELECT * FROM counts WHERE period BETWEEN ? AND ? AND {chosen.sql}"
    parts = [Where(one, (*span, *chosen.values)) for span in spans(selection)]
    return Where(" UNION ALL ".join(part.sql for part in parts), sum((part.values for part in parts), ()))


def timeline(
    store: Store, selection: Selection, *, grain: Grain = "month", region_id: str | None = None
) -> dict[str, RegionCount]:
    """Period (YYYY-MM-DD or YYYY-MM) → figures of a region, or of the whole corpus, in the order of time.

    Periods without any are absent, and so are articles without a full date. A month at an end of the
    selection holds its chosen days only.
    """
    region = region_id or WHOLE
    chosen = region_is(region) & of_labels(selection) & Where("roles & ?", (role_bits(selection),))
    if region_id:
        chosen &= inside(selection)
    if has_query(store, selection):
        table, day, articles = "article_regions", "day", "count(*)"
        chosen &= matches(store, selection)
    else:
        table, day, articles = "counts", "period", "sum(articles)"
    with snapshot(store) as db:
        rows = db.execute(
            f"SELECT {day} / ? AS span, {articles}, sum({mentions_of(selection)}) FROM {table}"
            f" WHERE {day} BETWEEN ? AND ? AND {chosen.sql} GROUP BY span ORDER BY span",
            (1 if grain == "day" else 100, *bounds(selection), *chosen.values),
        )
        return {period_text(span): RegionCount(region, *figures) for span, *figures in rows}


def summary(store: Store) -> Summary:
    """The store as a whole, from the same table: what it holds, from when to when, and by which rules."""
    whole = region_is(WHOLE)
    with snapshot(store) as db:
        articles, mentions, silent = db.execute(
            "SELECT ifnull(sum(articles), 0), ifnull(sum(place + government + dateline + name), 0),"
            f" ifnull(sum(articles) FILTER (WHERE roles = 0), 0) FROM counts"
            f" WHERE period = 0 AND {whole.sql}",
            whole.values,
        ).get
        first, last, dated = db.execute(
            "SELECT min(period), max(period), ifnull(sum(articles), 0) FROM counts"
            f" WHERE period BETWEEN ? AND ? AND {whole.sql}",
            (FIRST_DAY, LAST_DAY, *whole.values),
        ).get
        last_run = db.execute("SELECT started, rules FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        return Summary(
            articles=articles,
            mentions=mentions,
            silent=silent,
            failures=db.execute("SELECT count(*) FROM failures").get,
            languages=_articles_by(db, "language"),
            sources=_articles_by(db, "source"),
            first_day=period_text(first) if first else None,
            last_day=period_text(last) if last else None,
            undated=articles - dated,
            last_run=last_run[0] if last_run else None,
            rules=last_run[1] if last_run else None,
        )


def _articles_by(db: apsw.Connection, column: Literal["language", "source"]) -> dict[str, int]:
    """Articles by language or source, most first; '' is the source of those that name none."""
    whole = region_is(WHOLE)
    return dict(
        db.execute(
            f"SELECT text, sum(articles) AS many FROM counts JOIN labels ON labels.id = {column}"
            f" WHERE period = 0 AND {whole.sql} GROUP BY text ORDER BY many DESC, text",
            whole.values,
        )
    )
