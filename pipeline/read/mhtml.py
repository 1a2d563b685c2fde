"""A page saved whole, with its pictures, in one file (MHTML) → the Article of its HTML part."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from pipeline.errors import ReadRefused
from pipeline.read.door import read_up_to
from pipeline.read.markup import no_text, too_deep
from pipeline.read.source import Source
from pipeline.read.webpage import article_of_page, web_address
from pipeline.records import Article

_MAX_FILE = 64 * 1024**2
_PLACES = ("Snapshot-Content-Location", "Content-Location")


def read_mhtml(source: Source) -> Iterator[Article]:
    """A saved page → its article. Raises ReadRefused: too-large, depth, no-text, and as a web page does."""
    message = _message(source)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            yield article_of_page(
                payload if isinstance(payload, bytes) else b"",
                origin=source.origin,
                charset=part.get_content_charset(),
                url=_address(message, part),
            )
            return
    raise no_text(source.origin)


def _message(source: Source) -> EmailMessage:
    data = read_up_to(source.stream, _MAX_FILE)
    if len(data) > _MAX_FILE:
        what = f"a saved page of more than {_MAX_FILE // 1024**2} MB"
        raise ReadRefused(
            origin=source.origin, code="too-large", what=what, to_do="save it as HTML, without its pictures"
        )
    try:
        return message_from_bytes(data, policy=policy.default)
    except RecursionError as error:
        raise too_deep(source.origin) from error


def _address(message: EmailMessage, part: EmailMessage) -> str:
    places = (str(header.get(name, "")) for name in _PLACES for header in (message, part))
    return next((place for place in map(web_address, places) if place), "")
