"""`python -m pipeline doctor`: is this machine fit to run the project?"""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands import store_option
from pipeline.doctor import examine

_UNFIT = 1


@click.command("doctor", short_help="Check this machine and this installation.")
@store_option("The store whose permissions are looked at.")
@click.pass_context
def command(ctx: click.Context, store: Path) -> None:
    """Check Python, SQLite, libraries, permissions, map data, fonts and settings.

    Exit code: 0 all is well, 1 something is not (the table says what to do).
    """
    checks = list(examine(store=store))
    table = Table("check", "", "found", "what to do")
    for check in checks:
        # Text, not str: what is found may hold brackets, which rich would take for markup.
        sign = Text("ok", style="green") if check.good else Text("NO", style="bold red")
        table.add_row(check.name, sign, Text(check.seen), Text("" if check.good else check.to_do))
    Console().print(table)
    ctx.exit(0 if all(check.good for check in checks) else _UNFIT)
