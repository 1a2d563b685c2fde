"""Gold mentions × predicted mentions → figures and errors. The rules are in tests/gold/README.md.

The field's terms: toponym recognition (the span), toponym resolution (the place), metonymy (the role).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.gold import GoldMention, GoldText
from pipeline.records import Mention, Role

MAPPED_ROLES: tuple[Role, ...] = ("place", "government", "dateline")
BINS = 10
CONTEXT = 30  # code points shown either side of an error
_POINT_LEVELS = {"subdistrict", "town"}  # a ناحية and its town share one name and one point


@dataclass(frozen=True, slots=True)
class Comparison:
    """One text compared: each wanted gold mention is matched or missed, each prediction matched or false."""

    wanted: tuple[GoldMention, ...]
    matched: tuple[tuple[GoldMention, Mention], ...]
    missed: tuple[GoldMention, ...]
    false: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that went wrong in one text, with what was wanted and what was said there."""

    kind: str
    text_id: str
    start: int
    end: int
    gold: str | None
    predicted: str | None
    context: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same confidence: how many, how sure they were, how many were right."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What is reported of one group of texts; None where there is nothing to divide by."""

    texts: int
    gold: int
    predicted: int
    correct: int
    precision: float | None
    recall: float | None
    f1: float | None
    f1_level: float | None
    role_accuracy: float | None
    role_macro_f1: float | None
    district_accuracy: float | None
    empty_texts: int
    false_in_empty: int
    calibration_error: float | None


def compare(gold: Sequence[GoldMention], predicted: Sequence[Mention]) -> Comparison:
    """One text's gold and predicted mentions → who found whom; each gold mention is matched once."""
    wanted = [m for m in gold if not m.optional and m.role != "name"]
    debatable = [m for m in gold if m.optional and m.role != "name"]
    missed = list(wanted)
    matched: list[tuple[GoldMention, Mention]] = []
    false: list[Mention] = []
    for claim in predicted:
        if claim.role == "name":
            continue
        hit = next((m for m in missed if _same_span(m, claim) and _same_unit(m, claim)), None)
        if hit is not None:
            missed.remove(hit)
            matched.append((hit, claim))
        elif not any(_overlap(m, claim) and m.role == claim.role for m in debatable):
            false.append(claim)
    return Comparison(tuple(wanted), tuple(matched), tuple(missed), tuple(false))


def figures(comparisons: Iterable[Comparison]) -> Figures:
    """The comparisons of one group of texts → its figures."""
    group = list(comparisons)
    gold = sum(len(c.wanted) for c in group)
    matched = [pair for c in group for pair in c.matched]
    predicted = len(matched) + sum(len(c.false) for c in group)
    located = [(m, claim) for m, claim in matched if m.district is not None]
    empty = [c for c in group if not c.wanted]
    return Figures(
        texts=len(group),
        gold=gold,
        predicted=predicted,
        correct=len(matched),
        precision=_ratio(len(matched), predicted),
        recall=_ratio(len(matched), gold),
        f1=_f1(len(matched), gold, predicted),
        f1_level=_f1(sum(_same_level(m, claim) for m, claim in matched), gold, predicted),
        role_accuracy=_ratio(sum(m.role == claim.role for m, claim in matched), len(matched)),
        role_macro_f1=_role_macro_f1(group),
        district_accuracy=_ratio(sum(m.district == claim.district for m, claim in located), len(located)),
        empty_texts=len(empty),
        false_in_empty=sum(len(c.false) for c in empty),
        calibration_error=_calibration_error(group),
    )


