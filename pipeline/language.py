"""A stretch of text → which of the five languages it is written in, by its letters alone.

Cheap and local: it decides which endings and cue words may be looked for around a mention. An article's language is
the reader's business (`pipeline/read`).
"""

from pipeline.records import Lang

# Letters that no stretch of Arabic or Sorani lacks.
_ARABIC_SCRIPT = "اەيیلن"
_SORANI = "ەێۆڕڵ"
_SORANI_TOO = "گچپژڤ"
_ARABIC_ONLY = "ةأإضظطثذصىءؤ"
_KURMANJI = "êîûÊÎÛ"
_TURKISH = "ığöüİĞÖÜðýþ"


def language_of(stretch: str) -> Lang:
    """Text → Lang. Arabic script without Kurdish letters is Arabic, Latin without marks is English."""
    if stretch.isascii():
        return "en"
    if any(letter in stretch for letter in _ARABIC_SCRIPT):
        kurdish = 2 * _count(stretch, _SORANI) + _count(stretch, _SORANI_TOO)
        return "ckb" if kurdish and kurdish > _count(stretch, _ARABIC_ONLY) else "ar"
    kurmanji, turkish = _count(stretch, _KURMANJI), _count(stretch, _TURKISH)
    if not kurmanji and not turkish:
        return "en"
    return "kmr" if kurmanji >= turkish else "tr"


def may_be_kurdish(text: str) -> bool:
    """Whether a text has a letter that Sorani has and Arabic lacks."""
    return any(letter in text for letter in _SORANI + _SORANI_TOO)


def _count(stretch: str, letters: str) -> int:
    return sum(map(stretch.count, letters))
