"""Step 5 of 6. An article → the folded words that tell its story: no title, dateline or furniture among them.

Outlets change just these when they take a report over, and an outlet puts the same lines under all its reports.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pipeline.fold import fold_words, words_of
from pipeline.records import Article

FURNITURE = Path(__file__).with_name("furniture.toml")
SHORTEST_LINE = 4
"""Words of a line; shorter ones are menus, bylines and headings between paragraphs."""
LONGEST_FURNITURE = 30
"""Words of a line; a longer one is a paragraph, whatever it holds: text of one line must not vanish whole."""
# Place, outlet and mark: "BAGHDAD (AP) — ", "بغداد/ شفق نيوز/ ". Cut from every copy alike, even where it is none.
_DATELINE = re.compile(r"[^\n]{1,60}(?:[/—–:]|\s[-ـ])\s")
# Marks between thousands: 152,250 and 152250 are one number.
_GROUPED = re.compile(r"[,.\u066b\u066c](?<=\d.)(?=\d{3}(?!\d))")


def telling_words(article: Article) -> list[str]:
    """An article → the folded words of its body without what outlets put around it."""
    body = _GROUPED.sub("", article.body)
    return [word for line in _lines(body) for word in _told(words_of(line))]


def all_words(article: Article) -> str:
    """An article → the folded words of title and body: what is left to go by where there are few."""
    return fold_words(f"{article.title} {article.body}")


def _lines(body: str) -> Iterator[str]:
    """The lines of a body, the first of them without its dateline."""
    lines = iter(body.strip().splitlines())
    for first in lines:
        found = _DATELINE.match(first)
        yield first[found.end() :] if found else first
        break
    yield from lines


def _told(words: Sequence[str]) -> Sequence[str]:
    """The folded words of a line → the same; none where it is furniture."""
    if len(words) < SHORTEST_LINE or (len(words) <= LONGEST_FURNITURE and _is_furniture(words)):
        return ()
    return words


def _is_furniture(words: Sequence[str]) -> bool:
    phrases = _furniture()
    begun = [phrase for word in phrases.keys() & words for phrase in phrases[word]]
    line = f" {' '.join(words)} " if begun else ""
    return any(f" {phrase} " in line for phrase in begun)


@cache
def _furniture() -> Mapping[str, Sequence[str]]:
    """First word of a phrase → the phrases, all of them folded."""
    document = tomllib.loads(FURNITURE.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for phrase in sorted({fold_words(phrase) for rows in document.values() for phrase in rows}):
        found.setdefault(phrase.split()[0], []).append(phrase)
    return found
