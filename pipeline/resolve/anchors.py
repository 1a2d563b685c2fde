"""Step 4 of 6, what is certain. The places that an article names beyond doubt → what they say of the others."""

from bisect import bisect_left

from pipeline.lexicon import Lexicon
from pipeline.resolve.context import Around, abroad_near
from pipeline.resolve.level import TypeWord, unit_of
from pipeline.vocabulary import Grammar, Vocabulary

_NEIGHBOURS = 12
_NEAR = 300
# Type words behind which a weak name is no longer in doubt.
_CERTAIN_KINDS = ("governorate", "district", "subdistrict")
# Classes of words for the head of a unit → its level.
_HEADS = {"governor": "governorate", "mayor": "district"}


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
        return [self._all[i] for i in self._window(at) if self._offsets[i] != at]

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
        for i in self._window(at):
            anchor = self._all[i]
            if anchor.governorate == governorate and anchor.at != at and abs(anchor.at - at) <= _NEAR:
                return True
        return False

    def _window(self, at: int) -> range:
        here = bisect_left(self._offsets, at)
        return range(max(0, here - _NEIGHBOURS), min(len(self._all), here + _NEIGHBOURS))


def anchor_of(
    around: Around, kind: TypeWord | None, lexicon: Lexicon, vocabulary: Vocabulary
) -> Anchor | None:
    """A span and its type word → where the article is for certain: by a strong name, or a weak one so called.

    محافظة بابل and قائممقام القاسم are as certain as a strong name, but where a place abroad stands beside them.
    """
    span = around.span
    unit = lexicon.certain[span.pattern]
    if unit is not None:
        return Anchor(span.start, unit[0], unit[1])
    level = kind.level if kind else _governed(around, vocabulary.grammars[around.lang])
    if level not in _CERTAIN_KINDS or abroad_near(around, vocabulary):
        return None
    units = {unit_of(c, lexicon.gazetteer) for c in lexicon.candidates[span.pattern]}
    called = [one for one in units if one.level == level]
    return Anchor(span.start, called[0].governorate, called[0].district) if len(called) == 1 else None


def _governed(around: Around, grammar: Grammar) -> str | None:
    """A span → the level of unit whose head is named beside it: the governor of Maysan, Hît Kaymakamı."""
    left, right = around.own_left, around.own_right
    before = grammar.left.before(left, len(left))[0] if left else ()
    behind = grammar.right.after(right, 0)[0] if right else ()
    return next((level for head, level in _HEADS.items() if head in before or head in behind), None)
