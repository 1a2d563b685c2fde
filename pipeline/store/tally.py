"""Step 6 of 6. Mentions of an article → what it adds to the derived tables, and back out again.

``article_regions`` has one row an article and region, ``counts`` their sums. Both are exact under any choice
of roles: an article stands once a region, under the union of the roles that it names the region in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import apsw

from pipeline.records import ROLES
from pipeline.store.joining import refile
from pipeline.store.rows import day_number
from pipeline.store.schema import CURRENT, WHOLE

Key = tuple[str, str]  # level, region
Shares = Mapping[Key, list[int]]  # roles as bits, then the mentions in each role

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
        """Bring the derived tables up to date, inside the caller's transaction."""
        number = self._numbers(db)
        db.execute(_CHANGES)
        for articles, sign in ((self.gone, -1), (self.come, 1)):
            db.executemany(
                "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _rows(articles, number, sign)
            )
        if self.gone:
            db.execute(_FORGET)
        db.execute(_REMEMBER)
        for period in _PERIODS:
            db.execute(_COUNT.format(period=period))
            if self.gone:
                db.execute(_DROP_EMPTY.format(period=period))
        refile(db)
        db.execute("DROP TABLE temp.changes")

    def _numbers(self, db: apsw.Connection) -> dict[Key, int]:
        """Every region, source and language of the batch → its number, new ones included."""
        wanted: set[Key] = set()
        for filing, found in (*self.come, *self.gone):
            wanted |= {("source", filing.source), ("language", filing.language), *found}
        db.executemany("INSERT OR IGNORE INTO labels (kind, text) VALUES (?, ?)", sorted(wanted))
        ask = "SELECT id FROM labels WHERE kind = ? AND text = ?"
        return {key: db.execute(ask, key).get for key in wanted}


def _rows(
    articles: Iterable[tuple[Filing, Shares]], number: Mapping[Key, int], sign: int
) -> Iterator[tuple[int, ...]]:
    for filing, found in articles:
        source, language = number["source", filing.source], number["language", filing.language]
        for key, share in found.items():
            yield (sign, number[key], filing.day, filing.fid, source, language, *share)


_CHANGES = """
CREATE TEMP TABLE changes (
    sign INTEGER, region INTEGER, day INTEGER, article INTEGER, source INTEGER, language INTEGER,
    roles INTEGER,
    place INTEGER, government INTEGER, dateline INTEGER, name INTEGER
)
"""
_FORGET = """
DELETE FROM article_regions
WHERE (region, day, article) IN (SELECT region, day, article FROM changes WHERE sign < 0)
"""
_REMEMBER = """
INSERT INTO article_regions
SELECT region, day, article, roles, source, language, place, government, dateline, name
FROM changes WHERE sign > 0 ORDER BY region, day DESC, article DESC
"""
_PERIODS = ("0", "day / 10000", "day / 100")
# What has no day goes to all time alone.
_COUNT = """
INSERT INTO counts
SELECT region, {period} AS period, source, language, roles, sum(sign),
       sum(sign * place), sum(sign * government), sum(sign * dateline), sum(sign * name)
FROM changes WHERE day OR '{period}' = '0' GROUP BY region, period, source, language, roles
ON CONFLICT DO UPDATE SET
    articles = articles + excluded.articles, place = place + excluded.place,
    government = government + excluded.government, dateline = dateline + excluded.dateline,
    name = name + excluded.name
"""
_DROP_EMPTY = """
DELETE FROM counts
WHERE articles = 0 AND (region, period, source, language, roles) IN
      (SELECT region, {period}, source, language, roles FROM changes WHERE sign < 0)
"""


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
