"""Folded words as data: sets and cue tables that see through Arabic clitics and remember what they were asked.

News repeats its words, so the answer for a word is kept; a look-up then costs no more than one in a dict.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import ahocorasick_rs

from pipeline.fold import LATIN_END, Folded, to_page, to_text

# Answers kept before all are forgotten: bounds memory on text that never repeats itself.
_REMEMBERED = 100_000
_SHORTEST_WITH_CLITIC = 4
_SPACE = 32
_LONGEST_CUE = 60
# Words of Latin script sort before it.
ARABIC_SCRIPT = "\u0600"
# Any length that a phrase may have, in words.
_ANY_SIZE = range(2, 1 << 30)


def fold_word(word: str) -> str:
    """A word or phrase as people write it → the same, folded."""
    return to_text(to_page(word))


def bare_forms(word: str, conjunctions: str = "وف") -> tuple[str, ...]:
    """A folded Arabic or Sorani word as written, and without its clitics, لل as ال; another script's as it is.

    Sorani joins its prepositions as Arabic does, with a vowel: لەشاری, بەپارێزگای; but ف is no clitic there
    (فشاری is no city).
    """
    if word < ARABIC_SCRIPT or len(word) < _SHORTEST_WITH_CLITIC:
        return (word,)
    forms = [word]
    rest = word
    if rest[0] in conjunctions:
        rest = rest[1:]
        forms.append(rest)
    if rest.startswith("لل"):
        forms.append("ال" + rest[2:])
    elif rest[0] in "بلك":
        forms.append(rest[1:])
        if rest[1:2] == "ه":
            forms.append(rest[2:])
    return tuple(forms)


class WordSet:
    """A set of words as written; a folded word is in it also behind its clitics."""

    __slots__ = ("_answers", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(map(fold_word, words))
        self._answers: dict[str, bool] = {}

    def first_in(self, words: list[str]) -> str | None:
        """Folded words → the first of them that is in the set, None where none is."""
        for word in words:
            answer = self._answers.get(word)
            if answer or (answer is None and word in self):
                return word
        return None

    def __contains__(self, word: str) -> bool:
        answer = self._answers.get(word)
        if answer is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            answer = self._answers[word] = any(form in self._words for form in bare_forms(word))
        return answer


class Cues:
    """Class → words as written, turned round: a folded word or phrase → the classes it is a cue of.

    A trailing * matches any ending, a leading one any beginning. A phrase is words with spaces; one with a * is only
    found by ``after``.
    """

    __slots__ = (
        "_conjunctions",
        "_ending_in",
        "_endings",
        "_known",
        "_lasts",
        "_phrases",
        "_starting_with",
        "_stem_sizes",
        "_stems",
        "_words",
    )

    def __init__(self, classes: Mapping[str, Sequence[str]], conjunctions: str = "وف") -> None:
        self._conjunctions = conjunctions
        self._words = _Classes()
        self._stems = _Classes()
        self._endings = _Classes()
        for name, listed in classes.items():
            for word in listed:
                self._add(name, word)
        phrases = [word.split() for word in self._words.by_word if " " in word]
        stems = [stem.split() for stem in self._stems.by_word if " " in stem]
        self._lasts = frozenset(phrase[-1] for phrase in phrases)
        # Lengths, in words, of phrases whose last word is a stem.
        self._stem_sizes = frozenset(map(len, stems))
        self._ending_in = _sizes((phrase[-1], phrase) for phrase in phrases)
        self._starting_with = _sizes((phrase[0], phrase) for phrase in phrases + stems)
        self._known: dict[str, _Known] = {}
        self._phrases: dict[str, tuple[str, ...]] = {}

    def _add(self, name: str, word: str) -> None:
        into = self._stems if word.endswith("*") else self._endings if word.startswith("*") else self._words
        into.add(fold_word(word.strip("*")), name)

    def classes(self, word: str) -> tuple[str, ...]:
        """A folded word → its classes, seen through its clitics; empty for a word that is no cue."""
        return self._about(word).classes

    def patterns(self) -> Iterator[bytes]:
        """Folded bytes of which every single word that is a cue has one, if it stands between spaces."""
        for word in (to_page(word) for word in self._words.by_word if " " not in word):
            yield (b" " if word[0] < LATIN_END else b"") + word + b" "
        for stem in map(to_page, self._stems.by_word):
            yield (b" " if stem[0] < LATIN_END else b"") + stem
        for ending in map(to_page, self._endings.by_word):
            yield ending + b" "

    def before(self, words: list[str], end: int) -> tuple[tuple[str, ...], str]:
        """Words of a text, an index → classes of the longest cue that ends before it, and the cue's words."""
        last = words[end - 1]
        known = self._about(last)
        for size in known.closing:
            if size <= end and size in self._about(words[end - size]).opening_behind_clitics:
                phrase = " ".join(words[end - size : end])
                found = self._classes_of_phrase(phrase)
                if found:
                    return found, phrase
        return known.classes, last

    def after(self, words: list[str], start: int) -> tuple[tuple[str, ...], str]:
        """Words of a text, an index → classes of the longest cue that starts at it, and the cue's words."""
        first = words[start]
        known = self._about(first)
        for size in known.opening:
            end = start + size
            if end <= len(words) and (words[end - 1] in self._lasts or size in self._stem_sizes):
                phrase = " ".join(words[start:end])
                found = self._classes_of_phrase(phrase)
                if found:
                    return found, phrase
        return known.classes, first

    def _about(self, word: str) -> "_Known":
        """A word → what there is to know of it, remembered."""
        known = self._known.get(word)
        return self._learn(word) if known is None else known

    def _learn(self, word: str) -> "_Known":
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        opening = {n for form in bare_forms(word) for n in self._starting_with.get(form, ())}
        is_short = len(word) < _SHORTEST_WITH_CLITIC and word > ARABIC_SCRIPT
        known = self._known[word] = _Known(
            classes=self._look_up(word),
            closing=self._ending_in.get(word, ()),
            opening=tuple(sorted(opening, reverse=True)),
            opening_behind_clitics=_ANY_SIZE if is_short else tuple(opening),
        )
        return known

    def _classes_of_phrase(self, phrase: str) -> tuple[str, ...]:
        found = self._phrases.get(phrase)
        if found is None:
            if len(self._phrases) >= _REMEMBERED:
                self._phrases.clear()
            found = self._phrases[phrase] = self._look_up(phrase)
        return found

    def _look_up(self, phrase: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for form in bare_forms(phrase, self._conjunctions):
            found.update(dict.fromkeys(self._words.by_word.get(form, ())))
            # A stem is as many words as the phrase: "teslim*" is no cue of "teslim edecek".
            heads = (form[:size] for size in self._stems.sizes if form.find(" ", size) < 0)
            found.update((name, None) for head in heads for name in self._stems.by_word.get(head, ()))
            if " " not in form:
                tails = (form[-size:] for size in self._endings.sizes)
                found.update((name, None) for tail in tails for name in self._endings.by_word.get(tail, ()))
        return tuple(found)


class Said:
    """A cue that a text has: the folded index at which its word begins, the word, its classes."""

    __slots__ = ("classes", "index", "word")

    def __init__(self, index: int, word: str, classes: tuple[str, ...]) -> None:
        self.index, self.word, self.classes = index, word, classes


class CueFinder:
    """Cues that may stand anywhere in a text: one automaton says where to look, so that not every word is asked."""

    __slots__ = ("_automaton", "_cues", "_said", "_whole")

    def __init__(self, cues: Cues) -> None:
        patterns = sorted(set(cues.patterns()))
        self._cues = cues
        # What a pattern that is a whole word is and says; the others are only where to look.
        self._whole = [to_text(p).strip() if p[0] == p[-1] == _SPACE else None for p in patterns]
        self._said = [() if word is None else cues.classes(word) for word in self._whole]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            patterns, implementation=ahocorasick_rs.Implementation.DFA
        )

    def find(self, folded: Folded) -> list[Said]:
        """Folded text → its single words that are cues, in order."""
        bounded, letters = b" " + folded.data + b" ", folded.letters()
        hits: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(bounded, overlapping=True)
        found: list[Said] = []
        asked = 0
        for pattern, first, last in hits:
            if first < asked:
                continue  # in a word that was asked already
            word, space = self._whole[pattern], first
            if word is None:
                # A longer word is no cue: a text may be one word of a million letters.
                if bounded[first] != _SPACE:
                    space = bounded.rfind(b" ", max(0, first - _LONGEST_CUE), first)
                end = (
                    last - 1 if bounded[last - 1] == _SPACE else bounded.find(b" ", last, last + _LONGEST_CUE)
                )
                asked = max(end, first + 1)
                if space < 0 or end < 0:
                    continue
                word = letters[space : end - 1]
                classes = self._cues.classes(word)
            else:
                asked = last - 1
                classes = self._said[pattern]
            if classes:
                found.append(Said(space, word, classes))
        return found


