"""`python -m pipeline fetch`: the only command that asks the network."""

from pathlib import Path

import click

from pipeline.errors import FetchRefused, ProjectError
from pipeline.fetch import FetchReport, fetch_feeds

_REFUSED = 1


@click.command("fetch", short_help="Fetch the new pages of feeds (asks the network).")
@click.argument("feeds", nargs=-1, metavar="FEED...")
@click.option(
    "--list",
    "listing",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with one feed's address a line; # begins a note.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("corpus/fetched"),
    show_default=True,
    help="The folder that keeps the pages (warc/) and what is done (state/).",
)
@click.option(
    "--delay",
    type=click.FloatRange(min=1.0),
    default=2.0,
    show_default=True,
    help="Seconds between requests to one server.",
)
@click.option(
    "--most", type=click.IntRange(min=1), default=100, show_default=True, help="Pages of a feed in one fetch."
)
@click.pass_context
def command(
    ctx: click.Context, feeds: tuple[str, ...], listing: Path | None, into: Path, delay: float, most: int
) -> None:
    """Fetch the new pages of RSS and Atom feeds, and keep each as it was sent, in a WARC file.

    Nothing else in this program asks the network, and nothing calls this command but you. robots.txt is obeyed,
    requests keep their distance, addresses that are not of the public internet are refused at every redirect.
    A fetch that was stopped goes on when it is started again. Read what was kept with
    `python -m pipeline run corpus/fetched/warc`.

    Exit code: 0 all fetched, 1 something was refused, 2 nothing could be done, 130 stopped by Ctrl-C.
    """
    urls = [*feeds, *(_listed(listing) if listing else [])]
    if not urls:
        raise ProjectError("no feed was named: give the address of one, or a file of them with --list")

    def tell(refusal: FetchRefused) -> None:
        click.echo(f"refused: {refusal}", err=True)

    report = fetch_feeds(
        urls,
        into=into,
        delay=delay,
        most=most,
        on_refusal=tell,
        on_page=lambda url: click.echo(url, err=True),
    )
    click.echo(_summary(report))
    ctx.exit(_REFUSED if report.refused else 0)


def _listed(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(
            f"{path}: cannot be read as a list of feeds: write it in UTF-8, one a line"
        ) from error
    return [
        address
        for line in lines
        if (address := line.partition(" #")[0].strip()) and not address.startswith("#")
    ]


def _summary(report: FetchReport) -> str:
    line = (
        f"{report.feeds:,} feeds, {report.unchanged:,} of them unchanged: {report.pages:,} pages kept,"
        f" {report.refused:,} refused, {report.left:,} left for the next fetch"
    )
    return f"{line}; read them with: python -m pipeline run {report.warc}" if report.warc else line
