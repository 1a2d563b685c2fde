"""Paths and streams → what they hold: each record an article or the reason why it is none."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ReadRefused
from pipeline.read.apart import read_apart
from pipeline.read.door import Meter, Opened, find_files, open_file, open_stream, refusal
from pipeline.read.formats import identify
from pipeline.read.source import Found, Skipped
from pipeline.records import Article, Refusal


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user named: a format, and {our field: the source's name for it}.

    ``progress`` is for readers that are watched: see `Source`.
    """

    format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[], None] = lambda: None


def read_path(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002
    columns: Mapping[str, str] | None = None,
    meter: Meter | None = None,
) -> Iterator[Article | Refusal]:
    """A file or all files of a folder, in sorted order → their articles and refusals.

    ``format`` is a name of FORMATS, None to judge each file by its content. ``columns`` names fields as the
    source calls them, {"text": "body"}; those not named are known by their usual names.
    """
    for found in find_files(path):
        if isinstance(found, Refusal):
            yield found
        else:
            yield from read_file(found, format=format, columns=columns, meter=meter)


def read_file(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002
    columns: Mapping[str, str] | None = None,
    meter: Meter | None = None,
) -> Iterator[Article | Refusal]:
    """One regular file → its articles and refusals."""
    meter = meter or Meter()
    try:
        opened = open_file(path, meter=meter)
    except ReadRefused as error:
        yield refusal(error)
        return
    with opened.stream:
        yield from _metered(_read(opened, Wish(format, columns or {}), meter), meter)


def read_stream(
    stream: BinaryIO,
    *,
    origin: str = "-",
    format: str | None = None,  # noqa: A002
    columns: Mapping[str, str] | None = None,
    meter: Meter | None = None,
) -> Iterator[Article | Refusal]:
    """An open binary stream, e.g. standard input → its articles and refusals."""
    meter = meter or Meter()
    try:
        opened = open_stream(stream, origin=origin, meter=meter)
    except ReadRefused as error:
        yield refusal(error)
        return
    yield from _metered(_read(opened, Wish(format, columns or {}), meter), meter)


def _metered(found: Iterator[Found], meter: Meter) -> Iterator[Article | Refusal]:
    """What is an input; the rest is counted by kind."""
    for one in found:
        if isinstance(one, Skipped):
            meter.skipped[one.kind] += one.count
        else:
            yield one


def _read(opened: Opened, wish: Wish, meter: Meter) -> Iterator[Found]:
    """An opened file → all that lies in it, read in a child process where its format asks for one."""
    try:
        chosen, _ = identify(opened, format=wish.format)
        if chosen.apart:
            yield from read_apart(opened, format=wish.format, columns=wish.columns, meter=meter)
        else:
            yield from read_opened(opened, wish)
    except ReadRefused as error:
        yield refusal(error)
    except OSError as error:
        yield refusal(_broke_off(opened.origin, error))


def read_opened(opened: Opened, wish: Wish, *, outer: int = 0) -> Iterator[Found]:
    """An opened file → all that lies in it, read here. ``outer`` counts the archives it lies in."""

    def read_inner(inner: Opened) -> Iterator[Found]:
        return read_opened(inner, wish, outer=outer + 1)

    try:
        chosen, source = identify(opened, format=wish.format)
        source = replace(source, columns=wish.columns, inner=read_inner, outer=outer, progress=wish.progress)
        yield from _at_least_one(chosen.read(source), source.origin)
    except ReadRefused as error:
        yield refusal(error)
    except OSError as error:
        yield refusal(_broke_off(opened.origin, error))


def _at_least_one(found: Iterator[Found], origin: str) -> Iterator[Found]:
    """What was found in a file; a refusal where that is no input, as a table cut off behind its header."""
    inputs, skipped = 0, Counter[str]()
    for one in found:
        if isinstance(one, Skipped):
            skipped[one.kind] += one.count
        else:
            inputs += 1
        yield one
    if not inputs:
        kinds = ", ".join(f"{count} × {kind}" for kind, count in sorted(skipped.items()))
        what = f"holds no article, only {kinds}" if kinds else "holds no record"
        to_do = "leave it out" if kinds else "see that the file was not cut off"
        raise ReadRefused(origin=origin, code="empty", what=what, to_do=to_do)


def _broke_off(origin: str, error: OSError) -> ReadRefused:
    reason = (error.strerror or "reading failed").lower()
    return ReadRefused(
        origin=origin, code="unreadable", what=f"broke off, {reason}", to_do="read the file again"
    )
