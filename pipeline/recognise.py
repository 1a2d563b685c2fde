"""Step 3 of 6. Folded text × Lexicon → candidate spans with exact offsets into the original.

One automaton finds every spelling; what stands around a hit within its word is decided here: a chain of clitics or a
joined preposition before it, a chain of endings behind it, two words run together. A name inside an ordinary longer
word is none. Of overlapping spans the first and longest stays.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.fold import Folded, span_end
from pipeline.language import language_of
from pipeline.lexicon import Entry, Lexicon
from pipeline.vocabulary import Grammar, Vocabulary

_SPACE = 32
_LATIN_END = 128
# A shorter name with an ending is too often another word (Ana + da).
_ENDING_FROM = 4
# The language, on which the affixes depend, is told for pieces of the text of this length.
_PIECE = 120


class Span(NamedTuple):
    """A stretch of text that is a spelling of the gazetteer; whether it is a mention is decided later.

    ``start`` and ``end`` are offsets into the original; ``clitic`` and ``suffix`` are what stands before and behind
    it in the same word, as written.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    clitic: str
    suffix: str


class _Hit(NamedTuple):
    """Folded offsets of a spelling and of the word or words it stands in; they sort by start, the longest first."""

    start: int
    minus_end: int
    pattern: int
    word_start: int
    word_end: int


def find(text: str, folded: Folded, lexicon: Lexicon, vocabulary: Vocabulary) -> list[Span]:
    """Text and what it folds to → Spans in the order of the text, none overlapping."""
    spans: list[Span] = []
    reach = -1
    for hit in sorted(_hits(text, folded, lexicon, vocabulary)):
        if hit.start >= reach:
            reach = -hit.minus_end
            spans.append(_span(text, folded, lexicon, hit))
    return spans


def _hits(text: str, folded: Folded, lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[_Hit]:
    # The space at the end bounds the last word, and through index -1 the first.
    data = folded.data + b" "
    affixes: _Affixes | None = None
    for pattern, start, end in lexicon.automaton.find_matches_as_indexes(data, overlapping=True):
        word_start, word_end = start, end
        if data[start - 1] != _SPACE:
            affixes = affixes or _Affixes(text, folded, vocabulary)
            word_start = data.rfind(b" ", 0, start) + 1
            if not affixes.may_precede(data[word_start:start], start):
                continue
        if data[end] != _SPACE:
            affixes = affixes or _Affixes(text, folded, vocabulary)
            word_end = data.find(b" ", end)
            if not affixes.may_follow(data[end:word_end], start, end):
                continue
        yield _Hit(start + lexicon.skips[pattern], -end, pattern, word_start, word_end)


class _Affixes:
    """What may stand around a name within a word, in the language written around it.

    In Arabic كركوكي is a nisba, in Sorani كەرکووکی an izafe.
    """

    def __init__(self, text: str, folded: Folded, vocabulary: Vocabulary) -> None:
        self._text = text
        self._folded = folded
        self._vocabulary = vocabulary
        self._grammars: dict[int, Grammar] = {}

    def may_precede(self, head: bytes, start: int) -> bool:
        if head in self._vocabulary.prefixes and head in self._grammar_at(start).prefixes:
            return True
        return self._run_together(start)

    def may_follow(self, tail: bytes, start: int, end: int) -> bool:
        if (
            tail in self._vocabulary.suffixes
            and end - start >= _ENDING_FROM
            and tail in self._grammar_at(start).suffixes
        ):
            return True
        return self._run_together(end)

    def _grammar_at(self, index: int) -> Grammar:
        piece = self._folded.origin(index) // _PIECE
        grammar = self._grammars.get(piece)
        if grammar is None:
            around = self._text[max(0, (piece - 1) * _PIECE) : (piece + 2) * _PIECE]
            grammar = self._grammars[piece] = self._vocabulary.grammars[language_of(around)]
        return grammar

    def _run_together(self, at: int) -> bool:
        """Whether two words meet at a folded index: a Latin capital behind a small letter (hiştinKerkûk)."""
        if self._folded.data[at] >= _LATIN_END:
            return False
        here = self._folded.origin(at)
        return self._text[here].isupper() and self._text[here - 1].islower()


def _span(text: str, folded: Folded, lexicon: Lexicon, hit: _Hit) -> Span:
    start, minus_end, pattern, word_start, word_end = hit
    entries = lexicon.entries[pattern]
    if folded.raw is None:
        return Span(start, -minus_end, entries, text[word_start:start], text[-minus_end:word_end])
    origin = folded.origin
    first, end = origin(start), span_end(text, folded, -minus_end - 1)
    return Span(first, end, entries, text[origin(word_start) : first], text[end : origin(word_end - 1) + 1])
