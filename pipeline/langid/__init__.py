"""The end of step 1 of 6. An article as read → the same with its language told from its text.

A part of its own, and not of `pipeline.read`: it costs more than all else in reading a simple format and needs nothing
but the text, so the processes that geocode do it, and they load no reader.
"""

import hashlib
from dataclasses import replace

from pipeline.langid.find import CODES, MIXED, SIGNS, UNDECIDED, find_language
from pipeline.records import UNTOLD, Article

__all__ = [
    "CODES",
    "MIXED",
    "UNDECIDED",
    "find_language",
    "language_digest",
    "language_of",
    "tell_language",
    "told",
]


def tell_language(article: Article) -> Article:
    """An article → it with its language; as it is where that was told before."""
    return told(article, language_of(article))


def language_of(article: Article) -> str:
    """An article → its language, found in its text where nobody has told it yet."""
    if article.language != UNTOLD:
        return article.language
    return find_language(article.text, declared=article.declared)


def told(article: Article, language: str) -> Article:
    """An article and its language → both as one, flagged where the source declared another."""
    if article.language != UNTOLD:
        return article
    misdeclared = article.declared not in {None, language}
    flags = (*article.flags, "language-misdeclared") if misdeclared else article.flags
    return replace(article, language=language, declared=None, flags=flags)


def language_digest() -> str:
    """The digest of the words and letters that tell a language: machines that share work must have the same."""
    return hashlib.sha256(SIGNS.read_bytes()).hexdigest()
