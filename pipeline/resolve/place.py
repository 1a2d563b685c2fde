"""Step 4 of 6, the place. The units that bear a name → the one that is meant, by what the article names elsewhere.

Units that share a name because one is the other's seat or parent are one family: the level decides there. Two
families of one name are told apart by the article's other places: district, then governorate, each the heavier the
nearer it stands. The losers are kept for the reason.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from geo.places import Gazetteer
from pipeline.resolve.level import TypeWord, at_level, highest, unit_of

# How fast another place's say fades with its distance in characters; set by eye on tests/gold (dev), 2026-11-24.
_FADE = 150.0
_NEIGHBOURS = 12
_NEAR = 300
_SAME_DISTRICT = 2.0
_SAME_GOVERNORATE = 1.0
# The odds that a bigger unit of the name is meant when nothing else speaks.
_RANK = {"area": 2.0, "governorate": 2.0, "district": 0.4, "subdistrict": 0.1, "town": 0.05}


class Anchor:
    """A place that the article names for certain, and where."""

    __slots__ = ("at", "district", "governorate")

    def __init__(self, at: int, governorate: str | None, district: str | None) -> None:
        self.at, self.governorate, self.district = at, governorate, district


class Anchors:
    """All anchors of a text, in its order, with counts, so that each question costs the same however many there are."""

    def __init__(self, anchors: list[Anchor]) -> None:
        self._all = anchors
        self._offsets = [anchor.at for anchor in self._all]
        self._governorates: dict[str | None, int] = {}
        self._districts: dict[str | None, int] = {}
        self._provinces: dict[str | None, int] = {}
        for anchor in self._all:
            self._governorates[anchor.governorate] = self._governorates.get(anchor.governorate, 0) + 1
            self._districts[anchor.district] = self._districts.get(anchor.district, 0) + 1
            if anchor.district is None:
                self._provinces[anchor.governorate] = self._provinces.get(anchor.governorate, 0) + 1

    def around(self, at: int) -> list[Anchor]:
        """The nearest few anchors on either side of an offset, without the one at it."""
        here = bisect_left(self._offsets, at)
        near = self._all[max(0, here - _NEIGHBOURS) : here + _NEIGHBOURS]
        return [anchor for anchor in near if anchor.at != at]

    def others(self, own: Anchor | None) -> int:
        """How many anchors there are beside a span's own."""
        return len(self._all) - (own is not None)

    def backing(
        self, own: Anchor | None, *, at: int, governorate: str | None, district: str | None
    ) -> list[str]:
        """Which parents of a unit the text names elsewhere: "district", "governorate", and "near" if close by.

        "itself" if the unit is a governorate and the text names it elsewhere as one. ``own`` is the anchor that the
        span at the offset is itself, None where it is none.
        """
        backed = []
        if district and self._districts.get(district, 0) > (own is not None and own.district == district):
            backed.append("district")
        if governorate and self._governorates.get(governorate, 0) > (
            own is not None and own.governorate == governorate
        ):
            backed.append("governorate")
            if self._has_near(at, governorate):
                backed.append("near")
            if district is None and self._provinces.get(governorate, 0) > (
                own is not None and own.governorate == governorate and own.district is None
            ):
                backed.append("itself")
        return backed

    def _has_near(self, at: int, governorate: str) -> bool:
        """Whether one of the nearest few anchors, but the one at the offset, is in a governorate and close by."""
        here = bisect_left(self._offsets, at)
        for i in range(max(0, here - _NEIGHBOURS), min(len(self._all), here + _NEIGHBOURS)):
            anchor = self._all[i]
            if anchor.governorate == governorate and anchor.at != at and abs(anchor.at - at) <= _NEAR:
                return True
        return False


class Choice(NamedTuple):
    """The chosen unit, how sure the choice among its namesakes is (0 to 1), and the losers with why."""

    place_id: str
    certainty: float
    rejected: tuple[str, ...]


def choose(
    candidates: tuple[str, ...],
    kind: TypeWord | None,
    at: int,
    anchors: Anchors,
    gazetteer: Gazetteer,
    day: str | None,
) -> Choice:
    """Candidates of a span at an offset → Choice."""
    heads, first = _heads(candidates, kind.level if kind else None, gazetteer, day)
    if len(heads) == 1:
        return first
    scores = {head: _support(head, at, anchors, gazetteer) for head in heads}
    best = max(heads, key=lambda head: (scores[head], head))
    losers = first.rejected + tuple(f"{head}:elsewhere" for head in heads if head != best)
    return Choice(best, _certainty(scores, best), losers)


@lru_cache(maxsize=65536)
def _heads(
    candidates: tuple[str, ...], kind: str | None, gazetteer: Gazetteer, day: str | None
) -> tuple[tuple[str, ...], Choice]:
    """Candidates → of each family the unit of the right level, and the choice of the first; names recur."""
    fitting = at_level(candidates, kind, gazetteer, day)
    heads = tuple(highest(family, gazetteer) for family in _families(fitting, gazetteer))
    return heads, Choice(heads[0], 1.0, tuple(f"{c}:level" for c in candidates if c not in heads))


def _families(candidates: Sequence[str], gazetteer: Gazetteer) -> list[list[str]]:
    """Units of one name → groups whose members are each other's seat or parent, or lie in one district."""
    groups: list[list[str]] = []
    for candidate in candidates:
        kin = next((g for g in groups if any(_are_kin(candidate, other, gazetteer) for other in g)), None)
        if kin is None:
            groups.append([candidate])
        else:
            kin.append(candidate)
    return groups


def _are_kin(one: str, other: str, gazetteer: Gazetteer) -> bool:
    unit, other_unit = unit_of(one, gazetteer), unit_of(other, gazetteer)
    if unit.district is None or other_unit.district is None:
        return unit.governorate == other_unit.governorate is not None
    return unit.district == other_unit.district


def _support(place_id: str, at: int, anchors: Anchors, gazetteer: Gazetteer) -> float:
    level, governorate, district = unit_of(place_id, gazetteer)
    score = _RANK[level]
    for anchor in anchors.around(at):
        weight = math.exp(-abs(anchor.at - at) / _FADE)
        if district is not None and anchor.district == district:
            score += _SAME_DISTRICT * weight
        if governorate is not None and anchor.governorate == governorate:
            score += _SAME_GOVERNORATE * weight
    return score


def _certainty(scores: Mapping[str, float], best: str) -> float:
    """Share of the winner among all support, softened: equal support of two is a half."""
    total = sum(math.exp(2 * score) for score in scores.values())
    return math.exp(2 * scores[best]) / total
