"""Bytes for the tests of the readers, each made by the library that knows the format, or against it."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SENTENCES = (
    "Two people were wounded on Sunday when a bomb went off near the market of Tuz Khurmatu, police said.",
    "The officer, who asked not to be named, said that the bomb had been hidden under a cart.",
    "Officials in Kirkuk and in Tikrit each said that the other should have guarded the road.",
)
URL = "https://news.example.org/tuz"


def page(*paragraphs: str, head: str = "", title: str = "Blast in Tuz Khurmatu") -> bytes:
    """A web page of these paragraphs, or of three sentences."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs or SENTENCES)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def rss(*items: str, prologue: str = "", title: str = "Example Wire") -> bytes:
    """An RSS file of these items; ``prologue`` stands before its first element."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{prologue}<rss version="2.0"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>"
    ).encode()


def item(title: str = "Blast in Tuz", description: str = SENTENCES[0], more: str = "") -> str:
    """An entry of an RSS file, its texts written as XML."""
    return f"<item><title>{title}</title><description>{description}</description>{more}</item>"


def answer(
    payload: bytes | None = None,
    *,
    url: str = URL,
    kind: str = "response",
    status: str = "200 OK",
    mime: str = "text/html; charset=utf-8",
    headers: Sequence[tuple[str, str]] = (),
    packed: bool = True,
) -> bytes:
    """One WARC record, compressed unless said otherwise."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    http = None
    if kind in {"response", "revisit"}:
        http = StatusAndHeaders(status, [("Content-Type", mime), *headers], protocol="HTTP/1.1")
    elif kind == "request":
        http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example.org")], is_http_request=True)
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(page() if payload is None else payload),
        http_headers=http,
        warc_content_type="" if http else mime,
        warc_headers_dict={
            "WARC-Date": "2024-06-01T00:00:00Z",
            "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        },
    )
    writer.write_record(record)
    return out.getvalue()


def bare_warc(body: bytes, *, length: int | str | None = None, more: str = "") -> bytes:
    """One WARC record that is not compressed, whatever length it claims."""
    claimed = len(body) if length is None else length
    header = (
        f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {URL}\r\nContent-Type: text/html\r\n"
        f"WARC-Date: 2024-06-01T00:00:00Z\r\n{more}Content-Length: {claimed}\r\n\r\n"
    )
    return header.encode() + body + b"\r\n\r\n"


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def chat(*messages: Mapping[str, object], name: str = "Channel", kind: str = "public_channel") -> bytes:
    """An export of Telegram Desktop."""
    return json.dumps({"name": name, "type": kind, "id": 1001, "messages": list(messages)}).encode()


def message(text: object = SENTENCES[0], **more: object) -> Mapping[str, object]:
    """A message of a channel."""
    return {"id": 7, "type": "message", "date": "2024-05-12T12:00:00", "text": text, **more}
