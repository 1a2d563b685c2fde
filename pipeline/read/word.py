"""The XML of a Word document → its paragraphs, in the order in which they are read.

What a reader of the page does not see is not read: deleted and moved-away text of tracked changes, hidden
runs, the codes of fields, headers and footers. Letters stand in the XML in reading order, right-to-left or
not, and are kept so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import ReadRefused

_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tblGrid", "Fallback"})
_SIGNS: Mapping[str, str] = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_PROLOGUE = 4096
"""Bytes at the beginning of XML among which its document type is declared."""
_FALSE = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a row of a table with its cells parted by tabs; ``style`` is the name of its style."""

    text: str
    style: str = ""


@dataclass(slots=True)
class _Line:
    """A paragraph in the making: its letters so far, and what stands beside it (text boxes, notes)."""

    letters: list[str] = field(default_factory=list)
    beside: list[Paragraph] = field(default_factory=list)


def parse_xml(data: bytes, *, origin: str) -> etree._Element:
    """XML from outside → its root. Raises ReadRefused "entities", "depth" or "damaged".

    No DTD is read, no entity is put in, nothing is fetched; Office writes none, so that one is refused.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unread(origin, str(error), data) from error
    if root.getroottree().docinfo.doctype:
        raise _entities(origin)
    return root


def _unread(origin: str, error: str, data: bytes) -> ReadRefused:
    """What the parser says of XML it does not take → the refusal."""
    if b"<!DOCTYPE" in data[:_PROLOGUE]:
        return _entities(origin)
    deep = "depth" in error.lower()
    told = " ".join(ascii(error)[1:-1].split())[:80]
    return ReadRefused(
        origin=origin,
        code="depth" if deep else "damaged",
        what="is nested too deeply" if deep else f"holds broken XML ({told})",
        to_do="open it in a word processor and save it anew",
    )


def _entities(origin: str) -> ReadRefused:
    what = "declares entities of its own, which no word processor writes"
    return ReadRefused(origin=origin, code="entities", what=what, to_do="do not trust it")


def paragraphs(body: etree._Element, notes: Mapping[str, etree._Element]) -> Iterator[Paragraph]:
    """The body of a document → its paragraphs; a note and a text box come after the paragraph they belong to.

    ``notes`` are the elements of foot- and endnotes by kind and number, "footnote 2".
    """
    for element in body:
        name = _name(element)
        if name == "p":
            yield from _paragraph(element, notes)
        elif name == "tbl":
            yield from _table(element, notes)
        elif name not in _UNSEEN:
            yield from paragraphs(element, notes)


def read_notes(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The root of footnotes.xml or endnotes.xml → ("footnote 2", its element) for each note with text."""
    for note in root:
        if _attribute(note, "type") in {"", "normal"}:
            yield f"{_name(note)} {_attribute(note, 'id')}", note


def _paragraph(element: etree._Element, notes: Mapping[str, etree._Element]) -> Iterator[Paragraph]:
    line = _Line()
    _collect(element, line, notes)
    yield Paragraph("".join(line.letters).strip(), _style(element))
    yield from line.beside


def _collect(element: etree._Element, line: _Line, notes: Mapping[str, etree._Element]) -> None:
    for child in element:
        name = _name(child)
        if name in _UNSEEN or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            line.letters.append(child.text or "")
        elif name in _SIGNS:
            line.letters.append(_SIGNS[name])
        elif name == "txbxContent":
            line.beside.extend(paragraphs(child, notes))
        elif name in {"footnoteReference", "endnoteReference"}:
            note = notes.get(f"{name.removesuffix('Reference')} {_attribute(child, 'id')}")
            # Of a note no further note is read: one that refers to itself would have no end.
            line.beside.extend(paragraphs(note, {}) if note is not None else ())
        else:
            _collect(child, line, notes)


def _table(table: etree._Element, notes: Mapping[str, etree._Element]) -> Iterator[Paragraph]:
    """Rows of short cells → a line each; cells of several paragraphs, as of a page laid out by a table, one by one."""
    for row in table.iterchildren("{*}tr"):
        if row.find("{*}trPr/{*}del") is not None:
            continue
        cells = [[one for one in paragraphs(cell, notes) if one.text] for cell in _cells(row)]
        cells = [cell for cell in cells if cell]
        if all(len(cell) == 1 for cell in cells):
            yield Paragraph("\t".join(cell[0].text for cell in cells))
        else:
            yield from (one for cell in cells for one in cell)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row; one may be wrapped in a form field."""
    for child in row:
        if _name(child) == "tc":
            yield child
        elif _name(child) == "sdt":
            yield from child.iterfind("{*}sdtContent/{*}tc")


def _name(element: etree._Element) -> str:
    """The name of an element without its namespace: strict and usual documents differ in nothing else."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _style(element: etree._Element) -> str:
    style = element.find("{*}pPr/{*}pStyle")
    return "" if style is None else _attribute(style, "val")


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find("{*}rPr/{*}vanish")
    return hidden is not None and _attribute(hidden, "val") not in _FALSE
