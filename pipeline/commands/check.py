"""`python -m pipeline check`: is a store whole?"""

from pathlib import Path

import apsw
import click

from pipeline.commands import store_option
from pipeline.store.check import check_store

_FAULTY = 1


@click.command("check", short_help="Prove that a store is whole.")
@store_option("The store to look at; it is only read.")
@click.pass_context
def command(ctx: click.Context, store: Path) -> None:
    """Compute again whatever can be computed from something else in a store, and compare.

    Pages, tables, offsets, hashes, the search index and every count. Nothing is mended and nothing written.

    Exit code: 0 whole, 1 faults were found (a line each).
    """
    click.echo(f"SQLite {apsw.sqlite_lib_version()}")
    faults = check_store(store)
    for fault in faults:
        click.echo(fault, err=True)
    if not faults:
        click.echo(f"{store}: whole")
    ctx.exit(_FAULTY if faults else 0)
