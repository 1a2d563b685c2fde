"""Steps 2 to 4 as one pure function: text → mentions. No state, no network, the same answer every time."""

import gc
import hashlib

from pipeline.fold import fold
from pipeline.language import Languages
from pipeline.lexicon import load_lexicon
from pipeline.recognise import find
from pipeline.records import Mention
from pipeline.resolve import resolve
from pipeline.resolve.role import load_weights
from pipeline.vocabulary import load_vocabulary


def geocode(text: str, *, date: str | None = None) -> list[Mention]:
    """Text as given → its mentions of Iraqi places, in the order of the text, none overlapping.

    ``date`` is the article's day (YYYY-MM-DD, or as much of it as is known), on which ranks of units depend; None
    stands for today. Offsets are half-open code-point offsets into ``text``. A malformed date is a ValueError.
    """
    lexicon, vocabulary, weights = load_lexicon(), load_vocabulary(), load_weights()
    collects = gc.isenabled()
    # What is made here dies here, and holds no cycle: a collector would walk through it in vain.
    gc.disable()
    try:
        folded = fold(text)
        languages = Languages(folded.kinds)
        spans = find(text, folded, languages, lexicon, vocabulary)
        if not spans:
            return []
        return resolve(
            text,
            folded,
            languages,
            spans,
            lexicon=lexicon,
            vocabulary=vocabulary,
            weights=weights,
            day=date,
        )
    finally:
        if collects:
            gc.enable()


def rules_digest() -> str:
    """The digest of everything that decides: gazetteer, words, weights. What was stored is filed under it."""
    seal = hashlib.sha256()
    for part in (load_lexicon().digest, load_lexicon().gazetteer.digest, load_vocabulary().digest):
        seal.update(part.encode())
    return seal.hexdigest()
