"""The first bytes of a file → its encoding, or the reason why it is no text that can be read.

UTF-8 strictly, then byte order marks, then what reports from Iraq were saved in before UTF-8. Where two
encodings are equally likely the file is refused: a wrong guess would put wrong names on the map.
"""

import codecs
import re
from dataclasses import dataclass

from pipeline.errors import ReadRefused
from pipeline.read.narrow import NARROW, WESTERN, guess_narrow, is_clean, is_expected, is_likely

_BOMS = (
    # UTF-32 before UTF-16: the mark of the one begins with that of the other.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
GUESSED = frozenset({*_WIDE, *NARROW, WESTERN})
"""What an encoding is called that was neither strict UTF-8 nor marked."""
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
_MEANT = {f"cp125{n}": f"windows-125{n}" for n in range(9)} | {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-6": "iso-8859-6",
    "iso8859-9": "windows-1254",
}
_DECLARABLE = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|windows-\d+|iso-?8859-\d+|koi8-\w|cp(?:720|864|866)|mac-\w+"
)


@dataclass(frozen=True, slots=True)
class Decided:
    """An encoding and how it came to be known: ``flags`` is empty where the bytes themselves prove it.

    "encoding-declared": as the source says, and the text looks like it. "encoding-guessed": by what the text looks
    like. "encoding-misdeclared": the source says another, in which the bytes are no text.
    """

    encoding: str
    flags: tuple[str, ...] = ()


def find_encoding(head: bytes, *, whole: bool, origin: str) -> str:
    """The head of a file → the name of its codec.

    ``whole`` says that the head is all there is. Raises ReadRefused: "empty", "binary" or "encoding".
    """
    return decide_encoding(head, whole=whole, origin=origin).encoding


def decide_encoding(head: bytes, *, whole: bool, origin: str, declared: str | None = None) -> Decided:
    """The head of a file, and the encoding that its source declares → its encoding and how it is known.

    ``declared`` is a name as it stands in the head of an HTML or XML file or in an HTTP header, after "charset=".
    Raises ReadRefused: "empty", "binary" or "encoding".
    """
    mark, marked = next(((mark, name) for mark, name in _BOMS if head.startswith(mark)), (b"", ""))
    if not head[len(mark) :].strip(b" \t\r\n\f\0"):
        raise _empty(origin)
    if what := next((what for magic, what in _MAGIC if head.startswith(magic)), None):
        raise _binary(origin, what)
    if marked:
        return Decided(marked)
    if _is_wide_or_binary(head):
        if wide := _guess_wide(head[:_SAMPLE]):
            return Decided(wide, _how(wide, declared))
        raise _binary(origin, "no text")
    if _is_mostly_utf8(head, whole=whole):
        return Decided("utf-8")
    return _find_narrow(head, origin, declared)


def codec_of(declared: str) -> str | None:
    """An encoding's name as sources declare it → the codec that browsers mean by it, None where it is no text's."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'").lower()).name
    except (LookupError, ValueError):
        return None
    named = _MEANT.get(name, name)
    return named if _DECLARABLE.fullmatch(named) else None


def _how(encoding: str, declared: str | None) -> tuple[str, ...]:
    meant = codec_of(declared) if declared else None
    if meant == encoding or (meant == "utf-16" and encoding in _WIDE):
        return ("encoding-declared",)
    return ("encoding-guessed", "encoding-misdeclared") if meant else ("encoding-guessed",)


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
        if is_expected(text):
            return name
    return None


def _find_narrow(head: bytes, origin: str, declared: str | None) -> Decided:
    """The encoding of bytes that are not UTF-8; a few that fit no encoding are damage to UTF-8."""
    has_nul = b"\0" in head  # which text of a byte a letter never has
    if not has_nul and (decided := _decide_narrow(head, declared)):
        return decided
    if len(head) - len(head.translate(None, _BEYOND_ASCII)) > _FEW * len(head):
        raise _binary(origin, "no text") if has_nul else _unsure(origin)
    return Decided("utf-8")


def _decide_narrow(head: bytes, declared: str | None) -> Decided | None:
    """The declared encoding if the text looks like the field's in it, else the likeliest one, else the declared one."""
    sample = b"\n".join(line for line in head.splitlines() if not line.isascii())[:_SAMPLE]
    meant = codec_of(declared) if declared else None
    narrow = meant if meant and not meant.startswith("utf") else None
    if narrow and is_likely(sample, narrow):
        return Decided(narrow, ("encoding-declared",))
    if guessed := guess_narrow(sample):
        return Decided(guessed, _how(guessed, declared))
    if narrow and is_clean(sample, narrow):
        return Decided(narrow, ("encoding-declared",))
    return None


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
