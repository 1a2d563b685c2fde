"""Step 4 of 6, the role and its confidence. Fired cues × fitted weights → probabilities of the roles.

A multinomial logistic model: the score of a role is the sum of the weights of the cues that fired. The weights are
data, fitted by `python -m benchmarks.fit` on annotated texts; the file says on which and when.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from pipeline.errors import DataError
from pipeline.records import ROLES, Role
from pipeline.resolve.cues import Subject, variants
from pipeline.vocabulary import WORDS

FILE = WORDS / "weights.toml"
_NOTHING = (0.0,) * len(ROLES)
# Cues that fire for every name, or for what it is and not what stands around it, explain nothing to a reader.
_SAY_NOTHING = ("always", ":any", ":none", ":other")
_SAY_NO_MORE = ("level:", "lang:", "typed")
# Cues told in a reason: those that moved the decision, at most so many.
_TOLD = 4
_WORTH_TELLING = 0.15


@dataclass(frozen=True, slots=True)
class Weights:
    """Cue id → weight for each role, in the order of ROLES; ``name`` stands for "no mention" too."""

    table: Mapping[str, tuple[float, ...]]

    def scores(self, subject: Subject, cues: Iterable[str]) -> tuple[float, ...]:
        """A subject and its fired cues → a score for each role."""
        scores = [0.0] * len(ROLES)
        for cue in cues:
            for i, weight in enumerate(self._of(subject, cue)):
                scores[i] += weight
        return tuple(scores)

    def told(self, subject: Subject, cues: Mapping[str, str], role: Role) -> tuple[str, ...]:
        """Fired cues with their words → the few that spoke most for the role, as "role:ROLE:CUE[:WORD]"."""
        index = ROLES.index(role)
        telling = (cue for cue in cues if not cue.endswith(_SAY_NOTHING) and not cue.startswith(_SAY_NO_MORE))
        weighed = [(self._lead(subject, cue, index), cue) for cue in telling]
        weighed.sort(key=lambda pair: (-pair[0], pair[1]))
        strongest = [cue for lead, cue in weighed[:_TOLD] if lead > _WORTH_TELLING]
        return tuple(f"role:{role}:{cue}" + (f":{cues[cue]}" if cues[cue] else "") for cue in strongest)

    def _of(self, subject: Subject, cue: str) -> list[float]:
        rows = [self.table.get(variant, _NOTHING) for variant in variants(subject, cue)]
        return [sum(column) for column in zip(*rows, strict=True)]

    def _lead(self, subject: Subject, cue: str, index: int) -> float:
        weights = self._of(subject, cue)
        return weights[index] - sum(weights) / len(weights)


def probabilities(scores: Sequence[float]) -> dict[Role, float]:
    """Scores in the order of ROLES → probability of each role; they sum to 1."""
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    return {role: odd / sum(odds) for role, odd in zip(ROLES, odds, strict=True)}


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
    return Weights({cue: tuple(row) for cue, row in rows.items()})
