"""Counts become classes of whole numbers: no overlap, no value left out, ties together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.figures.classes import MOST_CLASSES, NO_DATA, RAMP, ZERO, Classes, classify

COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.integers(0, 300), max_size=40)
LOCKED = st.sets(st.integers(2, 300), max_size=MOST_CLASSES - 1).map(lambda rest: (1, *sorted(rest)))


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def spans(classes: Classes) -> list[tuple[int, int | None]]:
    return [classes.span(index) for index in range(len(classes.breaks))]


def test_the_seed_article_makes_two_classes_because_kirkuk_and_diyala_tie() -> None:
    classes = classify({"IQ-KI": 3, "IQ-DI": 3, "IQ-NI": 1, "IQ-BA": 0})
    assert spans(classes) == [(1, 1), (2, 3)]
    assert classes.counts == (1, 2)
    assert classes.zeros == 1
    assert classes.total == 7


def test_ten_different_values_make_five_classes_of_two() -> None:
    classes = classify({str(value): value for value in range(1, 11)})
    assert spans(classes) == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
    assert classes.counts == (2, 2, 2, 2, 2)
    assert classes.colours == RAMP


def test_equal_values_everywhere_are_one_class_in_the_middle_of_the_ramp() -> None:
    classes = classify({"a": 4, "b": 4, "c": 4})
    assert spans(classes) == [(1, 4)]
    assert classes.colours == (RAMP[2],)


@pytest.mark.parametrize("values", [{}, {"a": 0, "b": 0}])
def test_nothing_counted_makes_no_class(values: dict[str, int]) -> None:
    classes = classify(values)
    assert (classes.breaks, classes.colours, classes.counts) == ((), (), ())
    assert all(classes.fill(region) == ZERO for region in values)


def test_zero_no_data_and_every_class_have_colours_of_their_own() -> None:
    classes = classify({"a": 0, "b": 1})
    assert classes.fill("a") == ZERO
    assert classes.fill("unknown") == NO_DATA
    assert len({ZERO, NO_DATA, *RAMP}) == len(RAMP) + 2


def test_the_ramp_darkens_by_a_step_that_can_be_seen_in_grey() -> None:
    steps = [
        lighter - darker for lighter, darker in pairwise([luminance(colour) for colour in (ZERO, *RAMP)])
    ]
    assert min(steps) > 0.08


@given(COUNTS, st.integers(1, MOST_CLASSES))
def test_every_value_lies_in_exactly_the_class_that_colours_it(values: dict[str, int], k: int) -> None:
    classes = classify(values, k=k)
    for region, value in values.items():
        holding = [
            index for index, (low, high) in enumerate(spans(classes)) if low <= value <= (high or value)
        ]
        assert [classes.colours[index] for index in holding] == ([classes.fill(region)] if value else [])
    assert sum(classes.counts) + classes.zeros == len(values)


@given(COUNTS, st.integers(1, MOST_CLASSES))
def test_no_class_of_quantiles_is_empty_and_there_are_at_most_k(values: dict[str, int], k: int) -> None:
    classes = classify(values, k=k)
    assert all(classes.counts)
    assert len(classes.counts) <= k
    assert len(set(classes.colours)) == len(classes.colours)


@given(COUNTS, st.integers(1, MOST_CLASSES))
def test_neighbouring_classes_touch_and_never_overlap(values: dict[str, int], k: int) -> None:
    for (_, high), (low, _) in pairwise(spans(classify(values, k=k))):
        assert high is not None
        assert low == high + 1


@given(COUNTS, LOCKED)
def test_locked_breaks_stay_whatever_the_values_are(values: dict[str, int], breaks: tuple[int, ...]) -> None:
    classes = classify(values, breaks=breaks)
    assert classes.breaks == breaks
    assert sum(classes.counts) + classes.zeros == len(values)
    assert classes.span(len(breaks) - 1) == (breaks[-1], None)


@given(COUNTS)
def test_the_breaks_of_a_map_given_back_colour_it_the_same(values: dict[str, int]) -> None:
    first = classify(values)
    if first.breaks:
        again = classify(values, breaks=first.breaks)
        assert {region: again.fill(region) for region in values} == {
            region: first.fill(region) for region in values
        }


@pytest.mark.parametrize("breaks", [(), (0, 3), (2, 3), (1, 1), (1, 5, 4), (1, 2, 3, 4, 5, 6)])
def test_breaks_that_leave_values_out_are_refused(breaks: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ascend from 1"):
        classify({"a": 1}, breaks=breaks)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="-2"):
        classify({"a": 5, "b": -2})
