"""`python -m pipeline run`: articles into the store."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from pipeline.commands import DEFAULT_STORE
from pipeline.commands.options import column_option
from pipeline.commands.progress import progress_view
from pipeline.read import FORMATS, Meter
from pipeline.run import RunReport, run
from pipeline.workers import Workers

_REFUSED = 1
_INTERRUPTED = 130


@click.command("run", short_help="Read, geocode and store articles.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DEFAULT_STORE,
    show_default=True,
    help="The store, a GeoPackage; made if missing.",
)
@click.option(
    "--format",
    "name",
    type=click.Choice([row.name for row in FORMATS]),
    help="Read every file as this format, whatever it looks like; what lies in an archive, too.",
)
@column_option
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="Processes that geocode large inputs; by default one a core.",
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    store: Path,
    name: str | None,
    columns: dict[str, str],
    processes: int | None,
) -> None:
    """Read articles from files, folders or - (standard input), find their places, and store both.

    What is in the store already, under the same rules, is passed over: a run that was stopped goes on when it
    is started again. What cannot be read is told in one line each and kept in the store; the rest is done.
    `python -m pipeline formats` lists the formats. In a folder, hidden files, its notes (README.md, SOURCES.md)
    and the parts of saved pages (NAME_files beside NAME.html) are left out. What an archive keeps besides web
    pages, and a chat besides messages, is no input: it is counted in a line of its own.

    Exit code: 0 all taken, 1 something was refused, 2 nothing could be done, 130 stopped by Ctrl-C.
    """
    meter = Meter()
    with progress_view() as view:
        report = run(
            paths,
            store_path=store,
            format=name,
            columns=columns,
            meter=meter,
            workers=Workers(processes) if processes else None,
            stdin=sys.stdin.buffer if "-" in paths else None,
            on_refusal=lambda refusal: view.say(f"refused: {refusal.message}"),
            on_progress=view.update,
        )
    click.echo(f"{store}: {summary_line(report)}")
    if meter.skipped:
        click.echo(skipped_line(meter.skipped))
    if report.interrupted:
        click.echo("stopped after a whole batch; run the same command again to go on", err=True)
        ctx.exit(_INTERRUPTED)
    ctx.exit(_REFUSED if report.refused else 0)


def summary_line(report: RunReport) -> str:
    """The balance of a run in words."""
    line = (
        f"{report.inputs:,} read = {report.stored:,} stored + {report.duplicates:,} there already"
        f" + {report.refused:,} refused; {report.mentions:,} mentions"
    )
    return f"{line}, {report.superseded:,} articles under new rules" if report.superseded else line


def skipped_line(skipped: Mapping[str, int]) -> str:
    """What was passed over, by kind, the most frequent first."""
    kinds = sorted(skipped.items(), key=lambda item: (-item[1], item[0]))
    return "passed over: " + ", ".join(f"{count:,} × {kind}" for kind, count in kinds)
