"""Text → what the geocoder's single steps say of it, with its own gazetteer and words."""

from pipeline.fold import fold
from pipeline.language import Languages
from pipeline.lexicon import load_lexicon
from pipeline.recognise import Span, find
from pipeline.resolve import Judged, judge
from pipeline.vocabulary import load_vocabulary


def spans(text: str) -> list[Span]:
    """Text → the spellings found in it."""
    folded = fold(text)
    return find(text, folded, Languages(folded.kinds), load_lexicon(), load_vocabulary())


def judged(text: str) -> list[Judged]:
    """Text → its spans with the unit chosen and the cues that fired, as of today."""
    folded = fold(text)
    languages, lexicon, vocabulary = Languages(folded.kinds), load_lexicon(), load_vocabulary()
    found = find(text, folded, languages, lexicon, vocabulary)
    return judge(text, folded, languages, found, lexicon=lexicon, vocabulary=vocabulary, day=None)
