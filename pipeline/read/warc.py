"""WARC and ARC files, compressed or not → an Article a web page, with the address it was fetched from.

Only answers that are web pages are inputs. Requests, metadata, repeated visits, errors, pictures and all else
that a crawler keeps are passed over and counted. The day of the crawl is no day of publication.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import ReadRefused
from pipeline.read.door import refusal
from pipeline.read.signatures import is_page
from pipeline.read.source import MAX_TEXT, Found, Head, Skipped, Source
from pipeline.read.spool import seekable
from pipeline.read.warc_records import Damage, Record, content, read_records
from pipeline.read.webpage import article_of_page, web_address
from pipeline.records import Article, Refusal

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_KINDS = frozenset({"request", "metadata", "revisit", "warcinfo", "conversion", "continuation"})
_GROUPS = frozenset({"application", "audio", "font", "image", "text", "video"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_STATUS = re.compile(r"\d{3}", re.ASCII)
_DAMAGES = {
    "digest": ("its content is not what its digest says", "do not trust it; get the archive again"),
    "length": ("its length is not what it says", "get the archive again"),
    "truncated": ("breaks off", "get the archive again"),
    "warc": ("no WARC record", "get the archive again"),
    "given-up": ("too much damage so far, the rest was not read", "get the archive again"),
}


def read_warc(source: Source) -> Iterator[Found]:
    """An archive → its web pages. What is damaged is refused by record, and what lies behind it is read."""
    with seekable(source) as file:
        for record in read_records(file):
            if isinstance(record, Damage):
                yield _damaged(record, source)
            else:
                yield _skipped(record) or _page(record, source)


def _skipped(record: Record) -> Skipped | None:
    """What a record is counted as if it is no page."""
    kind = record.warc.rec_type
    if kind not in {"response", "resource"}:
        return Skipped(f"WARC {kind} record" if kind in _KINDS else "WARC record of another type")
    answer = record.warc.http_headers
    if kind == "response" and (status := _status(answer)) != "200":
        return Skipped(f"answer {status}" if status else "answer without a status")
    mime = _content_type(record).partition(";")[0].strip().lower()
    if mime in _PAGES or (not mime and is_page(Head(record.body))):
        return None
    group = mime.partition("/")[0]
    return Skipped(f"{group}/* file that is no page" if group in _GROUPS else "file of another type")


def _status(answer: object) -> str:
    code = str(answer.get_statuscode()) if answer else ""  # type: ignore[attr-defined]  # warcio has no types
    return code if _STATUS.fullmatch(code) else ""


def _content_type(record: Record) -> str:
    """The type as the server gave it, or as the crawler did where there was no server."""
    headers = record.warc.http_headers or record.warc.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _page(record: Record, source: Source) -> Article | Refusal:
    origin = source.record(record.number)
    try:
        if (data := content(record)) is None:
            raise _too_large(origin)
        charset = _CHARSET.search(_content_type(record))
        article = article_of_page(
            data,
            origin=origin,
            charset=charset[1] if charset else None,
            url=web_address(str(record.warc.rec_headers.get_header("WARC-Target-URI") or "")),
        )
    except ReadRefused as error:
        return refusal(error)
    return replace(article, flags=(*article.flags, "after-damage")) if record.resumed else article


def _too_large(origin: str) -> ReadRefused:
    what = f"a page of more than {MAX_TEXT // 1024**2} MB"
    return ReadRefused(origin=origin, code="too-large", what=what, to_do="leave it out")


def _damaged(record: Damage, source: Source) -> Refusal:
    what, to_do = _DAMAGES[record.code]
    return refusal(
        ReadRefused(
            origin=source.record(record.number),
            code=record.code,
            what=f"the record at byte {record.offset}: {what}",
            to_do=to_do,
        )
    )
