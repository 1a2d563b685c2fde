"""The table of formats, and the choice of one for a file.

A new format is a module with a sniffer and a reader, and a row in FORMATS.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.errors import ReadRefused
from pipeline.read.door import Opened
from pipeline.read.encoding import find_encoding
from pipeline.read.jsons import is_json, is_json_lines, read_json, read_json_lines
from pipeline.read.plain import is_plain, read_plain
from pipeline.read.seed import is_seed, read_seed
from pipeline.read.source import Found, Head, Source
from pipeline.read.table import is_table, read_table


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table.

    ``sniff`` judges the head of a file; ``structured`` says that its signature is unmistakable, and that a
    file with one of its endings is nothing else. The reader of a ``binary`` format wants the bytes: it is
    judged by bytes alone, before all others, and its source has no encoding.
    """

    name: str
    endings: tuple[str, ...]
    structured: bool
    help: str
    sniff: Callable[[Head], bool]
    read: Callable[[Source], Iterator[Found]]
    binary: bool = False


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


def identify(
    opened: Opened,
    *,
    format: str | None = None,  # noqa: A002
) -> tuple[Format, Source]:
    """An opened file → its format, and what the format's reader takes. Raises ReadRefused."""
    chosen = _by_bytes(opened.head) if format is None else _by_name(format, opened.origin)
    encoding = ""
    if chosen is None or not chosen.binary:
        encoding = find_encoding(opened.head, whole=opened.whole, origin=opened.origin)
        head = Head(opened.head, _first_letters(opened.head, encoding))
        chosen = chosen or _by_letters(head, opened.suffix, opened.origin)
    return chosen, Source(
        origin=opened.origin,
        stream=opened.stream,
        encoding="" if chosen.binary else encoding,
        head=opened.head,
        whole=opened.whole,
    )


def _by_bytes(data: bytes) -> Format | None:
    """The first binary format whose signature the bytes bear."""
    head = Head(data)
    return next((row for row in FORMATS if row.binary and row.sniff(head)), None)


def _by_letters(head: Head, suffix: str, origin: str) -> Format:
    """The head of a text and the ending of its file → its format. Raises ReadRefused "format"."""
    start = head.letters.lstrip().lower()
    for sign, what in _MARKUP:
        if start.startswith(sign):
            raise ReadRefused(
                origin=origin,
                code="format",
                what=f"seems to be {what}",
                to_do="save the article's text as .txt",
            )
    texts = [row for row in FORMATS if not row.binary]
    claimed = [row for row in FORMATS if suffix in row.endings]
    bound = bool(claimed) and claimed[0].structured
    sure = [row for row in (*claimed, *texts) if row.structured and not row.binary and row.sniff(head)]
    likely = [row for row in texts if not bound and not row.structured and row.sniff(head)]
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
