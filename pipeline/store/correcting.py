"""Step 6 of 6. What an analyst says of a mention → a row for ever, and the map right away.

A correction is kept by article (the hash of its content), span and surface, so that it holds for every later
run and for a store that was built anew. The machine's own row stays; the corrected one takes its place. A
correction whose span no run finds any more has no effect, and stays on record.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

import apsw

from pipeline.errors import CorrectionConflict, StoreError
from pipeline.records import ROLES, Level, Mention, Role
from pipeline.store.connection import Store, snapshot, transaction, utc_now
from pipeline.store.rows import MENTION_COLUMNS, mention_from, mention_row
from pipeline.store.schema import CURRENT
from pipeline.store.tally import Tally, current_shares, filing_of

Action = Literal["reject", "reassign", "role", "restore"]
Span = tuple[int, int, str]
ACTIONS: tuple[Action, ...] = get_args(Action)

CORRECTION_COLUMNS = (
    "time, author, article_id, start_offset, end_offset, surface, action, value, base_revision"
)
_SAME_SPAN = "start_offset = ? AND end_offset = ? AND surface = ?"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing said by one person about one span, the order of ``sequence`` being that in which it was said.

    ``value`` is the place of a "reassign", the role of a "role", None otherwise; "restore" gives the span
    back to the machine. ``base_revision`` is the sequence of the correction that its author saw, 0 for none.
    """

    sequence: int
    time: str
    author: str
    article_id: str
    start: int
    end: int
    surface: str
    action: Action
    value: str | None
    base_revision: int

    @property
    def span(self) -> Span:
        """Where in the article, and what stands there."""
        return self.start, self.end, self.surface


def correct(
    store: Store,
    *,
    mention_id: int,
    author: str,
    action: Action,
    value: str | None = None,
    base_revision: int,
) -> Correction:
    """Say that a mention is no mention, is another place, has another role, or was right after all.

    On return it is on disk, and every figure takes it into account. Raises CorrectionConflict where the
    mention is no longer as its author saw it, StoreError where the action or its value is unknown.
    """
    with transaction(store, durable=True) as db:
        article_id, fid, span = _current_span(store, db, mention_id)
        if fault := find_fault(db, action, value):
            raise StoreError(path=str(store.path), what=fault, to_do="choose another")
        revision = latest_revision(db, article_id, span)
        if revision != base_revision:
            raise _conflict(store, f"the mention has revision {revision}, not {base_revision}")
        said = Correction(0, utc_now(), author, article_id, *span, action, value, base_revision)
        said = replace(said, sequence=append(db, said))
        apply(db, fid)
        return said


def corrections(store: Store, article_id: str | None = None) -> list[Correction]:
    """Everything that was ever said, or all about one article, in order."""
    with snapshot(store, seconds=None) as db:
        return _corrections(db, article_id)


def append(db: apsw.Connection, said: Correction) -> int:
    """Add to the log → its sequence; the one given is not used."""
    db.execute(
        f"INSERT INTO corrections ({CORRECTION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (said.time, said.author, said.article_id, *said.span, said.action, said.value, said.base_revision),
    )
    return db.last_insert_rowid()


def apply(db: apsw.Connection, fid: int) -> None:
    """Bring an article's mentions and all figures in line with the log."""
    tally, filing = Tally(), filing_of(db, fid)
    tally.remove(filing, current_shares(db, fid))
    replay(db, fid)
    tally.add(filing, current_shares(db, fid))
    tally.write(db)


def replay(db: apsw.Connection, fid: int) -> None:
    """Put what the log says in the place of an article's own mentions; figures are left to the caller."""
    for run, mention, said in corrected_mentions(db, fid):
        span, last = (mention.start, mention.end, mention.surface), said[-1].sequence
        shown = db.execute(
            f"SELECT correction FROM mention_rows WHERE article = ? AND {_SAME_SPAN} AND {CURRENT}",
            (fid, *span),
        ).get
        if shown == last:
            continue
        result, corrected = outcome(db, mention, said)
        db.execute(
            f"UPDATE mention_rows SET replaced_by = ? WHERE article = ? AND {_SAME_SPAN} AND {CURRENT}",
            (last, fid, *span),
        )
        db.execute(
            f"INSERT INTO mention_rows (article, run, correction, corrected, {MENTION_COLUMNS})"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (fid, run, last, corrected, *mention_row(result)),
        )


