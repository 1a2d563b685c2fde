"""Plain text → one Article: the whole file is its text, whatever it says."""

import re
from collections.abc import Iterator

from pipeline.read.fields import make_article
from pipeline.read.source import Head, Source, read_text
from pipeline.records import Article

_TITLE = re.compile(r"\s*(?P<title>\S[^\r\n]{0,249})(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*(?=\S)")


def is_plain(head: Head) -> bool:
    """Any text is plain text."""
    return bool(head.letters)


def read_plain(source: Source) -> Iterator[Article]:
    """A text file → its article. A first line that a blank line follows is the title."""
    text = read_text(source)
    title_end, body_start = find_title(text)
    yield make_article(
        text,
        title_end=title_end,
        body_start=body_start,
        origin=source.origin,
        encoding=source.encoding,
    )


def find_title(text: str) -> tuple[int, int]:
    """A text → (end of its title, start of its body): a first line that a blank line follows, or 0 and 0."""
    title = _TITLE.match(text)
    return (title.end("title"), title.end()) if title else (0, 0)
