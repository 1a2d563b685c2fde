"""Step 3 of 6. Folded text × Lexicon → candidate spans with exact offsets into the original.

One automaton finds every spelling; what stands around a hit within its word is decided here: a chain of clitics or a
joined preposition before it, a chain of endings behind it, two words run together. A name inside an ordinary longer
word is none, nor is a Sorani word that only the fold makes like an Arabic name (بەرێز, بهريز). Of overlapping spans
the first and longest stays.
"""

import re
from bisect import bisect_right

import ahocorasick_rs

from pipeline.fold import Folded, to_page, with_signs
from pipeline.kinds import (
    GAF,
    KURMANJI,
    KURMANJI_CAPITAL,
    LATIN,
    LATIN_CAPITAL,
    SORANI,
    TURKISH,
    TURKISH_CAPITAL,
)
from pipeline.language import Languages
from pipeline.lexicon import ENDING_FROM, Lexicon
from pipeline.prepositions import is_preposition
from pipeline.vocabulary import Grammar, Vocabulary, pair

_SPACE = 32
_ALEF, _YEH = to_page("اي")


class Span:
    """A stretch of text that is a spelling of the gazetteer; whether it is a mention is decided later.

    ``start`` and ``end`` are offsets into the original, ``first`` and ``last`` those of the word or words it stands in,
    clitics and endings included; ``head`` and ``tail`` are the latter two in folded text. ``pattern`` is the
    spelling's index in the Lexicon. (Immutable; a plain class, because it is made and read faster.)
    """

    __slots__ = ("end", "first", "head", "last", "pattern", "start", "tail")

    def __init__(
        self, start: int, end: int, pattern: int, first: int, last: int, head: int, tail: int
    ) -> None:
        self.start, self.end, self.pattern = start, end, pattern
        self.first, self.last, self.head, self.tail = first, last, head, tail


class _Words:
    """What may stand around a name within a word, in the language written around it.

    In Arabic كركوكي is a nisba, in Sorani کەرکووکی an izafe. ``junctions`` are the folded indexes at which two words
    run together. ``automaton`` finds the names that can stand in this text.
    """

    __slots__ = (
        "_folded",
        "_kinds",
        "_languages",
        "_lexicon",
        "_text",
        "_vocabulary",
        "automaton",
        "has_own_letters",
        "junctions",
        "may_be_kurmanji",
    )

    def __init__(
        self, text: str, folded: Folded, languages: Languages, lexicon: Lexicon, vocabulary: Vocabulary
    ) -> None:
        self._text, self._folded, self._lexicon, self._vocabulary = text, folded, lexicon, vocabulary
        self._kinds = kinds = folded.kinds_of_letters()
        self._languages = languages
        self.has_own_letters = self._languages.has_sorani_letters
        self.may_be_kurmanji = self._languages.may_be_kurmanji
        # Only a Sorani ending joins an Arabic-script name, and no Sorani is written without a letter of its own.
        self.automaton = lexicon.automaton if self._languages.is_kurdish else lexicon.whole_words
        has_capitals = LATIN_CAPITAL in kinds or KURMANJI_CAPITAL in kinds or TURKISH_CAPITAL in kinds
        self.junctions = _junctions(kinds) if has_capitals else _NONE

    def starts_at(self, bounded: bytes, first: int, end: int, shift: int) -> int:
        """Where the word of a name between two indexes begins, if a chain of clitics may stand before it; else 0."""
        vocabulary = self._vocabulary
        # No further than an affix reaches: a word may be a million letters long.
        word = bounded.rfind(b" ", max(0, first - vocabulary.longest_affix - 1), first) + 1
        head = bounded[word:first]
        if (
            not word
            or head not in vocabulary.prefixes
            or head not in self._grammar_at(first + shift).prefixes
        ):
            return 0
        if bounded[end] == _SPACE and bounded[word:end] in vocabulary.listed:
            return 0  # بحيرة is a lake, not "in Hira"
        return word

    def ends_at(self, bounded: bytes, start: int, end: int, shift: int, pattern: int) -> int:
        """Where the word of a name ends, if a chain of endings, or another word, may stand behind it; else 0."""
        vocabulary = self._vocabulary
        word, limit = end, end + vocabulary.longest_affix + 1
        while word < limit and bounded[word] != _SPACE:
            word += 1
        if word == limit:
            word = end  # too long for an ending
        tail = bounded[end:word]
        is_ending = tail in vocabulary.suffixes and end - start >= ENDING_FROM
        # One ي written for two: سلێمانیان. Behind another letter ان makes people of a place.
        if is_ending and tail[0] == _ALEF and bounded[end - 1] != _YEH:
            is_ending = False
        if is_ending and tail in (grammar := self._grammar_at(start + shift)).suffixes:
            # No name that only Arabic spells so takes a Sorani ending: داكوكی is defence, not Daquq.
            is_ending = grammar is not vocabulary.grammars["ckb"] or pattern in self._lexicon.sorani
        else:
            is_ending = False
        return word if is_ending or end + shift in self.junctions else 0

    def is_ordinary(self, word: bytes, index: int) -> bool:
        """Whether a word that holds a name with a clitic or an ending is another: لەوانەیە is perhaps, not in Wana."""
        return word in self._grammar_at(index).ordinary

    def is_spelled(self, pattern: int, start: int, end: int) -> bool:
        """Whether the letters of Sorani alone between two folded indexes are those of a name of the pattern."""
        kinds = self._kinds[start:end]
        if SORANI not in kinds and GAF not in kinds:
            return True  # keys of Arabic can type every name
        return (SORANI in kinds, kinds.count(GAF)) in self._lexicon.letters[pattern]

    def is_another(self, pattern: int, start: int) -> bool:
        """Whether a doubtful hit is one of another name, or of the bare name, which is a hit as well.

        Kurmanji for a name with its ending (Amêdiyê is Amêdî, whatever Turkish calls it), or an English "at" or "as"
        taken for an article.
        """
        if pattern in self._lexicon.prepositional and is_preposition(self._text, self._folded.origin(start)):
            return True
        is_kurmanji = self.may_be_kurmanji and self._grammar_at(start) is self._vocabulary.grammars["kmr"]
        return is_kurmanji and pattern in self._lexicon.inflected

    def _grammar_at(self, index: int) -> Grammar:
        return self._vocabulary.grammars[self._languages.at(self._folded.origin(index))]


