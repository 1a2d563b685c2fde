"""`python -m pipeline formats`: the table of formats that can be read."""

import click

from pipeline.read import FORMATS


@click.command("formats", short_help="List the formats that can be read.")
def command() -> None:
    """List the formats that can be read, with their endings.

    A file's format is judged by its content first and its ending second; `run --format NAME` overrides that.
    """
    names = max(len(row.name) for row in FORMATS)
    endings = max(len(" ".join(row.endings)) for row in FORMATS)
    for row in FORMATS:
        click.echo(f"{row.name:<{names}}  {' '.join(row.endings):<{endings}}  {row.help}")
