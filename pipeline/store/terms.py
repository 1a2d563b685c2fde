"""Step 6 of 6. Typed words → an expression for the full-text index, whatever was typed.

The index holds folded words as they are written, so a word is looked for with every Arabic proclitic that may
stand before it: كركوك finds وكركوك and بكركوك, الموصل finds للموصل and بالموصل.
A word that ends in * stands for all that begin so; words between double quotes must follow each other.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.fold import fold_words
from pipeline.store.connection import Terms

# What the tokenizer of the index takes for a word: of ASCII letters and digits only, of the rest everything.
_TOKEN = re.compile("[0-9A-Za-z\u0080-\ud7ff\ue000-\U0010ffff]+")
MAX_TERMS = 32  # more would be a text, not a question

# Chains of و ف (and), then ب ل ك (in, to, as), in front of any word; in front of ال, ل swallows the alif.
_PROCLITICS = tuple(
    fold_words(first + second) for first in ("", "و", "ف") for second in ("", "ب", "ل", "ك") if first + second
)
_ARTICLE, _TO_THE = fold_words("ال"), tuple(fold_words(first + "لل") for first in ("", "و", "ف"))


def typed_terms(query: str) -> Terms:
    """Typed text → its terms, each in the spellings it may have; none where no letter or digit was typed."""
    return tuple(tuple(with_proclitics(phrase)) for phrase in _phrases(query))[:MAX_TERMS]


def with_proclitics(phrase: str) -> Iterator[str]:
    """Folded words → the same, then with each proclitic before the first of them."""
    yield phrase
    if not "\u0600" <= phrase[0] <= "\u06ff" or len(phrase.split(maxsplit=1)[0].rstrip("*")) < 2:
        return
    yield from (clitic + phrase for clitic in _PROCLITICS)
    if phrase.startswith(_ARTICLE):
        yield from (to_the + phrase.removeprefix(_ARTICLE) for to_the in _TO_THE)


def fts_expression(terms: Iterable[Iterable[str]]) -> str | None:
    """Folded terms → an FTS5 expression that is always well formed; None for nothing to look for."""
    clauses = []
    for spellings in terms:
        quoted = [text for text in map(_quoted, spellings) if text]
        if quoted:
            clauses.append("(" + " OR ".join(quoted) + ")")
    return " AND ".join(clauses) or None


def _phrases(query: str) -> Iterator[str]:
    """Typed text → folded words and, from between double quotes, folded phrases."""
    for index, part in enumerate(query.split('"')):
        for typed in [part] if index % 2 else part.split():
            folded = " ".join(_TOKEN.findall(fold_words(typed)))
            # A hyphen or apostrophe inside a typed word parts it in two, that stay together as a phrase.
            if folded:
                yield folded + ("*" if typed.endswith("*") else "")


def _quoted(spelling: str) -> str:
    """Folded words, perhaps with a star → an FTS5 string, perhaps a prefix; "" where no word is left."""
    words = _TOKEN.findall(spelling)
    if not words:
        return ""
    return f'"{" ".join(words)}"' + ("*" if spelling.endswith("*") else "")
