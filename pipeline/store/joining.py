"""Step 6 of 6. Signatures of new articles → stories: each joins those it is like, and what it is like becomes one.

Stories are the connected parts of "is like", a relation of pairs; every pair that shares a bucket is looked at, so
the order in which articles come changes nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

import apsw

from pipeline.stories import alike, buckets

_AT_ONCE, _PAIRS = 250, 10_000
"""Articles joined, and pairs of signatures compared, at a time: what bounds memory where very many are alike."""

_LEVELS = (0, 1, 2)
_MOVES = ((0, 5_000), (1, 80_000))
"""Level of ``story_buckets``, and after how many articles what stands there moves to the next."""

Signed = Sequence[tuple[int, bytes]]  # article, signature

# The regions of one article. There is no index by article: a few hundred labels are tried.
_REGIONS_OF = """
INSERT INTO story_regions
SELECT r.region, ?1, r.article, r.day, r.roles, r.source, r.language
FROM labels AS l CROSS JOIN article_regions AS r ON r.region = l.id AND r.article = ?1
     AND r.day = (SELECT CAST(replace(day, '-', '') AS INTEGER) FROM articles WHERE fid = ?1)
WHERE l.kind NOT IN ('source', 'language')
"""
_COPY_UP = "INSERT INTO story_buckets SELECT ?1 + 1, bucket, article FROM story_buckets WHERE level = ?1"
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


@dataclass(frozen=True, slots=True)
class _Stored:
    """An article that is in the store already."""

    story: int
    signature: bytes


def join(db: apsw.Connection, new: Signed) -> None:
    """File new articles under their stories, inside the caller's transaction; ``refile`` must follow.

    Their numbers are greater than all before. An article may have a signature that another one has.
    """
    for at in range(0, len(new), _AT_ONCE):
        _join(db, new[at : at + _AT_ONCE])
    _move_up(db, new)


def _move_up(db: apsw.Connection, new: Signed) -> None:
    """Buckets of a level → the next, where the new articles have filled it."""
    for level, full in _MOVES:
        if new and (new[0][0] - 1) // full != new[-1][0] // full:
            db.execute(_COPY_UP, (level,))
            db.execute("DELETE FROM story_buckets WHERE level = ?", (level,))


def _join(db: apsw.Connection, new: Signed) -> None:
    parts, first = _Parts(), dict[bytes, int]()
    for article, signature in new:
        parts.join(article, first.setdefault(signature, article))
    signatures = list(first)
    lying = buckets(signatures)
    met: set[int] = set()
    twins: set[bytes] = set()
    for signature, old in _like_stored(db, signatures, lying):
        parts.join(first[signature], old.story)
        met.add(old.story)
        if signature == old.signature:
            twins.add(signature)
    for signature, other in _like_each_other(signatures, lying):
        parts.join(first[signature], first[other])
    _merge(db, met, parts)
    db.executemany(
        "INSERT INTO stories (article, story, signature) VALUES (?, ?, ?)",
        ((article, parts.of(article), signature) for article, signature in new),
    )
    rows = [
        (bucket, first[signature])
        for signature, here in zip(signatures, lying, strict=True)
        if signature not in twins
        for bucket in here
    ]
    db.executemany("INSERT INTO story_buckets (level, bucket, article) VALUES (0, ?, ?)", sorted(rows))


def _like_stored(
    db: apsw.Connection, signatures: Sequence[bytes], lying: Sequence[Sequence[int]]
) -> Iterator[tuple[bytes, _Stored]]:
    """New signatures with their buckets → the pairs of a new and a stored one that are of one story."""
    inside = _by_bucket(lying)
    rows = db.execute(
        "SELECT bucket, article FROM json_each(?) AS l CROSS JOIN json_each(?) AS b"
        " CROSS JOIN story_buckets ON level = l.value AND bucket = b.value",
        (json.dumps(_LEVELS), json.dumps(sorted(inside))),
    )
    near: dict[int, set[int]] = {}
    for bucket, article in rows:
        for at in inside[bucket]:
            near.setdefault(at, set()).add(article)
    stored = _stored(db, set[int]().union(*near.values()))
    pairs = ((signatures[at], stored[article]) for at, articles in near.items() for article in articles)
    while some := list(islice(pairs, _PAIRS)):
        likes = alike([one for one, _ in some], [old.signature for _, old in some])
        yield from (pair for pair, is_like in zip(some, likes, strict=True) if is_like)


def _like_each_other(
    signatures: Sequence[bytes], lying: Sequence[Sequence[int]]
) -> Iterator[tuple[bytes, bytes]]:
    """New signatures with their buckets → the pairs among them that are of one story."""
    near = {pair for inside in _by_bucket(lying).values() for pair in combinations(inside, 2)}
    ones, others = ([signatures[pair[side]] for pair in near] for side in (0, 1))
    likes = alike(ones, others)
    return ((one, other) for one, other, is_like in zip(ones, others, likes, strict=True) if is_like)


def _by_bucket(lying: Sequence[Sequence[int]]) -> Mapping[int, Sequence[int]]:
    """The buckets of each → which lie in each bucket."""
    inside: dict[int, list[int]] = {}
    for at, here in enumerate(lying):
        for bucket in here:
            inside.setdefault(bucket, []).append(at)
    return inside


def _stored(db: apsw.Connection, articles: Iterable[int]) -> dict[int, _Stored]:
    rows = db.execute(
        "SELECT article, story, signature FROM stories WHERE article IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(articles)),),
    )
    return {article: _Stored(story, signature) for article, story, signature in rows}


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
