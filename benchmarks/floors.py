"""tests/gold/floors.toml ↔ the accuracy that must not be lost.

A floor is a figure that was reached once, rounded to its disadvantage: it claims no more than was measured.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.gold import GOLD
from benchmarks.score import Figures

FLOORS = GOLD / "floors.toml"

HIGHER_IS_BETTER = (
    "precision",
    "recall",
    "f1",
    "f1_level",
    "role_accuracy",
    "role_macro_f1",
    "district_accuracy",
)
LOWER_IS_BETTER = ("false_in_empty", "calibration_error")
PINNED = HIGHER_IS_BETTER + LOWER_IS_BETTER

_HEAD = """\
# Accuracy that was reached on tests/gold, by part and language; tests/benchmarks/test_accuracy.py fails
# on less.
# For false_in_empty and calibration_error it is the most that is allowed.
# Written by `python -m benchmarks.accuracy --raise-floors`; lowered by `--lower "reason"` only.
"""

Group = tuple[str, str]  # (part, language), e.g. ("held", "all")
Row = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lowering:
    """One floor that was lowered knowingly."""

    figure: str
    old: float
    new: float
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """The pinned figures of each group, and what was ever lowered."""

    rows: Mapping[Group, Row] = field(default_factory=dict)
    lowered: tuple[Lowering, ...] = ()


def load_floors(path: Path = FLOORS) -> Floors:
    """File → Floors; no file, no floors."""
    if not path.exists():
        return Floors()
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    lowered = tuple(Lowering(**row) for row in document.pop("lowered", []))
    rows = {(part, lang): row for part, langs in document.items() for lang, row in langs.items()}
    return Floors(rows, lowered)


def save_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Floors → file, the same bytes for the same floors."""
    path.write_text(_HEAD + "".join(_lines(floors)), encoding="utf-8")


def losses(floors: Floors, measured: Mapping[Group, Figures]) -> list[str]:
    """What was measured → one line for each figure that is worse than its floor."""
    return [
        f"{part} {lang}: {figure} is {_show(value)}, the floor is {_show(floor)}"
        for (part, lang), figure, floor, value in _pairs(floors, measured)
        if _worse(figure, value, floor)
    ]


def raised(floors: Floors, measured: Mapping[Group, Figures]) -> Floors:
    """Floors, with each figure that was passed or is new set to what was measured; none is lowered."""
    rows = {group: _merge(floors.rows.get(group, {}), figures) for group, figures in measured.items()}
    return Floors({**floors.rows, **rows}, floors.lowered)


def lowered(floors: Floors, measured: Mapping[Group, Figures], reason: str) -> Floors:
    """Floors, with each figure that is not reached set to what was measured, and the reason kept."""
    rows = {group: dict(row) for group, row in floors.rows.items()}
    kept = list(floors.lowered)
    for group, figure, floor, value in _pairs(floors, measured):
        if _worse(figure, value, floor):
            rows[group][figure] = _pin(figure, value)
            kept.append(Lowering(f"{'.'.join(group)}.{figure}", floor, rows[group][figure], reason))
    return Floors(rows, tuple(kept))


def _pairs(floors: Floors, measured: Mapping[Group, Figures]) -> Iterator[tuple[Group, str, float, float]]:
    """Every floor with what was measured; where nothing was, the worst there is: once there was something."""
    for group, row in floors.rows.items():
        for figure, floor in row.items():
            value = getattr(measured[group], figure) if group in measured else None
            if value is None:
                value = math.inf if figure in LOWER_IS_BETTER else 0.0
            yield group, figure, floor, value


def _merge(row: Row, figures: Figures) -> Row:
    merged = dict(row)
    for figure in PINNED:
        value = getattr(figures, figure)
        if value is not None and (figure not in row or not _worse(figure, value, row[figure])):
            merged[figure] = _pin(figure, value)
    return merged


def _worse(figure: str, value: float, floor: float) -> bool:
    return _pin(figure, value) > floor if figure in LOWER_IS_BETTER else _pin(figure, value) < floor


def _pin(figure: str, value: float) -> float:
    """Rounded to three places, downwards where higher is better and upwards where lower is."""
    if isinstance(value, int) or math.isinf(value):
        return value
    thousandths = round(value * 1000, 6)  # 0.29 * 1000 is not 290
    whole = math.ceil(thousandths) if figure in LOWER_IS_BETTER else math.floor(thousandths)
    return whole / 1000


def _show(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _lines(floors: Floors) -> Iterator[str]:
    for (part, lang), row in floors.rows.items():
        yield f"\n[{part}.{lang}]\n"
        yield from (f"{figure} = {_show(row[figure])}\n" for figure in PINNED if figure in row)
    for entry in floors.lowered:
        yield f'\n[[lowered]]\nfigure = "{entry.figure}"\n'
        yield f"old = {_show(entry.old)}\nnew = {_show(entry.new)}\nreason = {_quoted(entry.reason)}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
