"""A PDF → one article: its text in reading order, without running titles and page numbers.

What a PDF states of itself is believed where the page agrees: a title or an author that stands on the first
page, a day that stands in one of its first lines. The day on which a file was made is no day of publication.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import stream_value
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from pipeline.errors import ReadRefused
from pipeline.read.dates import read_date
from pipeline.read.door import read_up_to
from pipeline.read.fields import join, make_article
from pipeline.read.furniture import without_furniture
from pipeline.read.page import Block, has_image, read_page
from pipeline.read.source import Source
from pipeline.read.visual import is_backwards, is_sorani, to_letters, to_text
from pipeline.records import Article

MAX_PDF = 128 << 20
"""Bytes of a PDF at most."""
MAX_PAGE = 8 << 20
"""Bytes of instructions of a page at most, unpacked."""
MAX_PAGES = 200
"""Pages that are read; what follows is flagged "pages-cut"."""

_STEP = 10
"""Pages that count as progress: a page of Arabic takes a sixth of a second."""
_END = 4096
"""Bytes at the end of a file among which its end is marked."""
_UNCODED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_UNCODED_SHARE = 0.2
_FEW_SIGNS = 20
"""Signs without a letter among them that may be numbers of pages, and no text."""
_LARGE = 1.15
"""Times the usual size of letters from which a paragraph is a heading."""
_TITLE = 250
_DATE = 60
_FIRST = 10
"""Paragraphs of the first page among which title, author and day are looked for."""
_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(slots=True)
class _Pages:
    """What was found on the pages of a document."""

    blocks: list[list[Block]] = field(default_factory=list)
    pictures: int = 0
    flags: list[str] = field(default_factory=list)


def read_pdf(source: Source) -> Iterator[Article]:
    """A PDF → its article. Raises ReadRefused: too-large, truncated, damaged, encrypted, no-text, garbled."""
    document = _open(source)
    try:
        pages = _read_pages(document, source.origin, source.progress)
    except (PSException, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _damaged(source.origin, error) from error
    yield _article(pages, document, source.origin)


def _open(source: Source) -> PDFDocument:
    data = read_up_to(source.stream, MAX_PDF)
    if len(data) > MAX_PDF:
        what = f"longer than {MAX_PDF >> 20} MB"
        raise _refused(source.origin, "too-large", what, "split it, or save its text as .txt")
    if b"%%EOF" not in data[-_END:] and b"startxref" not in data[-_END:]:
        raise _refused(source.origin, "truncated", "a PDF cut off before its end", "fetch it again")
    try:
        return PDFDocument(PDFParser(io.BytesIO(data)), password="")
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise _refused(source.origin, "encrypted", "a PDF with a password", "save it without one") from error
    except (PSException, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _damaged(source.origin, error) from error


def _read_pages(document: PDFDocument, origin: str, progress: Callable[[], None]) -> _Pages:
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    found = _Pages()
    for page in islice(PDFPage.create_pages(document), MAX_PAGES + 1):
        if len(found.blocks) == MAX_PAGES:
            found.flags.append("pages-cut")
            break
        _check_size(page, origin)
        interpreter.process_page(page)
        layout: LTPage = device.get_result()
        found.blocks.append(read_page(layout))
        found.pictures += has_image(layout)
        if len(found.blocks) % _STEP == 0:
            progress()
    return found


def _check_size(page: PDFPage, origin: str) -> None:
    """Raise ReadRefused "too-large" for a page drawn by more instructions than a page of text or a map needs."""
    if sum(len(stream_value(part).get_data()) for part in page.contents) > MAX_PAGE:
        what = f"a page drawn by more than {MAX_PAGE >> 20} MB of instructions"
        raise _refused(origin, "too-large", what, "save its text as .txt")


def _article(pages: _Pages, document: PDFDocument, origin: str) -> Article:
    blocks, url = without_furniture(pages.blocks)
    flags = [*pages.flags, *_check_letters(blocks, pages, origin)]
    letters = "\n".join(block.text for block in blocks)
    sorani = is_sorani(letters)
    texts = [to_letters(block.text, sorani=sorani) for block in blocks]
    if is_backwards("\n".join(texts)):
        flags.append("reversed")
        texts = [to_letters(_reversed(block), sorani=sorani) for block in blocks]
    stated = _stated(document)
    place = _title_place(blocks, texts, stated.get("Title", ""))
    title = "" if place is None else texts[place]
    body = "\n".join(text for number, text in enumerate(texts) if number != place)
    text, title_end, body_start = join(title, body)
    return make_article(
        text,
        title_end=title_end,
        body_start=body_start,
        origin=origin,
        encoding="",
        url=url,
        published=_day(texts, stated.get("CreationDate", "")),
        author=_author(texts, stated.get("Author", "")),
        flags=flags,
    )


def _check_letters(blocks: Sequence[Block], pages: _Pages, origin: str) -> list[str]:
    """What must be said of the letters of a document. Raises ReadRefused where there are none, or none with a code."""
    text = "".join("".join(block.text.split()) for block in blocks)
    uncoded = sum(len(match) for match in _UNCODED.findall(text))
    if any(letter.isalpha() for letter in _UNCODED.sub("", text)) and uncoded <= _UNCODED_SHARE * len(text):
        silent = any(not page for page in pages.blocks)
        return ["pages-without-text"] if silent and pages.pictures else []
    to_do = "read it by OCR, and save the text as .txt"
    if len(text) > _FEW_SIGNS:
        raise _refused(origin, "garbled", "its font does not say which letters its signs are", to_do)
    what = "holds no text, only pictures, as of a scanner" if pages.pictures else "holds no text"
    raise _refused(origin, "no-text", what, to_do)


def _stated(document: PDFDocument) -> dict[str, str]:
    """What a document states of itself: {"Title": …, "Author": …, "CreationDate": …}, as far as it is text."""
    given = {name: value for info in document.info for name, value in info.items()}
    return {name: decode_text(value).strip() for name, value in given.items() if isinstance(value, bytes)}


def _title_place(blocks: Sequence[Block], texts: Sequence[str], stated: str) -> int | None:
    """Which paragraph is the title: the one stated, else the first large one; None where there is none."""
    first = range(min(_FIRST, len(texts)))
    if stated and (found := [n for n in first if _same(texts[n]) == _same(stated)]):
        return found[0]
    usual = median([block.size for block in blocks for _ in block.lines])
    large = [n for n in first if blocks[n].size > _LARGE * usual and len(texts[n]) <= _TITLE]
    return max(large, key=lambda n: blocks[n].size) if large else None


def _day(texts: Sequence[str], created: str) -> str:
    """The day stated as that of the file, if one of the first lines is the same day; else ""."""
    match = _DAY.match(created)
    day = "-".join(match.groups()) if match else ""
    return day if day and any(read_date(text) == day for text in texts[:_FIRST] if len(text) < _DATE) else ""


def _author(texts: Sequence[str], stated: str) -> str:
    """The author stated, if the first paragraphs name that author too; else ""."""
    return stated if stated and any(_same(stated) in _same(text) for text in texts[:_FIRST]) else ""


def _same(text: str) -> str:
    return " ".join(to_letters(text, sorani=False).casefold().split())


def _reversed(block: Block) -> str:
    return " ".join(to_text(line, rtl=True) for line in block.lines)


def _damaged(origin: str, error: Exception) -> ReadRefused:
    what = f"a PDF whose parts do not fit together ({type(error).__name__})"
    return _refused(origin, "damaged", what, "open it in a viewer and print it into a new PDF")


def _refused(origin: str, code: str, what: str, to_do: str) -> ReadRefused:
    return ReadRefused(origin=origin, code=code, what=what, to_do=to_do)
