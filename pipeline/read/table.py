"""CSV and its kin (tab, semicolon, Arabic semicolon …) → an Article a row.

The first row names the columns. The delimiter is the one under which most of them are names we know.
"""

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.errors import ReadRefused
from pipeline.read.door import refusal
from pipeline.read.fields import article_from_record, map_names
from pipeline.read.source import MAX_TEXT, Head, Line, Source, check_decoded, read_lines, too_long
from pipeline.records import Article, Refusal

_DELIMITERS = (",", "\t", ";", "؛", "|", "،")
_MAX_BROKEN = 100
"""Broken quotes after which the rest of a file is refused at once: each costs a search for its end."""


@dataclass(slots=True)
class _Feed:
    """The lines that csv takes, with those of the row in hand, to go back to where it began."""

    lines: Iterator[Line]
    again: deque[Line] = field(default_factory=deque)
    taken: list[Line] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        """The lines as csv wants them; raises _TooLongError where a row goes beyond MAX_TEXT."""
        length = 0
        for line in self.numbered():
            length = len(line.text or "") + (length if self.taken else 0)
            self.taken.append(line)
            if line.text is None or length > MAX_TEXT:
                raise _TooLongError
            yield line.text

    def numbered(self) -> Iterator[Line]:
        """The lines not yet taken."""
        while line := self.again.popleft() if self.again else next(self.lines, None):
            yield line

    def first(self) -> str:
        """The first line that is not blank, without taking it; "" where there is none."""
        for line in self.numbered():
            if line.text is None or line.text.strip():
                self.again.appendleft(line)
                return line.text or ""
        return ""

    def start(self) -> int:
        """The number of the line in which the row in hand begins."""
        return self.taken[0].number

    def next_row(self) -> None:
        """Forget the row in hand."""
        self.taken = []

    def back_to_second_line(self) -> None:
        """Give up the first line of the row in hand, and no more of it."""
        self.again.extendleft(reversed(self.taken[1:]))
        self.taken = []


class _TooLongError(Exception):
    """A row beyond MAX_TEXT."""


def is_table(head: Head) -> bool:
    """Whether the first line names a column for the text or the title, and another that we know."""
    first = head.letters.lstrip("\r\n").splitlines()[:1]
    return any(
        len(known := _known(line, _delimiter(line))) > 1 and {"text", "title"} & known for line in first
    )


def read_table(source: Source) -> Iterator[Article | Refusal]:
    """Rows → their articles or refusals, in constant memory; blank rows are passed over."""
    csv.field_size_limit(MAX_TEXT)
    feed = _Feed(read_lines(source))
    names: list[str] = []
    for number, row in _rows(feed, source, delimiter=_delimiter(feed.first(), source.columns)):
        origin = source.record(number)
        try:
            if isinstance(row, ReadRefused):
                raise row
            if names:
                yield _article(names, row, source, origin=origin)
            else:
                names = _header(row, source, origin)
        except ReadRefused as error:
            yield refusal(error)
            if not names:
                return


def _rows(feed: _Feed, source: Source, *, delimiter: str) -> Iterator[tuple[int, list[str] | ReadRefused]]:
    """The feed → (number of the row's first line, its cells or what is wrong with it).

    After a quote that breaks, reading goes on at the row's second line: an unclosed quote swallows no rows.
    """
    for _ in range(_MAX_BROKEN):
        try:
            for row in csv.reader(feed, delimiter=delimiter, strict=True):
                if row:
                    yield feed.start(), row
                feed.next_row()
        except (csv.Error, _TooLongError) as error:
            number = feed.start()
            origin = source.record(number)
            yield number, too_long(origin) if isinstance(error, _TooLongError) else _broken_quote(origin)
            feed.back_to_second_line()
        else:
            return
    if line := next(feed.numbered(), None):
        yield line.number, _too_broken(source.record(line.number))


def _header(row: list[str], source: Source, origin: str) -> list[str]:
    """The first row → the column names. Raises ReadRefused "header"."""
    known = map_names(row, columns=source.columns)
    if not {"text", "title"} & known.keys():
        what = "no column is named text, body or content"
        to_do = "name the columns in the first row, or say which it is: --column text=NAME"
    elif twice := next((name for name in known.values() if row.count(name) > 1), None):
        what, to_do = f"two columns are named {twice[:40]!r}", "rename one of them"
    else:
        return row
    raise ReadRefused(origin=origin, code="header", what=what, to_do=to_do)


def _article(names: list[str], row: list[str], source: Source, *, origin: str) -> Article:
    if len(row) != len(names):
        raise ReadRefused(
            origin=origin,
            code="ragged",
            what=f"{len(row)} fields under {len(names)} column names",
            to_do="mend the row, or quote the field that holds the delimiter",
        )
    for cell in row:
        check_decoded(cell, origin=origin, encoding=source.encoding)
    return article_from_record(
        dict(zip(names, row, strict=True)), origin=origin, encoding=source.encoding, columns=source.columns
    )


def _delimiter(line: str, columns: Mapping[str, str] | None = None) -> str:
    return max(
        _DELIMITERS, key=lambda delimiter: (len(_known(line, delimiter, columns)), line.count(delimiter))
    )


def _known(line: str, delimiter: str, columns: Mapping[str, str] | None = None) -> set[str]:
    """Our fields that the cells of a line name."""
    cells = (cell.strip(' \t\r\n"') for cell in line.split(delimiter))
    return set(map_names(cells, columns=columns))


def _broken_quote(origin: str) -> ReadRefused:
    return ReadRefused(
        origin=origin,
        code="quote",
        what="a quote opens in this line and never closes as it should",
        to_do='close it, and write a quote inside a field as ""',
    )


def _too_broken(origin: str) -> ReadRefused:
    return ReadRefused(
        origin=origin,
        code="quote",
        what=f"{_MAX_BROKEN} broken quotes so far, the rest of the file was not read",
        to_do="write the file again with its quotes doubled",
    )
