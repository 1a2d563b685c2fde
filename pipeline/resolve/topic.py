"""Step 4 of 6, what a stretch of text is about. The words around an offset → cues: a match, a budget, a crime.

"Erbil has never lost here" is a club's among goals and a coach, a government's among budgets. Which words speak of
what is data (`topic` in `words/*.toml`), and so is what it weighs.
"""

from collections.abc import Mapping

from pipeline.fold import Folded
from pipeline.records import Lang
from pipeline.vocabulary import Vocabulary

# Topics are told for pieces of this many letters, and for a place from its own piece and its neighbours.
_PIECE = 150
# So far a piece reads on, for the word that its end cuts.
_OVER = 20

# Words that tell topics, each with the topics.
_Said = list[tuple[str, tuple[str, ...]]]


class Topics:
    """The topics of one text, told when asked for: each piece is read once, however many places it names."""

    __slots__ = ("_cues", "_letters", "_said", "_vocabulary")

    def __init__(self, folded: Folded, vocabulary: Vocabulary) -> None:
        self._letters, self._vocabulary = folded.letters(), vocabulary
        self._said: dict[tuple[int, Lang], _Said] = {}
        self._cues: dict[tuple[int, Lang], dict[str, str]] = {}

    def at(self, index: int, lang: Lang) -> Mapping[str, str]:
        """Folded index and the language there → the cues of topics around it, each with a word that told it."""
        piece = index // _PIECE
        cues = self._cues.get((piece, lang))
        if cues is None:
            said = [
                *(self._of_piece(piece - 1, lang) if piece else ()),
                *self._of_piece(piece, lang),
                *self._of_piece(piece + 1, lang),
            ]
            cues = self._cues[piece, lang] = _cues_of(said) if said else {}
        return cues

    def _of_piece(self, piece: int, lang: Lang) -> _Said:
        said = self._said.get((piece, lang))
        if said is None:
            words = self._vocabulary.grammars[lang].topics
            start = piece * _PIECE
            stretch = self._letters[start : start + _PIECE + _OVER]
            said = self._said[piece, lang] = words.among(stretch.split()) if words else []
        return said


def _cues_of(said: _Said) -> dict[str, str]:
    """Words that tell topics → a cue for each topic, with its first word in the alphabet, and one where more do."""
    least: dict[str, str] = {}
    more: dict[str, str] = {}
    for word, topics in said:
        for topic in topics:
            known = least.setdefault(f"topic:{topic}", word)
            if word != known:
                more[f"topic:{topic}:more"] = ""
                least[f"topic:{topic}"] = min(word, known)
    return least | more
