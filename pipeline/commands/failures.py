"""`python -m pipeline failures`: what was refused, and why."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, fields
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands import store_option
from pipeline.store import Failure, failures, open_store

_COLUMNS = tuple(field.name for field in fields(Failure))
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@click.command("failures", short_help="List what was refused, and why.")
@store_option("The store to look at; it is only read.")
@click.option("--code", help="Only what was refused under this code, as empty or encoding.")
@click.option("--json", "form", flag_value="json", help="JSON Lines.")
@click.option("--csv", "form", flag_value="csv", help="CSV, safe to open in a spreadsheet.")
def command(store: Path, code: str | None, form: str | None) -> None:
    """List every input that was refused: file, record (its line in the file), code, reason, time of the run.

    The same input with the same fault is listed once, however often it was read.

    Exit code: 0, whether there are any or not.
    """
    with open_store(store, mode="read") as opened:
        found = failures(opened, code=code)
        if form is None:
            _show(found)
        else:
            for line in _json_lines(found) if form == "json" else _csv_lines(found):
                click.echo(line)


def _show(found: Iterable[Failure]) -> None:
    table = Table(*_COLUMNS)
    for failure in found:
        # Text, not str: file names may hold brackets, which rich would take for markup.
        table.add_row(*(Text("" if value is None else str(value)) for value in astuple(failure)))
    if table.row_count:
        Console().print(table)
    click.echo(f"{table.row_count:,} refused")


def _json_lines(found: Iterable[Failure]) -> Iterator[str]:
    for failure in found:
        yield json.dumps(asdict(failure), ensure_ascii=False)


def _csv_lines(found: Iterable[Failure]) -> Iterator[str]:
    yield ",".join(_COLUMNS)
    for failure in found:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(map(_safe_cell, astuple(failure)))
        yield line.getvalue()


def _safe_cell(value: str | int | None) -> str:
    """What a spreadsheet would take for a formula → the same behind an apostrophe, which it takes for text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
