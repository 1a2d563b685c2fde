"""A stretch of text → which of the five languages it is written in, by its letters alone.

Cheap and local: it decides which endings and cue words may be looked for around a mention. An article's language is
the reader's business (`pipeline/read`).
"""

from pipeline.records import Lang

_SORANI = frozenset("ەێۆڕڵ")
_SORANI_TOO = frozenset("گچپژڤ")
_ARABIC_ONLY = frozenset("ةأإضظطثذصىءؤ")
_KURMANJI = frozenset("êîûÊÎÛ")
_TURKISH = frozenset("ığöüİĞÖÜðýþ")


def language_of(stretch: str) -> Lang:
    """Text → Lang. Arabic script without Kurdish letters is Arabic, Latin without marks is English."""
    letters = [char for char in stretch if not char.isascii()]
    if any("\u0600" <= char <= "\u06ff" for char in letters):
        kurdish = sum(c in _SORANI for c in letters) * 2 + sum(c in _SORANI_TOO for c in letters)
        return "ckb" if kurdish > sum(c in _ARABIC_ONLY for c in letters) else "ar"
    kurmanji, turkish = sum(c in _KURMANJI for c in letters), sum(c in _TURKISH for c in letters)
    if not kurmanji and not turkish:
        return "en"
    return "kmr" if kurmanji >= turkish else "tr"
