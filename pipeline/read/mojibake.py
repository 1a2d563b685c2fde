"""A text → whether it was once decoded in the wrong encoding: a page that says Ø¨ØºØ¯Ø§Ø¯ where it means بغداد.

Such a text is valid in itself, so no decoder objects; it is kept as it is and flagged, as its places cannot be found.
"""

import re
from collections.abc import Iterator

_REACH = 4000
"""Letters looked at from the beginning of a text, and as many from its middle."""
_FEW = 2
_SHARE = 0.05
"""Share of the letters beyond ASCII that must be of that kind; fewer may be a quotation, or chance."""
_TAKEN_FOR = ("cp1252", "cp1256", "cp1254")
_BEYOND = re.compile(r"[^\x00-\x7f]{2,}")
_WESTERN_WORD = re.compile(r"(?<![A-Za-z\u00c0-\u00ff])[\u00c0-\u00ff]{4,}(?![A-Za-z\u00c0-\u00ff])")
_ARABIC = re.compile(r"[\u0621-\u064a]+")
_ICELANDIC = re.compile("[ðýþÐÝÞ]")
_TURKISH = re.compile("[ğışĞİŞ]")
_NEVER = re.compile("[^\u0600-\u06ffÀ-ʯ\u200b-\u2027 ]")


def is_mojibake(text: str) -> bool:
    """Whether a fair share of the letters are those of another encoding's text read in a wrong one."""
    text = text if len(text) <= 2 * _REACH else f"{text[:_REACH]}\n{text[len(text) // 2 :][:_REACH]}"
    beyond = sum(len(run) for run in _BEYOND.findall(text))
    enough = max(_FEW, _SHARE * beyond)
    return (
        sum(len(run) for run in _utf8_in_bytes(text)) >= enough
        or sum(len(word) for word in _arabic_in_western(text)) > max(4 * _FEW - 1, _SHARE * beyond)
        or (len(_ICELANDIC.findall(text)) >= _FEW and not _TURKISH.search(text))
    )


def _utf8_in_bytes(text: str) -> Iterator[str]:
    """Runs that are the bytes of letters in UTF-8, each byte shown as a letter of a narrow encoding."""
    for run in _BEYOND.findall(text):
        for encoding in _TAKEN_FOR:
            try:
                meant = _bytes(run, encoding).decode("utf-8")
            except UnicodeError:
                continue
            if not _NEVER.search(meant):
                yield run
                break


def _arabic_in_western(text: str) -> Iterator[str]:
    """Words of nothing but accented letters, which are the bytes of an Arabic word: ÈÛÏÇÏ."""
    for word in _WESTERN_WORD.findall(text):
        if _ARABIC.fullmatch(word.encode("cp1252").decode("cp1256", "replace")):
            yield word


def _bytes(run: str, encoding: str) -> bytes:
    """Letters → the bytes they were; those that the encoding leaves empty were kept as control signs."""
    return b"".join(
        letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode(encoding) for letter in run
    )
