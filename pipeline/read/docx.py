"""A DOCX file → its articles: one, or all those of an export from Nexis or Factiva.

Neither the date nor the author that a document states of itself is taken: they are those of the person who
saved it. Only a handful of parts are unpacked, by name, each counted before and while it is.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.errors import ReadRefused
from pipeline.read.door import read_up_to, refusal
from pipeline.read.exports import Part, split_export
from pipeline.read.fields import join, make_article
from pipeline.read.source import Source
from pipeline.read.word import Paragraph, paragraphs, parse_xml, read_notes
from pipeline.records import Article, Refusal

MAX_PACKED = 256 << 20
"""Bytes of a DOCX at most: pictures are most of a large one."""
MAX_PART = 64 << 20
"""Bytes of a part that is read, unpacked."""
MAX_RATIO = 100
"""Times that a part of more than a megabyte may have been packed: Word's text is packed some 10 times."""

_RATIO_FROM = 1 << 20
_MAIN = "word/document.xml"
_RELATIONS = "_rels/.rels"
_OTHERS = (("xl/", "a spreadsheet"), ("ppt/", "a presentation"), ("visio/", "a drawing"))
_TITLE_STYLE = re.compile(r"title|heading ?1", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", "؟", "…", "۔", ":", "،", ",", ";")
_TITLE = 250
"""Letters of a title at most."""


def read_docx(source: Source) -> Iterator[Article | Refusal]:
    """A DOCX → its articles, or one; the records of an export are counted from 1."""
    found = _read_paragraphs(source)
    parts = split_export([one.text for one in found])
    if parts is None:
        yield _one_article(found, source)
        return
    for number, part in enumerate(parts, start=1):
        try:
            yield _article(part, source.record(number))
        except ReadRefused as error:
            yield refusal(error)


def _read_paragraphs(source: Source) -> list[Paragraph]:
    data = read_up_to(source.stream, MAX_PACKED)
    if len(data) > MAX_PACKED:
        raise _too_large(source.origin, f"longer than {MAX_PACKED >> 20} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _main_part(archive, source.origin)
            root = parse_xml(_unpack(archive, main, source.origin), origin=source.origin)
            notes: dict[str, etree._Element] = {}
            for kind in ("footnotes", "endnotes"):
                name = f"{main.rpartition('/')[0]}/{kind}.xml"
                if name in archive.namelist():
                    noted = parse_xml(_unpack(archive, name, source.origin), origin=source.origin)
                    notes |= dict(read_notes(noted))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        what = f"is no whole Word document ({type(error).__name__})"
        raise _refused(source.origin, "damaged", what, "fetch it again") from error
    body = root.find("{*}body")
    return [] if body is None else [one for one in paragraphs(body, notes) if one.text]


def _main_part(archive: zipfile.ZipFile, origin: str) -> str:
    """The name of the part that holds the text: as the package states it, which need not be the usual one."""
    names = archive.namelist()
    stated = _MAIN
    if _RELATIONS in names:
        relations = parse_xml(_unpack(archive, _RELATIONS, origin), origin=origin)
        targets = [
            one.get("Target", "") for one in relations if one.get("Type", "").endswith("/officeDocument")
        ]
        stated = targets[0].removeprefix("/") if targets else _MAIN
    for folder, what in _OTHERS:
        if stated.startswith(folder):
            raise _refused(origin, "format", f"seems to be {what}", "save its text as .docx or .txt")
    if stated not in names:
        raise _refused(origin, "format", "holds no Word document", "unpack it and read what is inside")
    return stated


def _unpack(archive: zipfile.ZipFile, name: str, origin: str) -> bytes:
    """A part of the package → its bytes; no more than it says, and no more than is allowed."""
    if archive.namelist().count(name) > 1:
        raise _refused(origin, "damaged", f"holds its part {name[:60]!a} twice", "do not trust it")
    info = archive.getinfo(name)
    _check_size(info.file_size, info.compress_size, origin)
    with archive.open(info) as member:
        data = member.read(MAX_PART + 1)
    _check_size(len(data), info.compress_size, origin)
    return data


def _check_size(unpacked: int, packed: int, origin: str) -> None:
    if unpacked > MAX_PART:
        raise _too_large(origin, f"its text takes more than {MAX_PART >> 20} MB unpacked")
    if unpacked > _RATIO_FROM and unpacked > MAX_RATIO * packed:
        raise _too_large(origin, f"its text is packed more than {MAX_RATIO} times, as in an attack")


def _one_article(found: Sequence[Paragraph], source: Source) -> Article:
    title = found[0].text if _has_title(found) else ""
    body = "\n".join(one.text for one in (found[1:] if title else found))
    text, title_end, body_start = join(title, body)
    return make_article(
        text, title_end=title_end, body_start=body_start, origin=source.origin, encoding="utf-8"
    )


def _has_title(found: Sequence[Paragraph]) -> bool:
    """Whether the first paragraph is a title: by its style, or as it is short, no sentence, and text follows."""
    if len(found) < 2 or len(found[0].text) > _TITLE or "\n" in found[0].text:
        return False
    short = len(found[0].text) < max(len(one.text) for one in found[1:])
    return bool(_TITLE_STYLE.match(found[0].style)) or (short and not found[0].text.endswith(_SENTENCE_END))


def _article(part: Part, origin: str) -> Article:
    """A document of an export → its article. Raises ReadRefused "text" or "empty"."""
    if part.body is None:
        what = "a document of the export without a body, or cut off before it"
        raise _refused(origin, "text", what, "export it again with its full text")
    text, title_end, body_start = join(part.title, part.body)
    return make_article(
        text,
        title_end=title_end,
        body_start=body_start,
        origin=origin,
        encoding="utf-8",
        source=part.source,
        published=part.published,
        language=part.language,
        author=part.author,
        flags=[*part.flags, *([] if title_end < len(text) else ["title-only"])],
    )


def _too_large(origin: str, what: str) -> ReadRefused:
    return _refused(origin, "too-large", what, "save its text as .txt")


def _refused(origin: str, code: str, what: str, to_do: str) -> ReadRefused:
    return ReadRefused(origin=origin, code=code, what=what, to_do=to_do)
