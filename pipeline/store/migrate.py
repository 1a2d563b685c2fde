"""Step 6 of 6. Whatever lies at a path → a store of this version, or a refusal that names both versions."""

from collections.abc import Callable, Mapping
from pathlib import Path

import apsw

from pipeline.errors import StoreError
from pipeline.store.connection import RUN_FIRST, WRITE_CACHE_KIB, Store, explained, settle, transaction
from pipeline.store.geography import Geography
from pipeline.store.geopackage import register_layers, renew_geography
from pipeline.store.indexing import indexing_digest, renew_index
from pipeline.store.resigning import renew_stories
from pipeline.store.schema import (
    APPLICATION_ID,
    BUCKETS,
    DDL,
    GEOPACKAGE_VERSION,
    PAGE_SIZE,
    SCHEMA_VERSION,
    STORIES,
)
from pipeline.stories import signing_digest

# Years instead of days; what fills the buckets is that every article is signed anew.
_TO_3 = f"""
DELETE FROM counts WHERE period > 999999;
INSERT INTO counts
SELECT region, period / 100, source, language, roles, sum(articles),
       sum(place), sum(government), sum(dateline), sum(name)
FROM counts WHERE period > 9999 GROUP BY 1, 2, 3, 4, 5;
DROP TABLE story_buckets;
{BUCKETS}
"""
# Version → the SQL that makes the next one of it. A version that is not here is refused.
MIGRATIONS: Mapping[int, str] = {1: STORIES + BUCKETS, 2: _TO_3}


def require_current(db: apsw.Connection, path: Path) -> None:
    """Raise StoreError unless this is a store of this version: what a reader asks."""
    version = stored_version(db, path)
    if version != SCHEMA_VERSION:
        raise _refusal(path, version, can_migrate=version in MIGRATIONS)


def prepare(store: Store, geography: Geography) -> None:
    """Create, migrate or refuse, and renew what is derived from other data by now, all in one transaction."""
    with explained(store.path):
        if _is_empty(store.db):
            _lay_out(store.db)
    with transaction(store) as db:
        if _is_empty(db):
            _create(db)
        else:
            _migrate(db, store.path)
        renewed = [
            _renew(db, "gazetteer", geography.digest, lambda: renew_geography(db, geography)),
            _renew(db, "signing", signing_digest(), lambda: renew_stories(db)),
            _renew(db, "indexing", indexing_digest(), lambda: renew_index(db)),
        ]
    if any(renewed):
        settle(store)


def _lay_out(db: apsw.Connection) -> None:
    """An empty file → one that keeps a WAL, which is said in its first page: no transaction of a WAL can hold that.

    The journal of this one page is held in memory. Left as a file by a process killed just then, it would have to be
    rolled back, which a reader may not do: it would be told that the store cannot be read. Without it the page is there
    or not, and either way nothing is stored yet; all that counts of it lies in its first 112 bytes.
    """
    db.pragma("page_size", PAGE_SIZE)
    if db.pragma("journal_mode") != "wal":  # else to leave it would fail where another makes the store too
        db.pragma("journal_mode", "memory")
        db.pragma("journal_mode", "wal")
    # Said again: what was set before the size of a page is held for a number of smaller pages.
    db.pragma("cache_size", -WRITE_CACHE_KIB)


def _renew(db: apsw.Connection, what: str, digest: str, renew: Callable[[], None]) -> bool:
    """Make what is derived anew where it comes from another gazetteer or was made another way → whether it was."""
    if meta(db, what) == digest:
        return False
    renew()
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (what, digest))
    return True


def _is_empty(db: apsw.Connection) -> bool:
    return not db.execute("SELECT count(*) FROM sqlite_schema").get


def _create(db: apsw.Connection) -> None:
    db.pragma("application_id", APPLICATION_ID)
    db.pragma("user_version", GEOPACKAGE_VERSION)
    db.execute(DDL)
    db.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
    register_layers(db)


def _migrate(db: apsw.Connection, path: Path) -> None:
    version = stored_version(db, path)
    while version < SCHEMA_VERSION and version in MIGRATIONS:
        db.execute(MIGRATIONS[version])
        version += 1
        db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(version),))
    if version != SCHEMA_VERSION:
        raise _refusal(path, version, can_migrate=False)


def stored_version(db: apsw.Connection, path: Path) -> int:
    """The version of the store's schema; raises StoreError where the file is no store of this project."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    if not tables:  # what made it was killed before it had begun
        raise StoreError(path=str(path), what="nothing is stored here yet", to_do=RUN_FIRST, code="missing")
    if {"meta", "gpkg_contents"} <= tables:
        text = meta(db, "schema") or ""
        if text.isdecimal():
            return int(text)
    raise StoreError(
        path=str(path),
        what="a database, but no store of this project",
        to_do="name another file with --store",
        code="damaged",
    )


def meta(db: apsw.Connection, key: str) -> str | None:
    """What the store says of itself under a key; None where it says nothing."""
    value = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).get
    return None if value is None else str(value)


def _refusal(path: Path, version: int, *, can_migrate: bool) -> StoreError:
    code = "unreadable"
    if can_migrate:
        code, to_do = "older", "run `python -m pipeline run` once: it brings the store up to date"
    elif version > SCHEMA_VERSION:
        code, to_do = "newer", "use the newer version of this project, or name another file with --store"
    else:
        to_do = "export its corrections with the version that made it, then build it anew from the seeds"
    what = f"the store has schema version {version}, this program reads and writes version {SCHEMA_VERSION}"
    return StoreError(path=str(path), what=what, to_do=to_do, code=code)
