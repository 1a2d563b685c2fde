"""Step 6 of 6. Signatures of new articles → stories: each joins those it is like, and what it is like becomes one.

Stories are the connected parts of "is like", a relation of pairs; every pair that shares a bucket is looked at, so
the order in which articles come changes nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import apsw
import numpy as np

from pipeline.store.bucketing import Entries, Numbers, distinct, entries, file_entries, move_up, near
from pipeline.stories import alike, buckets

_AT_ONCE = 50_000
"""Pairs of signatures compared at a time."""

Signed = Sequence[tuple[int, bytes]]  # article, signature

# The regions of one article. There is no index by article: a few hundred labels are tried.
_REGIONS_OF = """
INSERT INTO story_regions
SELECT r.region, ?1, r.article, r.day, r.roles, r.source, r.language
FROM labels AS l CROSS JOIN article_regions AS r ON r.region = l.id AND r.article = ?1
     AND r.day = (SELECT CAST(replace(day, '-', '') AS INTEGER) FROM articles WHERE fid = ?1)
WHERE l.kind NOT IN ('source', 'language')
"""
_MOVE_REGIONS = """
UPDATE story_regions SET story = ?1
WHERE story = ?2 AND region IN (SELECT id FROM labels WHERE kind NOT IN ('source', 'language'))
"""
# After the derived tables have changed: what has left or entered a region, of the articles that have copies.
_LEAVE = """
DELETE FROM story_regions WHERE (region, story, article) IN
       (SELECT c.region, s.story, c.article FROM changes AS c JOIN stories AS s USING (article) WHERE c.sign < 0)
"""
_ENTER = """
INSERT INTO story_regions
SELECT c.region, s.story, c.article, c.day, c.roles, c.source, c.language
FROM changes AS c JOIN stories AS s USING (article)
WHERE c.sign > 0 AND EXISTS (SELECT 1 FROM stories AS o WHERE o.story = s.story AND o.story <> o.article)
"""


@dataclass(slots=True)
class _Parts:
    """Connected parts of the articles named so far; each is known by its smallest article."""

    parent: dict[int, int] = field(default_factory=dict)

    def of(self, article: int) -> int:
        parent = self.parent.setdefault(article, article)
        while parent != article:
            self.parent[article] = self.parent[parent]
            article, parent = parent, self.parent[parent]
        return article

    def join(self, one: int, other: int) -> None:
        one, other = self.of(one), self.of(other)
        self.parent[max(one, other)] = min(one, other)


class _Known(NamedTuple):
    """An article and its story, which is the article itself where it is new."""

    article: int
    story: int
    signature: bytes


def join(db: apsw.Connection, new: Signed) -> None:
    """File new articles under their stories, inside the caller's transaction; ``refile`` must follow.

    Their numbers are greater than all before. An article may have a signature that another one has.
    """
    parts, first = _Parts(), dict[bytes, int]()
    for article, signature in new:
        parts.join(article, first.setdefault(signature, article))
    met: set[int] = set()
    twins: set[int] = set()
    for one, other in _like(db, first):
        parts.join(one.story, other.article)
        if one.article < new[0][0]:
            met.add(one.story)
            if one.signature == other.signature:
                twins.add(other.article)
    _merge(db, met, parts)
    db.executemany(
        "INSERT INTO stories (article, story, signature) VALUES (?, ?, ?)",
        ((article, parts.of(article), signature) for article, signature in new),
    )
    file_entries(
        db, _lying({signature: article for signature, article in first.items() if article not in twins})
    )
    if new:
        move_up(db, new[0][0], new[-1][0])


def _lying(articles: Mapping[bytes, int]) -> Entries:
    """Signatures, each with its article → the entries of the buckets they lie in."""
    numbers, at = buckets(list(articles))
    return entries(numbers, np.fromiter(articles.values(), np.uint32, len(articles))[at])


def _like(db: apsw.Connection, new: Mapping[bytes, int]) -> Iterator[tuple[_Known, _Known]]:
    """Signatures, each with its new article → pairs of one story: an earlier one, stored or new, and a new one."""
    here = {article: signature for signature, article in new.items()}
    for pairs in near(db, _lying(new)):
        for start in range(0, len(pairs), _AT_ONCE):
            some = pairs[start : start + _AT_ONCE]
            articles = distinct(some.ravel())
            stored = _stored(db, articles[articles < min(here)])
            known = [*stored, *((article, here[article]) for article in articles[len(stored) :].tolist())]
            at = np.searchsorted(articles, some)
            likes = alike([signature for _, signature in known], at)
            for one, other in at[likes].tolist():
                yield _Known(int(articles[one]), *known[one]), _Known(int(articles[other]), *known[other])


def _stored(db: apsw.Connection, articles: Numbers) -> list[tuple[int, bytes]]:
    """Stored articles → story and signature of each, in the same order."""
    rows = db.execute(
        "SELECT story, signature FROM json_each(?) AS wanted CROSS JOIN stories ON article = wanted.value",
        (json.dumps(articles.tolist()),),
    )
    found = list(rows)
    if len(found) != len(articles):
        raise apsw.CorruptError("story_buckets names articles that stories does not")
    return found


def _merge(db: apsw.Connection, stories: Iterable[int], parts: _Parts) -> None:
    """Stories that new articles met → each has copies now, and stands under the story that it is part of."""
    for story in sorted(stories):
        if not db.execute("SELECT 1 FROM stories WHERE story = ? AND story <> article", (story,)).get:
            db.execute(_REGIONS_OF, (story,))
        whole = parts.of(story)
        if whole != story:
            db.execute(_MOVE_REGIONS, (whole, story))
            db.execute("UPDATE stories SET story = ?1 WHERE story = ?2 AND story <> article", (whole, story))
            db.execute("UPDATE stories SET story = ?1 WHERE article = ?2", (whole, story))


def refile(db: apsw.Connection) -> None:
    """Bring ``story_regions`` in line with the table ``changes`` of `pipeline.store.tally`."""
    db.execute(_LEAVE)
    db.execute(_ENTER)
