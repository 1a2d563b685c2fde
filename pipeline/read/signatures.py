"""The first bytes of a file → whether it is of a format, without the library that reads it.

These judge every file in the process that everything runs in. The readers, and the libraries below them, are imported
where a file is read: for formats that are read apart, in a child alone.
"""

import codecs
import re
import zlib

from pipeline.read.source import Head

_MARKUP_START = 1 << 16
_PROLOGUE = r"\s*(?>(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE\s+(?!html)[^\[>]*(?:\[.*?\]\s*)?>)\s*)*+"
_PAGE = re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_PROLOGUE + r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"customXml/")
_GZIP = b"\x1f\x8b\x08"
_WARC = (b"WARC/", b"filedesc:")
_WARC_START = 1 << 20
_WARC_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_WARC_HEADER_END = b"\r\n\r\n"
_CHAT = re.compile(
    r'\s*\{(?=.*"messages"\s*:\s*\[).*"type"\s*:\s*"(?:saved_messages|replies|verification_codes'
    r'|personal_chat|bot_chat|private_group|(?:private|public)_(?:supergroup|channel))"',
    re.DOTALL,
)
_ACCOUNT = re.compile(
    r'\s*\{\s*"about"\s*:\s*".*"(?:personal_information|chats|contacts)"\s*:\s*\{', re.DOTALL
)
_JSON_START = 8192


def is_page(head: Head) -> bool:
    """Whether bytes open as a web page."""
    return bool(_PAGE.match(markup_start(head.data)))


def is_feed(head: Head) -> bool:
    """Whether bytes open as RSS or Atom."""
    return bool(_FEED.match(markup_start(head.data)))


def markup_start(data: bytes) -> str:
    """The first letters of a page or feed, good enough to see tags by."""
    start = data[:_MARKUP_START]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", errors="replace")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def is_mhtml(head: Head) -> bool:
    """Whether bytes open with the header of a message of related parts."""
    header = _HEADER.match(head.data[:8192])
    return bool(header and _RELATED.search(header[0]))


def is_parquet(head: Head) -> bool:
    """Whether bytes open as Parquet."""
    return head.data.startswith(b"PAR1")


def is_pdf(head: Head) -> bool:
    """Whether bytes open as a PDF; some begin with a few bytes of something else."""
    return b"%PDF-" in head.data[:1024]


def is_zip(head: Head) -> bool:
    """Whether bytes open as a ZIP archive, or are an empty one."""
    return head.data.startswith((_ZIP, _EMPTY_ZIP))


def is_docx(head: Head) -> bool:
    """Whether the first member of a ZIP archive is one that Office files begin with."""
    data = head.data
    return data.startswith(_ZIP) and data[30:].startswith(_OFFICE)


def is_gzip(head: Head) -> bool:
    """Whether bytes open as gzip."""
    return head.data.startswith(_GZIP)


def is_warc(head: Head) -> bool:
    """Whether bytes, compressed or not, open as a WARC or ARC file.

    Not if many records are compressed as one, which warcio does not read: then they must be unpacked first.
    """
    start = warc_start(head.data, _WARC_START)
    return start is not None and (start is head.data or not _holds_another(start))


def warc_start(data: bytes, size: int) -> bytes | None:
    """The bytes of a WARC or ARC record, the first ``size`` of them where they are unpacked; None if none begins."""
    start = data
    if data.startswith(_GZIP):
        try:
            start = zlib.decompressobj(31).decompress(data, size)
        except zlib.error:
            return None
    return start if start.startswith(_WARC) else None


def _holds_another(start: bytes) -> bool:
    """Whether a second record follows the first in the same bytes."""
    header_end = start.find(_WARC_HEADER_END)
    length = _WARC_LENGTH.search(start[:header_end])
    behind = header_end + len(_WARC_HEADER_END) + int(length[1]) if length else len(start)
    return start[behind : behind + 16].lstrip().startswith(_WARC)


def is_telegram(head: Head) -> bool:
    """Whether a text opens as an export of Telegram Desktop."""
    start = head.letters[:_JSON_START]
    return bool(_CHAT.match(start) or _ACCOUNT.match(start))
