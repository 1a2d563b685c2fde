"""Step 6 of 6. The texts of a store → signatures and stories made anew: of an older store, and for comparison."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import apsw

from pipeline.store.joining import join
from pipeline.store.recount import STORY_REGIONS
from pipeline.store.rows import ARTICLE_COLUMNS, article_from
from pipeline.store.schema import BUCKETS, DERIVED, KEPT, STORIES
from pipeline.stories import sign

_AT_ONCE = 1000


def renew_stories(db: apsw.Connection) -> None:
    """Sign and join every article anew, inside the caller's transaction."""
    for table in ("stories", "story_buckets", "story_regions"):
        db.execute(f"DELETE FROM {table}")
    _join_all(db, db)
    db.execute("DELETE FROM story_regions")
    db.execute(f"INSERT INTO story_regions {STORY_REGIONS}")


@contextmanager
def signed_anew(db: apsw.Connection) -> Iterator[apsw.Connection]:
    """A store → a scratch database with the stories and buckets that its texts make; gone at the end."""
    fresh = apsw.Connection("")  # on disk
    try:
        fresh.execute(KEPT + DERIVED + STORIES + BUCKETS)
        with fresh:
            _join_all(db, fresh)
        yield fresh
    finally:
        fresh.close()


def _join_all(texts: apsw.Connection, db: apsw.Connection) -> None:
    rows = texts.execute(f"SELECT fid, {ARTICLE_COLUMNS} FROM articles ORDER BY fid")
    while some := list(islice(rows, _AT_ONCE)):
        join(db, [(fid, sign(article_from(tuple(row)))) for fid, *row in some])
