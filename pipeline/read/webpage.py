"""A saved web page → one Article: its report without menus and adverts, in the letters of the page.

trafilatura finds the report and its title, site and author. It drops marks without width, on which Kurdish
and Arabic spelling depend: they go through it as letters that the page does not use.
"""

import logging
import unicodedata
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlsplit

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from pipeline.errors import ReadRefused
from pipeline.read.fields import join, make_article
from pipeline.read.markup import decode_markup, drop_hidden, no_text, parse_page, read_bytes, to_text
from pipeline.read.page_dates import find_published
from pipeline.read.source import Source
from pipeline.records import Article

_FAULTS = (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError, LxmlError)
"""What trafilatura and the libraries below it raise on pages they did not expect."""
_STAND_INS = range(0x10000, 0x1005E)
"""Letters of Linear B, which no page here is written in."""
for _library in ("trafilatura", "htmldate", "courlan"):
    # What they notice about a page is told by refusals here, and not line by line in a terminal.
    logging.getLogger(_library).addHandler(logging.NullHandler())

_NO_SEARCH = {"extensive_search": False, "original_date": True}
"""trafilatura looks for a date as well, and takes the likeliest: it is not asked for more than it must."""


def read_page(source: Source) -> Iterator[Article]:
    """A page → its article. Raises ReadRefused: encoding, size, depth, too-large or no-text."""
    yield article_of_page(read_bytes(source), origin=source.origin)


def article_of_page(data: bytes, *, origin: str, charset: str | None = None, url: str = "") -> Article:
    """The bytes of a page → its article. Raises ReadRefused as `read_page` does.

    ``charset`` and ``url`` are what came with the page; without ``url`` the page's own canonical address is
    taken, if it is one of the web.
    """
    decoded = decode_markup(data, origin=origin, declared=charset)
    tree = parse_page(decoded.text, origin=origin)
    flags = [*decoded.flags, *(["hidden-text"] if drop_hidden(tree) else [])]
    restored = _shelter(tree, decoded.text)
    meta, body = _extract(tree, origin)
    address = url or web_address(meta.url)
    published, inferred = find_published(tree, address)
    whole, title_end, body_start = join((meta.title or "").translate(restored), body.translate(restored))
    return make_article(
        whole,
        title_end=title_end,
        body_start=body_start,
        origin=origin,
        encoding=decoded.encoding,
        source=(meta.sitename or "").translate(restored),
        url=address,
        published=published,
        author=(meta.author or "").translate(restored),
        flags=[*flags, *(["date-inferred"] if inferred else [])],
    )


def _extract(tree: HtmlElement, origin: str) -> tuple[Document, str]:
    """A tree → (what trafilatura knows of the page, its report). Raises ReadRefused "no-text" or "page"."""
    try:
        meta = extract_metadata(tree, date_config=_NO_SEARCH)
        found = trafilatura.bare_extraction(tree, include_comments=False)
    except _FAULTS as error:
        what, to_do = f"its extraction failed with {type(error).__name__}", "save the article's text as .txt"
        raise ReadRefused(origin=origin, code="page", what=what, to_do=to_do) from error
    body = to_text(found.body) if isinstance(found, Document) else ""
    if not body:
        raise no_text(origin)
    return meta, body


def web_address(written: str | None) -> str:
    """An address as a file gives it → the same if it leads to the web, else ""."""
    address = (written or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc and address.isprintable() else ""


def _shelter(tree: HtmlElement, text: str) -> dict[int, str]:
    """Put stand-ins for marks without width into a tree → {stand-in: mark}."""
    letters = set("".join(chain(tree.itertext(), tree.xpath("//@content"))))
    marks = sorted(letter for letter in letters if unicodedata.category(letter) == "Cf")
    free = (code for code in _STAND_INS if chr(code).isprintable() and chr(code) not in text)
    stand_ins = dict(zip(marks, free, strict=False))
    table = {ord(mark): chr(code) for mark, code in stand_ins.items()}
    for element in tree.iter() if table else ():
        element.text = element.text and element.text.translate(table)
        element.tail = element.tail and element.tail.translate(table)
        if element.get("content"):
            element.set("content", element.get("content").translate(table))
    return {code: mark for mark, code in stand_ins.items()}
