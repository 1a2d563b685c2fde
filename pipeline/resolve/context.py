"""Step 4 of 6, what all decisions look at. Text and spans → the words, list, line and sentence around each span.

Cues are looked for within the sentence. Places in a list share what stands before its first and behind its last:
محافظتي ديالى وكركوك, "Ankara and Baghdad agreed". However long the text is, only so much of it around a span is
looked at.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.fold import words_of
from pipeline.language import Languages
from pipeline.lexicon import Lexicon
from pipeline.recognise import Span
from pipeline.records import Lang
from pipeline.spellings import Entry
from pipeline.vocabulary import Grammar, Vocabulary

# Characters of context read on either side, and words kept of them.
REACH = 90
_WORDS = 6
# Characters in which a sentence is to end, and words kept of its end.
_TO_THE_END = 300
_END, _LAST_WORDS = 60, 3
_LONGEST_GAP = 40
_LONGEST_LIST = 30
_SENTENCE_END = re.compile(r"[.!?؟۔؛]+(?=\s|[^\W\d_a-zç-ÿ])|[\n\r]+")
_LIST_MARKS = frozenset("،,/&-–")
_BREAKS = re.compile(r"[.!?؟؛:()\[\]«»“”—\"\n\r]")
# What a list may give for each of its places: دهوك 13، أربيل 16; Basra (4), Maysan: 2.5%.
_FIGURE = re.compile(r":?\s*\(?\d+(?:[.,]\d+)?\s*[%٪°]?\)?")


class Around(NamedTuple):
    """What stands around one span. Words are folded, in the order of the text.

    ``name`` is the span's spelling, folded. ``left`` and ``right`` are those of the whole list that the span is in,
    ``own_left`` and ``own_right`` its own; ``gap`` the number of words since the span before, None where it is far,
    ``mates`` the indexes of the list's other spans. ``before`` and ``after`` are the sentence before and behind the
    span's word, as far as REACH. ``clitic`` and ``suffix`` are what stands before and behind the span in its word.
    """

    span: Span
    name: str
    entries: tuple[Entry, ...]
    lang: Lang
    left: list[str]
    right: list[str]
    own_left: list[str]
    own_right: list[str]
    gap: int | None
    mates: list[int]
    before: str
    after: str
    clitic: str
    suffix: str


def look_around(
    text: str, languages: Languages, spans: Sequence[Span], lexicon: Lexicon, vocabulary: Vocabulary
) -> list[Around]:
    """Text, its languages and its spans in order → what stands around each."""
    langs = [languages.at(span.start) for span in spans]
    lists = _lists(text, spans, lexicon, [vocabulary.grammars[lang] for lang in langs])
    befores = [_before(text, span.first) for span in spans]
    afters = [_after(text, span.last) for span in spans]
    lefts = [
        [*words_of(before), *_prepositions(text, span, lang)][-_WORDS:]
        for before, span, lang in zip(befores, spans, langs, strict=True)
    ]
    rights = [words_of(after)[:_WORDS] for after in afters]
    return [
        Around(
            span=span,
            name=lexicon.words[span.pattern],
            entries=lexicon.entries[span.pattern],
            lang=langs[i],
            left=lefts[lists[i][0]],
            right=rights[lists[i][-1]],
            own_left=lefts[i],
            own_right=rights[i],
            gap=_gap(text, spans, i),
            mates=[j for j in lists[i] if j != i],
            before=befores[i],
            after=afters[i],
            clitic=text[span.first : span.start],
            suffix=text[span.end : span.last],
        )
        for i, span in enumerate(spans)
    ]


def _gap(text: str, spans: Sequence[Span], index: int) -> int | None:
    start, end = spans[index - 1].last if index else 0, spans[index].first
    return len(words_of(text[start:end])) if index and end - start <= _LONGEST_GAP else None


def _prepositions(text: str, span: Span, lang: Lang) -> list[str]:
    """What Sorani joins to a name, as the word that it is: له of لهكهركوك. An "and" before it is dropped."""
    if lang != "ckb" or span.first == span.start:
        return []
    return [word.removeprefix("و") for word in words_of(text[span.first : span.start]) if word != "و"]


def _before(text: str, end: int) -> str:
    """What the sentence says before an offset, as far as REACH."""
    start = max(0, end - REACH)
    cut = start
    for mark in _SENTENCE_END.finditer(text, start, end):
        cut = mark.end()
    return text[cut:end]


def _after(text: str, start: int) -> str:
    """What the sentence says from an offset on, as far as REACH."""
    mark = _SENTENCE_END.search(text, start, start + REACH)
    return text[start : mark.start()] if mark else text[start : start + REACH]


def last_words(text: str, start: int) -> list[str]:
    """The words that end the sentence an offset stands in; none where its end is far."""
    mark = _SENTENCE_END.search(text, start, start + _TO_THE_END)
    end = mark.start() if mark else len(text)
    if end - start > _TO_THE_END:
        return []
    return words_of(text[max(start, end - _END) : end])[-_LAST_WORDS:]


def _lists(
    text: str, spans: Sequence[Span], lexicon: Lexicon, grammars: Sequence[Grammar]
) -> list[list[int]]:
    """For each span the indexes of the list it is in, itself included."""
    lists: list[list[int]] = []
    for i, span in enumerate(spans):
        before = spans[i - 1]
        is_next = i and len(lists[-1]) < _LONGEST_LIST and _are_listed(text, before, span, grammars[i])
        if is_next and not _name_same(before, span, lexicon):
            lists[-1].append(i)
        else:
            lists.append([i])
    return [members for members in lists for _ in members]


def _are_listed(text: str, one: Span, other: Span, grammar: Grammar) -> bool:
    if other.first - one.last > _LONGEST_GAP:
        return False
    gap = _FIGURE.sub(" ", text[one.last : other.first])
    if _BREAKS.search(gap):
        return False
    between = words_of(gap)
    if not all(_is_in_list(word, grammar) for word in between):
        return False
    # Sorani may join its "and" to the word before it: دیالەو بەغدا.
    joined = text[other.first : other.start][:1] in ("و", "ف") or text[one.end : one.last][-1:] == "و"
    joined = joined or any(char in _LIST_MARKS for char in gap)
    return joined or any(word in grammar.conjunctions for word in between)


def _is_in_list(word: str, grammar: Grammar) -> bool:
    return word in grammar.conjunctions or word in grammar.fillers or bool(grammar.types_before.classes(word))


def _name_same(one: Span, other: Span, lexicon: Lexicon) -> bool:
    """Whether two spans bear the name of one place: then it is a dateline and its text, not a list."""
    return lexicon.entries[one.pattern][0].place_id == lexicon.entries[other.pattern][0].place_id