def corrected_mentions(db: apsw.Connection, fid: int) -> list[tuple[int, Mention, list[Correction]]]:
    """An article → the run's own mentions that somebody spoke about, with their run and all that was said."""
    article_id = db.execute("SELECT id FROM articles WHERE fid = ?", (fid,)).get
    said: dict[Span, list[Correction]] = {}
    for correction in _corrections(db, article_id):
        said.setdefault(correction.span, []).append(correction)
    rows = db.execute(
        f"SELECT run, {MENTION_COLUMNS} FROM mention_rows"
        " WHERE article = ? AND correction IS NULL AND superseded_by IS NULL ORDER BY start_offset",
        (fid,),
    )
    mentions = [(run, mention_from(tuple(row))) for run, *row in rows]
    return [
        (run, m, said[m.start, m.end, m.surface])
        for run, m in mentions
        if (m.start, m.end, m.surface) in said
    ]


def outcome(db: apsw.Connection, mention: Mention, said: Iterable[Correction]) -> tuple[Mention, str | None]:
    """The machine's mention and all that was said → the mention as it stands, and the action that holds."""
    now, corrected = mention, None
    for correction in said:
        corrected = None if correction.action == "restore" else correction.action
        if correction.action == "restore":
            now = mention
        elif correction.action == "reassign":
            now = _reassigned(db, now, correction.value)
        elif correction.action == "role":
            literal = mention.literal if correction.value == "place" else None
            now = now._replace(role=cast("Role", correction.value), literal=literal, confidence=1.0)
    return now, corrected


def find_fault(db: apsw.Connection, action: str, value: str | None) -> str | None:
    """What is wrong with an action and its value, in words; None if nothing."""
    if action not in ACTIONS:
        return f"{action!r} is no correction; there are {', '.join(ACTIONS)}"
    if action == "role" and value not in ROLES:
        return f"{value!r} is no role; there are {', '.join(ROLES)}"
    if action == "reassign" and _place(db, value) is None:
        return f"{value!r} is no place of the gazetteer"
    if action in ("reject", "restore") and value is not None:
        return f"{action} takes no value, {value!r} was given"
    return None


def corrected_articles(db: apsw.Connection) -> frozenset[str]:
    """The articles that anything was ever said of, whether they are in the store or not."""
    return frozenset(id_ for (id_,) in db.execute("SELECT DISTINCT article_id FROM corrections"))


def latest_revision(db: apsw.Connection, article_id: str, span: Span) -> int:
    """The sequence of the last correction of a span, 0 for none."""
    sql = f"SELECT ifnull(max(sequence), 0) FROM corrections WHERE article_id = ? AND {_SAME_SPAN}"
    return int(db.execute(sql, (article_id, *span)).get)


def _current_span(store: Store, db: apsw.Connection, mention_id: int) -> tuple[str, int, Span]:
    row = db.execute(
        "SELECT a.id, a.fid, start_offset, end_offset, surface"
        " FROM mention_rows AS m JOIN articles AS a ON a.fid = article"
        f" WHERE m.fid = ? AND {CURRENT}",
        (mention_id,),
    ).get
    if row is None:
        raise _conflict(
            store, f"mention {mention_id} was corrected by somebody else, or found anew by a later run"
        )
    article_id, fid, *span = row
    return article_id, fid, (span[0], span[1], span[2])


def _corrections(db: apsw.Connection, article_id: str | None) -> list[Correction]:
    rows = db.execute(
        f"SELECT sequence, {CORRECTION_COLUMNS} FROM corrections"
        " WHERE ?1 IS NULL OR article_id = ?1 ORDER BY sequence",
        (article_id,),
    )
    return [Correction(*row) for row in rows]


def _reassigned(db: apsw.Connection, mention: Mention, place_id: str | None) -> Mention:
    """The mention as one of that place; unchanged where the gazetteer has lost the place since."""
    place = _place(db, place_id)
    if place is None or place_id is None:
        return mention
    level, governorate, district = place
    return mention._replace(
        place_id=place_id, level=level, governorate=governorate, district=district, confidence=1.0
    )


def _place(db: apsw.Connection, place_id: str | None) -> tuple[Level, str | None, str | None] | None:
    row = db.execute("SELECT level, governorate, district FROM places WHERE id = ?", (place_id,)).fetchone()
    return cast("tuple[Level, str | None, str | None] | None", row)


def _conflict(store: Store, what: str) -> CorrectionConflict:
    return CorrectionConflict(path=str(store.path), what=what, to_do="look at the mention again, then decide")
