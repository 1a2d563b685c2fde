"""Dates as sources write them (benchmarks/data/dates.toml) → how many are read right, beside dateparser alone.

    python -m benchmarks.dates [--all]

Right is exactly the expected day, month or year, or none where nothing is sure. "Too fine" is a day where only a month
or a year was written: a part is made up. "Wrong" is another day, or one where none is sure; "missed" is none at all.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import dateparser

from pipeline.read.dates import read_dated

CASES = Path(__file__).parent / "data" / "dates.toml"
TODAY = date(2026, 11, 24)
RIGHT, TOO_FINE, WRONG, MISSED = OUTCOMES = ("right", "too fine", "wrong", "missed")

Way = Callable[["Case"], str]


@dataclass(frozen=True, slots=True)
class Case:
    """``day`` is "" where nothing is sure; ``language`` that of the text dated, None where it is not told."""

    group: str
    written: str
    day: str
    language: str | None


def cases() -> Iterator[Case]:
    """All cases, in the order of the file."""
    with CASES.open("rb") as file:
        groups = tomllib.load(file)["group"]
    for group in groups:
        for written, day in group["cases"]:
            yield Case(group["name"], written, day, group.get("language"))


def ours(case: Case) -> str:
    """The project's own way."""
    return read_dated(case.written, language=case.language, today=TODAY).day or ""


def dateparser_alone(case: Case) -> str:
    """dateparser as it comes, given the language where the case has one that it knows; always a whole day."""
    known = [case.language] if case.language in {"ar", "en", "fa", "tr"} else None
    found = dateparser.parse(case.written, languages=known) if case.written else None
    return found.date().isoformat() if found else ""


def dateparser_strict(case: Case) -> str:
    """dateparser told to take nothing but whole dates, so that it makes up no part of them."""
    found = dateparser.parse(case.written, settings={"STRICT_PARSING": True}) if case.written else None
    return found.date().isoformat() if found else ""


WAYS: Mapping[str, Way] = {
    "ours": ours,
    "dateparser": dateparser_alone,
    "dateparser, strict": dateparser_strict,
}


def outcome(got: str, expected: str) -> str:
    """What was read, and what is right → one of OUTCOMES."""
    if got == expected:
        return RIGHT
    if not got:
        return MISSED
    return TOO_FINE if expected and got.startswith(expected) else WRONG


def count(way: Way) -> dict[str, Counter[str]]:
    """A way → how many of each outcome, by group."""
    counted: dict[str, Counter[str]] = {}
    for case in cases():
        counted.setdefault(case.group, Counter())[outcome(way(case), case.day)] += 1
    return counted


def table(counted: Mapping[str, Mapping[str, Counter[str]]]) -> Iterator[str]:
    """Counts by way and group → lines: right of all, by group; then every outcome, in sum."""
    groups = list(next(iter(counted.values())))
    width = max(map(len, groups)) + 2
    yield "right of all".ljust(width) + "".join(f"{way:>20}" for way in counted)
    for group in groups:
        cells = (f"{found[group][RIGHT]}/{found[group].total()}" for found in counted.values())
        yield group.ljust(width) + "".join(f"{cell:>20}" for cell in cells)
    yield ""
    for kind in OUTCOMES:
        sums = (sum(group[kind] for group in found.values()) for found in counted.values())
        yield f"all: {kind}".ljust(width) + "".join(f"{one:>20}" for one in sums)


@click.command()
@click.option("--all", "every", is_flag=True, help="Also every case, expected and got.")
def main(*, every: bool) -> None:
    """Print how many dates are read right."""
    if every:
        for case in cases():
            got = [way(case) for way in WAYS.values()]
            print(f"{case.written!r:60} {case.day or '-':>11}", *(f"{day or '-':>11}" for day in got))
    for line in table({name: count(way) for name, way in WAYS.items()}):
        print(line)


if __name__ == "__main__":
    main()
