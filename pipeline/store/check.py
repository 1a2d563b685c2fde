"""Step 6 of 6. A store → everything that is wrong with it, in sentences; nothing is mended, nothing written.

Whatever can be computed from something else in the store is computed again and compared.
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice, zip_longest
from pathlib import Path

import apsw

from pipeline.errors import StoreError
from pipeline.records import article_id
from pipeline.store.bucketing import filed
from pipeline.store.connection import connect, explained
from pipeline.store.correcting import corrected_mentions, outcome
from pipeline.store.indexing import index_all
from pipeline.store.migrate import require_current
from pipeline.store.recount import ARTICLE_REGIONS, COUNTS, STORY_REGIONS, difference
from pipeline.store.resigning import signed_anew
from pipeline.store.rows import MENTION_COLUMNS, day_of, mention_from
from pipeline.store.schema import CURRENT, DDL, SEARCH

_SHOWN = 5  # of one kind: a damaged page can spoil thousands of rows alike
_MENDED = (3, 51, 3)
_BACKPORTS = {(3, 44): 6, (3, 50): 7}


def check_store(path: Path) -> list[str]:
    """Faults found in the store at a path; empty where it is whole. Reads everything: it takes its time."""
    faults = [fault for fault in [wal_reset_fault(apsw.sqlite_lib_version())] if fault]
    try:
        db = connect(path, mode="read")
    except StoreError as error:
        return [*faults, str(error)]
    try:
        return faults + _faults(db, path)
    finally:
        db.close()


def wal_reset_fault(version: str) -> str | None:
    """SQLite's version → why two connections must not write with it; None where it is mended."""
    numbers = tuple(int(part) for part in version.split("."))
    major_minor, patch = numbers[:2], numbers[2]
    if numbers >= _MENDED or patch >= _BACKPORTS.get((major_minor[0], major_minor[1]), patch + 1):
        return None
    return (
        f"SQLite {version} can lose committed writes when two programs use a store (its WAL-reset bug):"
        " install the pinned apsw, which brings a newer one"
    )


def _faults(db: apsw.Connection, path: Path) -> list[str]:
    faults: list[str] = []
    try:
        with explained(path):
            db.pragma("temp_store", "FILE")  # a recount of a large store does not fit into memory
            require_current(db, path)
    except StoreError as error:
        return [str(error)]
    for check in _CHECKS:
        found: list[str] = []
        try:
            with explained(path):
                found = list(islice(check(db), _SHOWN + 1))
        except (
            StoreError,
            ValueError,
            TypeError,
        ) as error:  # a flag or reason that is no JSON, or of other keys
            found.append(f"{check.__name__.strip('_').replace('_', ' ')}: cannot be read: {error}")
        faults += found if len(found) <= _SHOWN else [*found[:_SHOWN], "… and more of the kind"]
    return faults


def _pages(db: apsw.Connection) -> Iterator[str]:
    for (said,) in db.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield f"pages: {said}"


def _tables(db: apsw.Connection) -> Iterator[str]:
    """Every table, index and view as this version makes it, and none beside."""
    fresh = apsw.Connection(":memory:")
    fresh.execute(DDL)
    listed = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    want = {name: (kind, sql) for kind, name, sql in fresh.execute(listed)}
    have = {name: (kind, sql) for kind, name, sql in db.execute(listed)}
    fresh.close()
    yield from (
        f"tables: {name} is not as this version makes it" for name in want if have.get(name) != want[name]
    )
    yield from (f"tables: {name} is no part of a store" for name in have.keys() - want.keys())


def _references(db: apsw.Connection) -> Iterator[str]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"references: {table} row {row} points to a row of {parent} that is not there"


def _articles(db: apsw.Connection) -> Iterator[str]:
    rows = db.execute(
        "SELECT id, day, published, source, url, title_end, body_start, flags, text FROM articles"
    )
    for id_, day, published, source, url, title_end, body_start, flags, text in rows:
        if article_id(text, source, url, published) != id_:
            yield f"articles: {id_} is not the hash of its text, source, address and date"
        if day != day_of(published):
            yield f"articles: {id_} is filed under the day {day!r} and was published {published!r}"
        if not 0 <= title_end <= body_start <= len(text) or not isinstance(json.loads(flags), list):
            yield f"articles: {id_} has a title or flags that do not fit its text"


