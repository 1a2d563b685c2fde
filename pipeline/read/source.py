"""An opened file whose encoding is known → its text, whole or line by line in constant memory."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from pipeline.errors import ReadRefused
from pipeline.read.door import Opened, read_up_to
from pipeline.read.encoding import decode, undecodable
from pipeline.records import Article, Refusal

MAX_TEXT = 16 * 1024 * 1024
"""Longest line, field or whole text: letters where read by lines, bytes where read whole."""

_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Head:
    """The first bytes of a file, and its first letters; "" while its encoding is not known."""

    data: bytes
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Records that are no articles and were never meant to be: no inputs, told at the end by kind."""

    kind: str
    count: int = 1


Found = Article | Refusal | Skipped
"""What a format's reader yields."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a format's reader gets. ``origin`` names it in errors, ``encoding`` is a codec's name.

    ``encoding`` is "" for a binary format. ``whole`` says that ``head`` is all there is. ``columns`` are names
    given by the user, {our field: the source's name}. ``inner`` reads a member of an archive, and ``outer``
    counts the archives around this source. ``progress`` is called where a reader got on though it yields nothing
    yet, so that its limits of time begin anew.
    """

    origin: str
    stream: BinaryIO
    encoding: str = ""
    head: bytes = b""
    whole: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    inner: Callable[[Opened], Iterator[Found]] | None = None
    outer: int = 0
    progress: Callable[[], None] = lambda: None

    def record(self, number: int) -> str:
        """The origin of the record that starts in a line, counted from 1."""
        return f"{self.origin}:{number}"


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` with its ending; None for a line beyond MAX_TEXT, which was passed over."""

    number: int
    text: str | None


def read_text(source: Source) -> str:
    """All of a source → its text, verbatim but for a byte order mark. Raises ReadRefused."""
    data = read_up_to(source.stream, MAX_TEXT)
    if len(data) > MAX_TEXT:
        raise too_long(source.origin)
    return decode(data, encoding=source.encoding, origin=source.origin)


def read_lines(source: Source) -> Iterator[Line]:
    """A source → its lines with their endings. Bytes that are not in its encoding become lone surrogates,
    which `check_decoded` finds, so that one damaged line costs no other; raises ReadRefused where the
    encoding (UTF-16, UTF-32) allows no such recovery.
    """
    errors = "strict" if is_wide(source.encoding) else "surrogateescape"
    number = 0
    with io.TextIOWrapper(source.stream, encoding=source.encoding, errors=errors, newline="") as wrapper:
        while True:
            number += 1
            try:
                text = wrapper.readline(MAX_TEXT + 1)
                whole = len(text) <= MAX_TEXT or _pass_over(wrapper)
            except UnicodeDecodeError as error:
                raise undecodable(source.record(number), source.encoding) from error
            if not text:
                return
            yield Line(number, text if whole else None)


def is_wide(encoding: str) -> bool:
    """Whether a damaged letter may put all others out of step."""
    return encoding.startswith(("utf-16", "utf-32"))


def _pass_over(wrapper: io.TextIOWrapper) -> bool:
    """Read to the end of an over-long line; always False, as the line is not whole."""
    while (more := wrapper.readline(MAX_TEXT)) and not more.endswith(("\n", "\r")):
        pass
    return False


def check_decoded(text: str, *, origin: str, encoding: str) -> None:
    """Raise ReadRefused "encoding" if bytes of the text could not be decoded."""
    if _UNDECODED.search(text):
        raise undecodable(origin, encoding)


def too_long(origin: str) -> ReadRefused:
    """The refusal of a line, field or file beyond MAX_TEXT."""
    return ReadRefused(
        origin=origin,
        code="size",
        what=f"longer than {MAX_TEXT // 1024**2} MB",
        to_do="split it, one article a record",
    )
