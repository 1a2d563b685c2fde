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
# The language is told for pieces of the text of this length, each by itself and its neighbours.
_PIECE = 120


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


class Languages:
    """The languages of one text, told piece by piece when asked for."""

    __slots__ = ("_is_arabic", "_of_pieces", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._is_arabic: bool | None = None
        self._of_pieces: dict[int, Lang] = {}

    def at(self, offset: int) -> Lang:
        """Offset into the text → the language written around it."""
        if self._is_arabic is None:
            self._is_arabic = not any(letter in self._text for letter in _SORANI + _SORANI_TOO)
        if self._is_arabic and "\u0600" <= self._text[offset] <= "\u06ff":
            return "ar"
        piece = offset // _PIECE
        lang = self._of_pieces.get(piece)
        if lang is None:
            around = self._text[max(0, (piece - 1) * _PIECE) : (piece + 2) * _PIECE]
            lang = self._of_pieces[piece] = language_of(around)
        return lang


def _count(stretch: str, letters: str) -> int:
    return sum(map(stretch.count, letters))
