"""`python -m pipeline explain`: an article with its places marked, and why each was counted."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from geo.places import load_gazetteer
from pipeline.commands import store_option
from pipeline.errors import ProjectError
from pipeline.explain import explain
from pipeline.geocoding import geocode
from pipeline.langid import tell_language
from pipeline.read import read_path
from pipeline.records import Article, Mention, Refusal
from pipeline.store import article, open_store

_REFUSED = 1
_COLOURS = {"place": "green", "government": "yellow", "dateline": "cyan", "name": "magenta"}


@click.command("explain", short_help="Show an article's places, and why each was counted.")
@click.argument("what", metavar="FILE|ARTICLE-ID")
@store_option("The store in which an article id is looked up.")
@click.pass_context
def command(ctx: click.Context, what: str, store: Path) -> None:
    """Show an article with every mention of a place marked, and beneath it the reason of each.

    An id is looked up in the store and shown as it is counted there, corrections included; the articles of a
    file are read and geocoded anew. On a terminal mentions are coloured by role (place green, government
    yellow, dateline cyan, name magenta), elsewhere they stand between ⟦ and ⟧.
    """
    gazetteer = load_gazetteer()

    def label(place_id: str) -> str:
        return gazetteer.label(place_id, "en") if place_id in gazetteer.places else place_id

    paint = _paint if sys.stdout.isatty() else None
    refused = False
    for one in _find(what, store):
        if isinstance(one, Refusal):
            refused = True
            click.echo(f"refused: {one.message}", err=True)
        else:
            click.echo(explain(*one, label=label, paint=paint))
    ctx.exit(_REFUSED if refused else 0)


def _find(what: str, store: Path) -> Iterator[tuple[Article, list[Mention]] | Refusal]:
    if not Path(what).exists():
        yield _stored(what, store)
        return
    for one in read_path(Path(what)):
        if isinstance(one, Refusal):
            yield one
        else:
            yield tell_language(one), geocode(one.text, date=one.published)


def _stored(article_id: str, path: Path) -> tuple[Article, list[Mention]]:
    with open_store(path, mode="read") as store:
        found = article(store, article_id)
    if found is None:
        raise ProjectError(
            f"{article_id}: neither a file nor the id of an article in {path}: check the path or id"
        )
    return found.article, [stored.mention for stored in found.mentions]


def _paint(name: str, role: str) -> str:
    return click.style(name, fg=_COLOURS[role], bold=True, underline=True)
