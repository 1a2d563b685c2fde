"""A text → whether it was once decoded in the wrong encoding: a page that says Ø¨ØºØ¯Ø§Ø¯ where it means بغداد.

Such a text is valid in itself, so no decoder objects; it is kept as it is and flagged, as its places cannot be found.
"""

import re
from collections.abc import Iterator
from functools import cache

_REACH = 4000
"""Letters looked at from the beginning of a text, and as many from its middle."""
_FEW = 2
_SHARE = 0.05
"""Share of the letters beyond ASCII that must be of that kind; fewer may be a quotation, or chance."""
_TAKEN_FOR = ("cp1252", "cp1256", "cp1254")
_NO_BYTE = 0
_UTF8 = re.compile(
    rb"(?<![\x00\x80-\xff])(?:[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2})+(?![\x00\x80-\xff])"
)
"""Well-formed letters of two or three bytes, with nothing beside them that is not."""
_BEYOND = re.compile(r"[^\x00-\x7f]{2,}")
_WESTERN_WORD = re.compile(r"(?<![A-Za-z\u00c0-\u00ff])[\u00c0-\u00ff]{4,}(?![A-Za-z\u00c0-\u00ff])")
_ARABIC = re.compile(r"[\u0621-\u064a]+")
_OLD_FONT = re.compile("ة[\u0621-\u064a]")
"""Sorani typed for a font of before Unicode, which shows ة as ە, ط as گ and ض as چ: هةولَيَر."""
_ICELANDIC = re.compile("[ðýþÐÝÞ]")
_TURKISH = re.compile("[ğışĞİŞ]")
_NEVER = re.compile("[^\u0600-\u06ffÀ-ʯ\u200b-\u2027 ]")


def is_mojibake(text: str) -> bool:
    """Whether a fair share of the letters are those of another encoding's text read in a wrong one."""
    if text.isascii():
        return False
    text = text if len(text) <= 2 * _REACH else f"{text[:_REACH]}\n{text[len(text) // 2 :][:_REACH]}"
    beyond = sum(len(run) for run in _BEYOND.findall(text))
    enough = max(_FEW, _SHARE * beyond)
    return (
        max(sum(map(len, _utf8_in_bytes(text, encoding))) for encoding in _TAKEN_FOR) >= enough
        or sum(len(word) for word in _arabic_in_western(text)) > max(4 * _FEW - 1, _SHARE * beyond)
        or len(_OLD_FONT.findall(text)) > max(_FEW, _SHARE * beyond)
        or (len(_ICELANDIC.findall(text)) >= _FEW and not _TURKISH.search(text))
    )


def _utf8_in_bytes(text: str, encoding: str) -> Iterator[bytes]:
    """Runs that are the bytes of letters in UTF-8, each byte shown as a letter of a narrow encoding."""
    for run in _UTF8.findall(text.translate(_byte_of(encoding)).encode("latin-1")):
        if not _NEVER.search(run.decode("utf-8", "replace")):
            yield run


def _arabic_in_western(text: str) -> Iterator[str]:
    """Words of nothing but accented letters, which are the bytes of an Arabic word: ÈÛÏÇÏ."""
    for word in _WESTERN_WORD.findall(text):
        if _ARABIC.fullmatch(word.encode("cp1252").decode("cp1256", "replace")):
            yield word


@cache
def _byte_of(encoding: str) -> "_Bytes":
    """Letters → the bytes they were in an encoding, or in latin-1, where 80 to 9F are control signs."""
    letters = {
        ord(bytes([byte]).decode(encoding, "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)
    }
    return _Bytes({byte: byte for byte in range(0x80, 0xA0)} | letters)


class _Bytes(dict[int, int]):
    """A table for `str.translate` that leaves ASCII and makes _NO_BYTE of all it does not hold."""

    def __missing__(self, letter: int) -> int:
        return letter if letter < 0x80 else _NO_BYTE
