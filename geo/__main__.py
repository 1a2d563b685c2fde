"""``python -m geo check``: the curated rows and the built polygons → counts and every fault."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from geo.boundaries import DATA
from geo.expected import read_expected
from geo.faults import find_faults
from geo.known import coverage
from geo.manifest import manifest_faults
from geo.places import load_gazetteer
from geo.rows import CURATED, GeoDataError, Row, Tables, read_tables

# What is counted of each file, beside its rows.
COUNTED: Mapping[str, tuple[str, ...]] = {
    "places.csv": ("level",),
    "names.csv": ("lang", "source", "ambiguous"),
    "changes.csv": ("what", "status"),
    "disputed.csv": ("list",),
    "areas.csv": ("area_id",),
    "press.csv": ("lang",),
    "known.csv": ("level",),
}


@click.group()
def main() -> None:
    """Look after what is known about places."""


@main.command()
@click.option("--curated", type=click.Path(path_type=Path), default=CURATED, help="Another folder of rows.")
def check(*, curated: Path) -> None:
    """Print counts and every fault of rows and polygons; exit code 1 if there is one."""
    tables = read_tables(curated)
    for line in (*_counts(tables), *_coverage(tables)):
        click.echo(line)
    try:
        faults = find_faults(tables, read_expected(curated))
    except GeoDataError as error:
        faults = error.faults
    faults += manifest_faults(DATA)
    if faults:
        click.echo("the polygons were not looked at: mend these first")
    else:
        faults = _polygon_faults(curated)
    for fault in faults:
        click.echo(f"FAULT {fault}")
    click.echo(f"{len(faults)} faults")
    sys.exit(bool(faults))


def _polygon_faults(curated: Path) -> list[str]:
    from geo.faults.shapes import built_faults  # noqa: PLC0415 — geopandas takes a second to load

    return built_faults(gazetteer=load_gazetteer(curated), expected=read_expected(curated))


def _counts(tables: Tables) -> Iterator[str]:
    for file, rows in tables.rows.items():
        yield f"{file}: {len(rows):,} rows"
        for column in COUNTED[file]:
            yield f"  by {column}: {_shares(rows, column)}"


def _coverage(tables: Tables) -> Iterator[str]:
    """What is here of the units that each governorate is known to have; nothing where a file is missing."""
    if {"known.csv", "places.csv"} <= tables.rows.keys():
        places = {row["id"]: row for row in tables["places.csv"]}
        yield from (f"  {governorate}" for governorate in coverage(tables["known.csv"], places))


def _shares(rows: Iterable[Row], column: str) -> str:
    counted = Counter(row[column] or "none" for row in rows)
    return ", ".join(f"{value} {number:,}" for value, number in counted.most_common())


if __name__ == "__main__":
    main(prog_name="python -m geo")