class _Known:
    """What a table knows of a word: its classes, and the lengths of the phrases it may end or begin, longest first.

    A short word's clitics are seen through only in its phrase: in ``opening_behind_clitics`` it may begin any.
    """

    __slots__ = ("classes", "closing", "opening", "opening_behind_clitics")

    def __init__(
        self,
        classes: tuple[str, ...],
        closing: tuple[int, ...],
        opening: tuple[int, ...],
        opening_behind_clitics: Sequence[int],
    ) -> None:
        self.classes, self.closing, self.opening = classes, closing, opening
        self.opening_behind_clitics = opening_behind_clitics


def _sizes(phrases: Iterable[tuple[str, Sequence[str]]]) -> dict[str, tuple[int, ...]]:
    """Words, each with a phrase that it begins or ends → word → lengths of its phrases, the longest first."""
    found: dict[str, set[int]] = {}
    for word, phrase in phrases:
        found.setdefault(word, set()).add(len(phrase))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}


class _Classes:
    """Folded words → the classes each is listed in, and the lengths there are."""

    __slots__ = ("by_word", "sizes")

    def __init__(self) -> None:
        self.by_word: dict[str, tuple[str, ...]] = {}
        self.sizes: list[int] = []

    def add(self, word: str, name: str) -> None:
        self.by_word[word] = tuple(dict.fromkeys((*self.by_word.get(word, ()), name)))
        if len(word) not in self.sizes:
            self.sizes = sorted([*self.sizes, len(word)])
