"""Step 4 of 6, the exceptions. Phrases that are listed because no rule can know them (`words/exceptions.csv`)."""

from collections.abc import Sequence

from pipeline.resolve.context import Around
from pipeline.resolve.subject import Subject
from pipeline.vocabulary import ExceptionalPhrase, Vocabulary
from pipeline.wordlist import fold_word


def exception_of(around: Around, vocabulary: Vocabulary) -> ExceptionalPhrase | None:
    """The listed phrase that the span is part of, if any: of «كركوك ناو – كركوك» the first name alone is.

    It may have an ending behind the span, or a preposition that Sorani joins to a word (لەباکووری کوردستان).
    """
    name = around.name
    for word in (name + fold_word(around.suffix), name) if around.suffix else (name,):
        phrases = vocabulary.phrases_with.get(word.partition(" ")[0])
        if phrases:
            before, after = around.own_left[-2:], around.own_right[:2]
            bare = [one.removeprefix("له").removeprefix("به") for one in before]
            listed = _holding(phrases, before, word, after)
            if listed is None and bare != before:
                listed = _holding(phrases, bare, word, after)
            if listed is not None:
                return vocabulary.exceptions[listed]
    return None


def _holding(phrases: Sequence[str], left: list[str], word: str, right: list[str]) -> str | None:
    """Phrases, a space on either side → the first that the word is part of where it stands between its neighbours."""
    start = len(" ".join(left)) + bool(left)
    end = start + len(word) + 2
    stretch = f" {' '.join((*left, word, *right))} "
    for phrase in phrases:
        if stretch.find(phrase, max(0, end - len(phrase)), start + len(phrase)) >= 0:
            return phrase
    return None


def others_of_name(subjects: list[Subject], exceptions: list[ExceptionalPhrase | None]) -> set[str]:
    """The places whose name stands for another one somewhere in the text: Iran's Kurdistan."""
    return {
        subject.place_id
        for subject, exception in zip(subjects, exceptions, strict=True)
        if exception and exception.reading == "none"
    }
