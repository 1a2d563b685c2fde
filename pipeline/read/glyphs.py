"""The glyphs of a page, with their places → its lines, whatever the order in which they were drawn.

Programs draw letter by letter, font by font, right to left or left to right: only the places are to be
trusted. Lengths are points; y grows upwards.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pdfminer.layout import LTChar, LTFigure

_BELOW = 0.2
"""Share of the size of a letter that lies below the line on which it stands."""
_SAME_LINE = 0.35
"""Share of the size of a letter by which the middles of two letters of one line may differ in height."""
_WORD_GAP = 0.2
"""Share of the size of a letter that is a space where none was written."""
_SEGMENT_GAP = 1.0
"""Times the size of a letter that part a line into segments: columns, or cells."""
_TWICE = 0.1
"""Share of the size of a letter by which a letter is shifted that was drawn twice, to look bold."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one sign of a font stands for, and its box; ``marks`` are vowel signs set on it."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    marks: str = ""

    @property
    def size(self) -> float:
        """Its height."""
        return self.y1 - self.y0


@dataclass(slots=True)
class Segment:
    """Glyphs that stand side by side, from left to right, and their box."""

    glyphs: list[Glyph] = field(default_factory=list)
    x0: float = float("inf")
    x1: float = float("-inf")
    y0: float = float("inf")
    y1: float = float("-inf")

    @property
    def height(self) -> float:
        """The size of its letters."""
        return self.y1 - self.y0

    def add(self, glyph: Glyph) -> None:
        """Put a glyph at the right end."""
        self.glyphs.append(glyph)
        self.x0, self.x1 = min(self.x0, glyph.x0), max(self.x1, glyph.x1)
        self.y0, self.y1 = min(self.y0, glyph.y0), max(self.y1, glyph.y1)


def read_glyphs(container: Iterable[object]) -> Iterator[Glyph]:
    """A page as pdfminer gives it → its upright glyphs."""
    for one in container:
        if isinstance(one, LTChar):
            if one.upright and one.size > 0:
                base = one.matrix[5]  # fonts place their letters' boxes at will, and all letters on this line
                low, high = base - _BELOW * one.size, base + (1 - _BELOW) * one.size
                yield Glyph(one.get_text(), one.x0, one.x1, low, high)
        elif isinstance(one, LTFigure):
            yield from read_glyphs(one)


def segments(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Glyphs in any order → segments of lines, from the top, and from left to right in a line."""
    bases: list[Glyph] = []
    marks: list[Glyph] = []
    for glyph in glyphs:
        (marks if _is_mark(glyph.text) else bases).append(glyph)
    lines = _lines(bases)
    for mark in marks:
        _set_mark(mark, lines)
    return [segment for line in lines for segment in _parted(line)]


def _set_mark(mark: Glyph, lines: Sequence[list[Glyph]]) -> None:
    """Put a vowel mark on the letter it stands over or under: of the nearest line, the nearest in it."""
    near = [line for line in lines if abs(_height(line[0]) - _height(mark)) < mark.size]
    found = ((line, place) for line in near for place, base in enumerate(line) if base.text.strip())
    line, place = min(found, key=lambda one: _distance(one[0][one[1]], mark), default=(None, 0))
    if line is not None:
        line[place] = replace(line[place], marks=line[place].marks + mark.text)


def _distance(base: Glyph, mark: Glyph) -> float:
    return abs(_centre(base) - _centre(mark)) + abs(_height(base) - _height(mark))


def _lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda one: -(one.y0 + one.y1)):
        centre = _height(glyph)
        if not lines or abs(centre - middle) > _SAME_LINE * max(size, glyph.size):
            lines.append([])
            middle, size = centre, glyph.size
        lines[-1].append(glyph)
    return lines


def _parted(line: Sequence[Glyph]) -> Iterator[Segment]:
    segment = Segment()
    for glyph in _from_left(line):
        if segment.glyphs and glyph.x0 - segment.x1 > _SEGMENT_GAP * glyph.size:
            yield segment
            segment = Segment()
        segment.add(glyph)
    if segment.glyphs:
        yield segment


def _from_left(line: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a line from left to right, none twice, with a space wherever one is seen."""
    kept: list[Glyph] = []
    space = False
    for glyph in sorted(line, key=lambda one: (one.x0, one.x1)):
        if not glyph.text.strip():
            space = True
            continue
        if kept:
            last = kept[-1]
            if glyph.text == last.text and abs(glyph.x0 - last.x0) < _TWICE * glyph.size:
                continue
            if space or glyph.x0 - last.x1 > _WORD_GAP * glyph.size:
                kept.append(Glyph(" ", last.x1, last.x1, last.y0, last.y1))
        kept.append(glyph)
        space = False
    return kept


def _centre(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _height(glyph: Glyph) -> float:
    return (glyph.y0 + glyph.y1) / 2


def _is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.category(letter) == "Mn" for letter in text)
