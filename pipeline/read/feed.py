"""An RSS or Atom file → an Article an entry, by feedparser.

feedparser opens what it is given if that looks like an address or a path: only a stream of bytes is ever
given. Entities of a feed's own are refused, as they serve attacks and no report.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from xml.parsers import expat

import feedparser

from pipeline.errors import ReadRefused
from pipeline.read.door import refusal
from pipeline.read.fields import join, make_article
from pipeline.read.markup import (
    decode_markup,
    drop_hidden,
    parse_page,
    read_bytes,
    to_text,
    too_deep,
)
from pipeline.read.source import Source
from pipeline.read.webpage import web_address
from pipeline.records import Article, Refusal

_MAX_DEPTH = 500
_CUT = {
    expat.errors.codes[fault]
    for fault in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
_FAULTS = (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)
"""What feedparser raises on feeds it did not expect."""
_AS_UTF8 = {"content-type": "application/xml; charset=utf-8"}
_Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Channel:
    """What all entries of a feed share."""

    title: str
    encoding: str
    is_atom: bool
    flags: tuple[str, ...]


def read_feed(source: Source) -> Iterator[Article | Refusal]:
    """A feed → its entries. Raises ReadRefused: encoding, size, entities, depth or feed.

    What feedparser had to mend is flagged on every entry.
    """
    decoded = decode_markup(read_bytes(source), origin=source.origin)
    _check_entities(decoded.text, source.origin)
    cut = _is_cut(decoded.text, source.origin)
    # Scripts and styles are left out when HTML becomes text; feedparser's own cleaning hides what was hidden.
    try:
        parsed = feedparser.parse(
            io.BytesIO(decoded.text.encode("utf-8", "replace")),
            response_headers=_AS_UTF8,
            sanitize_html=False,
        )
    except _FAULTS as error:
        raise _no_entries(source.origin, error) from error
    if not parsed.entries:
        raise _no_entries(source.origin, parsed.get("bozo_exception"))
    channel = _Channel(
        title=_plain(parsed.feed.get("title_detail"), source.origin)[0],
        encoding=decoded.encoding,
        is_atom=parsed.version.startswith("atom"),
        flags=(*decoded.flags, *(["feed-mended"] if parsed.bozo else [])),
    )
    for number, entry in enumerate(parsed.entries, start=1):
        try:
            yield _article(entry, channel, source.record(number))
        except ReadRefused as error:
            yield refusal(error)
    if cut:
        yield refusal(_cut_off(source.origin))


def _check_entities(text: str, origin: str) -> None:
    """Raise ReadRefused "entities" if a feed declares any."""
    if "<!ENTITY" in text:
        raise ReadRefused(
            origin=origin,
            code="entities",
            what="declares entities of its own, which a feed has no use for",
            to_do="do not trust it; fetch the feed again from its publisher",
        )


def _is_cut(text: str, origin: str) -> bool:
    """Whether a feed ends before its last element does. Raises ReadRefused "depth".

    Looks as far as the first XML error: feedparser reads beyond it, and says that it had to.
    """
    depth = 0

    def enter(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise too_deep(origin)

    def leave(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003  pyexpat takes it by position
    except expat.ExpatError as error:
        return error.code in _CUT
    return False


def _article(entry: _Values, channel: _Channel, origin: str) -> Article:
    title, _ = _plain(entry.get("title_detail"), origin)
    body, hidden = _body(entry, origin)
    published, flags = _published(entry, channel)
    text, title_end, body_start = join(title, body)
    return make_article(
        text,
        title_end=title_end,
        body_start=body_start,
        origin=origin,
        encoding=channel.encoding,
        source=_source(entry) or channel.title,
        url=_address(entry),
        published=published,
        author=str(entry.get("author") or ""),
        flags=[
            *channel.flags,
            *flags,
            *(["hidden-text"] if hidden else []),
            *([] if body else ["title-only"]),
        ],
    )


def _body(entry: _Values, origin: str) -> tuple[str, bool]:
    """The content of an entry, or its summary where it has none → (text, whether something was hidden)."""
    contents = entry.get("content")
    details = [*(contents if isinstance(contents, list) else []), entry.get("summary_detail")]
    return next((found for detail in details if (found := _plain(detail, origin))[0]), ("", False))


def _plain(detail: object, origin: str) -> tuple[str, bool]:
    """A value with its type, as feedparser gives it → (its text, whether something in it was hidden)."""
    if not isinstance(detail, Mapping):
        return "", False
    value = str(detail.get("value") or "")
    if "<" not in value:  # no markup whatever the type says: line breaks are the writer's own
        return unescape(value).strip(), False
    tree = parse_page(f"<div>{value}</div>", origin=origin)
    hidden = drop_hidden(tree)
    return to_text(tree), hidden


def _published(entry: _Values, channel: _Channel) -> tuple[str, list[str]]:
    """The day of publication as written; that of the last change where an Atom entry has no other.

    In RSS, Dublin Core's date is that of publication, and feedparser gives it as that of a change.
    """
    if published := str(entry.get("published") or ""):
        return published, []
    updated = str(entry["updated"]) if "updated" in entry else ""
    return updated, ["date-of-update"] if updated and channel.is_atom else []


def _source(entry: _Values) -> str:
    origin = entry.get("source")
    return str(origin.get("title") or "") if isinstance(origin, Mapping) else ""


def _address(entry: _Values) -> str:
    """The entry's link; its identifier where that is an address of the web and there is no link."""
    return web_address(str(entry.get("link") or "")) or web_address(str(entry.get("id") or ""))


def _no_entries(origin: str, fault: object) -> ReadRefused:
    what = "a feed without entries"
    if isinstance(fault, Exception):
        what += f", and not well-formed ({type(fault).__name__})"
    return ReadRefused(origin=origin, code="feed", what=what, to_do="fetch the feed again")


def _cut_off(origin: str) -> ReadRefused:
    return ReadRefused(
        origin=origin, code="truncated", what="a feed that breaks off", to_do="fetch the feed again"
    )
