"""Step 4 of 6, what all decisions look at. Text and spans → the words, list, line and sentence around each span.

Cues are looked for within the sentence. Places in a list share what stands before its first and behind its last:
محافظتي ديالى وكركوك, "Ankara and Baghdad agreed". However long the text is, only so much of it around a span is
looked at.
"""

import re

from pipeline.fold import Folded, words_of
from pipeline.kinds import (
    ARABIC,
    BOTH,
    BREAK,
    DIGIT,
    GAF,
    KURDISH,
    KURMANJI_CAPITAL,
    LATIN_CAPITAL,
    LINE_END,
    LIST_SIGN,
    SENTENCE_SIGN,
    SORANI,
    SPACE,
    TURKISH_CAPITAL,
    kind_of,
)
from pipeline.language import Languages
from pipeline.lexicon import Lexicon
from pipeline.recognise import Span
from pipeline.records import Lang
from pipeline.spellings import Entry
from pipeline.vocabulary import Grammar, Vocabulary

# Letters of context read on either side, and words kept of them.
REACH = 90
_WORDS = 6
# Letters in which a sentence is to end, and words kept of its end.
_TO_THE_END = 300
_END, _LAST_WORDS = 60, 3
_LONGEST_GAP = 40
_LONGEST_LIST = 30
_ANDS = ("و", "ف")
# What may follow the sign that ends a sentence. A small Latin letter does not: "v.b.", "news.com".
_BEGINS_SENTENCE = bytes(
    (SPACE, LINE_END, LATIN_CAPITAL, KURMANJI_CAPITAL, TURKISH_CAPITAL, ARABIC, BOTH, SORANI, GAF, KURDISH)
)
_NO_BREAK = bytes(set(range(256)) - {SENTENCE_SIGN, BREAK, LINE_END})
# What a list may give for each of its places: دهوك 13، أربيل 16; Basra (4), Maysan: 2.5%.
_FIGURE = re.compile(r":?\s*\(?\d+(?:[.,]\d+)?\s*[%٪°]?\)?")
# What stands between two places of a list where each is in quotation marks of its own: ناحيتي "قره تبة" و"جلولاء".
_BETWEEN_QUOTES = re.compile(r"[\"”»]([^\"“”«»]*)[\"“«]")


class Around:
    """What stands around one span. Words are folded, in the order of the text.

    ``name`` is the span's spelling, folded. ``left`` and ``right`` are those of the whole list that the span is in,
    ``own_left`` and ``own_right`` its own; ``gap`` the number of words since the span before, None where it is far,
    ``mates`` the indexes of the list's other spans. ``before`` and ``after`` are the sentence before and behind the
    span's word, as far as REACH. ``clitic`` and ``suffix`` are what stands before and behind the span in its word.
    (Immutable; no NamedTuple, because one is made for every span, and this one is made and read faster.)
    """

    __slots__ = (
        "after",
        "before",
        "clitic",
        "entries",
        "gap",
        "lang",
        "left",
        "mates",
        "name",
        "own_left",
        "own_right",
        "right",
        "span",
        "suffix",
    )

    def __init__(
        self,
        *,
        span: Span,
        name: str,
        entries: tuple[Entry, ...],
        lang: Lang,
        left: list[str],
        right: list[str],
        own_left: list[str],
        own_right: list[str],
        gap: int | None,
        mates: list[int],
        before: str,
        after: str,
        clitic: str,
        suffix: str,
    ) -> None:
        self.span, self.name, self.entries, self.lang = span, name, entries, lang
        self.left, self.right, self.own_left, self.own_right = left, right, own_left, own_right
        self.gap, self.mates, self.before, self.after = gap, mates, before, after
        self.clitic, self.suffix = clitic, suffix


