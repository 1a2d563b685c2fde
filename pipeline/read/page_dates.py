"""The tree of a web page → the day of publication as its makers wrote it; never a day that is merely likely."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.read.dates import read_date

_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "publish-date",
    "publishdate",
    "pubdate",
    "dc.date",
    "date",
)
"""Names under which the head of a page gives the day, the surest first."""
_TIMES = (
    "//*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
    "(//article | //main)[1]//time/@datetime",
)
_AROUND = (
    "(//article | //main)[1]",
    "(//h1)[1]/parent::*[not(self::body)]",
    "(//h1)[1]/parent::*/parent::*[not(self::body or self::html)]",
)
"""Where a day may be shown that is the report's own: around its title, and not beside the teaser of another."""
_SHOWN = (
    ".//*[contains(@class, 'date') or contains(@class, 'publish') or self::time]"
    "[not(ancestor::aside or ancestor::nav or ancestor::footer or ancestor::a or ancestor::li)]"
)
_LONGEST = 60
"""Letters of a date on the page at most: what is longer is a sentence."""
_IN_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)", re.ASCII
)


def find_published(tree: HtmlElement, address: str) -> tuple[str, bool]:
    """A page and its address → (the day as written, whether it was inferred); "" where none can be read.

    Inferred: not declared by the page for programs, but part of its address or shown above the text.
    """
    if day := next(_readable(_declared(tree)), ""):
        return day, False
    if match := _IN_ADDRESS.search(urlsplit(address).path):
        return "-".join(match.groups()), True
    day = next(_readable(_shown(tree)), "")
    return day, bool(day)


def _shown(tree: HtmlElement) -> Iterator[str]:
    around = (place for path in _AROUND for place in tree.xpath(path))
    shown = (element.text_content().strip() for place in around for element in place.xpath(_SHOWN))
    return (text for text in shown if len(text) <= _LONGEST)


def _readable(days: Iterator[str]) -> Iterator[str]:
    return (day for day in days if read_date(day))


def _declared(tree: HtmlElement) -> Iterator[str]:
    metas = {_name(meta): meta.get("content") or "" for meta in reversed(tree.xpath("//meta"))}
    yield from (metas.get(name, "") for name in _META[:2])
    for data in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from (match[1] for match in _IN_DATA.finditer(data))
    yield from (metas.get(name, "") for name in _META[2:])
    for path in _TIMES:
        yield from map(str, tree.xpath(path))


def _name(meta: HtmlElement) -> str:
    return (meta.get("property") or meta.get("itemprop") or meta.get("name") or "").lower()
