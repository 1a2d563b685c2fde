"""A text → whether it was once decoded in the wrong encoding: a page that says Ø¨ØºØ¯Ø§Ø¯ where it means بغداد.

Such a text is valid in itself, so no decoder objects; it is kept as it is and flagged, as its places cannot be found.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

_REACH = 4000
"""Letters looked at from the beginning of a text, and as many from its middle."""
_FEW = 2
_SHARE = 0.05
"""Share of the letters beyond ASCII that must be of that kind; fewer may be a quotation, or chance."""
_TAKEN_FOR = ("cp1252", "cp1256", "cp1254")
_BEYOND = re.compile(r"[^\x01-\x7f]{2,}")
"""Letters beyond ASCII side by side: broken ones are no neighbours of others."""
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
    runs = _BEYOND.findall(text)
    beyond = sum(map(len, runs))
    enough = max(_FEW, _SHARE * beyond)
    return (
        max(sum(map(len, _utf8_in_bytes(runs, encoding))) for encoding in _TAKEN_FOR) >= enough
        or sum(len(word) for word in _arabic_in_western(text)) > max(4 * _FEW - 1, _SHARE * beyond)
        or len(_OLD_FONT.findall(text)) > max(_FEW, _SHARE * beyond)
        or (len(_ICELANDIC.findall(text)) >= _FEW and not _TURKISH.search(text))
    )


def _utf8_in_bytes(runs: Sequence[str], encoding: str) -> Iterator[bytes]:
    """Runs that are the bytes of letters in UTF-8, each byte shown as a letter of a narrow encoding."""
    shown, byte_of = _shown_utf8(encoding), _byte_of(encoding)
    for run in filter(shown.fullmatch, runs):
        packed = run.translate(byte_of).encode("latin-1")
        if not _NEVER.search(packed.decode("utf-8", "replace")):
            yield packed


def _arabic_in_western(text: str) -> Iterator[str]:
    """Words of nothing but accented letters, which are the bytes of an Arabic word: ÈÛÏÇÏ."""
    for word in _WESTERN_WORD.findall(text):
        if _ARABIC.fullmatch(word.encode("cp1252").decode("cp1256", "replace")):
            yield word


@cache
def _shown_utf8(encoding: str) -> re.Pattern[str]:
    """What the bytes of letters of two or three bytes look like in an encoding."""

    def showing(first: int, last: int) -> str:
        shown = (letter for letter, byte in _byte_of(encoding).items() if first <= byte <= last)
        return f"[{re.escape(''.join(map(chr, shown)))}]"

    following = showing(0x80, 0xBF)
    return re.compile(f"(?:{showing(0xC2, 0xDF)}{following}|{showing(0xE1, 0xEF)}{following}{{2}})+")


@cache
def _byte_of(encoding: str) -> Mapping[int, int]:
    """Letters → the bytes they were in an encoding, or in latin-1, where 80 to 9F are control signs."""
    letters = {
        ord(bytes([byte]).decode(encoding, "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)
    }
    return {byte: byte for byte in range(0x80, 0xA0)} | letters
