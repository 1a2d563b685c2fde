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
from pipeline.vocabulary import WORDS

FILE = WORDS / "weights.toml"
_NOTHING = (0.0,) * len(ROLES)
# Cues told in a reason: those that moved the decision, at most so many.
_TOLD = 4
_WORTH_TELLING = 0.15


@dataclass(frozen=True, slots=True)
class Weights:
    """Cue id → weight for each role, in the order of ROLES; ``name`` stands for "no mention" too."""

    table: Mapping[str, tuple[float, ...]]

    def probabilities(self, cues: Iterable[str]) -> dict[Role, float]:
        """Fired cues → probability of each role; they sum to 1."""
        scores = [0.0] * len(ROLES)
        for cue in cues:
            for i, weight in enumerate(self.table.get(cue, _NOTHING)):
                scores[i] += weight
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        total = sum(odds)
        return {role: odd / total for role, odd in zip(ROLES, odds, strict=True)}

    def told(self, cues: Sequence[str], role: Role) -> tuple[str, ...]:
        """Fired cues → the few that spoke most for the role, strongest first, as "role:ROLE:cue"."""
        index = ROLES.index(role)
        weighed = [(self._lead(cue, index), cue) for cue in cues if cue != "always"]
        weighed.sort(key=lambda pair: (-pair[0], pair[1]))
        return tuple(f"role:{role}:{cue}" for lead, cue in weighed[:_TOLD] if lead > _WORTH_TELLING)

    def _lead(self, cue: str, index: int) -> float:
        weights = self.table.get(cue, _NOTHING)
        return weights[index] - sum(weights) / len(weights)


@cache
def load_weights(path: Path = FILE) -> Weights:
    """File of weights → Weights. DataError names every cue whose row is not one number a role."""
    try:
        rows = cast(dict[str, list[float]], tomllib.loads(path.read_text("utf-8"))["weights"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise DataError(path=path.name, faults=[str(error)]) from error
    faults = [f"{cue}: {len(row)} numbers, not {len(ROLES)}" for cue, row in rows.items() if len(row) != len(ROLES)]
    if faults:
        raise DataError(path=path.name, faults=faults)
    return Weights({cue: tuple(row) for cue, row in rows.items()})
