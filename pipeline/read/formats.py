"""The table of formats, and the choice of one for a file.

A new format is a module with a sniffer and a reader, and a row in FORMATS.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ReadRefused
from pipeline.read.door import Meter, Opened, find_files, open_file, open_stream, refusal
from pipeline.read.encoding import find_encoding
from pipeline.read.jsons import is_json, is_json_lines, read_json, read_json_lines
from pipeline.read.plain import is_plain, read_plain
from pipeline.read.seed import is_seed, read_seed
from pipeline.read.source import Source
from pipeline.read.table import is_table, read_table
from pipeline.records import Article, Refusal


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table.

    ``sniff`` judges the first letters of a file; ``structured`` says that its signature is unmistakable, and
    that a file with one of its endings is nothing else.
    """

    name: str
    endings: tuple[str, ...]
    structured: bool
    help: str
    sniff: Callable[[str], bool]
    read: Callable[[Source], Iterator[Article | Refusal]]


# The last row takes what no other does.
FORMATS: tuple[Format, ...] = (
    Format(
        name="json",
        endings=(".json",),
        structured=True,
        help="an array of objects, or one object: title, text, source, url, date, language, author",
        sniff=is_json,
        read=read_json,
    ),
    Format(
        name="jsonl",
        endings=(".jsonl", ".ndjson"),
        structured=True,
        help="JSON Lines: one such object a line, files of any size",
        sniff=is_json_lines,
        read=read_json_lines,
    ),
    Format(
        name="csv",
        endings=(".csv", ".tsv", ".tab"),
        structured=True,
        help="rows under column names (English, Arabic, Kurdish or Turkish), any usual delimiter",
        sniff=is_table,
        read=read_table,
    ),
    Format(
        name="seed",
        endings=(".txt",),
        structured=False,
        help="one article a file: line 1 its title, line 2 its source, then its body",
        sniff=is_seed,
        read=read_seed,
    ),
    Format(
        name="text",
        endings=(".txt", ".text", ".md"),
        structured=False,
        help="one article a file: the whole text; a first line before a blank one is its title",
        sniff=is_plain,
        read=read_plain,
    ),
)

_MARKUP = (("<!doctype html", "a web page"), ("<html", "a web page"), ("<?xml", "XML"), ("<rss", "a feed"))


def read_path(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002
    meter: Meter | None = None,
) -> Iterator[Article | Refusal]:
    """A file or all files of a folder, in sorted order → their articles and refusals.

    ``format`` is a name of FORMATS, None to judge each file by its content.
    """
    for found in find_files(path):
        if isinstance(found, Refusal):
            yield found
        else:
            yield from read_file(found, format=format, meter=meter)


def read_file(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002
    meter: Meter | None = None,
) -> Iterator[Article | Refusal]:
    """One regular file → its articles and refusals."""
    try:
        opened = open_file(path, meter=meter or Meter())
    except ReadRefused as error:
        yield refusal(error)
        return
    with opened.stream:
        yield from _read(opened, format)


def read_stream(
    stream: BinaryIO,
    *,
    origin: str = "-",
    format: str | None = None,  # noqa: A002
    meter: Meter | None = None,
) -> Iterator[Article | Refusal]:
    """An open binary stream, e.g. standard input → its articles and refusals."""
    try:
        opened = open_stream(stream, origin=origin, meter=meter or Meter())
    except ReadRefused as error:
        yield refusal(error)
        return
    yield from _read(opened, format)


def _read(opened: Opened, name: str | None) -> Iterator[Article | Refusal]:
    try:
        chosen, source = identify(opened, format=name)
        yield from _at_least_one(chosen.read(source), source.origin)
    except ReadRefused as error:
        yield refusal(error)
    except OSError as error:
        yield refusal(_broke_off(opened.origin, error))


def _at_least_one(found: Iterator[Article | Refusal], origin: str) -> Iterator[Article | Refusal]:
    """What was found in a file; a refusal where that is nothing, as a table cut off behind its header."""
    first = next(found, None)
    if first is None:
        what, to_do = "holds no record", "see that the file was not cut off"
        raise ReadRefused(origin=origin, code="empty", what=what, to_do=to_do)
    yield first
    yield from found


def identify(opened: Opened, *, format: str | None = None) -> tuple[Format, Source]:  # noqa: A002
    """An opened file → its format, and what the format's reader takes. Raises ReadRefused."""
    encoding = find_encoding(opened.head, whole=opened.whole, origin=opened.origin)
    chosen = choose_format(_first_letters(opened.head, encoding), opened.suffix, format, opened.origin)
    return chosen, Source(origin=opened.origin, stream=opened.stream, encoding=encoding)


def choose_format(head: str, suffix: str, name: str | None, origin: str) -> Format:
    """The first letters of a file and its ending → its format. Raises ReadRefused "format"."""
    if name is not None:
        return _by_name(name, origin)
    start = head.lstrip().lower()
    for sign, what in _MARKUP:
        if start.startswith(sign):
            raise ReadRefused(
                origin=origin,
                code="format",
                what=f"seems to be {what}",
                to_do="save the article's text as .txt",
            )
    claimed = [row for row in FORMATS if suffix in row.endings]
    bound = bool(claimed) and claimed[0].structured
    sure = [row for row in (*claimed, *FORMATS) if row.structured and row.sniff(head)]
    likely = [row for row in FORMATS if not bound and not row.structured and row.sniff(head)]
    return (sure + likely + claimed + [FORMATS[-1]])[0]


def _by_name(name: str, origin: str) -> Format:
    for row in FORMATS:
        if row.name == name:
            return row
    names = ", ".join(row.name for row in FORMATS)
    raise ReadRefused(
        origin=origin, code="format", what=f"no format is named {name!r}", to_do=f"name one of {names}"
    )


def _first_letters(head: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)


def _broke_off(origin: str, error: OSError) -> ReadRefused:
    reason = (error.strerror or "reading failed").lower()
    return ReadRefused(
        origin=origin, code="unreadable", what=f"broke off, {reason}", to_do="read the file again"
    )
