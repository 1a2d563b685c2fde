"""`python -m pipeline run`: articles into the store."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from pipeline.cluster import Cluster
from pipeline.commands import store_option
from pipeline.commands.options import column_option
from pipeline.commands.progress import progress_view
from pipeline.read import FORMATS, Meter
from pipeline.run import RunReport, run, run_again
from pipeline.workers import Spread, Workers

_REFUSED = 1
_INTERRUPTED = 130


@click.command("run", short_help="Read, geocode and store articles.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@store_option("The store, a GeoPackage; made if missing.")
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
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Geocode on the Dask cluster of this scheduler, as tcp://127.0.0.1:8786 or tls://HOST:8786.",
)
@click.option(
    "--again", is_flag=True, help="Geocode what is in the store and was processed under other rules."
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
    scheduler: str | None,
    again: bool,
) -> None:
    """Read articles from files, folders or - (standard input), find their places, and store both.

    What is in the store already, under the same rules, is passed over: a run that was stopped goes on when it
    is started again. What cannot be read is told in one line each and kept in the store; the rest is done.
    `python -m pipeline formats` lists the formats, `python -m pipeline failures` what was refused. In a folder,
    hidden files, its notes (README.md, SOURCES.md) and the parts of saved pages (NAME_files beside NAME.html)
    are left out. What an archive keeps besides web pages, and a chat besides messages, is no input: it is counted
    in a line of its own.

    With --again and no PATH, articles of the store that were processed under other rules are geocoded from
    the text that is kept there.

    Exit code: 0 all taken, 1 something was refused, 2 nothing could be done, 130 stopped by Ctrl-C.
    """
    if again == bool(paths):
        raise click.UsageError("name what to read, or --again for the articles of the store; not both")
    spread = _spread(scheduler, processes, store)
    meter = Meter()
    with progress_view() as view:
        if again:
            report = run_again(
                store_path=store, workers=spread, on_refusal=view.refuse, on_progress=view.update
            )
        else:
            report = run(
                paths,
                store_path=store,
                format=name,
                columns=columns,
                meter=meter,
                workers=spread,
                stdin=sys.stdin.buffer if "-" in paths else None,
                on_refusal=view.refuse,
                on_progress=view.update,
            )
    click.echo(f"{store}: {summary_line(report)}")
    if meter.skipped:
        click.echo(skipped_line(meter.skipped))
    if report.interrupted:
        click.echo("stopped after a whole batch; run the same command again to go on", err=True)
        ctx.exit(_INTERRUPTED)
    ctx.exit(_REFUSED if report.refused else 0)


def _spread(scheduler: str | None, processes: int | None, store: Path) -> Spread | None:
    """The options of a command → who geocodes; None for the run's own choice."""
    if scheduler and processes:
        raise click.UsageError(
            "--processes counts those of this machine; a --scheduler has workers of its own"
        )
    if scheduler:
        return Cluster(scheduler, store.with_name(f"{store.name}.parts"))
    return Workers(processes) if processes else None


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
