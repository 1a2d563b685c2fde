"""Step 3 of 6. Folded text × Lexicon → candidate spans with exact offsets into the original.

One automaton finds every spelling; what stands around a hit within its word is decided here: a chain of clitics or a
joined preposition before it, a chain of endings behind it, two words run together. A name inside an ordinary longer
word is none. Of overlapping spans the longest stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.fold import Folded, span_end, to_text
from pipeline.language import language_of
from pipeline.lexicon import Entry, Lexicon
from pipeline.vocabulary import Grammar, Vocabulary

_SPACE = 32
_LATIN_END = 128
# A shorter name with an ending is too often another word (Ana + da).
_ENDING_FROM = 4
# How much text around a hit tells the language whose endings may follow.
_WINDOW = 120


@dataclass(frozen=True, slots=True)
class Span:
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
    """Folded offsets of a spelling, and of the word or words it stands in."""

    pattern: int
    start: int
    end: int
    word_start: int
    word_end: int


def find(text: str, folded: Folded, lexicon: Lexicon, vocabulary: Vocabulary) -> list[Span]:
    """Text and what it folds to → Spans in the order of the text, none overlapping."""
    hits = list(_hits(text, folded, lexicon, vocabulary))
    if not hits:
        return []
    return [span for hit in _longest(hits) if (span := _span(text, folded, lexicon, hit))]


def _hits(text: str, folded: Folded, lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[_Hit]:
    # The space at the end bounds the last word, and through index -1 the first.
    data = folded.data + b" "
    prefixes, suffixes = vocabulary.prefixes, vocabulary.suffixes
    for pattern, start, end in lexicon.automaton.find_matches_as_indexes(data, overlapping=True):
        word_start, word_end = start, end
        if data[start - 1] != _SPACE:
            word_start = data.rfind(b" ", 0, start) + 1
            head = data[word_start:start]
            if not (
                (head in prefixes and head in _grammar_at(text, folded, start, vocabulary).prefixes)
                or _run_together(text, folded, start)
            ):
                continue
        if data[end] != _SPACE:
            word_end = data.find(b" ", end)
            tail = data[end:word_end]
            if not (
                (
                    tail in suffixes
                    and end - start >= _ENDING_FROM
                    and tail in _grammar_at(text, folded, start, vocabulary).suffixes
                )
                or _run_together(text, folded, end)
            ):
                continue
        yield _Hit(pattern, start, end, word_start, word_end)


def _run_together(text: str, folded: Folded, at: int) -> bool:
    """Whether two words meet at a folded index: a Latin capital behind a small letter (hiştinKerkûk)."""
    if folded.data[at] >= _LATIN_END:
        return False
    here = folded.origin(at)
    return text[here].isupper() and text[here - 1].islower()


def _grammar_at(text: str, folded: Folded, index: int, vocabulary: Vocabulary) -> Grammar:
    """The grammar of the language written around a folded index: in Arabic كركوكي is a nisba, in Sorani an izafe."""
    here = folded.origin(index)
    return vocabulary.grammars[language_of(text[max(0, here - _WINDOW) : here + _WINDOW])]


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Overlapping hits → the longest of each overlap, in the order of the text."""
    kept: list[_Hit] = []
    for group in _overlaps(hits):
        if len(group) == 1:
            kept += group
            continue
        chosen: list[_Hit] = []
        for hit in sorted(group, key=lambda h: (h.start - h.end, h.start)):
            if all(hit.end <= other.start or other.end <= hit.start for other in chosen):
                chosen.append(hit)
        kept += sorted(chosen, key=lambda h: h.start)
    return kept


def _overlaps(hits: list[_Hit]) -> Iterator[list[_Hit]]:
    """Hits → groups of hits that overlap, directly or through others."""
    group: list[_Hit] = []
    reach = -1
    for hit in sorted(hits, key=lambda h: h.start):
        if group and hit.start >= reach:
            yield group
            group = []
        group.append(hit)
        reach = max(reach, hit.end)
    if group:
        yield group


def _span(text: str, folded: Folded, lexicon: Lexicon, hit: _Hit) -> Span | None:
    """Hit → Span, or None where every reading needs a ل before it that is not there."""
    start, word_start = folded.origin(hit.start), folded.origin(hit.word_start)
    end = span_end(text, folded, hit.end - 1)
    last = folded.origin(hit.word_end - 1) + 1
    prefix = to_text(folded.data[hit.word_start : hit.start])
    entries = tuple(
        entry for entry in lexicon.entries[hit.pattern] if not entry.contracted or prefix.endswith("ل")
    )
    if not entries:
        return None
    return Span(start, end, entries, text[word_start:start], text[end:last])
