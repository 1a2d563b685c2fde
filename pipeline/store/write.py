"""Step 6 of 6. Geocoded articles → rows: runs, and batches that are stored as a whole or not at all.

Kept tables only grow. A run under other rules marks an article's mentions as superseded and adds its own, and the
article has the language that this run told; the same article under the same rules changes nothing. What analysts
corrected is applied to new mentions as they come.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import apsw

from pipeline.errors import StoreError
from pipeline.records import UNTOLD, Article, Geocoded, Mention, Refusal
from pipeline.store.connection import Store, settle, snapshot, transaction, utc_now
from pipeline.store.correcting import corrected_articles, replay
from pipeline.store.indexing import index
from pipeline.store.joining import join
from pipeline.store.rows import (
    ARTICLE_COLUMNS,
    MENTION_COLUMNS,
    article_row,
    day_number,
    day_of,
    mention_row,
    printable,
)
from pipeline.store.tally import Facts, Filing, Tally, current_shares, filing_of, shares
from pipeline.stories import sign


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a batch: its inputs are stored + duplicates + refused.

    ``superseded`` of the stored were in the store already, under other rules.
    """

    stored: int
    duplicates: int
    refused: int
    superseded: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """An article of the store: its row and the run that processed it last."""

    fid: int
    run: int
    rules: str


def begin_run(store: Store, *, code_version: str, rules: str) -> int:
    """Open a run of this code under these rules (a digest) → its number."""
    with transaction(store) as db:
        db.execute(
            "INSERT INTO runs (started, code_version, rules) VALUES (?, ?, ?)",
            (utc_now(), code_version, rules),
        )
        return db.last_insert_rowid()


def finish_run(store: Store, run_id: int) -> None:
    """Mark a run as finished; one that was killed stays open, with the figures of its whole batches."""
    with transaction(store) as db:
        db.execute("UPDATE runs SET finished = ? WHERE id = ?", (utc_now(), run_id))
    settle(store)


def is_current(store: Store, article_id: str, rules: str) -> bool:
    """Whether this article was last processed under these rules."""
    return article_id in known_ids(store, [article_id], rules)


def known_ids(store: Store, ids: Collection[str], rules: str) -> frozenset[str]:
    """Those of the articles that were last processed under these rules and need not be again."""
    with snapshot(store, seconds=None) as db:
        return frozenset(id_ for id_, known in _known(db, ids).items() if known.rules == rules)


def add_batch(
    store: Store, run_id: int, batch: Sequence[Geocoded], refusals: Sequence[Refusal]
) -> BatchResult:
    """Store a batch of a run in one transaction; raises StoreError, and then nothing of it is there.

    A refusal that is there already, word for word, is not kept twice.
    """
    for geocoded in batch:
        _require_exact(store, geocoded)
    with transaction(store) as db:
        fresh, old = _divide(db, run_id, batch)
        fids = _add_articles(db, [geocoded.article for geocoded in fresh])
        join(db, [(fid, one.signature or sign(one.article)) for fid, one in zip(fids, fresh, strict=True)])
        tally = Tally()
        _supersede(db, run_id, old, tally)
        todo = [*zip(fids, fresh, strict=True), *old]
        _add_mentions(db, run_id, todo)
        _count_in(db, todo, tally)
        tally.write(db)
        _add_failures(db, run_id, refusals)
        result = BatchResult(len(todo), len(batch) - len(todo), len(refusals), superseded=len(old))
        db.execute(
            "UPDATE runs SET stored = stored + ?, duplicates = duplicates + ?, refused = refused + ?"
            " WHERE id = ?",
            (result.stored, result.duplicates, result.refused, run_id),
        )
    return result


def _require_exact(store: Store, geocoded: Geocoded) -> None:
    """A wrong offset would mark a wrong word for ever: refuse it at the door."""
    text, last = geocoded.article.text, 0
    for mention in geocoded.mentions:
        if mention.start < last or text[mention.start : mention.end] != mention.surface:
            span = f"{mention.start}–{mention.end} is not {mention.surface!r}, or overlaps the one before"
            raise StoreError(
                path=str(store.path),
                what=f"article {geocoded.article.id} ({geocoded.article.origin}) has a wrong mention: {span}",
                to_do="this is a fault of the geocoder: report it with the article",
            )
        last = mention.end