_SMALL, _CAPITAL = (LATIN, KURMANJI, TURKISH), (LATIN_CAPITAL, KURMANJI_CAPITAL, TURKISH_CAPITAL)
_RUN_TOGETHER = ahocorasick_rs.BytesAhoCorasick([bytes((one, other)) for one in _SMALL for other in _CAPITAL])
_NONE: frozenset[int] = frozenset()


def _junctions(kinds: bytes) -> frozenset[int]:
    """Kinds of folded letters → indexes at which a Latin capital follows a small letter: two words run together."""
    found = _RUN_TOGETHER.find_matches_as_indexes(kinds)
    return frozenset(end - 1 for _, _, end in found) if found else _NONE


_CLAUSE_END = re.compile(r"[^\w\s'’‘`´-]|[\n\r]")


def find(
    text: str, folded: Folded, languages: Languages, lexicon: Lexicon, vocabulary: Vocabulary
) -> list[Span]:
    """Text, what it folds to, its languages → Spans in the order of the text, none overlapping."""
    words = _Words(text, folded, languages, lexicon, vocabulary)
    hits = _first_and_longest(_hits(folded.data, lexicon, vocabulary, words))
    if words.junctions:
        more = _hits_run_together(folded.data, lexicon, vocabulary, words)
        hits = _first_and_longest(sorted(hits + more, key=_by_end))
    if folded.moved:
        hits = _moved(text, folded, hits)
    wide = lexicon.wide.start
    return [hit for hit in hits if hit.pattern < wide or _is_one_name(text, hit)]


def _is_one_name(text: str, span: Span) -> bool:
    """Whether two separators in a row are spaces, an apostrophe or a hyphen, and no end of a clause or a line."""
    return _CLAUSE_END.search(text, span.start, span.end) is None


