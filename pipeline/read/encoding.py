"""The first bytes of a file → its encoding, or the reason why it is no text that can be read.

UTF-8 strictly, then byte order marks, then what reports from Iraq were saved in before UTF-8. Where two
encodings are equally likely the file is refused: a wrong guess would put wrong names on the map.
"""

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.errors import ReadRefused

_BOMS = (
    # UTF-32 before UTF-16: the mark of the one begins with that of the other.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_NARROW = {"cp1256": "windows-1256", "iso8859_6": "iso-8859-6", "cp1254": "windows-1254"}
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database or a GeoPackage"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_SAMPLE = 1 << 16
_CONTROLS = bytes(set(range(0x20)) - set(b"\x00\t\n\r\f\x1b"))
_SOME_CONTROLS = 0.05
"""Share of control bytes above which bytes are no text in an encoding of one byte a letter."""
_MANY_NULS = 0.1
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_FEW = 0.05
"""Share of bytes beyond ASCII up to which such as fit no encoding are damage to a text in UTF-8."""
_EXPECTED = re.compile(
    r"[\t\n\r\f -~\u0600-\u06ff\u200b-\u200f\u202a-\u202e«»“”‘’„…–—•·°´€\xa0çÇğĞıİöÖşŞüÜâÂêÊîÎûÛéÉðÐýÝþÞ]"
)
"""What reports in our languages are written in, with what older sites make of Turkish letters (Baðdat)."""
_EXPECTED_SHARE = 0.95


def find_encoding(head: bytes, *, whole: bool, origin: str) -> str:
    """The head of a file → the name of its codec.

    ``whole`` says that the head is all there is. Raises ReadRefused: "empty", "binary" or "encoding".
    """
    mark, marked = next(((mark, name) for mark, name in _BOMS if head.startswith(mark)), (b"", ""))
    if not head[len(mark) :].strip(b" \t\r\n\f\0"):
        raise _empty(origin)
    if what := next((what for magic, what in _MAGIC if head.startswith(magic)), None):
        raise _binary(origin, what)
    if marked:
        return marked
    if _is_wide_or_binary(head):
        if wide := _guess_wide(head[:_SAMPLE]):
            return wide
        raise _binary(origin, "no text")
    if _is_mostly_utf8(head, whole=whole):
        return "utf-8"
    return _find_narrow(head, origin)


def decode(data: bytes, *, encoding: str, origin: str) -> str:
    """All bytes of a file → its text, without a byte order mark. Raises ReadRefused "encoding"."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise undecodable(origin, encoding, error.start) from error


def undecodable(origin: str, encoding: str, place: int | None = None) -> ReadRefused:
    """The refusal of bytes that are not in the encoding found; ``place`` is the first wrong byte, from 0."""
    where = "" if place is None else f" at byte {place}"
    what = f"damaged {encoding.upper()}{where}"
    return ReadRefused(origin=origin, code="encoding", what=what, to_do="fetch it again or save it as UTF-8")


def _is_wide_or_binary(head: bytes) -> bool:
    """UTF-16 of Arabic letters is valid UTF-8 byte by byte: control bytes and NULs give it away."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > _SOME_CONTROLS * len(head) or head.count(0) > _MANY_NULS * len(head)


def _is_mostly_utf8(head: bytes, *, whole: bool) -> bool:
    """Whether at least half of the letters beyond ASCII are well-formed UTF-8.

    Text in another encoding hardly ever is, so the rest is damage: it costs a record, or the file where the
    file is one text, and is never read in an encoding of one byte a letter.
    """
    text = codecs.getincrementaldecoder("utf-8")(errors="replace").decode(head, final=whole)
    damaged = text.count("\ufffd") - head.count("\ufffd".encode())
    return damaged <= sum(letter > "\x7f" for letter in text) / 2


def _guess_wide(sample: bytes) -> str | None:
    """The UTF-16 or UTF-32 in which the sample is text: a wrong one shows letters of no language here."""
    for name in _WIDE:
        text = codecs.getincrementaldecoder(name)(errors="replace").decode(sample)
        if _is_expected(text):
            return name
    return None


def _find_narrow(head: bytes, origin: str) -> str:
    """The encoding of bytes that are not UTF-8; a few that fit no encoding are damage to UTF-8."""
    has_nul = b"\0" in head  # which text of a byte a letter never has
    if not has_nul and (narrow := _guess_narrow(head)):
        return narrow
    if len(head) - len(head.translate(None, _BEYOND_ASCII)) > _FEW * len(head):
        raise _binary(origin, "no text") if has_nul else _unsure(origin)
    return "utf-8"


def _guess_narrow(head: bytes) -> str | None:
    """The one likeliest encoding of a byte a letter; None where none fits or two fit with different texts."""
    sample = b"\n".join(line for line in head.splitlines() if not line.isascii())[:_SAMPLE]
    matches = list(from_bytes(sample, cp_isolation=list(_NARROW)))
    if not matches or not _is_expected("".join(letter for letter in str(matches[0]) if letter > "\x7f")):
        return None
    best = matches[0]
    rivals = [other for other in matches[1:] if str(other) != str(best)]
    if any((other.chaos, -other.coherence) <= (best.chaos, -best.coherence) for other in rivals):
        return None
    return _NARROW[best.encoding]


def _is_expected(text: str) -> bool:
    return bool(text) and len(_EXPECTED.findall(text)) >= _EXPECTED_SHARE * len(text)


def _empty(origin: str) -> ReadRefused:
    return ReadRefused(
        origin=origin, code="empty", what="holds no text", to_do="nothing to read, leave it out"
    )


def _binary(origin: str, what: str) -> ReadRefused:
    return ReadRefused(
        origin=origin,
        code="binary",
        what=f"seems to be {what}",
        to_do="save its text as a .txt file in UTF-8",
    )


def _unsure(origin: str) -> ReadRefused:
    return ReadRefused(
        origin=origin, code="encoding", what="its encoding cannot be told for sure", to_do="save it as UTF-8"
    )
