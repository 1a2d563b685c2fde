"""A JSON array of any size → the text of each item, in constant memory; any other JSON is its own one item.

Where an item ends is found without judging it: what is wrong within one costs that one alone.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import ReadRefused
from pipeline.read.encoding import undecodable
from pipeline.read.source import MAX_TEXT, Source, is_wide, too_long

_CHUNK = 1 << 20
_SPACE = re.compile(r"[\s\ufeff]*")
_EXTENT = json.JSONDecoder(parse_int=str, parse_float=str)
"""Knows where a value ends; numbers stay as written, since some are too long to be taken."""


@dataclass(slots=True)
class _Window:
    """The stretch of a text in hand: what lies before ``at`` has been read."""

    source: Source
    letters: io.TextIOWrapper
    text: str = ""
    at: int = 0

    def grow(self) -> bool:
        """Take in as much again as is left; False at the end of the text."""
        rest = self.text[self.at :]
        if len(rest) > MAX_TEXT:
            raise too_long(self.source.origin)
        try:
            more = self.letters.read(max(_CHUNK, len(rest)))
        except UnicodeDecodeError as error:
            raise undecodable(self.source.origin, self.source.encoding) from error
        self.text, self.at = rest + more, 0
        return bool(more)

    def next_sign(self) -> str:
        """The next letter that is no space, without taking it; "" at the end."""
        while True:
            space = _SPACE.match(self.text, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self.text) or not self.grow():
                return self.text[self.at : self.at + 1]

    def take(self) -> str:
        """The value that begins here. Raises ReadRefused: json, depth or size, behind which nothing is found."""
        while True:
            try:
                _, end = _EXTENT.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if not self.grow():
                    raise self.fault(f"no valid JSON, {error.msg}") from error
            except RecursionError as error:
                raise self.fault("nested too deeply", code="depth") from error
            else:
                value, self.at = self.text[self.at : end], end
                return value

    def rest(self) -> str:
        """All that is left."""
        while self.grow():
            pass
        return self.text

    def fault(self, what: str, *, code: str = "json") -> ReadRefused:
        to_do = "mend it at its source"
        return ReadRefused(origin=self.source.origin, code=code, what=what, to_do=to_do)


def read_items(source: Source) -> Iterator[str]:
    """A text → its items. Raises ReadRefused: encoding, json, depth or size, behind the last whole item.

    Damaged letters become lone surrogates, as in `read_lines`.
    """
    errors = "strict" if is_wide(source.encoding) else "surrogateescape"
    with io.TextIOWrapper(source.stream, encoding=source.encoding, errors=errors, newline="") as letters:
        window = _Window(source, letters)
        if window.next_sign() == "[":
            yield from _items(window)
        else:
            yield window.rest()


def _items(window: _Window) -> Iterator[str]:
    number, between = 0, "["
    while window.next_sign() == between:
        window.at += 1
        if window.next_sign() == "]" and not number:
            break
        yield window.take()
        number, between = number + 1, ","
    if window.next_sign() != "]":
        raise window.fault(f"the array breaks off, or has no comma, behind item {number}")
    window.at += 1
    if window.next_sign():
        raise window.fault("more text behind the end of the array")
