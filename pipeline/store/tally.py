"""Step 6 of 6. Mentions of an article → what it adds to the derived tables, and back out again.

``article_regions`` has one row an article and region, ``counts`` their sums. Both are exact under any choice
of roles: an article stands once a region, under the union of the roles that it names the region in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import apsw

from pipeline.records import ROLES
from pipeline.store.rows import day_number
from pipeline.store.schema import CURRENT, WHOLE

Key = tuple[str, str]  # level, region
Shares = Mapping[Key, list[int]]  # roles as bits, then the mentions in each role

_Row = tuple[int, ...]

CORPUS: Key = ("corpus", WHOLE)
ROLE_BIT: Mapping[str, int] = {role: 1 << index for index, role in enumerate(ROLES)}
_PLACE_OF_ROLE: Mapping[str, int] = {role: index for index, role in enumerate(ROLES, 1)}


@dataclass(frozen=True, slots=True)
class Filing:
    """An article as the derived tables file it. ``fid`` is its row; 0 stands for no day, '' for no source."""

    fid: int
    day: int
    source: str
    language: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a mention counts."""

    place_id: str
    level: str
    governorate: str | None
    district: str | None
    role: str


def shares(mentions: Iterable[Facts]) -> Shares:
    """Mentions of one article → its share in every region it names, and in the corpus as a whole.

    An article that names nothing has a share in the corpus all the same, with no roles.
    """
    found: dict[Key, list[int]] = {CORPUS: [0, 0, 0, 0, 0]}
    for mention in mentions:
        bit, place = ROLE_BIT[mention.role], _PLACE_OF_ROLE[mention.role]
        for key in (CORPUS, *regions_of(mention)):
            share = found.setdefault(key, [0, 0, 0, 0, 0])
            share[0] |= bit
            share[place] += 1
    return found


def regions_of(mention: Facts) -> Iterator[Key]:
    """The regions a mention is drawn in: its governorate and its district, or its area."""
    if mention.governorate:
        yield "governorate", mention.governorate
    if mention.district:
        yield "district", mention.district
    if mention.level == "area":
        yield "area", mention.place_id


@dataclass(slots=True)
class Tally:
    """Changes to the derived tables, gathered over a batch and written at once by ``write``."""

    come: list[tuple[Filing, Shares]] = field(default_factory=list)
    gone: list[tuple[Filing, Shares]] = field(default_factory=list)

    def add(self, filing: Filing, found: Shares) -> None:
        """Count an article in with the shares given."""
        self.come.append((filing, found))

    def remove(self, filing: Filing, found: Shares) -> None:
        """Take an article out that was counted in with the shares given."""
        self.gone.append((filing, found))

    def write(self, db: apsw.Connection) -> None:
        """Bring the derived tables up to date, inside the caller's transaction.

        By statements of one row each: one for all would keep a copy of every page that it changes, in case it
        fails half-way, and in a large store those of a batch are hundreds of megabytes.
        """
        number = self._numbers(db)
        gone, come = list(_rows(self.gone, number)), list(_rows(self.come, number))
        db.executemany(_FORGET, (row[:3] for row in gone))
        come.sort(key=_in_order)
        db.executemany(_REMEMBER, come)
        changes = _sums(gone, come)
        db.executemany(_COUNT, ((*key, *changes[key]) for key in sorted(changes)))
        db.executemany(_DROP_EMPTY, (key for key, change in changes.items() if change[0] < 0))

    def _numbers(self, db: apsw.Connection) -> dict[Key, int]:
        """Every region, source and language of the batch → its number, new ones included."""
        wanted: set[Key] = set()
        for filing, found in (*self.come, *self.gone):
            wanted |= {("source", filing.source), ("language", filing.language), *found}
        db.executemany("INSERT OR IGNORE INTO labels (kind, text) VALUES (?, ?)", sorted(wanted))
        ask = "SELECT id FROM labels WHERE kind = ? AND text = ?"
        return {key: db.execute(ask, key).get for key in wanted}


def _rows(articles: Iterable[tuple[Filing, Shares]], number: Mapping[Key, int]) -> Iterator[_Row]:
    """Articles with their shares → rows of ``article_regions``."""
    for filing, found in articles:
        source, language = number["source", filing.source], number["language", filing.language]
        for key, (roles, *mentions) in found.items():
            yield (number[key], filing.day, filing.fid, roles, source, language, *mentions)


def _in_order(row: _Row) -> tuple[int, int, int]:
    """The order in which the table lies on disk."""
    region, day, article, *_ = row
    return region, -day, -article


def _sums(gone: Iterable[_Row], come: Iterable[_Row]) -> dict[_Row, list[int]]:
    """Rows that go and come → the change of each row of ``counts``: articles, then mentions in each role.

    A day's figures go to its month and to all time too; what has no day goes to all time alone.
    """
    sums: dict[_Row, list[int]] = {}
    for sign, rows in ((-1, gone), (1, come)):
        for region, day, _, roles, source, language, *mentions in rows:
            for period in (0, day // 100, day) if day else (0,):
                change = sums.setdefault((region, period, source, language, roles), [0, 0, 0, 0, 0])
                change[0] += sign
                for place, many in enumerate(mentions, 1):
                    if many:
                        change[place] += sign * many
    return sums


_FORGET = "DELETE FROM article_regions WHERE region = ? AND day = ? AND article = ?"
_REMEMBER = "INSERT INTO article_regions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_COUNT = """
INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    articles = articles + excluded.articles, place = place + excluded.place,
    government = government + excluded.government, dateline = dateline + excluded.dateline,
    name = name + excluded.name
"""
_DROP_EMPTY = (
    "DELETE FROM counts WHERE articles = 0"
    " AND region = ? AND period = ? AND source = ? AND language = ? AND roles = ?"
)


def filing_of(db: apsw.Connection, fid: int) -> Filing:
    """An article's row → how the derived tables file it."""
    day, source, language = db.execute("SELECT day, source, language FROM articles WHERE fid = ?", (fid,)).get
    return Filing(fid, day_number(day), source or "", language)


def current_shares(db: apsw.Connection, fid: int) -> Shares:
    """An article's shares by its mentions as they stand now, corrections included."""
    return shares(
        Facts(*row)
        for row in db.execute(
            f"SELECT place_id, level, governorate, district, role FROM mention_rows"
            f" WHERE article = ? AND {CURRENT} AND corrected IS NOT 'reject'",
            (fid,),
        )
    )
