"""Step 6 of 6. Mentions of an article → what it adds to the derived tables, and back out again.

``article_regions`` has one row an article and region, ``counts`` their sums. Both are exact under any choice
of roles: an article stands once a region, under the union of the roles that it names the region in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import apsw

from pipeline.records import ROLES
from pipeline.store.schema import CURRENT, WHOLE

Key = tuple[str, str]  # level, region
Share = tuple[int, int, int, int, int]  # roles as bits, then mentions in each role
Cell = tuple[str, str, str, str, str, int]  # level, day, region, source, language, roles

CORPUS: Key = ("corpus", WHOLE)
ROLE_BIT = {role: 1 << index for index, role in enumerate(ROLES)}
_SHARE_OF_ROLE: Mapping[str, Share] = {
    "place": (1, 1, 0, 0, 0),
    "government": (2, 0, 1, 0, 0),
    "dateline": (4, 0, 0, 1, 0),
    "name": (8, 0, 0, 0, 1),
}
_NOTHING: Share = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Filing:
    """An article as the derived tables file it. ``fid`` is its row; '' stands for no day and no source."""

    fid: int
    day: str
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


def shares(mentions: Iterable[Facts]) -> dict[Key, Share]:
    """Mentions of one article → its share in every region it names, and in the corpus as a whole.

    An article that names nothing has a share in the corpus all the same, with no roles.
    """
    found: dict[Key, Share] = {CORPUS: _NOTHING}
    for mention in mentions:
        one = _SHARE_OF_ROLE[mention.role]
        for key in (CORPUS, *regions_of(mention)):
            bits, place, government, dateline, name = found.get(key, _NOTHING)
            found[key] = (
                bits | one[0],
                place + one[1],
                government + one[2],
                dateline + one[3],
                name + one[4],
            )
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

    cells: dict[Cell, list[int]] = field(default_factory=dict)
    gone: list[tuple[str, str, int]] = field(default_factory=list)
    rows: list[tuple[str | int, ...]] = field(default_factory=list)

    def add(self, filing: Filing, found: Mapping[Key, Share]) -> None:
        """Count an article in with the shares given."""
        for key, share in found.items():
            self._change(filing, key, share, 1)
            level, region = key
            self.rows.append(
                (region, filing.day, filing.fid, share[0], level, filing.source, filing.language, *share[1:])
            )

    def remove(self, filing: Filing, found: Mapping[Key, Share]) -> None:
        """Take an article out that was counted in with the shares given."""
        for key, share in found.items():
            self._change(filing, key, share, -1)
            self.gone.append((key[1], filing.day, filing.fid))

    def _change(self, filing: Filing, key: Key, share: Share, sign: int) -> None:
        cell = (key[0], filing.day, key[1], filing.source, filing.language, share[0])
        sums = self.cells.setdefault(cell, [0, 0, 0, 0, 0])
        for index, figure in enumerate((1, *share[1:])):
            sums[index] += sign * figure

    def write(self, db: apsw.Connection) -> None:
        """Bring the derived tables up to date, inside the caller's transaction."""
        changes = self.count_rows()
        db.executemany("DELETE FROM article_regions WHERE region = ? AND day = ? AND article = ?", self.gone)
        db.executemany(
            "INSERT INTO article_regions"
            " (region, day, article, roles, level, source, language, place, government, dateline, name)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self.rows,
        )
        db.executemany(
            "INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET articles = articles + excluded.articles,"
            " place = place + excluded.place, government = government + excluded.government,"
            " dateline = dateline + excluded.dateline, name = name + excluded.name",
            changes,
        )
        db.executemany(
            "DELETE FROM counts WHERE level = ? AND grain = ? AND period = ? AND region = ? AND source = ?"
            " AND language = ? AND roles = ? AND articles = 0",
            [change[:7] for change in changes if int(change[7]) < 0],
        )

    def count_rows(self) -> list[tuple[str | int, ...]]:
        """The rows of ``counts``, in its order: a day's figures stand in its month and in all time too."""
        sums: dict[tuple[str, str, str, str, str, str, int], list[int]] = {}
        for (level, day, *rest, roles), figures in self.cells.items():
            region, source, language = rest
            grains = [("all", ""), *([("month", day[:7]), ("day", day)] if day else [])]
            for grain, period in grains:
                row = sums.setdefault((level, grain, period, region, source, language, roles), [0] * 5)
                for index, figure in enumerate(figures):
                    row[index] += figure
        return [(*key, *figures) for key, figures in sorted(sums.items()) if any(figures)]


def filing_of(db: apsw.Connection, fid: int) -> Filing:
    """An article's row → how the derived tables file it."""
    row = db.execute("SELECT fid, day, ifnull(source, ''), language FROM articles WHERE fid = ?", (fid,)).get
    return Filing(*row)


def current_shares(db: apsw.Connection, fid: int) -> dict[Key, Share]:
    """An article's shares by its mentions as they stand now, corrections included."""
    return shares(
        Facts(*row)
        for row in db.execute(
            f"SELECT place_id, level, governorate, district, role FROM mention_rows"
            f" WHERE article = ? AND {CURRENT} AND corrected IS NOT 'reject'",
            (fid,),
        )
    )