def _known(db: apsw.Connection, ids: Iterable[str]) -> dict[str, _Known]:
    rows = db.execute(
        "SELECT a.id, a.fid, r.id, r.rules"
        " FROM json_each(?) AS wanted JOIN articles AS a ON a.id = wanted.value"
        " JOIN runs AS r ON r.id = (SELECT max(run) FROM processed WHERE article = a.fid)",
        (json.dumps(list(ids)),),
    )
    return {id_: _Known(*facts) for id_, *facts in rows}


def _divide(
    db: apsw.Connection, run_id: int, batch: Sequence[Geocoded]
) -> tuple[list[Geocoded], list[tuple[int, Geocoded]]]:
    """A batch → new articles, and those known under other rules with their rows; the rest are duplicates."""
    rules = db.execute("SELECT rules FROM runs WHERE id = ?", (run_id,)).get
    known = _known(db, {geocoded.article.id for geocoded in batch})
    fresh: list[Geocoded] = []
    old: list[tuple[int, Geocoded]] = []
    seen: set[str] = set()
    for geocoded in batch:
        before = known.get(geocoded.article.id)
        if geocoded.article.id in seen:
            continue
        seen.add(geocoded.article.id)
        if before is None:
            fresh.append(geocoded)
        elif before.rules != rules and before.run < run_id:
            old.append((before.fid, geocoded))
    return fresh, old


def _add_articles(db: apsw.Connection, articles: Sequence[Article]) -> range:
    """New articles and their searchable text → their rows' numbers."""
    first = db.execute("SELECT ifnull(max(fid), 0) + 1 FROM articles").get
    fids = range(first, first + len(articles))
    db.executemany(
        f"INSERT INTO articles (fid, {ARTICLE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((fid, *article_row(article)) for fid, article in zip(fids, articles, strict=True)),
    )
    index(db, ((fid, article.title, article.body) for fid, article in zip(fids, articles, strict=True)))
    return fids


def _supersede(db: apsw.Connection, run_id: int, old: Sequence[tuple[int, Geocoded]], tally: Tally) -> None:
    """Take known articles out as they were counted in; what is added next goes by the language told now."""
    for fid, geocoded in old:
        tally.remove(filing_of(db, fid), current_shares(db, fid))
        db.execute("UPDATE articles SET language = ? WHERE fid = ?", (geocoded.article.language, fid))
        db.execute(
            "UPDATE mention_rows SET superseded_by = ? WHERE article = ? AND superseded_by IS NULL",
            (run_id, fid),
        )


def _add_mentions(db: apsw.Connection, run_id: int, todo: Sequence[tuple[int, Geocoded]]) -> None:
    db.executemany(
        "INSERT INTO processed (article, run, found) VALUES (?, ?, ?)",
        ((fid, run_id, len(geocoded.mentions)) for fid, geocoded in todo),
    )
    db.executemany(
        f"INSERT INTO mention_rows (article, run, {MENTION_COLUMNS})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((fid, run_id, *mention_row(m)) for fid, geocoded in todo for m in geocoded.mentions),
    )


def _count_in(db: apsw.Connection, todo: Sequence[tuple[int, Geocoded]], tally: Tally) -> None:
    corrected = corrected_articles(db)
    for fid, geocoded in todo:
        if geocoded.article.id in corrected:
            replay(db, fid)
            found = current_shares(db, fid)
        else:
            found = shares(map(_facts, geocoded.mentions))
        tally.add(_filing(fid, geocoded.article), found)


def _facts(mention: Mention) -> Facts:
    return Facts(mention.place_id, mention.level, mention.governorate, mention.district, mention.role)


def _filing(fid: int, article: Article) -> Filing:
    if article.language == UNTOLD:
        raise ValueError(f"article {article.id} ({article.origin}) comes without its language")
    return Filing(fid, day_number(day_of(article.published)), article.source or "", article.language)


def _add_failures(db: apsw.Connection, run_id: int, refusals: Sequence[Refusal]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO failures (run, origin, code, message) VALUES (?, ?, ?, ?)",
        ((run_id, printable(r.origin), r.code, printable(r.message)) for r in refusals),
    )
