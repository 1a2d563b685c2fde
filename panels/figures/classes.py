"""Counts of regions → classes of whole numbers, each with a colour."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_CLASSES = 5

# ColorBrewer YlGnBu (6 classes) without its lightest: told apart with any colour blindness, and in grey.
RAMP = ("#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494")
ZERO = "#fdfdfb"
NO_DATA = "#cdc6bd"


@dataclass(frozen=True, slots=True)
class Classes:
    """How the regions of one map are coloured.

    ``breaks`` are the lowest values of the classes, ascending from 1: class i holds breaks[i] up to
    breaks[i + 1] - 1, the last everything above. ``counts`` is the number of regions in each, ``colours`` its
    colour. Zero is a class of its own beside them, and a region absent from ``values`` has no data.
    """

    values: Mapping[str, int]
    breaks: tuple[int, ...]
    colours: tuple[str, ...]
    counts: tuple[int, ...]
    locked: bool

    def fill(self, region_id: str) -> str:
        """A region's id → its colour, "#rrggbb"."""
        value = self.values.get(region_id)
        if value is None:
            return NO_DATA
        return self.colours[_class_of(value, self.breaks)] if value else ZERO

    @property
    def zeros(self) -> int:
        """How many regions have nothing that counts."""
        return sum(value == 0 for value in self.values.values())

    @property
    def total(self) -> int:
        """The sum over all regions."""
        return sum(self.values.values())

    def span(self, index: int) -> tuple[int, int | None]:
        """A class → its lowest and highest value; the last class of locked breaks has no highest, None."""
        low = self.breaks[index]
        if index + 1 < len(self.breaks):
            return low, self.breaks[index + 1] - 1
        return low, None if self.locked else max(self.values.values())


def classify(
    values: Mapping[str, int], *, k: int = MOST_CLASSES, breaks: Sequence[int] | None = None
) -> Classes:
    """Counts by region, zeros included → at most `k` classes by quantiles of the values above zero.

    Equal values always share a class, so ties make fewer classes. ``breaks`` given (those of an earlier map,
    say) stay fixed whatever the values are. Raises ValueError on a negative value, and on breaks that do not
    ascend from 1.
    """
    if any(value < 0 for value in values.values()):
        raise ValueError(f"counts cannot be negative: {min(values.values())}")
    positive = sorted(value for value in values.values() if value)
    lows = _quantile_lows(positive, k) if breaks is None else _checked(breaks)
    inside = Counter(_class_of(value, lows) for value in positive)
    return Classes(
        values=values,
        breaks=lows,
        colours=_colours(len(lows)),
        counts=tuple(inside[index] for index in range(len(lows))),
        locked=breaks is not None,
    )


def _quantile_lows(positive: Sequence[int], k: int) -> tuple[int, ...]:
    """Sorted values above zero → the lowest value of each class; () where there is none.

    The highest value of class i is the one at rank ceil(i * n / k).
    """
    n, classes = len(positive), min(k, MOST_CLASSES)
    highs = sorted({positive[-(-i * n // classes) - 1] for i in range(1, classes + 1)}) if n else []
    return tuple(low + 1 for low in (0, *highs[:-1])) if highs else ()


def _checked(breaks: Sequence[int]) -> tuple[int, ...]:
    ascending = all(low < high for low, high in pairwise(breaks))
    if not breaks or breaks[0] != 1 or not ascending or len(breaks) > MOST_CLASSES:
        raise ValueError(
            f"breaks must be at most {MOST_CLASSES} numbers that ascend from 1, not {tuple(breaks)}"
        )
    return tuple(breaks)


def _class_of(value: int, lows: Sequence[int]) -> int:
    return bisect_right(lows, value) - 1


def _colours(n: int) -> tuple[str, ...]:
    """A number of classes → as many colours, far apart on the ramp; its darkest only where they are many."""
    if n == 1:
        return (RAMP[len(RAMP) // 2],)
    darkest = min(n + 1, len(RAMP) - 1)
    return tuple(RAMP[round(i * darkest / (n - 1))] for i in range(n))
