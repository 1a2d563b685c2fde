"""Text and mentions → markup: the text as it was given, each mention in a ``mark`` coloured by its role.

Offsets are code points into the text. The mark adds nothing but a background and a line, so that Arabic
letters stay joined across its edges; signs that turn the writing round, and control characters, are shown
instead of obeyed.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from panels.figures.markup import Html, escape, join, tag
from pipeline.records import StoredMention

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Embeddings, overrides and isolates, and what has no picture. The marks that touch no letter but order
punctuation (U+200E, U+200F, U+061C) and the joiners that Kurdish needs (U+200C, U+200D) stay."""

Titled = Callable[[StoredMention], str]


def marked(
    text: str,
    mentions: Sequence[StoredMention],
    *,
    start: int,
    end: int,
    title: Titled,
    in_focus: bool = False,
) -> Html:
    """A text and mentions in its order → the markup of ``text[start:end]`` with those ``within`` it marked.

    ``title`` says of a mention what a pointer that rests on it shows; ``in_focus`` lets marks take the focus of
    the keyboard. What an analyst rejected is marked as such.
    """
    pieces: list[Html] = []
    for stored in within(mentions, start, end):
        pieces += [
            visible(text[start : stored.mention.start]),
            _mark(stored, text, title(stored), "0" if in_focus else None),
        ]
        start = stored.mention.end
    return join([*pieces, visible(text[start:end])])


def _mark(stored: StoredMention, text: str, title: str, tabindex: str | None) -> Html:
    return tag(
        "mark",
        visible(text[stored.mention.start : stored.mention.end]),
        class_=f"role-{stored.mention.role}" + (" rejected" if stored.corrected == "reject" else ""),
        title=title,
        tabindex=tabindex,
    )


def within(mentions: Sequence[StoredMention], start: int, end: int) -> tuple[StoredMention, ...]:
    """Mentions in the order of the text → those that lie in the stretch and begin in no other of them."""
    inside: list[StoredMention] = []
    for stored in mentions:
        if stored.mention.start >= start and stored.mention.end <= end:
            inside.append(stored)
            start = stored.mention.end
    return tuple(inside)


def visible(text: str) -> Html:
    """Text → its markup with every sign that would act on the text around it shown as its code."""
    pieces: list[Html] = []
    at = 0
    for match in _CONTROLS.finditer(text):
        code = tag("span", f"U+{ord(match.group()):04X}", class_="control", dir="ltr")
        pieces += [escape(text[at : match.start()]), code]
        at = match.end()
    return join([*pieces, escape(text[at:])])


def paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """A text → the offsets of its lines from ``start`` on, without blank ones or white space at the ends."""
    for match in re.compile(r"[^\n\r]+").finditer(text, start):
        line = match.group()
        if line.strip():
            first = match.start() + len(line) - len(line.lstrip())
            yield first, first + len(line.strip())
