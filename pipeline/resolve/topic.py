"""Step 4 of 6, what a stretch of text is about. The words around an offset → cues: a match, a budget, a crime.

"Erbil has never lost here" is a club's among goals and a coach, a government's among budgets. Which words speak of
what is data (`topic` in `words/*.toml`), and so is what it weighs.
"""

from collections.abc import Mapping

from pipeline.fold import words_of
from pipeline.records import Lang
from pipeline.vocabulary import Vocabulary

# Topics are told for pieces of this length, and for an offset from its own piece and its neighbours.
_PIECE = 150
# So far a piece reads on, for the word that its end cuts.
_OVER = 20

# Topic → the words that told it.
_Said = dict[str, set[str]]


class Topics:
    """The topics of one text, told when asked for: each piece is read once, however many places it names."""

    __slots__ = ("_cues", "_said", "_text", "_vocabulary")

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text, self._vocabulary = text, vocabulary
        self._said: dict[tuple[int, Lang], _Said] = {}
        self._cues: dict[tuple[int, Lang], dict[str, str]] = {}

    def at(self, offset: int, lang: Lang) -> Mapping[str, str]:
        """Offset and the language there → the cues of topics around it, each with a word that told it."""
        here = offset // _PIECE, lang
        if here not in self._cues:
            found: _Said = {}
            for piece in range(max(0, here[0] - 1), here[0] + 2):
                for topic, said in self._of_piece(piece, lang).items():
                    found.setdefault(topic, set()).update(said)
            self._cues[here] = {f"topic:{topic}": min(said) for topic, said in found.items()}
            self._cues[here] |= {f"topic:{topic}:more": "" for topic, said in found.items() if len(said) > 1}
        return self._cues[here]

    def _of_piece(self, piece: int, lang: Lang) -> _Said:
        words = self._vocabulary.grammars[lang].topics
        if words is None:
            return {}
        said = self._said.get((piece, lang))
        if said is None:
            said = self._said[piece, lang] = {}
            start = piece * _PIECE
            for word, topics in words.among(words_of(self._text[start : start + _PIECE + _OVER])):
                for topic in topics:
                    said.setdefault(topic, set()).add(word)
        return said
