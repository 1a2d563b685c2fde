"""The table of formats, and the choice of one for a file.

A new format is a module with a reader, a sniffer (in `signatures` where the reader needs a library of its own), and a
row in FORMATS.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from pipeline.errors import ReadRefused
from pipeline.read.archive import read_gzip, read_zip
from pipeline.read.door import Opened
from pipeline.read.encoding import find_encoding
from pipeline.read.jsons import is_json, is_json_lines, read_json, read_json_lines
from pipeline.read.plain import is_plain, read_plain
from pipeline.read.seed import is_seed, read_seed
from pipeline.read.signatures import (
    is_docx,
    is_feed,
    is_gzip,
    is_mhtml,
    is_page,
    is_parquet,
    is_pdf,
    is_telegram,
    is_warc,
    is_zip,
)
from pipeline.read.source import Found, Head, Source
from pipeline.read.table import is_table, read_table

Reader = Callable[[Source], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table.

    ``sniff`` judges the head of a file; ``structured`` says that its signature is unmistakable, and that a
    file with one of its endings is nothing else. The reader of a ``binary`` format wants the bytes: it is
    judged by bytes alone, before all others, and its source has no encoding. A ``container`` holds files of
    other formats, and is opened whatever format is named for what lies in it. A format is read ``apart``, in a
    child process with limits, unless its parser is simple enough to be trusted.
    """

    name: str
    endings: tuple[str, ...]
    structured: bool
    help: str
    sniff: Callable[[Head], bool]
    read: Reader
    binary: bool = False
    container: bool = False
    apart: bool = True


def _later(module: str, name: str) -> Reader:
    """A reader of this package, by its name → the same, imported when the first file is read.

    So are the libraries below it: those of formats that are read apart reach a child alone, and nobody else waits for
    them. The time that takes is not the file's.
    """

    def read(source: Source) -> Iterator[Found]:
        reader: Reader = getattr(import_module(f"pipeline.read.{module}"), name)
        source.progress()
        return reader(source)

    return read


# The first row that knows a file takes it; the last one takes what no other does.
FORMATS: tuple[Format, ...] = (
    Format(
        name="html",
        endings=(".html", ".htm", ".xhtml"),
        structured=True,
        help="a saved web page: its report, title, day, author and site; menus and adverts are left out",
        sniff=is_page,
        read=_later("webpage", "read_page"),
        binary=True,
    ),
    Format(
        name="mhtml",
        endings=(".mhtml", ".mht"),
        structured=True,
        help="a web page saved with its pictures in one file",
        sniff=is_mhtml,
        read=_later("mhtml", "read_mhtml"),
        binary=True,
    ),
    Format(
        name="feed",
        endings=(".rss", ".atom"),
        structured=True,
        help="RSS or Atom: the content of each entry, or its summary",
        sniff=is_feed,
        read=_later("feed", "read_feed"),
        binary=True,
    ),
    Format(
        name="warc",
        endings=(".warc", ".arc", ".warc.gz", ".arc.gz"),
        structured=True,
        help="web archives: the web pages in them, digests checked",
        sniff=is_warc,
        read=_later("warc", "read_warc"),
        binary=True,
    ),
    Format(
        name="parquet",
        endings=(".parquet",),
        structured=True,
        help="rows under the column names of csv",
        sniff=is_parquet,
        read=_later("parquet", "read_parquet"),
        binary=True,
    ),
    Format(
        name="docx",
        endings=(".docx",),
        structured=True,
        help="a Word document; an export of Nexis or Factiva is cut into its articles",
        sniff=is_docx,
        read=_later("docx", "read_docx"),
        binary=True,
    ),
    Format(
        name="pdf",
        endings=(".pdf",),
        structured=True,
        help="one article a file; a scanned one has no text and is refused",
        sniff=is_pdf,
        read=_later("pdf", "read_pdf"),
        binary=True,
    ),
    Format(
        name="zip",
        endings=(".zip",),
        structured=True,
        help="an archive of files of any other format here",
        sniff=is_zip,
        read=read_zip,
        binary=True,
        container=True,
    ),
    Format(
        name="gzip",
        endings=(".gz",),
        structured=True,
        help="one compressed file of any other format here",
        sniff=is_gzip,
        read=read_gzip,
        binary=True,
        container=True,
    ),
    Format(
        name="telegram",
        endings=(".json",),
        structured=True,
        help="result.json of Telegram Desktop: the messages of a chat or of an account",
        sniff=is_telegram,
        read=_later("telegram", "read_telegram"),
    ),
    Format(
        name="json",
        endings=(".json",),
        structured=True,
        help="an array of objects, or one object: title, text, source, url, date, language, author",
        sniff=is_json,
        read=read_json,
        apart=False,
    ),
    Format(
        name="jsonl",
        endings=(".jsonl", ".ndjson"),
        structured=True,
        help="JSON Lines: one such object a line, files of any size",
        sniff=is_json_lines,
        read=read_json_lines,
        apart=False,
    ),
    Format(
        name="csv",
        endings=(".csv", ".tsv", ".tab"),
        structured=True,
        help="rows under column names (English, Arabic, Kurdish or Turkish), any usual delimiter",
        sniff=is_table,
        read=read_table,
        apart=False,
    ),
    Format(
        name="seed",
        endings=(".txt",),
        structured=False,
        help="one article a file: line 1 its title, line 2 its source, then its body",
        sniff=is_seed,
        read=read_seed,
        apart=False,
    ),
    Format(
        name="text",
        endings=(".txt", ".text", ".md"),
        structured=False,
        help="one article a file: the whole text; a first line before a blank one is its title",
        sniff=is_plain,
        read=read_plain,
        apart=False,
    ),
)


def identify(
    opened: Opened,
    *,
    format: str | None = None,  # noqa: A002
) -> tuple[Format, Source]:
    """An opened file → its format, and what the format's reader takes. Raises ReadRefused."""
    found = _by_bytes(opened.head)
    chosen = found if format is None else _named(format, found, opened)
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


def _named(name: str, found: Format | None, opened: Opened) -> Format:
    """The format named; the container that the file is where it is none of that format itself."""
    named = _by_name(name, opened.origin)
    if found and found.container and not named.container and not named.sniff(Head(opened.head)):
        return found
    return named


def _by_letters(head: Head, suffix: str, origin: str) -> Format:
    """The head of a text and the ending of its file → its format. Raises ReadRefused "format"."""
    if head.letters.lstrip().lower().startswith("<?xml"):
        what, to_do = "seems to be XML, and no feed", "save the article's text as .txt"
        raise ReadRefused(origin=origin, code="format", what=what, to_do=to_do)
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
