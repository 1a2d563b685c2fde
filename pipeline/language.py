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

_BARE_ARABIC = frozenset({BOTH, ARABIC})
_ARABIC_SCRIPT = (BOTH, ARABIC, SORANI, GAF, KURDISH)
# The language is told for pieces of the text of this length, each by itself and its neighbours.
_PIECE = 120


class Languages:
    """The languages of one text, told piece by piece when asked for, by the kinds of its letters (`Folded.kinds`)."""

    __slots__ = ("_kinds", "_of_pieces", "is_kurdish")

    def __init__(self, kinds: bytes) -> None:
        self._kinds = kinds
        self._of_pieces: dict[int, Lang] = {}
        self.is_kurdish = SORANI in kinds or GAF in kinds or KURDISH in kinds

    def at(self, offset: int) -> Lang:
        """Offset into the text → the language written around it."""
        kind = self._kinds[offset : offset + 1]
        if not self.is_kurdish and kind in _BARE_ARABIC:
            return "ar"
        piece = offset // _PIECE
        lang = self._of_pieces.get(piece)
        if lang is None:
            lang = self._of_pieces[piece] = self._language(max(0, (piece - 1) * _PIECE), (piece + 2) * _PIECE)
        return lang

    def _language(self, start: int, end: int) -> Lang:
        """Arabic script without Kurdish letters is Arabic, Latin without marks is English."""
        piece = self._kinds[start:end]
        if any(kind in piece for kind in _ARABIC_SCRIPT):
            kurdish = 2 * piece.count(SORANI) + piece.count(GAF) + piece.count(KURDISH)
            return "ckb" if kurdish and kurdish > piece.count(ARABIC) else "ar"
        kurmanji = piece.count(KURMANJI) + piece.count(KURMANJI_CAPITAL)
        turkish = piece.count(TURKISH) + piece.count(TURKISH_CAPITAL)
        if not kurmanji and not turkish:
            return "en"
        return "kmr" if kurmanji >= turkish else "tr"
