"""Folded words as data: sets and cue tables that see through Arabic clitics and remember what they were asked.

News repeats its words, so the answer for a word is kept; a look-up then costs no more than one in a dict.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.fold import to_page, to_text

# Answers kept before all are forgotten: bounds memory on text that never repeats itself.
_REMEMBERED = 100_000
_SHORTEST_WITH_CLITIC = 4
# Words of Latin script sort before it.
ARABIC_SCRIPT = "\u0600"


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

    def first_in(self, words: Iterable[str]) -> str | None:
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
        "_answers",
        "_conjunctions",
        "_endings",
        "_firsts",
        "_lasts",
        "_sizes",
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
        self._firsts = WordSet(phrase[0] for phrase in phrases + stems)
        # Lengths of phrases in words, the longest first, and those of phrases whose last word is a stem.
        self._sizes = sorted({len(phrase) for phrase in phrases + stems}, reverse=True)
        self._stem_sizes = frozenset(map(len, stems))
        self._answers: dict[str, tuple[str, ...]] = {}

    def _add(self, name: str, word: str) -> None:
        into = self._stems if word.endswith("*") else self._endings if word.startswith("*") else self._words
        into.add(fold_word(word.strip("*")), name)

    def classes(self, word: str) -> tuple[str, ...]:
        """A folded word → its classes, seen through its clitics; empty for a word that is no cue."""
        answer = self._answers.get(word)
        if answer is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            answer = self._answers[word] = self._look_up(word)
        return answer

    def among(self, words: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Folded words → those of them that are cues, each with its classes."""
        known = self._answers.get
        for word in words:
            answer = known(word)
            if answer is None:
                answer = self.classes(word)
            if answer:
                yield word, answer

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

    def before(self, words: Sequence[str], end: int) -> tuple[tuple[str, ...], str]:
        """Words of a text, an index → classes of the longest cue that ends before it, and the cue's words."""
        last = words[end - 1]
        if last in self._lasts:
            for size in self._sizes:
                if size <= end and self._may_begin(words[end - size]):
                    phrase = " ".join(words[end - size : end])
                    found = self._look_up(phrase)
                    if found:
                        return found, phrase
        return self.classes(last), last

    def _may_begin(self, word: str) -> bool:
        """Whether a phrase may begin with a word; a short one's clitics are seen through only in its phrase."""
        return word in self._firsts or (len(word) < _SHORTEST_WITH_CLITIC and word > ARABIC_SCRIPT)

    def after(self, words: Sequence[str], start: int) -> tuple[tuple[str, ...], str]:
        """Words of a text, an index → classes of the longest cue that starts at it, and the cue's words."""
        first = words[start]
        if first in self._firsts:
            for size in self._sizes:
                end = start + size
                if end <= len(words) and (words[end - 1] in self._lasts or size in self._stem_sizes):
                    phrase = " ".join(words[start:end])
                    found = self._look_up(phrase)
                    if found:
                        return found, phrase
        return self.classes(first), first


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
