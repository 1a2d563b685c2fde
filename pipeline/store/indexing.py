"""Step 6 of 6. Titles and bodies → the full-text index; the one place that says what of an article is looked for."""

import hashlib
from collections.abc import Iterable

import apsw

from pipeline.fold import fold_words
from pipeline.store.schema import FTS_HASH_BYTES, SEARCH


def index(db: apsw.Connection, articles: Iterable[tuple[int, str, str]]) -> None:
    """Articles, each its row, title and body → the index holds their folded words too."""
    db.executemany(
        "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)",
        ((fid, fold_words(title), fold_words(body)) for fid, title, body in articles),
    )


def index_all(texts: apsw.Connection, db: apsw.Connection) -> None:
    """All articles of a store → an index that is still empty, of the store or beside it."""
    rows = texts.execute("SELECT fid, title_end, body_start, text FROM articles ORDER BY fid")
    index(db, ((fid, text[:end], text[start:]) for fid, end, start, text in rows))


def renew_index(db: apsw.Connection) -> None:
    """Make the index anew, inside the caller's transaction."""
    db.execute("DROP TABLE IF EXISTS search_terms; DROP TABLE IF EXISTS search")
    db.execute(SEARCH)
    _set_hash_size(db)
    index_all(db, db)


def _set_hash_size(db: apsw.Connection) -> None:
    try:
        db.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (FTS_HASH_BYTES,))
    except apsw.SQLError:
        return  # not in FTS5's manual: an SQLite that no longer knows it is slower, and right


def indexing_digest() -> str:
    """The digest of how the index is made: one that was made otherwise is made anew."""
    return hashlib.sha256(SEARCH.encode()).hexdigest()
