"""`python -m pipeline geocode`: JSON Lines or one text → their mentions, as JSON Lines."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from pipeline.commands.options import column_option
from pipeline.errors import ReadRefused
from pipeline.geocoding import geocode
from pipeline.read.dates import read_date
from pipeline.read.door import Meter, Opened, open_file, open_stream, refusal
from pipeline.read.fields import mend
from pipeline.read.formats import Format, identify
from pipeline.read.jsons import Record, read_records
from pipeline.read.source import Skipped, Source
from pipeline.records import Article, Refusal

_REFUSED = 1
_ONE_TEXT = ("seed", "text")


@click.command("geocode", short_help="Find the places in texts: JSON Lines in, JSON Lines out.")
@click.argument("file", default="-", metavar="[FILE|-]")
@column_option
@click.pass_context
def command(ctx: click.Context, file: str, *, columns: dict[str, str]) -> None:
    """Find the places in texts and write them as JSON Lines; nothing is stored.

    FILE, or standard input, holds one JSON object a line, {"id": ..., "text": ...}: "date" is used, other
    fields pass through, and each line is answered by {"id": ..., "mentions": [...]}. A plain text file is one
    article. Offsets count code points of the text as given.

    Exit code: 0 all done, 1 some lines were refused, 2 nothing could be read.
    """
    refused = done = 0
    for answer in answers(file, columns=columns):
        if isinstance(answer, Refusal):
            refused += 1
            click.echo(f"refused: {answer.message}", err=True)
        else:
            done += 1
            click.echo(json.dumps(answer, ensure_ascii=False))
    if refused:
        ctx.exit(_REFUSED if done else _REFUSED + 1)


def answers(
    file: str, *, columns: Mapping[str, str] | None = None
) -> Iterator[Mapping[str, object] | Refusal]:
    """A path, or "-" → an answer or a refusal for each record.

    ``columns`` names the keys that hold the text and the day: {"text": "body"}.
    """
    try:
        chosen, source = identify(_open(file))
        yield from _answers(chosen, source, columns or {})
    except ReadRefused as error:
        yield refusal(error)


def _open(file: str) -> Opened:
    if file == "-":
        return open_stream(sys.stdin.buffer, origin="-", meter=Meter())
    return open_file(Path(file), meter=Meter())


def _answers(
    chosen: Format, source: Source, columns: Mapping[str, str]
) -> Iterator[Mapping[str, object] | Refusal]:
    if chosen.name == "jsonl":
        for record in read_records(source):
            yield record if isinstance(record, Refusal) else _answer(record, columns)
    elif chosen.name in _ONE_TEXT:
        for one in chosen.read(source):
            if not isinstance(one, Skipped):
                yield _of_article(one) if isinstance(one, Article) else one
    else:
        raise ReadRefused(
            origin=source.origin,
            code="format",
            what=f"holds {chosen.name}, and this command reads JSON Lines or one text",
            to_do="write one JSON object a line, or use `run`",
        )


def _answer(record: Record, columns: Mapping[str, str]) -> Mapping[str, object] | Refusal:
    """A record → its fields but the text, and its mentions."""
    name = columns.get("text", "text")
    text, date = record.values.get(name), record.values.get(columns.get("published", "date"))
    if not isinstance(text, str):
        what, to_do = f'no field "{name}" that is a string', f'give {{"id": ..., "{name}": ...}}'
        return refusal(ReadRefused(origin=record.origin, code="text", what=what, to_do=to_do))
    day = read_date(date) if isinstance(date, str) else None
    rest = {field: value for field, value in record.values.items() if field != name}
    return {"id": None, **rest, "mentions": _found(mend(text), day)}


def _of_article(article: Article) -> Mapping[str, object]:
    return {"id": article.id, "mentions": _found(article.text, article.published)}


def _found(text: str, day: str | None) -> list[Mapping[str, object]]:
    return [mention.as_dict() for mention in geocode(text, date=day)]
