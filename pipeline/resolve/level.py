"""Step 4 of 6, the level. A type word beside a name → which of the units that bear the name is meant.

Without a type word it is the highest unit that bears the name on the article's day.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from geo.places import Gazetteer
from pipeline.records import LEVELS, Level
from pipeline.resolve.context import Around
from pipeline.vocabulary import PLURAL, Grammar, Vocabulary

# Named as a city, as the capital or as a governorate, it is always counted as the governorate.
_CITY_AND_GOVERNORATE = frozenset({"IQ-BG"})
_POINTS = ("subdistrict", "town")
# Turkish kent before a governorate's name is the governorate as often as its capital.
_CITY = "city"
# Type words for what has no level of its own: any point of the name.
_OF_POINTS = ("quarter", "village")


class Unit(NamedTuple):
    """What decisions ask of a place: its level, and the governorate and layer's district it is counted in."""

    level: Level
    governorate: str | None
    district: str | None


@cache
def unit_of(place_id: str, gazetteer: Gazetteer) -> Unit:
    """Place id → Unit, worked out once a place."""
    level = gazetteer.places[place_id].level
    return Unit(level, gazetteer.governorate_of(place_id), gazetteer.district_of(place_id))


class TypeWord(NamedTuple):
    """A type word that governs a name: its level (or "quarter", "village"), the words, whether it governs a list."""

    level: str
    words: str
    plural: bool


def type_word(around: Around, vocabulary: Vocabulary) -> TypeWord | None:
    """The type word of a span: its own, beside it, or a plural one at the head or end of its list."""
    grammar = vocabulary.grammars[around.lang]
    own = _beside(around.own_left, around.own_right, grammar, around.gap)
    if own or not around.mates:
        return own
    shared = _beside(around.left, around.right, grammar, None)
    return shared if shared and shared.plural else None


def _beside(left: list[str], right: list[str], grammar: Grammar, gap: int | None) -> TypeWord | None:
    """The type word that touches a name and is not that of the name before it.

    In "Rashad district of Kirkuk" and "Rashad, a district of Kirkuk" there is none.
    """
    classes, words = grammar.types_after.after(right, 0) if right else ((), "")
    if not classes and left:
        classes, words = grammar.types_before.before(left, len(left))
        first = len(left) - words.count(" ") - 1
        if gap == len(left) - first <= len(left) and grammar.types_after.after(left, first)[0]:
            return None
        if first > 0 and left[first - 1] in grammar.indefinites:
            return None
    if not classes:
        return None
    return TypeWord(classes[0].removesuffix(PLURAL), words, classes[0].endswith(PLURAL))


def at_level(candidates: Iterable[str], kind: str | None, gazetteer: Gazetteer, day: str | None) -> list[str]:
    """Places that bear a name → those of them that are meant by a type word's level, or there on the day.

    A type word that no candidate fits is passed over. A plural "governorates" takes a capital for its governorate.
    """
    there = list(candidates)
    if kind:
        fitting = _fitting(there, kind, gazetteer)
        if fitting:
            return fitting
    return [place_id for place_id in there if gazetteer.exists_on(place_id, day)] or there


def _fitting(candidates: list[str], kind: str, gazetteer: Gazetteer) -> list[str]:
    places = gazetteer.places
    if kind in _OF_POINTS:
        return [c for c in candidates if places[c].level in _POINTS]
    if kind == _CITY:
        governorates = [c for c in candidates if places[c].level == "governorate"]
        return governorates or [c for c in candidates if places[c].level in _POINTS]
    if kind in _POINTS and _CITY_AND_GOVERNORATE.intersection(candidates):
        return [c for c in candidates if c in _CITY_AND_GOVERNORATE]
    exact = [c for c in candidates if places[c].level == kind]
    if not exact and kind == "governorate":
        exact = list(dict.fromkeys(g for c in candidates for g in _seated(c, gazetteer)))
    if kind in _POINTS:
        exact += _points_elsewhere(candidates, exact, gazetteer)
    return exact


def _points_elsewhere(candidates: list[str], exact: list[str], gazetteer: Gazetteer) -> list[str]:
    """Candidates of the right level → towns and sub-districts of the name in other governorates.

    A sub-district's centre is called a town too, and a town's name may be heard for a sub-district.
    """
    known = {gazetteer.governorate_of(c) for c in exact}
    points = [c for c in candidates if gazetteer.places[c].level in _POINTS]
    return [c for c in points if gazetteer.governorate_of(c) not in known]


def _seated(place_id: str, gazetteer: Gazetteer) -> list[str]:
    """Place → the governorate whose capital it is, if any: محافظة الديوانية is Qadisiyyah."""
    governorate = gazetteer.governorate_of(place_id)
    if governorate is None:
        return []
    seat = gazetteer.places[governorate].seat_id
    units = {seat, *(gazetteer.seat_of(seat) if seat else ())}
    return [governorate] if place_id in units else []


def highest(candidates: Sequence[str], gazetteer: Gazetteer) -> str:
    """Units of one family → the one of the highest level."""
    return min(candidates, key=lambda c: (LEVELS.index(unit_of(c, gazetteer).level), c))
