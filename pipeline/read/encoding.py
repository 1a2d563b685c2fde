"""The first bytes of a file → its encoding, or the reason why it is no text that can be read.

UTF-8 strictly, then byte order marks, then what reports from Iraq were saved in before UTF-8. Where two
encodings are equally likely the file is refused: a wrong guess would put wrong names on the map.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
_NARROW = ("windows-1256", "iso-8859-6", "windows-1254")
_WESTERN = "windows-1252"
_ONLY_TURKISH = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
"""Bytes that are other letters in windows-1254 (as in ISO-8859-9) than in windows-1252: all else is the same."""
GUESSED = frozenset({*_WIDE, *_NARROW, _WESTERN})
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
_EXPECTED = re.compile(
    r"[\t\n\r\f -~\u0600-\u06ff\u200b-\u200f\u202a-\u202e«»“”‘’„…–—•·°´€\xa0çÇğĞıİöÖşŞüÜâÂêÊîÎûÛéÉðÐýÝþÞ]"
)
"""What reports in our languages are written in, with what older sites make of Turkish letters (Baðdat)."""
_EXPECTED_SHARE = 0.95
_STRANGE = re.compile(
    # An Arabic letter beside a Latin one, a Latin letter with an Arabic vowel or a direction mark, a tanwin within a
    # word: what letters of one encoding look like in another.
    "[A-Za-z\u00c0-\u024f][\u064b-\u0652\u200c-\u200f]*[\u0620-\u064a\u066e-\u06d3]"
    "|[\u0620-\u064a\u066e-\u06d3][\u064b-\u0652\u200c\u200d]*[A-Za-z\u00c0-\u024f]"
    "|[A-Za-z\u00c0-\u024f][\u064b-\u0652\u200c-\u200f]"
    "|[\u064c\u064d][\u0621-\u064a]"
)
_STRANGE_SHARE = 0.05
_ARABIC, _ARABIC_WORD = re.compile("[\u0600-\u06ff]"), re.compile("[\u0621-\u064a]{3}")
_FREQUENT, _FREQUENT_SHARE = frozenset("اليمونرتبهةیک"), 0.4
"""The letters that make up two thirds of Arabic and Persian, and the share below which it is neither."""
_LIKELY = 0.0
_CONTROL = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")
_MEANT = {f"cp125{n}": f"windows-125{n}" for n in range(9)} | {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-6": "iso-8859-6",
    "iso8859-9": "windows-1254",
}
_DECLARABLE = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|windows-\d+|iso-?8859-\d+|koi8-\w|cp(?:720|864|866)|mac-\w+"
)
_CLEAR = 0.04
"""By how much one reading must look better than another to be taken without asking charset-normalizer."""


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

    ``declared`` is a name as it stands in an HTML or XML head or after "charset=" (pipeline.read.declared finds it).
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
    return _find_narrow(head, origin, codec_of(declared) if declared else None)


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
        if _is_expected(text):
            return name
    return None


def _find_narrow(head: bytes, origin: str, declared: str | None) -> Decided:
    """The encoding of bytes that are not UTF-8; a few that fit no encoding are damage to UTF-8."""
    has_nul = b"\0" in head  # which text of a byte a letter never has
    sample = b"\n".join(line for line in head.splitlines() if not line.isascii())[:_SAMPLE]
    if not has_nul and declared and (looks := _looks(sample, declared)) and looks > _LIKELY:
        return Decided(declared, ("encoding-declared",))
    if not has_nul and (narrow := _guess_narrow(sample)):
        return Decided(narrow, _how(narrow, declared))
    if not has_nul and declared and _is_clean(sample, declared):
        return Decided(declared, ("encoding-declared",))
    if len(head) - len(head.translate(None, _BEYOND_ASCII)) > _FEW * len(head):
        raise _binary(origin, "no text") if has_nul else _unsure(origin)
    return Decided("utf-8")


def _guess_narrow(sample: bytes) -> str | None:
    """The one likely encoding of a byte a letter; None where none is, or two are with different texts."""
    likely = {name: looks for name in _NARROW if (looks := _looks(sample, name)) > _LIKELY}
    if not likely:
        return None
    best = max(likely, key=lambda name: likely[name])
    text = sample.decode(best)
    rivals = [name for name in likely if likely[best] - likely[name] < _CLEAR and sample.decode(name) != text]
    if rivals:
        best = _by_library(sample, [best, *rivals]) or ""
    elif not any(letter > "\u024f" for letter in text if letter.isalpha()):
        best = "windows-1254" if _ONLY_TURKISH.search(sample) else _WESTERN
    return best or None


def _by_library(sample: bytes, names: list[str]) -> str | None:
    """The encoding in which charset-normalizer sees less disorder and more language; None where two are alike."""
    matches = from_bytes(sample, cp_isolation=names, threshold=1.0)
    ranked = sorted(((match.chaos, -match.coherence), match.encoding) for match in matches)
    if len(ranked) < len(names) or ranked[0][0] == ranked[1][0]:
        return None
    return next(name for name in names if codecs.lookup(name).name == codecs.lookup(ranked[0][1]).name)


def _looks(sample: bytes, name: str) -> float:
    """How much like text of the field bytes look in an encoding: 1 at best, below _LIKELY where they do not."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return -1.0
    beyond = "".join(letter for letter in text if letter > "\x7f")
    arabic = _ARABIC.findall(text)
    if arabic and not (_ARABIC_WORD.search(text) and _are_frequent(arabic)):
        return -1.0
    strange = len(_STRANGE.findall(text)) / max(1, len(beyond))
    return -1.0 if strange > _STRANGE_SHARE or not _is_expected(beyond) else 1.0 - strange


def _are_frequent(letters: Sequence[str]) -> bool:
    return sum(letter in _FREQUENT for letter in letters) >= _FREQUENT_SHARE * len(letters)


def _is_clean(sample: bytes, name: str) -> bool:
    """Whether bytes are text of any language in the encoding declared: letters and signs, no control bytes."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return False
    beyond = [letter for letter in text if letter > "\x7f"]
    letters = sum(letter.isalpha() for letter in beyond)
    return letters >= len(beyond) / 2 and not _STRANGE.search(text) and not _CONTROL.search(text)


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
