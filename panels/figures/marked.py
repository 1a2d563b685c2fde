"""Text and mentions → markup: the text as it was given, each mention in a ``mark`` coloured by its role.

Offsets are code points into the text. The mark adds nothing but a background and a line, so that Arabic letters stay
joined across its edges; signs that turn the writing round, and control characters, are shown instead of obeyed.
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


def marked(text: str, mentions: Sequence[StoredMention], *, start: int, end: int, title: Titled) -> Html:
    """A text and the mentions to mark, in its order → the markup of ``text[start:end]``.

    ``title`` says of a mention what a pointer that rests on it shows. A mention that begins inside
    another one, or lies outside the stretch, is not marked.
    """
    return join(_pieces(text, mentions, start, end, title))


def _pieces(
    text: str, mentions: Sequence[StoredMention], start: int, end: int, title: Titled
) -> Iterator[Html]:
    at = start
    for stored in mentions:
        mention = stored.mention
        if mention.start < at or mention.end > end:
            continue
        yield visible(text[at : mention.start])
        yield tag(
            "mark",
            visible(text[mention.start : mention.end]),
            class_=f"role-{mention.role}",
            title=title(stored),
            tabindex="0",
        )
        at = mention.end
    yield visible(text[at:end])


def visible(text: str) -> Html:
    """Text → its markup with every sign that would act on the text around it shown as its code."""
    pieces: list[Html] = []
    at = 0
    for match in _CONTROLS.finditer(text):
        pieces += [escape(text[at : match.start()]), _shown(match.group())]
        at = match.end()
    return join([*pieces, escape(text[at:])])


def _shown(sign: str) -> Html:
    code = f"U+{ord(sign):04X}"
    return tag("span", code, class_="control", dir="ltr")


def paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """A text → the offsets of its lines from ``start`` on that hold more than white space, without it at their ends."""
    for match in re.finditer(r"[^\n\r]+", text[start:]):
        line = match.group()
        if line.strip():
            first = start + match.start() + len(line) - len(line.lstrip())
            yield first, first + len(line.strip())
