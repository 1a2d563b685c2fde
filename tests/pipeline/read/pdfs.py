"""PDFs made for tests: each glyph stands where it is told to, and stands for the letters it is told to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH = 0.6
"""Of a glyph, in sizes of it."""
HEIGHT, BREADTH = 842, 595


@dataclass(frozen=True, slots=True)
class Drawn:
    """Glyphs in the order in which they are drawn, from ``x`` to the right (or by ``step`` each), at height ``y``."""

    glyphs: Sequence[str]
    x: float
    y: float
    size: float = 12
    step: float = WIDTH


def as_drawn(text: str) -> list[str]:
    """Right-to-left text → its letters from left to right, as a page shows them."""
    return list(reversed(text))


def pdf(
    *pages: Iterable[Drawn], info: Mapping[str, str] | None = None, coded: bool = True, image: bool = False
) -> bytes:
    """Pages → a PDF. ``coded``: the font says which letters its glyphs are. ``image``: each page shows a picture."""
    drawn = [list(page) for page in pages]
    glyphs = sorted({glyph for page in drawn for line in page for glyph in line.glyphs})
    codes = {glyph: code for code, glyph in enumerate(glyphs, start=33)}
    assert len(codes) < 220
    font = _font(codes, coded=coded)
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{8 + 2 * n} 0 R" for n in range(len(drawn)))
    objects.append(f"<</Type/Pages/Count {len(drawn)}/Kids[{kids}]>>")
    objects += [
        *font,
        _stream(
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "x"
        ),
    ]
    objects.append("<<" + "".join(f"/{key} {_text(value)}" for key, value in (info or {}).items()) + ">>")
    for number, page in enumerate(drawn):
        resources = "<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>"
        box = f"/MediaBox[0 0 {BREADTH} {HEIGHT}]"
        objects.append(
            f"<</Type/Page/Parent 2 0 R{box}/Resources {resources}/Contents {9 + 2 * number} 0 R>>"
        )
        objects.append(
            _stream("<<", _content(page, codes) + ("q 500 0 0 700 40 40 cm /I Do Q" if image else ""))
        )
    return _file(objects)


def _font(codes: Mapping[str, int], *, coded: bool) -> list[str]:
    last = 32 + len(codes)
    widths = " ".join(["600"] * len(codes))
    unicode = "/ToUnicode 5 0 R" if coded else ""
    names = " ".join(f"/g{code}" for code in codes.values())
    encoding = f"/Encoding<</Type/Encoding/Differences[33 {names}]>>"
    rows = "\n".join(f"<{code:02x}> <{glyph.encode('utf-16-be').hex()}>" for glyph, code in codes.items())
    table = (
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{len(codes)} beginbfchar\n{rows}\nendbfchar"
    )
    more = f"/FirstChar 33/LastChar {last}/Widths[{widths}]/FontDescriptor 4 0 R{encoding}{unicode}"
    return [
        f"<</Type/Font/Subtype/Type1/BaseFont/Made{more}>>",
        "<</Type/FontDescriptor/FontName/Made/Flags 4/Ascent 800/Descent -200/FontBBox[0 -200 600 800]>>",
        _stream("<<", f"begincmap\n{table}\nendcmap"),
    ]


def _content(page: Iterable[Drawn], codes: Mapping[str, int]) -> str:
    return "\n".join(
        f"BT /F {line.size} Tf {line.x + place * line.step * line.size:.2f} {line.y} Td <{codes[glyph]:02x}> Tj ET"
        for line in page
        for place, glyph in enumerate(line.glyphs)
    )


def _text(value: str) -> str:
    return f"<feff{value.encode('utf-16-be').hex()}>"


def _stream(head: str, body: str) -> str:
    return f"{head}/Length {len(body)}>>\nstream\n{body}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R/Info 7 0 R>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()
