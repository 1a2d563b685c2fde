"""The two hatchings of disputed areas: as SVG patterns for the map, as CSS for the legend.

Each line is dark on a light edge, so that it shows on every colour of the ramp.
"""

from typing import Literal

from panels.figures.markup import Html, tag

Extent = Literal["whole", "part"]

DARK = "#8c1d40"

_LIGHT = "rgba(255,255,255,.75)"
_DARK_WIDTH, _EDGE_WIDTH = 1.5, 1.0  # pixels: of the line, and of the edge on either side of it
_GAPS: dict[Extent, int] = {"whole": 7, "part": 20}  # pixels from line to line


def hatch_patterns() -> Html:
    """Both hatchings as the `<defs>` of an SVG picture; `hatch_fill` names them."""
    return tag("defs", *(_pattern(extent, gap) for extent, gap in _GAPS.items()))


def hatch_fill(extent: Extent) -> str:
    """An extent → the value of `fill` that draws its hatching, on a page that holds `hatch_patterns`."""
    return f"url(#{_pattern_id(extent)})"


def hatch_background(extent: Extent) -> str:
    """An extent → the value of CSS's `background` that draws the same."""
    edge, line = _EDGE_WIDTH, _EDGE_WIDTH + _DARK_WIDTH
    stops = (f"{_LIGHT} 0 {edge}px", f"{DARK} {edge}px {line}px", f"{_LIGHT} {line}px {line + edge}px")
    return f"repeating-linear-gradient(135deg, {', '.join(stops)}, transparent 0 {_GAPS[extent]}px)"


def _pattern_id(extent: Extent) -> str:
    return f"hatch-{extent}"


def _pattern(extent: Extent, gap: int) -> Html:
    """A tile with one upright line in its middle, turned by 45 degrees."""
    middle = str(gap / 2)
    line = {"x1": middle, "x2": middle, "y1": "0", "y2": str(gap)}
    return tag(
        "pattern",
        tag("line", stroke=_LIGHT, stroke_width=str(_DARK_WIDTH + 2 * _EDGE_WIDTH), **line),
        tag("line", stroke=DARK, stroke_width=str(_DARK_WIDTH), **line),
        id=_pattern_id(extent),
        width=str(gap),
        height=str(gap),
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
