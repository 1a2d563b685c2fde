"""Step 4 of 6, what all decisions look at. Text and spans → the words, list, line and sentence around each span.

Cues are looked for within the sentence. Places in a list share what stands before its first and behind its last:
محافظتي ديالى وكركوك, "Ankara and Baghdad agreed".
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.fold import fold, to_text
from pipeline.language import language_of
from pipeline.lexicon import Entry, Lexicon
from pipeline.recognise import Span
from pipeline.records import Lang
from pipeline.vocabulary import Grammar, Vocabulary

# Characters of context read on either side, and words kept of them.
_REACH = 90
_WORDS = 6
_WINDOW = 120
_LONGEST_GAP = 40
_SENTENCE_END = re.compile(r"[.!?؟۔؛]+(?=\s|[^\W\d_a-zç-ÿ])|[\n\r]+")
_LINE_END = re.compile(r"[\n\r]+")
_LIST_MARKS = frozenset("،,/&-–")
_BREAKS = frozenset('.!?؟؛:()[]«»“”—"\n\r')


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around one span. Words are folded; ``left`` ends with the nearest, ``right`` begins with it.

    ``left`` and ``right`` are those of the whole list that the span is in, ``mates`` the indexes of the list's other
    spans. ``line`` and ``sentence`` are half-open offsets.
    ``clitic`` and ``suffix`` are what stands before and behind the span in its word, as written.
    """

    span: Span
    entries: tuple[Entry, ...]
    clitic: str
    suffix: str
    lang: Lang
    left: tuple[str, ...]
    right: tuple[str, ...]
    own_left: tuple[str, ...]
    own_right: tuple[str, ...]
    mates: tuple[int, ...]
    sentence: tuple[int, int]
    line: tuple[int, int]


def look_around(text: str, spans: Sequence[Span], lexicon: Lexicon, vocabulary: Vocabulary) -> list[Around]:
    """Text and its spans in order → what stands around each."""
    sentences = _Pieces(text, _SENTENCE_END)
    lines = _Pieces(text, _LINE_END)
    langs = [language_of(text[max(0, s.start - _WINDOW) : s.end + _WINDOW]) for s in spans]
    grammars = [vocabulary.grammars[lang] for lang in langs]
    lists = _lists(text, spans, lexicon, grammars)
    bounds = [sentences.around(span.start, span.end) for span in spans]
    lefts = [_left(text, s, b[0]) for s, b in zip(spans, bounds, strict=True)]
    rights = [_right(text, s, b[1]) for s, b in zip(spans, bounds, strict=True)]
    return [
        Around(
            span=span,
            entries=lexicon.entries[span.pattern],
            clitic=text[span.first : span.start],
            suffix=text[span.end : span.last],
            lang=langs[i],
            left=lefts[lists[i][0]],
            right=rights[lists[i][-1]],
            own_left=lefts[i],
            own_right=rights[i],
            mates=tuple(j for j in lists[i] if j != i),
            sentence=bounds[i],
            line=lines.around(span.start, span.end),
        )
        for i, span in enumerate(spans)
    ]


class _Pieces:
    """A text cut at the matches of a pattern, once; the piece around a span is found by bisection."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        cuts = [(match.start(), match.end()) for match in pattern.finditer(text)]
        self._ends = [*(start for start, _ in cuts), len(text)]
        self._starts = [0, *(end for _, end in cuts)]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The piece that a span begins in, as half-open offsets; at least as long as the span."""
        first = self._starts[bisect_right(self._starts, start) - 1]
        return first, self._ends[bisect_left(self._ends, end)]


def _lists(
    text: str, spans: Sequence[Span], lexicon: Lexicon, grammars: Sequence[Grammar]
) -> list[list[int]]:
    """For each span the indexes of the list it is in, itself included."""
    lists: list[list[int]] = []
    for i, span in enumerate(spans):
        before = spans[i - 1]
        if i and not _name_same(before, span, lexicon) and _are_listed(text, before, span, grammars[i]):
            lists[-1].append(i)
        else:
            lists.append([i])
    return [members for members in lists for _ in members]


def _are_listed(text: str, one: Span, other: Span, grammar: Grammar) -> bool:
    gap = text[one.last : other.first]
    if len(gap) > _LONGEST_GAP or any(char in _BREAKS for char in gap):
        return False
    between = words_of(gap)
    if not all(word in grammar.conjunctions or grammar.types_before.classes(word) for word in between):
        return False
    joined = text[other.first : other.start][:1] in ("و", "ف") or any(char in _LIST_MARKS for char in gap)
    return joined or any(word in grammar.conjunctions for word in between)


def _name_same(one: Span, other: Span, lexicon: Lexicon) -> bool:
    """Whether two spans bear the name of one place: then it is a dateline and its text, not a list."""
    return lexicon.entries[one.pattern][0].place_id == lexicon.entries[other.pattern][0].place_id


def _left(text: str, span: Span, sentence_start: int) -> tuple[str, ...]:
    return tuple(words_of(text[max(sentence_start, span.first - _REACH) : span.first])[-_WORDS:])


def _right(text: str, span: Span, sentence_end: int) -> tuple[str, ...]:
    return tuple(words_of(text[span.last : min(sentence_end, span.last + _REACH)])[:_WORDS])


def words_of(stretch: str) -> list[str]:
    """A stretch of text → its folded words."""
    return to_text(fold(stretch).data).split()
