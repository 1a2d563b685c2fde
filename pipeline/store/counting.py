"""Step 6 of 6. A selection → figures by region, and through time, from the additive table.

Without a typed query ``counts`` is read, and of ``article_regions`` the days of a month that is not chosen whole;
with one, the articles it finds are counted by their rows in ``article_regions``.
"""

from typing import Literal

import apsw

from pipeline.records import RegionCount, Selection, Summary
from pipeline.store.connection import Store, snapshot
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
    whole_months,
    within,
)

RegionLevel = Literal["governorate", "district", "area"]
Grain = Literal["day", "month"]


def counts(store: Store, selection: Selection, *, level: RegionLevel) -> dict[str, RegionCount]:
    """The figures of every region of a level in which anything counts; a region that is absent has none."""
    chosen = _chosen(selection) & of_level(level) & inside(selection)
    if has_query(store, selection):
        chosen &= days(selection) & matches(store, selection)
        sums = _sums("article_regions", "region", selection, chosen)
    else:
        periods, left = spans(selection)
        sums = _union(
            *(_sums("counts", "region", selection, within("period", span) & chosen) for span in periods),
            *(_sums("article_regions", "region", selection, within("day", span) & chosen) for span in left),
        )
    with snapshot(store) as db:
        rows = db.execute(
            f"SELECT text, sum(articles), sum(mentions) FROM ({sums.sql}) JOIN labels ON labels.id = part"
            " GROUP BY text ORDER BY text",
            sums.values,
        )
        return {region: RegionCount(region, *figures) for region, *figures in rows}


def timeline(
    store: Store, selection: Selection, *, grain: Grain = "month", region_id: str | None = None
) -> dict[str, RegionCount]:
    """Period (YYYY-MM-DD or YYYY-MM) → figures of a region, or of the whole corpus, in the order of time.

    Periods without any are absent, and so are articles without a full date. A month at an end of the
    selection holds its chosen days only.
    """
    region = region_id or WHOLE
    chosen = _chosen(selection) & region_is(region)
    if region_id:
        chosen &= inside(selection)
    part = "day" if grain == "day" else "day / 100"
    if grain == "day" or has_query(store, selection):
        chosen &= within("day", bounds(selection)) & matches(store, selection)
        sums = _sums("article_regions", part, selection, chosen)
    else:
        months, left = whole_months(selection)
        sums = _union(
            *(_sums("counts", "period", selection, within("period", span) & chosen) for span in months),
            *(_sums("article_regions", part, selection, within("day", span) & chosen) for span in left),
        )
    with snapshot(store) as db:
        rows = db.execute(
            f"SELECT part, sum(articles), sum(mentions) FROM ({sums.sql}) GROUP BY part ORDER BY part",
            sums.values,
        )
        return {period_text(period): RegionCount(region, *figures) for period, *figures in rows}


def _chosen(selection: Selection) -> Where:
    return of_labels(selection) & Where("roles & ?", (role_bits(selection),))


def _sums(
    table: Literal["counts", "article_regions"], part: str, selection: Selection, chosen: Where
) -> Where:
    """Articles and mentions of the rows chosen, by the expression that parts them."""
    articles = "sum(articles)" if table == "counts" else "count(*)"
    return Where(
        f"SELECT {part} AS part, {articles} AS articles, sum({mentions_of(selection)}) AS mentions"
        f" FROM {table} WHERE {chosen.sql} GROUP BY part",
        chosen.values,
    )


def _union(*parts: Where) -> Where:
    return Where(" UNION ALL ".join(p.sql for p in parts), tuple(value for p in parts for value in p.values))


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
        dated = db.execute(
            f"SELECT ifnull(sum(articles), 0) FROM counts WHERE period BETWEEN ? AND ? AND {whole.sql}",
            (FIRST_DAY // 10000, LAST_DAY // 10000, *whole.values),
        ).get
        first, last = (
            db.execute(f"SELECT {end}(day) FROM article_regions WHERE day AND {whole.sql}", whole.values).get
            for end in ("min", "max")
        )
        last_run = db.execute("SELECT started, rules FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        return Summary(
            articles=articles,
            mentions=mentions,
            silent=silent,
            failures=db.execute("SELECT count(*) FROM failures").get,
            stories=articles - db.execute("SELECT count(*) FROM stories WHERE story <> article").get,
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
