"""Between steps 2 and 3. At-Taji and as-Suwayra bear an Arabic article; "at Taji" and "such as Suwayra" English words.

Folded, they are one: the fold keeps neither hyphens nor letter case.
"""

from collections.abc import Sequence

from pipeline.fold import to_page

_PREPOSITIONS = ("at ", "as ")
_HEADS = tuple(b" " + to_page(word) + b" " for word in _PREPOSITIONS)
_OPENINGS = frozenset(".!?:;—–-“”\"'(\n\r")


def with_prepositions(patterns: Sequence[bytes]) -> frozenset[int]:
    """A lexicon's folded patterns → the indexes of those that begin like an English preposition."""
    return frozenset(i for i, pattern in enumerate(patterns) if pattern.startswith(_HEADS))


def is_preposition(text: str, start: int) -> bool:
    """Whether the "at" or "as" that a span begins with is no article: small, or the first word of a sentence."""
    head = text[start : start + len(_PREPOSITIONS[0])]
    if head.lower() not in _PREPOSITIONS:
        return False
    before = text[:start].rstrip(" ")[-1:] if start < 2 else text[start - 2 : start].strip(" ")
    return head[0].islower() or not before or before[-1] in _OPENINGS
