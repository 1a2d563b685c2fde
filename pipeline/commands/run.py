"""`python -m pipeline run`: articles into the store."""

import sys
from pathlib import Path

import click

from pipeline.cluster import Cluster
from pipeline.commands import DEFAULT_STORE
from pipeline.commands.progress import View, progress_view
from pipeline.read import FORMATS
from pipeline.run import RunReport, run, run_again
from pipeline.workers import Spread, Workers

_REFUSED = 1
_INTERRUPTED = 130


@click.command("run", short_help="Read, geocode and store articles.")
@click.argument("paths", nargs=-1, metavar="PATH...")
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
    help="Read every file as this format, whatever it looks like.",
)
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
    store: Path,
    name: str | None,
    processes: int | None,
    scheduler: str | None,
    *,
    again: bool,
) -> None:
    """Read articles from files, folders or - (standard input), find their places, and store both.

    What is in the store already, under the same rules, is passed over: a run that was stopped goes on when it
    is started again. What cannot be read is told in one line each and kept in the store; the rest is done.
    `python -m pipeline formats` lists the formats, `python -m pipeline failures` what was refused. In a folder,
    hidden files and its notes (README.md, SOURCES.md) are left out.

    With --again and no PATH, articles of the store that were processed under other rules are geocoded from
    the text that is kept there.

    Exit code: 0 all taken, 1 something was refused, 2 nothing could be done, 130 stopped by Ctrl-C.
    """
    if again == bool(paths):
        raise click.UsageError("name what to read, or --again for the articles of the store; not both")
    if scheduler and processes:
        raise click.UsageError(
            "--processes counts those of this machine; a --scheduler has workers of its own"
        )
    spread = (
        Cluster(scheduler, _parts_folder(store)) if scheduler else Workers(processes) if processes else None
    )
    with progress_view() as view:
        report = _again(store, spread, view) if again else _run(paths, store, name, spread, view)
    click.echo(f"{store}: {summary_line(report)}")
    if report.interrupted:
        click.echo("stopped after a whole batch; run the same command again to go on", err=True)
        ctx.exit(_INTERRUPTED)
    ctx.exit(_REFUSED if report.refused else 0)


def _run(
    paths: tuple[str, ...], store: Path, name: str | None, spread: Spread | None, view: View
) -> RunReport:
    return run(
        paths,
        store_path=store,
        format=name,
        workers=spread,
        stdin=sys.stdin.buffer if "-" in paths else None,
        on_refusal=view.refuse,
        on_progress=view.update,
    )


def _again(store: Path, spread: Spread | None, view: View) -> RunReport:
    return run_again(store_path=store, workers=spread, on_refusal=view.refuse, on_progress=view.update)


def _parts_folder(store: Path) -> Path:
    return store.with_name(f"{store.name}.parts")


def summary_line(report: RunReport) -> str:
    """The balance of a run in words."""
    line = (
        f"{report.inputs:,} read = {report.stored:,} stored + {report.duplicates:,} there already"
        f" + {report.refused:,} refused; {report.mentions:,} mentions"
    )
    return f"{line}, {report.superseded:,} articles under new rules" if report.superseded else line
