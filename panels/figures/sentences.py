"""Text and spans → the sentences that hold them, as half-open code-point offsets into the text as given.

One set of rules for Arabic, Kurdish, Turkish and English news: a line end always ends a sentence, a mark
(the full stops, question and exclamation marks and the ellipsis of all of them) does where white space
follows and no abbreviation stands before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.records import StoredMention

_END = re.compile(r"[.!?؟\u06d4…]+[\"'”’»\u203a)\]]*(?=\s|$)")
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ABBREVIATION = re.compile(r"(?:^|[\s(«“\"'])(?:\w|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Sen|Prof|St|No|vs|Av)\.$")
LONGEST = 600
"""Code points that are shown of a sentence; a longer one is cut between words around what it is shown for."""
REACH = 10 * LONGEST
"""Code points before and after a mention among which its sentence is looked for: a line may have no end."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text, the mentions it is shown for, and whether its sentence goes on (``cut_*``)."""

    start: int
    end: int
    mentions: tuple[StoredMention, ...]
    cut_start: bool = False
    cut_end: bool = False


def excerpts(text: str, mentions: Sequence[StoredMention]) -> tuple[Excerpt, ...]:
    """A text and mentions in its order → one excerpt for each sentence that holds any."""
    groups: list[tuple[int, int, list[StoredMention]]] = []
    for stored in mentions:
        if groups and stored.mention.end <= groups[-1][1]:
            groups[-1][2].append(stored)
        else:
            groups.append((*sentence(text, stored.mention.start, stored.mention.end), [stored]))
    return tuple(_excerpt(text, start, end, group) for start, end, group in groups)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of the text → the sentence around it, stripped of white space; never less than the span."""
    line_start, line_end = _line(text, start, end)
    stops = _stops(text[line_start:line_end], line_start)
    first = max((stop for stop in stops if stop <= start), default=line_start)
    last = min((stop for stop in stops if stop >= end), default=line_end)
    piece = text[first:last]
    return first + len(piece) - len(piece.lstrip()), last - (len(piece) - len(piece.rstrip()))


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line around a span, or as much of it as lies within REACH."""
    lowest = max(0, start - REACH)
    before = max((match.end() for match in _LINE_END.finditer(text, lowest, start)), default=lowest)
    after = _LINE_END.search(text, end, end + REACH)
    return before, after.start() if after else min(len(text), end + REACH)


def _stops(line: str, offset: int) -> list[int]:
    """A line → offsets just after each mark that ends a sentence."""
    return [
        offset + match.end()
        for match in _END.finditer(line)
        if not _ABBREVIATION.search(line, max(0, match.start() - 8), match.start() + 1)
    ]


def _excerpt(text: str, start: int, end: int, group: Iterable[StoredMention]) -> Excerpt:
    mentions = tuple(group)
    first, last = mentions[0].mention.start, mentions[-1].mention.end
    shown = (start, end)
    if end - start > LONGEST:
        room = max(0, LONGEST - (last - first)) // 2
        shown = (
            _word_start(text, max(start, first - room), start),
            _word_end(text, min(end, last + room), end),
        )
    return Excerpt(*shown, mentions, cut_start=shown[0] > start, cut_end=shown[1] < end)


def _word_start(text: str, at: int, lowest: int) -> int:
    while at > lowest and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int, highest: int) -> int:
    while at < highest and not text[at].isspace():
        at += 1
    return at