def look_around(
    text: str,
    folded: Folded,
    languages: Languages,
    spans: list[Span],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> list[Around]:
    """Text, what it folds to, its languages, its spans in order → what stands around each."""
    langs = [languages.at(span.start) for span in spans]
    sides = [_sides(text, folded, span, langs[i]) for i, span in enumerate(spans)]
    gaps = _gaps(folded, spans)
    lists = _lists(text, folded, spans, lexicon, gaps, [vocabulary.grammars[lang] for lang in langs])
    return [
        Around(
            span=span,
            name=lexicon.words[span.pattern],
            entries=lexicon.entries[span.pattern],
            lang=langs[i],
            left=sides[lists[i][0]].left,
            right=sides[lists[i][-1]].right,
            own_left=sides[i].left,
            own_right=sides[i].right,
            gap=None if (gap := gaps[i]) is None else len(gap),
            mates=[j for j in lists[i] if j != i] if len(lists[i]) > 1 else [],
            before=sides[i].before,
            after=sides[i].after,
            clitic=text[span.first : span.start] if span.first < span.start else "",
            suffix=text[span.end : span.last] if span.end < span.last else "",
        )
        for i, span in enumerate(spans)
    ]


class _Sides:
    """The sentence on both sides of a span: as written, and its nearest words, folded."""

    __slots__ = ("after", "before", "left", "right")

    def __init__(self, left: list[str], right: list[str], before: str, after: str) -> None:
        self.left, self.right, self.before, self.after = left, right, before, after


def _sides(text: str, folded: Folded, span: Span, lang: Lang) -> _Sides:
    letters, kinds = folded.letters(), folded.kinds_of_letters()
    start, end = _sentence_start(kinds, span.head), _sentence_end(kinds, span.tail, span.tail + REACH)
    left = letters[start : span.head].rsplit(None, _WORDS)
    if lang == "ckb" and span.first != span.start:
        left += _prepositions(text[span.first : span.start])
    if len(left) > _WORDS:
        left = left[-_WORDS:]
    right = letters[span.tail : end].split(None, _WORDS)
    if len(right) > _WORDS:
        right.pop()
    if folded.moved:
        start, end = folded.origin(start), folded.origin(end)
    return _Sides(left, right, text[start : span.first], text[span.last : end])


def _prepositions(joined: str) -> list[str]:
    """What Sorani joins to a name, as the word that it is: له of لهكهركوك. An "and" before it is dropped."""
    return [word.removeprefix("و") for word in words_of(joined) if word != "و"]


def _sentence_start(kinds: bytes, end: int) -> int:
    """Folded index → where its sentence begins, no further away than REACH."""
    start = max(0, end - REACH)
    start = max(start, kinds.rfind(LINE_END, start, end) + 1)
    sign = kinds.rfind(SENTENCE_SIGN, start, end)
    while sign >= 0:
        if kinds[sign + 1] in _BEGINS_SENTENCE:
            return sign + 1
        sign = kinds.rfind(SENTENCE_SIGN, start, sign)
    return start


def _sentence_end(kinds: bytes, start: int, stop: int) -> int:
    """Folded index → where its sentence ends, no further away than ``stop``."""
    line_end = kinds.find(LINE_END, start, stop)
    stop = min(stop, len(kinds)) if line_end < 0 else line_end
    sign = kinds.find(SENTENCE_SIGN, start, stop)
    while sign >= 0:
        behind = sign + 1
        while behind < stop and kinds[behind] == SENTENCE_SIGN:
            behind += 1
        if behind < len(kinds) and kinds[behind] in _BEGINS_SENTENCE:
            return sign
        sign = kinds.find(SENTENCE_SIGN, behind, stop)
    return stop


def last_words(folded: Folded, index: int) -> list[str]:
    """The words that end the sentence that a folded index stands in; none where its end is far."""
    end = _sentence_end(folded.kinds_of_letters(), index, index + _TO_THE_END + 1)
    if end - index > _TO_THE_END:
        return []
    return folded.letters()[max(index, end - _END) : end].split()[-_LAST_WORDS:]


def _gaps(folded: Folded, spans: list[Span]) -> list[list[str] | None]:
    """For each span the words since the one before; None where there is none near."""
    letters = folded.letters()
    gaps: list[list[str] | None] = []
    last = -_LONGEST_GAP - 1
    for span in spans:
        gaps.append(letters[last : span.head].split() if span.head - last <= _LONGEST_GAP else None)
        last = span.tail
    return gaps


def _lists(
    text: str,
    folded: Folded,
    spans: list[Span],
    lexicon: Lexicon,
    gaps: list[list[str] | None],
    grammars: list[Grammar],
) -> list[list[int]]:
    """For each span the indexes of the list it is in, itself included."""
    lists: list[list[int]] = []
    for i, span in enumerate(spans):
        gap = gaps[i]
        if (
            gap is not None
            and len(lists[-1]) < _LONGEST_LIST
            and _are_listed(text, folded, spans[i - 1], span, gap, grammars[i])
            and not _name_same(spans[i - 1], span, lexicon)
        ):
            lists[-1].append(i)
        else:
            lists.append([i])
    return [members for members in lists for _ in members]


def _are_listed(text: str, folded: Folded, one: Span, other: Span, gap: list[str], grammar: Grammar) -> bool:
    # What stands before the one's ending and what stands behind the other's clitic may be one letter.
    kinds = folded.kinds_of_letters()[one.tail : max(one.tail, other.head)]
    if DIGIT in kinds or BREAK in kinds:
        written = _FIGURE.sub(" ", text[one.last : other.first])
        quoted = _BETWEEN_QUOTES.fullmatch(written.strip())
        written = quoted[1] if quoted else written
        kinds, gap = bytes(map(kind_of, written)), words_of(written)
    if kinds.translate(None, _NO_BREAK) or not all(_is_in_list(word, grammar) for word in gap):
        return False
    # Sorani may join its "and" to the word before it: دیالەو بەغدا.
    return (
        LIST_SIGN in kinds
        or text[other.first : other.start][:1] in _ANDS
        or text[one.end : one.last][-1:] == "و"
        or any(word in grammar.conjunctions for word in gap)
    )


def _is_in_list(word: str, grammar: Grammar) -> bool:
    return word in grammar.conjunctions or word in grammar.fillers or bool(grammar.types_before.classes(word))


def _name_same(one: Span, other: Span, lexicon: Lexicon) -> bool:
    """Whether two spans bear the name of one place: then it is a dateline and its text, not a list."""
    return lexicon.entries[one.pattern][0].place_id == lexicon.entries[other.pattern][0].place_id


def abroad_near(around: Around, vocabulary: Vocabulary) -> str | None:
    """The first place abroad among the words around a span, None where there is none."""
    return vocabulary.foreign.first_in(around.left) or vocabulary.foreign.first_in(around.right)
