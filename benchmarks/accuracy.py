"""Annotated texts → how well the geocoder does, by part and language.

    python -m benchmarks.accuracy [--by topic] [--split dev|held|test] [--errors] [--json] [--predicted FILE]
    python -m benchmarks.accuracy --marked FILE    (texts of your own, see `benchmarks.marked`)
    python -m benchmarks.accuracy --raise-floors | --lower "reason"

Rules are written on the part dev; errors of the part held are listed only where it is asked for by name.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from benchmarks import floors as pinned
from benchmarks.floors import Floors, Group
from benchmarks.gold import GoldText, load_gold
from benchmarks.marked import load_marked
from benchmarks.predictions import Predictions, predictions_of
from benchmarks.report import error_lines, figures_table, readme_table, reliability_table
from benchmarks.score import Comparison, Error, Figures, compare, errors, figures, reliability
from pipeline import geocode
from pipeline.errors import DataError
from pipeline.records import LANGS, Mention

README = Path(__file__).parents[1] / "README.md"
SECTION = ("<!-- accuracy: begin -->\n\n", "\n<!-- accuracy: end -->\n")
PARTS = ("dev", "held", "test", "all")

Geocoder = Callable[[GoldText], Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One annotated text with what the geocoder made of it."""

    text: GoldText
    comparison: Comparison


def ours(text: GoldText) -> Sequence[Mention]:
    """Annotated text → what this project's geocoder finds in it."""
    return geocode(text.text, date=text.date)


def replayed(predictions: Predictions) -> Geocoder:
    """What was found by text id → the geocoder that says it again; nothing for a text that is not among them."""
    return lambda text: predictions.get(text.id, ())


def measure(texts: Iterable[GoldText], geocoder: Geocoder = ours) -> list[Compared]:
    """Texts → each compared with the geocoder's mentions."""
    return [Compared(text, compare(text.mentions, geocoder(text))) for text in texts]


def grouped(
    results: Sequence[Compared], *, by: str = "lang", parts: Sequence[str] = PARTS
) -> dict[Group, Figures]:
    """Compared texts → figures by (part, value of ``by``), languages in the project's order, "all" last."""
    groups: dict[Group, Figures] = {}
    for part in parts:
        of_part = _of_part(results, part)
        for name in _names(of_part, by):
            chosen = [r.comparison for r in of_part if name in ("all", getattr(r.text, by))]
            groups[part, name] = figures(chosen)
    return groups


def floor_groups(results: Sequence[Compared]) -> dict[Group, Figures]:
    """Compared texts → the groups that have floors: every language, and the parts not written on as wholes.

    Of one language these parts are too small: one mention would move their figures by points.
    """
    apart = {(part, "all"): grouped(results, parts=[part])[part, "all"] for part in ("held", "test")}
    return grouped(results, parts=["all"]) | apart


def readme_section(floors: Floors) -> str:
    """Floors → what stands between the two marks in README.md, and the marks."""
    begin, end = SECTION
    return begin + "".join(f"{line}\n" for line in readme_table(floors)) + end


@click.command()
@click.option("--by", type=click.Choice(["lang", "topic"]), default="lang", help="What to group by.")
@click.option("--split", type=click.Choice(PARTS), help="Only this part (default: each, and both together).")
@click.option("--errors", "list_errors", is_flag=True, help="List the errors of the part dev, or of --split.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--predicted", metavar="FILE", help="Score this file of another tool's mentions instead.")
@click.option(
    "--marked", type=Path, metavar="FILE", help="Measure on this file of texts marked by hand instead."
)
@click.option("--raise-floors", is_flag=True, help="Pin what was reached, in floors.toml and README.md.")
@click.option("--lower", metavar="REASON", help="Lower the floors not reached, and keep the reason.")
def main(
    *,
    by: str,
    split: str | None,
    list_errors: bool,
    as_json: bool,
    predicted: str | None,
    marked: Path | None,
    raise_floors: bool,
    lower: str | None,
) -> None:
    """Measure the geocoder on tests/gold: figures by part and language, and how far its confidence holds."""
    if marked and (raise_floors or lower is not None):
        raise click.UsageError("floors are pinned on tests/gold alone: leave out --marked")
    texts = _texts(marked)
    results = measure(texts, replayed(predictions_of(predicted, texts)) if predicted else ours)
    groups = grouped(results, by=by, parts=[split] if split else ["all"] if marked else PARTS)
    found = _errors(results, split or "dev") if list_errors else []
    if as_json:
        print(_json(groups, found))
    else:
        for line in _report(results, groups, found, split or "all"):
            print(line)
    if raise_floors or lower is not None:
        _pin(floor_groups(results), lower)


def _texts(marked: Path | None) -> list[GoldText]:
    try:
        return load_marked(marked) if marked else load_gold()
    except (DataError, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{error}") from error


def _pin(measured: Mapping[Group, Figures], reason: str | None) -> None:
    before = pinned.load_floors(pinned.FLOORS)
    after = before if reason is None else pinned.lowered(before, measured, reason)
    after = pinned.raised(after, measured)
    pinned.save_floors(after, pinned.FLOORS)
    head, rest = README.read_text(encoding="utf-8").split(SECTION[0])
    README.write_text(head + readme_section(after) + rest.split(SECTION[1])[1], encoding="utf-8")
    for loss in pinned.losses(after, measured):
        print(f"not lowered: {loss}")
    print(f"wrote {pinned.FLOORS.name} and the table in {README.name}")


def _of_part(results: Iterable[Compared], part: str) -> list[Compared]:
    return [r for r in results if part in ("all", r.text.part)]


def _names(results: Iterable[Compared], by: str) -> list[str]:
    present = {getattr(r.text, by) for r in results}
    ordered = [lang for lang in LANGS if lang in present] if by == "lang" else sorted(present)
    return [*ordered, "all"]


def _errors(results: Iterable[Compared], part: str) -> list[Error]:
    return [error for r in _of_part(results, part) for error in errors(r.text, r.comparison)]


def _report(
    results: Sequence[Compared], groups: Mapping[Group, Figures], found: Sequence[Error], part: str
) -> Iterable[str]:
    yield from figures_table(groups)
    yield ""
    yield from reliability_table(reliability(r.comparison for r in _of_part(results, part)))
    if found:
        yield ""
        yield from error_lines(found)


def _json(groups: Mapping[Group, Figures], found: Sequence[Error]) -> str:
    document = {
        "groups": [{"part": part, "name": name, **asdict(f)} for (part, name), f in groups.items()],
        "errors": [asdict(error) for error in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
