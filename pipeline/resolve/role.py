"""Step 4 of 6, the role and its confidence. Fired cues × fitted weights → probabilities of the roles.

A multinomial logistic model: the score of a role is the sum of the weights of the cues that fired. The weights are
data, fitted by `python -m benchmarks.fit` on annotated texts; the file says on which and when.
"""

import itertools
import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from pipeline.errors import DataError
from pipeline.records import ROLES, Role
from pipeline.resolve.subject import AUTHORITIES, Fired, Subject
from pipeline.vocabulary import WORDS

FILE = WORDS / "weights.toml"
_NOTHING = (0.0, 0.0, 0.0, 0.0)
# A number for each role, in the order of ROLES.
Row = tuple[float, float, float, float]

# Cues that fire for every name, or for what it is and not what stands around it, explain nothing to a reader.
_SAY_NOTHING = ("always", ":any", ":none", ":other")
_SAY_NO_MORE = ("level:", "lang:", "typed")
# Cues told in a reason: those that moved the decision, at most so many.
_TOLD = 5
_WORTH_TELLING = 0.15


class _Weight:
    """What one cue weighs for one kind of name: for each role, and where it stands among what a reason tells.

    ``ranks`` has a number for each role: the less, the more the cue speaks for it; -1 where it is not told.
    """

    __slots__ = ("dateline", "government", "name", "place", "ranks")

    def __init__(self, row: Row) -> None:
        self.place, self.government, self.dateline, self.name = row
        self.ranks = [-1] * len(row)


class Weights:
    """Cue id → weight for each role, in the order of ROLES; ``name`` stands for "no mention" too.

    The weights of a cue and of its variants (a:, w:) are added up once, for each kind of name.
    """

    def __init__(self, table: Mapping[str, Row]) -> None:
        cues = sorted({cue.removeprefix("a:").removeprefix("w:") for cue in table})
        self._by_kind = [
            {cue: _Weight(_row(table, cue, is_authority=is_authority, is_weak=is_weak)) for cue in cues}
            for is_authority, is_weak in itertools.product((False, True), repeat=2)
        ]
        self._labels = _rank(self._by_kind)

    def weigh(self, subject: Subject, cues: Fired) -> "Weighed":
        """A subject and its fired cues → what they say."""
        table = self._by_kind[2 * (subject.place_id in AUTHORITIES) + subject.weak]
        place = government = dateline = name = 0.0
        found = []
        for cue in cues:
            weight = table.get(cue)
            found.append(weight)
            if weight is not None:
                place += weight.place
                government += weight.government
                dateline += weight.dateline
                name += weight.name
        return Weighed((place, government, dateline, name), found, self._labels)


class Weighed:
    """What the cues of a span say: a score for each role, and what each of them weighed, None where nothing."""

    __slots__ = ("_labels", "_weights", "scores")

    def __init__(self, scores: Row, weights: list[_Weight | None], labels: list[str]) -> None:
        self.scores, self._weights, self._labels = scores, weights, labels

    def told(self, cues: Fired, role: Role) -> tuple[str, ...]:
        """The cues that were weighed, with their words → the few that spoke most for a role: "role:ROLE:CUE[:WORD]"."""
        index = ROLES.index(role)
        said: list[tuple[int, str]] = []
        for i, word in enumerate(cues.values()):
            weight = self._weights[i]
            if weight is not None and (rank := weight.ranks[index]) >= 0:
                said.append((rank, word))
        said.sort()
        labels = self._labels
        return tuple([f"{labels[rank]}:{word}" if word else labels[rank] for rank, word in said[:_TOLD]])


def is_told(cue: str) -> bool:
    """Whether a cue may stand in a reason: it says something that the reason does not say already."""
    return not cue.endswith(_SAY_NOTHING) and not cue.startswith(_SAY_NO_MORE)


def _row(table: Mapping[str, Row], cue: str, *, is_authority: bool, is_weak: bool) -> Row:
    """What a cue weighs for a kind of name: its own weight and those of its variants for that kind."""
    rows = [table.get(one, _NOTHING) for one in variants(cue, is_authority=is_authority, is_weak=is_weak)]
    place, government, dateline, name = (sum(column) for column in zip(*rows, strict=True))
    return place, government, dateline, name


def _rank(by_kind: Sequence[Mapping[str, _Weight]]) -> list[str]:
    """The weights of cues, for each kind of name → their ranks set, and how a reason calls each, in that order.

    What speaks most for a role, beside what it says on average, comes first.
    """
    leads = sorted(
        (mean - row[index], f"role:{role}:{cue}", kind, cue, index)
        for kind, weights in enumerate(by_kind)
        for cue, weight in weights.items()
        if is_told(cue)
        for row in [(weight.place, weight.government, weight.dateline, weight.name)]
        for mean in [sum(row) / len(row)]
        for index, role in enumerate(ROLES)
        if row[index] - mean > _WORTH_TELLING
    )
    for rank, (_, _, kind, cue, index) in enumerate(leads):
        by_kind[kind][cue].ranks[index] = rank
    return [label for _, label, _, _, _ in leads]


def variants(cue: str, *, is_authority: bool, is_weak: bool) -> tuple[str, ...]:
    """A cue → the ids under which its weights stand for a kind of name."""
    return (cue, *([f"a:{cue}"] if is_authority else []), *([f"w:{cue}"] if is_weak else []))


def probabilities(scores: Row) -> Row:
    """Scores in the order of ROLES → probability of each role; they sum to 1."""
    top = max(scores)
    place, government = math.exp(scores[0] - top), math.exp(scores[1] - top)
    dateline, name = math.exp(scores[2] - top), math.exp(scores[3] - top)
    total = place + government + dateline + name
    return place / total, government / total, dateline / total, name / total


@cache
def load_weights(path: Path = FILE) -> Weights:
    """File of weights → Weights. DataError names every cue whose row is not one number a role."""
    try:
        rows = cast("dict[str, list[float]]", tomllib.loads(path.read_text("utf-8"))["weights"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise DataError(path=path.name, faults=[str(error)]) from error
    faults = [
        f"{cue}: {len(row)} numbers, not {len(ROLES)}" for cue, row in rows.items() if len(row) != len(ROLES)
    ]
    if faults:
        raise DataError(path=path.name, faults=faults)
    return Weights({cue: (row[0], row[1], row[2], row[3]) for cue, row in rows.items()})