def reliability(comparisons: Iterable[Comparison]) -> list[Bin | None]:
    """The comparisons of one group → ten bins of confidence, [0, 0.1) to [0.9, 1]; None: an empty bin."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in _trials(comparisons):
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return [_bin(trials) if trials else None for trials in bins]


def errors(text: GoldText, comparison: Comparison) -> Iterator[Error]:
    """One compared text → its errors; a false prediction is paired with the missed mention it stands on."""

    def error(kind: str, at: GoldMention | Mention, gold: GoldMention | None, said: Mention | None) -> Error:
        gold_text, said_text = _describe(gold) if gold else None, _describe(said) if said else None
        return Error(kind, text.id, at.start, at.end, gold_text, said_text, _context(text.text, at))

    missed = list(comparison.missed)
    for claim in comparison.false:
        kind, twin = _blame(claim, missed)
        if twin is not None:
            missed.remove(twin)
        yield error(kind, claim, twin, claim)
    for mention in missed:
        yield error("missed", mention, mention, None)
    for mention, claim in comparison.matched:
        for kind, agrees in _AGREEMENTS.items():
            if not agrees(mention, claim):
                yield error(kind, claim, mention, claim)


def _blame(claim: Mention, missed: Sequence[GoldMention]) -> tuple[str, GoldMention | None]:
    for mention in missed:
        if _same_span(mention, claim):
            return "wrong place", mention
    for mention in missed:
        if _overlap(mention, claim):
            return "wrong span", mention
    return "false positive", None


def _same_span(mention: GoldMention, claim: Mention) -> bool:
    return (mention.start, mention.end) == (claim.start, claim.end)


def _overlap(mention: GoldMention, claim: Mention) -> bool:
    return mention.start < claim.end and claim.start < mention.end


def _same_unit(mention: GoldMention, claim: Mention) -> bool:
    """An area has no governorate: there the place itself must agree."""
    if mention.governorate is None:
        return claim.governorate is None and mention.place_id == claim.place_id
    return mention.governorate == claim.governorate


def _same_role(mention: GoldMention, claim: Mention) -> bool:
    return mention.role == claim.role


def _same_level(mention: GoldMention, claim: Mention) -> bool:
    accepted = (mention.level, mention.also_level)
    return mention.level is None or claim.level in accepted or {mention.level, claim.level} <= _POINT_LEVELS


def _same_district(mention: GoldMention, claim: Mention) -> bool:
    return mention.district in (None, claim.district)


_AGREEMENTS: dict[str, Callable[[GoldMention, Mention], bool]] = {
    "wrong role": _same_role,
    "wrong level": _same_level,
    "wrong district": _same_district,
}


@dataclass(slots=True)
class _RoleCounts:
    gold: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, comparison: Comparison) -> None:
        self.gold.update(m.role for m in comparison.wanted)
        self.predicted.update(claim.role for _, claim in comparison.matched)
        self.predicted.update(claim.role for claim in comparison.false)
        self.right.update(m.role for m, claim in comparison.matched if m.role == claim.role)


def _role_macro_f1(group: Iterable[Comparison]) -> float | None:
    counts = _RoleCounts()
    for comparison in group:
        counts.add(comparison)
    present = [role for role in MAPPED_ROLES if counts.gold[role]]
    scores = [2 * counts.right[r] / (counts.gold[r] + counts.predicted[r]) for r in present]
    return _ratio(sum(scores), len(scores))


def _calibration_error(group: Iterable[Comparison]) -> float | None:
    bins = [b for b in reliability(group) if b is not None]
    return _ratio(sum(b.count * abs(b.confidence - b.right) for b in bins), sum(b.count for b in bins))


def _trials(comparisons: Iterable[Comparison]) -> Iterator[tuple[float, bool]]:
    for comparison in comparisons:
        for _, claim in comparison.matched:
            yield claim.confidence, True
        for claim in comparison.false:
            yield claim.confidence, False


def _bin(trials: Sequence[tuple[float, bool]]) -> Bin:
    count = len(trials)
    return Bin(count, sum(c for c, _ in trials) / count, sum(right for _, right in trials) / count)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _f1(right: int, gold: int, predicted: int) -> float | None:
    return _ratio(2 * right, gold + predicted)


def _describe(mention: GoldMention | Mention) -> str:
    parts = ", ".join(filter(None, (mention.district, mention.governorate)))
    where = f" in {parts}" if parts else ""
    return f"{mention.place_id} ({mention.level or 'any level'}{where}; {mention.role})"


def _context(text: str, at: GoldMention | Mention) -> str:
    before, after = text[max(0, at.start - CONTEXT) : at.start], text[at.end : at.end + CONTEXT]
    return f"{before}⟦{text[at.start : at.end]}⟧{after}".replace("\n", " ")
