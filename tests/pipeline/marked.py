"""Sentences with the answer inside ↔ mentions, so that nobody counts offsets in right-to-left text.

``⟦surface|place id|role⟧``, with ``|inst`` behind it where the place locates an institution:
"هجوم في ⟦ديالى|IQ-DI|place⟧", "شرطة ⟦كركوك|IQ-KI|place|inst⟧". Mentions in role
``name`` are not printed: they say "no mention here".
"""

import re
from collections.abc import Iterable

from pipeline.geocoding import geocode
from pipeline.records import Mention

_MARK = re.compile(r"⟦([^|⟧]*)\|[^⟧]*⟧")


def plain(sentence: str) -> str:
    """Marked sentence → the text that it marks."""
    return _MARK.sub(r"\1", sentence)


def printed(text: str, mentions: Iterable[Mention]) -> str:
    """Text and its mentions in order → marked sentence."""
    pieces, done = [], 0
    for mention in mentions:
        if mention.role != "name":
            pieces += [text[done : mention.start], _mark(text, mention)]
            done = mention.end
    return "".join([*pieces, text[done:]])


def read(sentence: str, *, date: str | None = None) -> str:
    """Marked sentence → the same as the geocoder would mark it, given the text alone."""
    text = plain(sentence)
    return printed(text, geocode(text, date=date))


def _mark(text: str, mention: Mention) -> str:
    fields = [text[mention.start : mention.end], mention.place_id, mention.role]
    return f"⟦{'|'.join([*fields, *(['inst'] if mention.literal is False else [])])}⟧"
