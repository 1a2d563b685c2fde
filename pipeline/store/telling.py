"""Step 6 of 6. A selection → stories by region: how many, and each with its first report and those that copy it.

A story counts in a region where one of its articles does, under the selection: under another one its first report
may be another article. Exact: the stories of a region are its articles, less those that tell what an earlier one
told already. Only articles that have copies are looked at, so figures cost a pass over these.
"""

from collections.abc import Mapping
from dataclasses import replace

import apsw

from pipeline.records import Copy, RegionCount, Selection, StoredArticle, Story
from pipeline.store.connection import Store, snapshot
from pipeline.store.counting import RegionLevel, counts
from pipeline.store.read import articles_at, count_articles_in, newest
from pipeline.store.selecting import Where, days, in_region, inside, matches, of_labels, of_level, role_bits

MOST_COPIES = 100
"""Copies of one story that are named; they are counted all the same."""

# Dated articles before those without a day, then the order in which they were stored.
_ORDER = "{0}.day = 0, {0}.day, {0}.article"
_MEMBERS = "SELECT ?1 UNION ALL SELECT article FROM stories WHERE story = ?1 AND story <> article"
_STORY_OF = "(SELECT story FROM stories WHERE stories.article = {})"


def count_stories(store: Store, selection: Selection, *, level: RegionLevel) -> dict[str, RegionCount]:
    """The figures of ``counts``, with the number of stories."""
    found = counts(store, selection, level=level)
    chosen = of_level(level) & inside(selection) & Where("roles & ?", (role_bits(selection),))
    chosen &= of_labels(selection) & days(selection) & matches(store, selection)
    repeated = _repeated(store, chosen)
    return {
        region: replace(one, stories=one.articles - repeated.get(region, 0)) for region, one in found.items()
    }


def count_stories_in(store: Store, region_id: str, selection: Selection) -> int:
    """How many stories ``stories_in`` would page through: the region's figure on the map."""
    repeated = _repeated(store, in_region(store, region_id, selection))
    return count_articles_in(store, region_id, selection) - repeated.get(region_id, 0)


def stories_in(
    store: Store, region_id: str, selection: Selection, *, limit: int = 50, offset: int = 0
) -> list[Story]:
    """The stories that count in a region, by the day of their first report, newest first; the undated last.

    The first report comes with just the mentions that count there.
    """
    where = in_region(store, region_id, selection)
    with snapshot(store) as db:
        firsts = newest(db, where & _is_first(where), limit, offset)
        articles = articles_at(db, firsts, region_id, selection)
        return [_story(db, fid, article, where) for fid, article in zip(firsts, articles, strict=True)]


def story_of(store: Store, article: StoredArticle) -> Story:
    """An article → its story in the whole store, the article first and the others, earliest first, as copies."""
    with snapshot(store) as db:
        story = db.execute(
            "SELECT story FROM stories JOIN articles ON fid = article WHERE id = ?", (article.article.id,)
        ).get
        articles, outlets = db.execute(
            f"SELECT count(*), count(DISTINCT ifnull(source, '')) FROM articles WHERE fid IN ({_MEMBERS})",
            (story,),
        ).get
        return Story(article, articles, outlets, _copies(db, article.article.id, Where(_MEMBERS, (story,))))


def _repeated(store: Store, where: Where) -> Mapping[str, int]:
    """Region → its articles beyond one a story; regions without any may be absent."""
    with snapshot(store) as db:
        rows = db.execute(
            "SELECT text, sum(many) - count(*) FROM"
            f" (SELECT region, count(*) AS many FROM story_regions WHERE {where.sql} GROUP BY region, story)"
            " JOIN labels ON labels.id = region GROUP BY text",
            where.values,
        )
        return dict(rows)


def _is_first(where: Where) -> Where:
    """No other article of its story that is chosen comes before it."""
    before, after = _ORDER.format("c"), _ORDER.format("article_regions")
    return Where(
        f"NOT EXISTS (SELECT 1 FROM story_regions AS c WHERE {where.sql}"
        f" AND c.story = {_STORY_OF.format('article_regions.article')} AND ({before}) < ({after}))",
        where.values,
    )


def _story(db: apsw.Connection, fid: int, first: StoredArticle, where: Where) -> Story:
    chosen = where & Where(f"story = {_STORY_OF.format('?')}", (fid,))
    articles, outlets = db.execute(
        f"SELECT count(*), count(DISTINCT source) FROM story_regions WHERE {chosen.sql}", chosen.values
    ).get
    if not articles:
        return Story(first, 1, 1)
    members = Where(f"SELECT article FROM story_regions WHERE {chosen.sql}", chosen.values)
    return Story(first, articles, outlets, _copies(db, first.article.id, members))


def _copies(db: apsw.Connection, first: str, members: Where) -> tuple[Copy, ...]:
    """A first report and the articles of its story → the others, dated ones first."""
    rows = db.execute(
        "SELECT id, source, published, substr(text, 1, title_end) FROM articles"
        f" WHERE fid IN ({members.sql}) AND id <> ? ORDER BY day = '', day, fid LIMIT ?",
        (*members.values, first, MOST_COPIES),
    )
    return tuple(Copy(*row) for row in rows)