def _hits(
    data: bytes, lexicon: Lexicon, vocabulary: Vocabulary, words: _Words, offset: int = 0
) -> list[Span]:
    """Every spelling that stands as a word or may stand within one, by its end. The hot loop: kept plain.

    ``data`` begins at the folded index ``offset``; all that the hits tell are folded indexes.
    """
    # Spaces at both ends bound the first and the last word; folded indexes differ by `shift`.
    bounded = b"".join((b" ", data, b" "))
    shift = offset - 1
    prefix_ends, suffix_starts, junctions = vocabulary.prefix_ends, vocabulary.suffix_starts, words.junctions
    contracted_from, contracted_to = lexicon.contracted.start, lexicon.contracted.stop
    has_own_letters, doubtful, ordinary = words.has_own_letters, lexicon.doubtful, vocabulary.ordinary
    found: list[Span] = []
    matches: list[tuple[int, int, int]] = words.automaton.find_matches_as_indexes(bounded, overlapping=True)
    for pattern, first, last in matches:
        # A pattern may take the spaces around a name with it.
        word_end = end = last if bounded[last - 1] != _SPACE else last - 1
        if bounded[first] == _SPACE:
            word = start = first + 1
        else:
            word = first
            start = first + 1 if contracted_from <= pattern < contracted_to else first
            if bounded[first - 1] != _SPACE and (
                not prefix_ends[pair(bounded[first - 2], bounded[first - 1])]
                or not (word := words.starts_at(bounded, first, end, shift))
            ):
                continue
        if bounded[end] != _SPACE and (
            (not junctions and not suffix_starts[pair(bounded[end], bounded[end + 1])])
            or not (word_end := words.ends_at(bounded, start, end, shift, pattern))
        ):
            continue
        if (
            (word < first or word_end > end)
            and bounded[word:word_end] in ordinary
            and words.is_ordinary(bounded[word:word_end], start + shift)
        ):
            continue
        if has_own_letters and not words.is_spelled(pattern, start + shift, end + shift):
            continue
        if doubtful[pattern] and words.is_another(pattern, start + shift):
            continue
        head, tail = word + shift, word_end + shift
        found.append(Span(start + shift, end + shift, pattern, head, tail, head, tail))
    return found


def _hits_run_together(data: bytes, lexicon: Lexicon, vocabulary: Vocabulary, words: _Words) -> list[Span]:
    """Spellings that begin where two words run together: what follows such a place is looked at by itself."""
    found = []
    for index in words.junctions:
        hits = _hits(data[index : index + lexicon.longest], lexicon, vocabulary, words, index)
        found += [hit for hit in hits if hit.start == index]
    return found


def _by_end(hit: Span) -> int:
    return hit.end


def _first_and_longest(hits: list[Span]) -> list[Span]:
    """Hits by their end → those left when of overlapping ones the first to begin stays, and of these the longest."""
    kept: list[Span] = []
    for hit in hits:
        while kept and kept[-1].start >= hit.start:
            kept.pop()
        if not kept or kept[-1].end <= hit.start:
            kept.append(hit)
    return kept


def _moved(text: str, folded: Folded, hits: list[Span]) -> list[Span]:
    """Hits in folded indexes → Spans, where signs were dropped, or one character became several."""
    if folded.raw is None:
        return [_moved_off_page(text, folded, hit) for hit in hits]
    drops, spans = folded.drops(), []
    total = len(drops)
    for hit in hits:
        first, last = hit.head, hit.tail
        before = bisect_right(drops, first)
        if before == total or drops[before] > last:
            start, end = hit.start + before, hit.end + before
            spans.append(Span(start, end, hit.pattern, first + before, last + before, first, last))
        else:
            spans.append(_moved_within(text, drops, before, hit))
    return spans


def _moved_within(text: str, drops: list[int], before: int, hit: Span) -> Span:
    """Hit → Span where signs were dropped within or right behind it; ``before`` of them stand before its word."""
    start, end, first, last = hit.start, hit.end, hit.head, hit.tail
    before_end = bisect_right(drops, end - 1, before)
    to_end = to_last = end + before_end
    # Where nothing was dropped behind the last letter, no sign belongs to it.
    if before_end < len(drops) and drops[before_end] == end:
        to_end = to_last = with_signs(text, to_end)
    if last != end:
        to_last = with_signs(text, last + bisect_right(drops, last - 1, before_end))
    to_start = start + bisect_right(drops, start, before)
    return Span(to_start, to_end, hit.pattern, first + before, to_last, first, last)


def _moved_off_page(text: str, folded: Folded, hit: Span) -> Span:
    """Hit → Span where text has characters off the page."""
    first, last = hit.head, hit.tail
    to_end = with_signs(text, folded.origin(hit.end - 1) + 1)
    to_last = max(to_end, folded.origin(last - 1) + 1)
    to_start, to_first = folded.origin(hit.start), folded.origin(first)
    return Span(to_start, to_end, hit.pattern, to_first, to_last, first, last)
