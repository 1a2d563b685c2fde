"""Step 6 of 6. The buckets in which signatures lie: filed, and looked up a batch at a time.

An entry is a bucket and the article that lies in it, as one number. Rows of them would be most of a store and without
any order in time, so that a batch touched every page. So they are packed, by the highest bits of the bucket into parts
and in each sorted, and a batch walks through all parts once. New entries stand at level 0, which is small and soon
written, and move up together.
"""

from collections.abc import Iterator
from typing import TypeVar

import apsw
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Entries = npt.NDArray[np.uint64]
"""Sorted; 32 bits of a bucket above 32 of an article."""
Pairs = npt.NDArray[np.uint32]
"""Two columns: an earlier article and a new one."""

_Unsigned = TypeVar("_Unsigned", np.uint32, np.uint64)

_PARTS = 256
"""At a million articles one holds some 800 KB: a batch of one article reads 32 of them."""
_PART_BITS = 32 - (_PARTS.bit_length() - 1)  # of a bucket, below the number of its part
_LEVELS = (0, 1, 2)
_MOVES = ((0, 5_000), (1, 160_000))
"""Level of ``story_buckets``, and after how many articles what stands there moves to the next."""
_AT_ONCE = 1_000_000
"""Distinct pairs found at a time: what bounds memory where very many are alike."""


def entries(buckets: Numbers, articles: Numbers) -> Entries:
    """Buckets, and beside each the article that lies in it → entries."""
    return np.sort(_entries(buckets, articles))


def file_entries(db: apsw.Connection, new: Entries) -> None:
    """Add new entries at the lowest level."""
    for part, here in _by_part(new):
        _add(db, 0, part, here)


def move_up(db: apsw.Connection, first: int, last: int) -> None:
    """Entries of a level → the next, where the new articles, from first to last, have filled it."""
    for level, full in _MOVES:
        if (first - 1) // full != last // full:
            for part in range(_PARTS):
                for here in _filed(db, part, level):
                    _add(db, level + 1, part, _entries(*here))
            db.execute("DELETE FROM story_buckets WHERE level = ?", (level,))


def near(db: apsw.Connection, new: Entries) -> Iterator[Pairs]:
    """Entries of new articles, not filed yet → the pairs of an earlier and a new one that share a bucket.

    The earlier one may be in the store or new too. They come in pieces, each sorted and without repetitions; a pair
    that shares several buckets may come again in a later piece.
    """
    found: list[npt.NDArray[np.uint64]] = []
    for pairs in _near(db, new):
        found.append(pairs)
        if sum(map(len, found)) >= 2 * _AT_ONCE:
            found = [distinct(np.concatenate(found))]
            if len(found[0]) >= _AT_ONCE:
                yield np.stack(_halves(found.pop()), axis=1)
    if found:
        yield np.stack(_halves(distinct(np.concatenate(found))), axis=1)


def distinct(some: npt.NDArray[_Unsigned]) -> npt.NDArray[_Unsigned]:
    """Numbers, of which none is 0 → each once, in order."""
    some = np.sort(some)  # np.unique, by hashes, takes several times as long
    return some[np.diff(some, prepend=some.dtype.type(0)) > 0]


def _near(db: apsw.Connection, new: Entries) -> Iterator[npt.NDArray[np.uint64]]:
    for part, here in _by_part(new):
        yield from _sharing(*_halves(here), here)
        for level in _LEVELS:
            for buckets, articles in _filed(db, part, level):
                yield from _sharing(buckets, articles, here)


def _sharing(buckets: Numbers, articles: Numbers, new: Entries) -> Iterator[npt.NDArray[np.uint64]]:
    """Buckets in order, each with its article → the pairs of one of these with a new one that is greater."""
    wanted, ours = _halves(new)
    starts = np.searchsorted(buckets, wanted)
    met = np.flatnonzero(buckets[np.minimum(starts, len(buckets) - 1)] == wanted)
    starts, ours = starts[met], ours[met]
    many = np.searchsorted(buckets, wanted[met], side="right") - starts
    pieces = np.flatnonzero(np.diff(np.cumsum(many) // _AT_ONCE)) + 1
    for start, length, of in zip(*(np.split(each, pieces) for each in (starts, many, ours)), strict=True):
        before = np.cumsum(length) - length
        earlier = articles[np.arange(length.sum()) + np.repeat(start - before, length)]
        later = np.repeat(of, length)
        yield _entries(earlier, later)[earlier < later]


def filed(db: apsw.Connection) -> Iterator[tuple[int, int]]:
    """All that is filed, at whatever level → bucket and article, in order."""
    for part in range(_PARTS):
        here = [_entries(*some) for level in _LEVELS for some in _filed(db, part, level)]
        for entry in np.sort(np.concatenate(here)).tolist() if here else ():
            yield entry >> 32, entry & 0xFFFF_FFFF


def _by_part(some: Entries) -> Iterator[tuple[int, Entries]]:
    ends = np.searchsorted(some, np.arange(1, _PARTS, dtype=np.uint64) << np.uint64(32 + _PART_BITS))
    for part, here in enumerate(np.split(some, ends)):
        if len(here):
            yield part, here


def _filed(db: apsw.Connection, part: int, level: int) -> Iterator[tuple[Numbers, Numbers]]:
    """What stands in a part at a level, buckets and articles; nothing where nothing does."""
    row = db.execute(
        "SELECT gaps, articles FROM story_buckets WHERE level = ? AND part = ?", (level, part)
    ).fetchone()
    if row is not None:
        yield _unpacked(part, *row)


def _add(db: apsw.Connection, level: int, part: int, more: Entries) -> None:
    """Merge more entries into a part of a level."""
    there = [_entries(*some) for some in _filed(db, part, level)]
    whole = np.sort(np.concatenate([*there, more]), kind="stable")
    db.execute(
        "INSERT OR REPLACE INTO story_buckets VALUES (?, ?, ?, ?)", (level, part, *_packed(part, whole))
    )


def _entries(high: Numbers, low: Numbers) -> npt.NDArray[np.uint64]:
    return high.astype(np.uint64) << np.uint64(32) | low


def _halves(some: npt.NDArray[np.uint64]) -> tuple[Numbers, Numbers]:
    return (some >> np.uint64(32)).astype(np.uint32), some.astype(np.uint32)


def _packed(part: int, some: Entries) -> tuple[bytes, bytes]:
    """Entries → the gaps between their buckets, in two bytes each where that is enough, and their articles."""
    buckets, articles = _halves(some)
    gaps = np.diff(buckets, prepend=np.uint32(part << _PART_BITS))
    width = "<u2" if int(gaps.max()) <= 0xFFFF else "<u4"
    return gaps.astype(width).tobytes(), articles.astype("<u4").tobytes()


def _unpacked(part: int, gaps: bytes, articles: bytes) -> tuple[Numbers, Numbers]:
    if not articles or len(articles) % 4 or len(gaps) not in (len(articles), len(articles) // 2):
        raise apsw.CorruptError(f"part {part} of story_buckets has {len(gaps)} and {len(articles)} bytes")
    lying = np.frombuffer(articles, "<u4")
    buckets = np.cumsum(np.frombuffer(gaps, f"<u{len(gaps) // len(lying)}"), dtype=np.uint32)
    buckets += np.uint32(part << _PART_BITS)
    return buckets, lying
