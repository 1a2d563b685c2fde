"""Step 4 of 6, what a stretch of text is about. The words around an offset → cues: a match, a budget, a crime.

"Erbil has never lost here" is a club's among goals and a coach, a government's among budgets. Which words speak of
what is data (`topic` in `words/*.toml`), and so is what it weighs.
"""

from collections.abc import Mapping, Sequence

from pipeline.fold import Folded
from pipeline.records import Lang
from pipeline.vocabulary import Vocabulary
from pipeline.wordlist import Said

# Topics are told for pieces of this many letters, and for a place from its own piece and its neighbours.
_PIECE = 150


class Topics:
    """The topics of one text, told when asked for: it is read once, however many places it names."""

    __slots__ = ("_cues", "_folded", "_said", "_vocabulary")

    def __init__(self, folded: Folded, vocabulary: Vocabulary) -> None:
        self._folded, self._vocabulary = folded, vocabulary
        self._said: dict[Lang, dict[int, list[Said]]] = {}
        self._cues: dict[tuple[int, Lang], dict[str, str]] = {}

    def at(self, index: int, lang: Lang) -> Mapping[str, str]:
        """Folded index and the language there → the cues of topics around it, each with a word that told it."""
        piece = index // _PIECE
        cues = self._cues.get((piece, lang))
        if cues is None:
            pieces = self._pieces(lang)
            said = [one for near in range(piece - 1, piece + 2) if near in pieces for one in pieces[near]]
            cues = self._cues[piece, lang] = _cues_of(said) if said else {}
        return cues

    def _pieces(self, lang: Lang) -> dict[int, list[Said]]:
        """The words of a language that tell topics, by the piece that they begin in."""
        pieces = self._said.get(lang)
        if pieces is None:
            pieces = self._said[lang] = {}
            finder = self._vocabulary.grammars[lang].topics
            for said in finder.find(self._folded) if finder else ():
                pieces.setdefault(said.index // _PIECE, []).append(said)
        return pieces


def _cues_of(said: Sequence[Said]) -> dict[str, str]:
    """Words that tell topics → a cue for each topic, with its first word in the alphabet, and one where more do."""
    least: dict[str, str] = {}
    more: dict[str, str] = {}
    for one in said:
        for topic in one.classes:
            known = least.get(topic)
            if known is None:
                least[topic] = one.word
            elif one.word != known:
                more[topic + ":more"] = ""
                least[topic] = min(one.word, known)
    return least | more
