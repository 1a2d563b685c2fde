"""`python -m pipeline corrections export|import`: what analysts corrected, as JSON Lines.

The one thing in a store that cannot be made again; exported, it replays on any store that holds the same articles.
"""

from pathlib import Path

import click

from pipeline.commands import store_option
from pipeline.store import export_corrections, import_corrections, open_store

_STORE = store_option("The store that the corrections are of.")
_FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group("corrections", short_help="Carry analysts' corrections out of a store, and in.")
def command() -> None:
    """Carry what analysts corrected out of a store, and into another or the same built anew."""


@command.command("export")
@_FILE
@_STORE
def export(file: Path, store: Path) -> None:
    """Write every correction to FILE, a JSON object a line, in the order in which they were made."""
    with open_store(store, mode="read") as opened:
        click.echo(f"{file}: {export_corrections(opened, file)} corrections")


@command.command("import")
@_FILE
@_STORE
def take_in(file: Path, store: Path) -> None:
    """Take in the corrections of FILE; those of articles not here yet wait for them.

    Known ones are passed over. A faulty line is named, and then nothing is taken.
    """
    with open_store(store, mode="write") as opened:
        click.echo(f"{store}: {import_corrections(opened, file)} new corrections")
