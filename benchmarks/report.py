"""Figures → the lines a person reads: tables for the terminal and for README.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from benchmarks.floors import Floors, Group
from benchmarks.score import BINS, Bin, Error, Figures

_TITLES = {
    "texts": "texts",
    "gold": "gold",
    "predicted": "found",
    "correct": "right",
    "precision": "P",
    "recall": "R",
    "f1": "F1",
    "f1_level": "F1+level",
    "role_accuracy": "role acc",
    "role_macro_f1": "role mF1",
    "district_accuracy": "district",
    "empty_texts": "empty",
    "false_in_empty": "false there",
    "calibration_error": "ECE",
}
_NARROWEST = 7
_README_COLUMNS = {
    "f1": "F1",
    "f1_level": "F1 with level",
    "role_accuracy": "role accuracy",
    "district_accuracy": "district accuracy",
    "calibration_error": "calibration error",
}
_LANGUAGES = {
    "all": "all languages",
    "ar": "Arabic",
    "ckb": "Sorani",
    "kmr": "Kurmanji",
    "en": "English",
    "tr": "Turkish",
}
_PARTS = {"all": "all texts", "held": "held-out third", "test": "texts for testing"}


def figures_table(groups: Mapping[Group, Figures]) -> Iterator[str]:
    """Figures by (part, language or topic) → a table, a blank line between the parts."""
    width = max(len(" ".join(group)) for group in groups)
    yield _columns(" " * width, _TITLES.values())
    previous = next(iter(groups))[0]
    for (part, name), figures in groups.items():
        if part != previous:
            yield ""
            previous = part
        yield _columns(f"{part} {name}".ljust(width), map(_cell, asdict(figures).values()))


def reliability_table(bins: Sequence[Bin | None]) -> Iterator[str]:
    """Bins of confidence → how often mentions of that confidence were right; the two should be alike."""
    yield "confidence   mentions     mean    right"
    for i, bin_ in enumerate(bins):
        if bin_ is not None:
            edges = f"{i / BINS:.1f} to {(i + 1) / BINS:.1f}"
            yield f"{edges}  {bin_.count:>9} {bin_.confidence:>8.3f} {bin_.right:>8.3f}"


def error_lines(errors: Sequence[Error]) -> Iterator[str]:
    """Errors → two lines each: what was wanted and what was said, then where."""
    for error in errors:
        change = f"{error.gold or 'nothing'} -> {error.predicted or 'nothing'}"
        yield f"{error.text_id} {error.start}-{error.end} {error.kind}: {change}"
        yield f"    {error.context}"


def change_lines(*, before: Sequence[Error], after: Sequence[Error]) -> Iterator[str]:
    """Errors before and after a change of rules → those that are gone and those that are new, in sentences."""
    gone = [error for error in before if error not in after]
    new = [error for error in after if error not in before]
    for title, errors in (("gained, errors that are gone", gone), ("lost, errors that are new", new)):
        yield f"{title}: {len(errors)}"
        yield from error_lines(errors)


def readme_table(floors: Floors) -> Iterator[str]:
    """Floors → the accuracy table of README.md: what it claims is what a test holds."""
    yield f"| texts | {' | '.join(_README_COLUMNS.values())} |"
    yield f"| --- |{' --- |' * len(_README_COLUMNS)}"
    for (part, lang), row in floors.rows.items():
        cells = [f"{row[key]:.3f}" if key in row else "-" for key in _README_COLUMNS]
        yield f"| {_PARTS[part]}, {_LANGUAGES[lang]} | {' | '.join(cells)} |"


def _columns(head: str, cells: Iterable[str]) -> str:
    widths = (max(_NARROWEST, len(title)) for title in _TITLES.values())
    return " ".join([head, *(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))])


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
