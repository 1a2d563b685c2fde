"""Step 4 of 6, the role and its confidence. Fired cues × fitted weights → probabilities of the roles.

A multinomial logistic model: the score of a role is the sum of the weights of the cues that fired. The weights are
data, fitted by `python -m benchmarks.fit` on annotated texts; the file says on which and when.
"""

import itertools
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from pipeline.errors import DataError
from pipeline.records import ROLES, Role
from pipeline.resolve.cues import AUTHORITIES, Subject
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


class Weights:
    """Cue id → weight for each role, in the order of ROLES; ``name`` stands for "no mention" too.

    The weights of a cue and of its variants (a:, w:) are added up once, for each kind of name.
    """

    def __init__(self, table: Mapping[str, Row]) -> None:
        cues = {cue.removeprefix("a:").removeprefix("w:") for cue in table}
        self._by_kind = {
            kind: {cue: _total(table, cue, is_authority=kind[0], is_weak=kind[1]) for cue in cues}
            for kind in itertools.product((False, True), repeat=2)
        }
        self._telling = {kind: _telling(rows) for kind, rows in self._by_kind.items()}

    def scores(self, subject: Subject, cues: Iterable[str]) -> Row:
        """A subject and its fired cues → a score for each role."""
        table = self._by_kind[subject.place_id in AUTHORITIES, subject.weak]
        place = government = dateline = name = 0.0
        for cue in cues:
            row = table.get(cue)
            if row:
                place += row[0]
                government += row[1]
                dateline += row[2]
                name += row[3]
        return place, government, dateline, name

    def told(self, subject: Subject, cues: Mapping[str, str], role: Role) -> tuple[str, ...]:
        """Fired cues with their words → the few that spoke most for the role, as "role:ROLE:CUE[:WORD]"."""
        telling = self._telling[subject.place_id in AUTHORITIES, subject.weak][role]
        leads = sorted((telling[cue], cue) for cue in cues if cue in telling)[:_TOLD]
        return tuple(
            f"role:{role}:{cue}:{cues[cue]}" if cues[cue] else f"role:{role}:{cue}" for _, cue in leads
        )


def is_told(cue: str) -> bool:
    """Whether a cue may stand in a reason: it says something that the reason does not say already."""
    return not cue.endswith(_SAY_NOTHING) and not cue.startswith(_SAY_NO_MORE)


def _telling(rows: Mapping[str, Row]) -> dict[Role, dict[str, float]]:
    """Weights of cues → for each role the cues worth telling and how much they speak against it (less is more)."""
    worth = {cue: row for cue, row in rows.items() if is_told(cue)}
    return {
        role: {
            cue: -lead
            for cue, row in worth.items()
            if (lead := row[i] - sum(row) / len(row)) > _WORTH_TELLING
        }
        for i, role in enumerate(ROLES)
    }


def _total(table: Mapping[str, Row], cue: str, *, is_authority: bool, is_weak: bool) -> Row:
    """What a cue weighs for a kind of name: its own weight and those of its variants for that kind."""
    rows = [
        table.get(variant, _NOTHING) for variant in variants(cue, is_authority=is_authority, is_weak=is_weak)
    ]
    place, government, dateline, name = (sum(column) for column in zip(*rows, strict=True))
    return place, government, dateline, name


def variants(cue: str, *, is_authority: bool, is_weak: bool) -> tuple[str, ...]:
    """A cue → the ids under which its weights stand for a kind of name."""
    return (cue, *([f"a:{cue}"] if is_authority else []), *([f"w:{cue}"] if is_weak else []))


def probabilities(scores: Sequence[float]) -> dict[Role, float]:
    """Scores in the order of ROLES → probability of each role; they sum to 1."""
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return {role: odd / total for role, odd in zip(ROLES, odds, strict=True)}


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
