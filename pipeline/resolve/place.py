"""Step 4 of 6, the place. The units that bear a name → the one that is meant, by what the article names elsewhere.

Units that share a name because one is the other's seat or parent are one family: the level decides there. Two
families of one name are told apart by the article's other places: district, then governorate, each the heavier the
nearer it stands. The losers are kept for the reason.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from geo.places import Gazetteer
from pipeline.resolve.anchors import Anchors
from pipeline.resolve.level import TypeWord, at_level, highest, unit_of

# How fast another place's say fades with its distance in characters; set by eye on tests/gold (dev), 2026-11-24.
_FADE = 150.0
_SAME_DISTRICT = 2.0
_SAME_GOVERNORATE = 1.0
# The odds that a bigger unit of the name is meant when nothing else speaks.
_RANK = {"area": 2.0, "governorate": 2.0, "district": 0.4, "subdistrict": 0.1, "town": 0.05}


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
