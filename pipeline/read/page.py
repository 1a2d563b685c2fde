"""The segments of lines of a page → its paragraphs, in reading order.

Segments that touch from above are one paragraph. The order of paragraphs is found by cutting the page along
its white gaps, into columns where it has some, the right one first where the page reads so, and into rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from pdfminer.layout import LTFigure, LTImage, LTPage

from pipeline.read.glyphs import Glyph, Segment, read_glyphs, segments
from pipeline.read.visual import is_rtl, to_text

_LINE_GAP = 0.7
"""Times the size of a letter between two lines of a paragraph, where a page has too few to tell."""
_WIDEST = 1.5
_LOOSE = 1.15
"""Times the usual distance of lines up to which a line belongs to the paragraph above it."""
_FEW = 4
_NEAR = 8
"""Segments among which the one above is looked for: as many as a line has columns."""
_SAME_SIZE = 1.15
"""Times by which the letters of two lines of a paragraph may differ in size."""
_CUT_GAP = 3.0
"""Points of white between two columns at least, and between two rows."""
_MARGIN = 0.08
"""Share of the height of a page, at its top and its bottom, where running titles stand."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page: its lines as text, the usual size of its letters in points.

    ``edge`` says that it stands in the margin at the top or the bottom.
    """

    lines: tuple[str, ...]
    size: float
    edge: bool

    @property
    def text(self) -> str:
        """The lines as one; a word that was parted at the end of a line is whole again."""
        text = ""
        for line in self.lines:
            parted = bool(_HYPHEN.search(text)) and line[:1].islower()
            text = f"{text[:-1]}{line}" if parted else f"{text} {line}"
        return text.strip()


@dataclass(slots=True)
class _Box:
    """Segments that touch, and the box around them."""

    segments: list[Segment] = field(default_factory=list)

    @property
    def glyphs(self) -> list[Glyph]:
        return [glyph for segment in self.segments for glyph in segment.glyphs]

    def span(self, *, rows: bool) -> tuple[float, float]:
        """Its extent from bottom to top, or from left to right."""
        if rows:
            return min(one.y0 for one in self.segments), max(one.y1 for one in self.segments)
        return min(one.x0 for one in self.segments), max(one.x1 for one in self.segments)


def read_page(page: LTPage) -> list[Block]:
    """A page as drawn → its paragraphs, in reading order."""
    boxes = _boxes(segments(read_glyphs(page)))
    rtl = is_rtl(glyph.text for box in boxes for glyph in box.glyphs)
    blocks = (_block(box, page) for box in _in_order(boxes, rtl=rtl))
    return [block for block in blocks if block.lines]


def has_image(page: Iterable[object]) -> bool:
    """Whether a page shows a picture."""
    return any(isinstance(one, LTImage) or (isinstance(one, LTFigure) and has_image(one)) for one in page)


def _boxes(parts: Sequence[Segment]) -> list[_Box]:
    """Segments from the top → boxes of those that touch, directly or by way of others."""
    boxes: list[_Box] = []
    gap = _line_gap(parts)
    for part in parts:
        touching = [
            box for box in boxes if any(_touch(other, part, gap=gap) for other in reversed(box.segments))
        ]
        whole = _Box([*(one for box in touching for one in box.segments), part])
        boxes = [*(box for box in boxes if box not in touching), whole]
    return boxes


def _line_gap(parts: Sequence[Segment]) -> float:
    """The white between lines of a paragraph at most, in sizes of a letter: scripts are set more or less close.

    The nearer quarter of all lines tells: the others may be first lines of paragraphs.
    """
    gaps: list[float] = []
    for place, part in enumerate(parts):
        above = parts[max(0, place - _NEAR) : place]
        over = (one.y0 - part.y1 for one in reversed(above) if one.y0 > part.y0 and _alike(one, part))
        gaps += [gap / part.height for gap in islice(over, 1)]
    gaps.sort()
    if len(gaps) < _FEW:
        return _LINE_GAP
    return min(_WIDEST, (1 + gaps[len(gaps) // 4]) * _LOOSE - 1)


def _touch(upper: Segment, lower: Segment, *, gap: float) -> bool:
    """Whether a segment continues one above it."""
    return upper.y0 - lower.y1 <= gap * min(upper.height, lower.height) and _alike(upper, lower)


def _alike(upper: Segment, lower: Segment) -> bool:
    """Whether two segments have letters of one size, and one stands over the other at least in part."""
    one, other = upper.height, lower.height
    return max(one, other) < _SAME_SIZE * min(one, other) and upper.x0 < lower.x1 and lower.x0 < upper.x1


def _block(box: _Box, page: LTPage) -> Block:
    glyphs = box.glyphs
    rtl = is_rtl(glyph.text for glyph in glyphs)
    bottom, top = box.span(rows=True)
    height = page.y1 - page.y0
    return Block(
        lines=tuple(text for line in _rejoined(box.segments) if (text := _line(line, rtl=rtl))),
        size=median([glyph.size for glyph in glyphs] or [0.0]),
        edge=top - page.y0 < _MARGIN * height or page.y1 - bottom < _MARGIN * height,
    )


def _rejoined(parts: Sequence[Segment]) -> list[list[Glyph]]:
    """The segments of a paragraph → its lines: a wide gap in a line of a paragraph is a space."""
    lines: list[list[Glyph]] = []
    middle = float("inf")
    for part in sorted(parts, key=lambda one: (-(one.y0 + one.y1), one.x0)):
        centre = (part.y0 + part.y1) / 2
        if middle - centre > part.height / 3:
            lines.append([])
            middle = centre
        elif lines[-1][-1].x1 < part.x0:
            lines[-1].append(Glyph(" ", part.x0, part.x0, part.y0, part.y1))
        lines[-1] += part.glyphs
    return [sorted(line, key=lambda glyph: glyph.x0) for line in lines]


def _line(glyphs: Sequence[Glyph], *, rtl: bool) -> str:
    return " ".join(to_text([glyph.text + glyph.marks for glyph in glyphs], rtl=rtl).split())


def _in_order(boxes: Sequence[_Box], *, rtl: bool) -> list[_Box]:
    """Boxes → in reading order: columns where white parts them all the way, else rows, and so on within."""
    if len(boxes) < 2:
        return list(boxes)
    columns = _cut(boxes, rows=False)
    if len(columns) > 1:
        parts = columns[::-1] if rtl else columns
    else:
        parts = _bands(_cut(boxes, rows=True)[::-1])
        if len(parts) == 1:
            return sorted(boxes, key=lambda box: (-box.span(rows=True)[1], box.span(rows=False)[0]))
    return [box for part in parts for box in _in_order(part, rtl=rtl)]


def _bands(rows: Sequence[list[_Box]]) -> list[list[_Box]]:
    """Rows from the top → neighbours joined that have columns in common, which are read downwards."""
    bands: list[list[_Box]] = []
    for row in rows:
        if (
            bands
            and len(_cut(row, rows=False)) > 1
            and len(_cut(joined := [*bands[-1], *row], rows=False)) > 1
        ):
            bands[-1] = joined
        else:
            bands.append(row)
    return bands


def _cut(boxes: Sequence[_Box], *, rows: bool) -> list[list[_Box]]:
    """Boxes → groups with white between them, from low to high coordinates."""
    spans = sorted(((box.span(rows=rows), place) for place, box in enumerate(boxes)))
    groups: list[list[_Box]] = []
    end = float("-inf")
    for (low, high), place in spans:
        if low > end + _CUT_GAP:
            groups.append([])
        groups[-1].append(boxes[place])
        end = max(end, high)
    return groups
