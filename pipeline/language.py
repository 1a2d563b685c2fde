"""A stretch of text → which of the five languages it is written in, by its letters alone.

Cheap and local: it decides which endings and cue words may be looked for around a mention. An article's language is
the reader's business (`pipeline/read`).
"""

from pipeline.kinds import (
    ARABIC,
    BOTH,
    GAF,
    KURDISH,
    KURMANJI,
    KURMANJI_CAPITAL,
    SORANI,
    TURKISH,
    TURKISH_CAPITAL,
)
from pipeline.records import Lang

_BARE_ARABIC = (BOTH, ARABIC)
# The language is told for pieces of the text of this length, each by itself and its neighbours.
_PIECE = 120


class Languages:
    """The languages of one text, told piece by piece when asked for, by the kinds of its letters (`Folded.kinds`)."""

    __slots__ = (
        "_has_turkish",
        "_is_in_arabic_script",
        "_kinds",
        "_of_pieces",
        "has_sorani_letters",
        "is_kurdish",
        "may_be_kurmanji",
    )

    def __init__(self, kinds: bytes) -> None:
        self._kinds = kinds
        self._of_pieces: dict[int, Lang] = {}
        # Most texts are in one language: what no letter of the text tells is not looked for in its pieces.
        self.has_sorani_letters = SORANI in kinds or GAF in kinds
        self.is_kurdish = self.has_sorani_letters or KURDISH in kinds
        self._is_in_arabic_script = BOTH in kinds or ARABIC in kinds or self.is_kurdish
        self.may_be_kurmanji = KURMANJI in kinds or KURMANJI_CAPITAL in kinds
        self._has_turkish = TURKISH in kinds or TURKISH_CAPITAL in kinds

    def at(self, offset: int) -> Lang:
        """Offset into the text → the language written around it."""
        if not self.is_kurdish and offset < len(self._kinds) and self._kinds[offset] in _BARE_ARABIC:
            return "ar"
        piece = offset // _PIECE
        lang = self._of_pieces.get(piece)
        if lang is None:
            lang = self._of_pieces[piece] = self._language(max(0, (piece - 1) * _PIECE), (piece + 2) * _PIECE)
        return lang

    def _language(self, start: int, end: int) -> Lang:
        """Arabic script without Kurdish letters is Arabic, Latin without marks is English."""
        piece = self._kinds[start:end]
        if self._is_in_arabic_script and _is_in_arabic_script(piece):
            kurdish = 2 * piece.count(SORANI) + piece.count(GAF) + piece.count(KURDISH)
            return "ckb" if kurdish and kurdish > piece.count(ARABIC) else "ar"
        if not (self.may_be_kurmanji and self._has_turkish):
            if self.may_be_kurmanji and (KURMANJI in piece or KURMANJI_CAPITAL in piece):
                return "kmr"
            return "tr" if self._has_turkish and (TURKISH in piece or TURKISH_CAPITAL in piece) else "en"
        turkish = piece.count(TURKISH) + piece.count(TURKISH_CAPITAL)
        kurmanji = piece.count(KURMANJI) + piece.count(KURMANJI_CAPITAL)
        if not kurmanji and not turkish:
            return "en"
        return "kmr" if kurmanji >= turkish else "tr"


def _is_in_arabic_script(piece: bytes) -> bool:
    return BOTH in piece or ARABIC in piece or SORANI in piece or GAF in piece or KURDISH in piece
