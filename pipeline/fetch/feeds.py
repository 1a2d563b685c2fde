"""Feeds → their new pages in a WARC file, one after the other; each failure is told and the rest goes on."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import feedparser

from pipeline.errors import FetchRefused
from pipeline.fetch.address import Reach, printable_url, refused_at
from pipeline.fetch.evidence import Evidence, evidence_in
from pipeline.fetch.http import Exchange, Limits
from pipeline.fetch.manners import Manners
from pipeline.fetch.state import FeedState, load_state, save_state

WARCS, STATES = "warc", "state"
_OK, _UNCHANGED = 200, 304
_GONE = (404, 410)
_PAGES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/xml",
    "text/xml",
    "application/pdf",
)
# What another try will not change: such a page is not asked for again.
_FINAL = frozenset(
    {"url", "scheme", "port", "address", "robots", "too-large", "downgrade", "gone", "kind", "redirects"}
)
# zlib's number for "gzip or zlib, by its header".
_ANY_HEADER = 47


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of the feeds: pages kept, pages and feeds refused, pages left for the next fetch."""

    feeds: int = 0
    unchanged: int = 0
    pages: int = 0
    refused: int = 0
    left: int = 0
    warc: Path | None = None


@dataclass(frozen=True, slots=True)
class _Fetch:
    """What the functions of one fetch share."""

    manners: Manners
    evidence: Evidence
    states: Path
    most: int
    on_refusal: Callable[[FetchRefused], None]
    on_page: Callable[[str], None]


def fetch_feeds(
    urls: Sequence[str],
    *,
    into: Path,
    reach: Reach | None = None,
    limits: Limits | None = None,
    delay: float = 2.0,
    most: int = 100,
    on_refusal: Callable[[FetchRefused], None] = lambda _: None,
    on_page: Callable[[str], None] = lambda _: None,
) -> FetchReport:
    """Addresses of feeds → their new pages in ``into``/warc; what is done is remembered in ``into``/state.

    ``delay`` is the distance in seconds between requests to one server, ``most`` the number of pages of a feed in one
    fetch; what is left is fetched the next time. Raises ProjectError where nothing can be written.
    """
    manners = Manners(reach or Reach(), limits or Limits(), delay)
    report = FetchReport()
    with evidence_in(into / WARCS) as evidence:
        fetch = _Fetch(manners, evidence, into / STATES, most, on_refusal, on_page)
        for url in dict.fromkeys(urls):
            report = _add(report, _feed(url, fetch))
        return replace(report, warc=evidence.path)


def _add(one: FetchReport, other: FetchReport) -> FetchReport:
    return FetchReport(
        feeds=one.feeds + other.feeds,
        unchanged=one.unchanged + other.unchanged,
        pages=one.pages + other.pages,
        refused=one.refused + other.refused,
        left=one.left + other.left,
    )


def _feed(url: str, fetch: _Fetch) -> FetchReport:
    try:
        state = load_state(fetch.states, url)
        exchanges = fetch.manners.get(url, **_conditions(state))
        answer = exchanges[-1]
        if answer.status == _UNCHANGED:
            return FetchReport(feeds=1, unchanged=1)
        links = _links(answer, url)
    except FetchRefused as error:
        fetch.on_refusal(error)
        return FetchReport(feeds=1, refused=1)
    fetch.evidence.keep(exchanges)
    fresh = [link for link in links if link not in set(state.done)]
    return _pages(fresh, answer, state, fetch)


def _conditions(state: FeedState) -> dict[str, str]:
    asked = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in asked.items() if value and value.isprintable()}


def _pages(fresh: Sequence[str], answer: Exchange, state: FeedState, fetch: _Fetch) -> FetchReport:
    """New pages of a feed → kept, at most so many; the feed counts as read when none is left."""
    pages = refused = left = 0
    for link in fresh[: fetch.most]:
        try:
            _page(link, fetch)
            pages += 1
            fetch.on_page(link)
        except FetchRefused as error:
            fetch.on_refusal(error)
            refused += 1
            if error.code not in _FINAL:
                left += 1
                continue
        state = state.with_page(link)
        save_state(fetch.states, state)
    left += len(fresh[fetch.most :])
    if not left:
        state = replace(state, etag=answer.header("ETag"), modified=answer.header("Last-Modified"))
        save_state(fetch.states, state)
    return FetchReport(feeds=1, pages=pages, refused=refused, left=left)


def _page(url: str, fetch: _Fetch) -> None:
    exchanges = fetch.manners.get(url)
    answer = exchanges[-1]
    if answer.status != _OK:
        code = "gone" if answer.status in _GONE else "status"
        raise refused_at(url, code, f"the server answered {answer.status}", "try again later")
    kind = (answer.header("Content-Type") or "text/html").partition(";")[0].strip().lower()
    if kind not in _PAGES:
        raise refused_at(
            url, "kind", f"is {printable_url(kind)} and no page", "save it by hand if you need it"
        )
    fetch.evidence.keep(exchanges)


def _links(answer: Exchange, url: str) -> list[str]:
    """A feed's answer → addresses of its pages, the feed's own order. Raises FetchRefused "status" or "feed"."""
    if answer.status != _OK:
        raise refused_at(url, "status", f"the server answered {answer.status}", "check the feed's address")
    # Only ever bytes: given text that looks like an address, feedparser would fetch it itself.
    parsed = feedparser.parse(BytesIO(_decoded(answer, url)))
    links = [str(entry.link) for entry in parsed.entries if entry.get("link")]
    if not links and (parsed.bozo or not parsed.get("version")):
        raise refused_at(url, "feed", "is no RSS or Atom feed", "name the address of the feed, not of a page")
    return list(dict.fromkeys(urldefrag(urljoin(answer.url, link)).url for link in links))


def _decoded(answer: Exchange, url: str) -> bytes:
    """The body of an answer without its compression, which was not asked for; never more than a feed can be."""
    if (answer.header("Content-Encoding") or "identity").lower() == "identity":
        return answer.body
    unpack = zlib.decompressobj(_ANY_HEADER)
    try:
        body = unpack.decompress(answer.body, Limits().size)
    except zlib.error as error:
        raise refused_at(
            url, "compression", "is compressed in an unknown way", "check the feed's address"
        ) from error
    if unpack.unconsumed_tail:
        raise refused_at(url, "too-large", "unpacks to more than a feed can be", "check the feed's address")
    return body