def _mentions(db: apsw.Connection) -> Iterator[str]:
    rows = db.execute(
        "SELECT m.fid, a.id, a.text, start_offset, end_offset, surface"
        " FROM mention_rows AS m JOIN articles AS a ON a.fid = article ORDER BY article"
    )
    for fid, id_, text, start, end, surface in rows:
        if not 0 <= start < end <= len(text) or text[start:end] != surface:
            yield f"mentions: {fid} of article {id_} says {surface!r} stands at {start}–{end}; it does not"


def _runs(db: apsw.Connection) -> Iterator[str]:
    rows = db.execute(
        "SELECT a.id, p.run FROM processed AS p JOIN articles AS a ON a.fid = p.article"
        " WHERE found <> (SELECT count(*) FROM mention_rows AS m"
        " WHERE m.article = p.article AND m.run = p.run AND correction IS NULL)"
    )
    for id_, run in rows:
        yield f"runs: article {id_} has lost or gained mentions of run {run}"
    for (id_,) in db.execute("SELECT id FROM articles WHERE fid NOT IN (SELECT article FROM processed)"):
        yield f"runs: article {id_} was stored by no run"


def _regions(db: apsw.Connection) -> Iterator[str]:
    for which, region, day, fid, *_ in db.execute(difference(ARTICLE_REGIONS, "article_regions")):
        yield f"counts: one row {which} for article {fid} in {_label(db, region)}, day {day}"


def _counts(db: apsw.Connection) -> Iterator[str]:
    for which, region, period, *_ in db.execute(difference(COUNTS, "counts")):
        yield f"counts: one row {which} for {_label(db, region)}, period {period}"


def _stories(db: apsw.Connection) -> Iterator[str]:
    """Signatures, buckets and stories against those made anew from the texts."""
    with signed_anew(db) as fresh:
        for what, rows in (("its story or signature", _signed), ("the buckets it lies in", filed)):
            for have, want in zip_longest(rows(db), rows(fresh)):
                if have != want:
                    yield f"stories: {what} is not what the texts say: {have} is there, {want} should be"
                    break
    for which, region, story, fid, *_ in db.execute(difference(STORY_REGIONS, "story_regions")):
        yield f"stories: one row {which} for article {fid} of story {story} in {_label(db, region)}"


def _signed(db: apsw.Connection) -> Iterator[tuple[int, int, bytes]]:
    yield from db.execute("SELECT article, story, signature FROM stories ORDER BY article")


def _label(db: apsw.Connection, number: int) -> str:
    return repr(db.execute("SELECT text FROM labels WHERE id = ?", (number,)).get)


def _corrections(db: apsw.Connection) -> Iterator[str]:
    """What is shown is the machine's mention with the whole log played over it."""
    spoken_of = "SELECT fid, id FROM articles WHERE id IN (SELECT article_id FROM corrections) ORDER BY fid"
    for fid, id_ in db.execute(spoken_of):
        for _, mention, said in corrected_mentions(db, fid):
            shown = db.execute(
                f"SELECT correction, corrected, {MENTION_COLUMNS} FROM mention_rows"
                f" WHERE article = ? AND start_offset = ? AND end_offset = ? AND {CURRENT}",
                (fid, mention.start, mention.end),
            ).fetchall()
            expected = [(said[-1].sequence, *reversed(outcome(db, mention, said)))]
            if [(sequence, action, mention_from(tuple(row))) for sequence, action, *row in shown] != expected:
                yield f"corrections: {mention.surface!r} of article {id_} is not as it was last corrected"


def _search(db: apsw.Connection) -> Iterator[str]:
    """The index against one made anew from the texts, term by term."""
    fresh = apsw.Connection("")  # on disk, and gone when it is closed
    fresh.execute(SEARCH)
    with fresh:
        index_all(db, fresh)
    terms = "SELECT term, doc, cnt FROM search_terms"
    for have, want in zip_longest(db.execute(terms), fresh.execute(terms)):
        if have != want:
            yield f"search: the index says {have}, the texts say {want} (word, articles, times)"
            break
    fresh.close()


_CHECKS: tuple[Callable[[apsw.Connection], Iterator[str]], ...] = (
    _pages,
    _tables,
    _references,
    _articles,
    _mentions,
    _runs,
    _regions,
    _counts,
    _stories,
    _corrections,
    _search,
)
