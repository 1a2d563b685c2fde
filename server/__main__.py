"""The command line: `python -m server [--store PATH] [--port N] [--no-browser]`."""

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from pipeline.errors import ProjectError
from server.browser import opened_in_browser
from server.guard import Door
from server.serving import open_port, require_store, serve


@click.command()
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=Path("corpus/iraq.gpkg"),
    show_default=True,
    help="The store to show, as `python -m pipeline run` makes it.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="Port on 127.0.0.1; 8501, or any free one if that is taken, when left out.",
)
@click.option("--browser/--no-browser", default=True, help="Open the map in the browser, if there is one.")
def main(*, store: Path, port: int | None, browser: bool) -> None:
    """Show the map of a store at an address that only this start knows."""
    try:
        require_store(store)
        listening = open_port(port)
    except ProjectError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    with ExitStack() as while_serving:

        def ready(door: Door) -> None:
            click.echo(f"Iraq map, store {store}\n\n  {door.address}\n")
            click.echo("Open this address in a browser of this machine; it works until you stop with Ctrl-C.")
            if browser:
                while_serving.enter_context(opened_in_browser(door.address))

        serve(listening, store=store, ready=ready)
    click.echo("Stopped.")


if __name__ == "__main__":
    main()
