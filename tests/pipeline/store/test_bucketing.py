"""Whoever shares a bucket is found, by whatever batches and levels the entries came; what is damaged is named."""

from collections.abc import Iterator, Sequence

import apsw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.store import bucketing
from pipeline.store.bucketing import Entries, entries, file_entries, filed, move_up, near
from pipeline.store.schema import BUCKETS


@pytest.fixture
def db() -> Iterator[apsw.Connection]:
    with apsw.Connection(":memory:") as db:
        db.execute(BUCKETS)
        yield db


def lying(*pairs: tuple[int, int]) -> Entries:
    """Entries of bucket and article."""
    numbers = np.array(pairs, np.uint32).reshape(-1, 2)
    return entries(numbers[:, 0], numbers[:, 1])


def found(db: apsw.Connection, new: Entries) -> list[tuple[int, int]]:
    return sorted({(one, other) for pairs in near(db, new) for one, other in pairs.tolist()})


def test_an_earlier_and_a_new_article_of_a_bucket_are_near(db: apsw.Connection) -> None:
    file_entries(db, lying((7, 1), (7, 2), (9, 1), (2**32 - 1, 2)))
    assert found(db, lying((7, 3))) == [(1, 3), (2, 3)]
    assert found(db, lying((9, 3), (2**32 - 1, 3))) == [(1, 3), (2, 3)]
    assert found(db, lying((8, 3), (0, 3))) == []


def test_new_articles_are_near_each_other_once_and_none_to_itself(db: apsw.Connection) -> None:
    assert found(db, lying((7, 1), (7, 2), (7, 3), (9, 1))) == [(1, 2), (1, 3), (2, 3)]


def test_a_pair_of_several_buckets_comes_once(db: apsw.Connection) -> None:
    file_entries(db, lying((7, 1), (9, 1), (2**31, 1)))
    (pairs,) = near(db, lying((7, 2), (9, 2), (2**31, 2)))
    assert pairs.tolist() == [[1, 2]]


def test_nothing_new_is_near_to_nothing(db: apsw.Connection) -> None:
    file_entries(db, lying((7, 1)))
    file_entries(db, lying())
    assert list(near(db, lying())) == []
    assert list(filed(db)) == [(7, 1)]


_batches = st.lists(
    st.lists(
        st.tuples(st.sampled_from([0, 1, 70_000, 2**24 - 1, 2**24, 2**31, 2**32 - 1]), st.integers(0, 3)),
        max_size=9,
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(batches=_batches, at_once=st.sampled_from([1, 3, 1000]))
def test_it_is_what_comparing_all_with_all_finds(
    batches: Sequence[Sequence[tuple[int, int]]], at_once: int
) -> None:
    there: set[tuple[int, int]] = set()
    with pytest.MonkeyPatch.context() as patch, apsw.Connection(":memory:") as db:
        db.execute(BUCKETS)
        patch.setattr(bucketing, "_AT_ONCE", at_once)
        patch.setattr(bucketing, "_MOVES", ((0, 8), (1, 16)))
        for number, batch in enumerate(batches):
            first = 4 * number + 1
            new = {(bucket, first + article) for bucket, article in batch}
            every = there | new
            expected = {(a, b) for bucket, b in new for other, a in every if other == bucket and a < b}
            assert found(db, lying(*new)) == sorted(expected)
            file_entries(db, lying(*new))
            move_up(db, first, first + 3)
            there = every
            assert list(filed(db)) == sorted(there)


def test_entries_that_lie_close_take_six_bytes_each(db: apsw.Connection) -> None:
    file_entries(db, lying(*((bucket, 1) for bucket in range(0, 100_000, 1000))))
    file_entries(db, lying(*((2**31 + bucket, 1) for bucket in (0, 100_000))))
    sizes = db.execute("SELECT length(gaps), length(articles) FROM story_buckets ORDER BY part").fetchall()
    assert sizes == [(200, 400), (8, 8)]


@pytest.mark.parametrize("spoil", ["gaps = x'00'", "articles = x''", "articles = x'0000'"])
def test_damaged_entries_are_named(db: apsw.Connection, spoil: str) -> None:
    file_entries(db, lying((7, 1)))
    db.execute(f"UPDATE story_buckets SET {spoil}")
    with pytest.raises(apsw.CorruptError, match="part 0 of story_buckets"):
        found(db, lying((7, 2)))
