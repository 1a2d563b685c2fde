"""Step 6 of 6. Other rules than before → the articles that must be geocoded again, with the text as stored."""

from collections.abc import Iterator

from pipeline.records import Article
from pipeline.store.connection import Store, snapshot
from pipeline.store.rows import ARTICLE_COLUMNS, Row, article_from

PAGE = 1_000
"""Articles read at a time: between two pages the store is free for whoever writes."""

# A store holds few runs, and most of its articles were processed by the last of them.
_OUTDATED = (
    "NOT EXISTS (SELECT 1 FROM processed AS p JOIN runs AS r ON r.id = p.run"
    " WHERE p.article = a.fid AND r.rules = ?1"
    " AND p.run = (SELECT max(run) FROM processed WHERE article = a.fid))"
)


def count_outdated(store: Store, rules: str) -> int:
    """How many articles were last processed under other rules than these."""
    with snapshot(store, seconds=None) as db:
        return int(db.execute(f"SELECT count(*) FROM articles AS a WHERE {_OUTDATED}", (rules,)).get)


def outdated_articles(store: Store, rules: str) -> Iterator[Article]:
    """The articles last processed under other rules than these, in the order in which they were stored.

    They may be processed and stored while this goes on: none comes twice.
    """
    fid = 0
    while True:
        with snapshot(store, seconds=None) as db:
            rows: list[Row] = db.execute(
                f"SELECT fid, {ARTICLE_COLUMNS} FROM articles AS a"
                f" WHERE fid > ?2 AND {_OUTDATED} ORDER BY fid LIMIT ?3",
                (rules, fid, PAGE),
            ).fetchall()
        if not rows:
            return
        yield from (article_from(row[1:]) for row in rows)
        fid = rows[-1][0]
