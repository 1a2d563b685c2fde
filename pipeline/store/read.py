"""Step 6 of 6. A region or typed words → articles with their mentions, newest first.

Articles without a full date come last. Articles of one day come in the reverse of the order in which they
were stored.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

import apsw

from pipeline.records import Article, Selection, StoredArticle, StoredMention
from pipeline.store.connection import Store, snapshot
from pipeline.store.rows import ARTICLE_COLUMNS, MENTION_COLUMNS, article_from, stored_mention_from
from pipeline.store.schema import CURRENT, WHOLE
from pipeline.store.selecting import (
    ALL,
    Where,
    days,
    in_region,
    inside,
    level_of,
    matches,
    of_labels,
    of_level,
    one_of,
    region_is,
    role_bits,
)

_COLUMN_OF_LEVEL = {"governorate": "governorate", "district": "district", "area": "place_id"}
_COUNTED = Where("corrected IS NOT 'reject'")


def articles_in(
    store: Store, region_id: str, selection: Selection, *, limit: int = 50, offset: int = 0
) -> list[StoredArticle]:
    """The articles that count in a region, each with just the mentions that count there."""
    with snapshot(store) as db:
        fids = newest(db, in_region(store, region_id, selection), limit, offset)
        return articles_at(db, fids, region_id, selection)


def count_articles_in(store: Store, region_id: str, selection: Selection) -> int:
    """How many articles ``articles_in`` would page through: the region's figure on the map."""
    with snapshot(store) as db:
        return _how_many(db, in_region(store, region_id, selection))


def search(
    store: Store, query: str, selection: Selection, *, limit: int = 50, offset: int = 0
) -> list[StoredArticle]:
    """Typed text → the articles that hold it, places or none, with their mentions in the chosen roles.

    The selection restricts as ever, its own query aside; where governorates are chosen, an article must have
    such a mention in one of them. Nothing typed finds everything.
    """
    with snapshot(store) as db:
        where = _in_corpus(store, replace(selection, query=query))
        counted = one_of("role", selection.roles) & _chosen(selection) & _COUNTED
        return _with_mentions(db, newest(db, where, limit, offset), counted)


def count_search(store: Store, query: str, selection: Selection) -> int:
    """How many articles ``search`` would page through."""
    with snapshot(store) as db:
        return _how_many(db, _in_corpus(store, replace(selection, query=query)))


def article(store: Store, article_id: str) -> StoredArticle | None:
    """An article with all its current mentions, of every role; those an analyst rejected are marked so."""
    with snapshot(store) as db:
        fid = db.execute("SELECT fid FROM articles WHERE id = ?", (article_id,)).get
        found = _with_mentions(db, [fid], ALL) if fid is not None else []
        return found[0] if found else None


def articles_at(
    db: apsw.Connection, fids: Sequence[int], region_id: str, selection: Selection
) -> list[StoredArticle]:
    """Rows of articles → the articles in that order, each with just the mentions that count in a region."""
    counted = one_of("role", selection.roles) & _named(db, region_id) & _COUNTED
    return _with_mentions(db, fids, counted)


def _in_corpus(store: Store, selection: Selection) -> Where:
    found = region_is(WHOLE) & of_labels(selection) & days(selection) & matches(store, selection)
    if not selection.governorates:
        return found
    named = of_level("governorate") & inside(selection)
    return found & Where(
        "EXISTS (SELECT 1 FROM article_regions AS r WHERE r.day = article_regions.day"
        f" AND r.article = article_regions.article AND {named.sql} AND r.roles & ?)",
        (*named.values, role_bits(selection)),
    )


def _named(db: apsw.Connection, region_id: str) -> Where:
    """Mentions that are drawn in a region."""
    level = level_of(db, region_id)
    if level not in _COLUMN_OF_LEVEL:
        return ALL
    return Where(f"{_COLUMN_OF_LEVEL[level]} = ?", (region_id,))


def _chosen(selection: Selection) -> Where:
    return one_of("governorate", selection.governorates) if selection.governorates else ALL


def newest(db: apsw.Connection, where: Where, limit: int, offset: int) -> list[int]:
    """A condition on ``article_regions`` of one region → a page of its articles, newest first."""
    rows = db.execute(
        f"SELECT article FROM article_regions WHERE {where.sql}"
        " ORDER BY day DESC, article DESC LIMIT ? OFFSET ?",
        (*where.values, limit, offset),
    )
    return [fid for (fid,) in rows]


def _how_many(db: apsw.Connection, where: Where) -> int:
    return int(db.execute(f"SELECT count(*) FROM article_regions WHERE {where.sql}", where.values).get)


def _with_mentions(db: apsw.Connection, fids: Sequence[int], counted: Where) -> list[StoredArticle]:
    """Rows of articles → the articles in that order, each with those current mentions that are asked for."""
    articles = _articles(db, fids)
    mentions: dict[str, list[StoredMention]] = {found.id: [] for found in articles.values()}
    rows = db.execute(
        f"SELECT fid, article, corrected, correction, {MENTION_COLUMNS} FROM mention_rows"
        f" WHERE article IN (SELECT value FROM json_each(?)) AND {CURRENT} AND {counted.sql}"
        " ORDER BY article, start_offset",
        (json.dumps(list(fids)), *counted.values),
    )
    for fid, article_fid, *rest in rows:
        owner = articles[article_fid].id
        mentions[owner].append(stored_mention_from((fid, owner, *rest)))
    return [StoredArticle(articles[fid], tuple(mentions[articles[fid].id])) for fid in fids]


def _articles(db: apsw.Connection, fids: Sequence[int]) -> dict[int, Article]:
    rows = db.execute(
        f"SELECT fid, {ARTICLE_COLUMNS} FROM articles WHERE fid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(fids)),),
    )
    return {fid: article_from(tuple(row)) for fid, *row in rows}
