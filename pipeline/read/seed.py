"""A seed file (title, source, body) → one Article whose text is the whole file, verbatim."""

import re
from collections.abc import Iterator

from pipeline.errors import ReadRefused
from pipeline.read.fields import make_article
from pipeline.read.source import Head, Source, read_text
from pipeline.records import Article

_EOL = r"[ \t]*(?:\r\n|\n|\r)"
_SHAPE = re.compile(
    rf"(?P<title>\S[^\r\n]{{0,399}}?){_EOL}(?P<source>[^\W\d_][^\r\n:.،,؛;/–—]{{1,59}}?){_EOL}(?P<body>\S[^\r\n]+)"
)
_WORDS = 6
"""Words of a source's name at most: a longer second line is the body already."""


def is_seed(head: Head) -> bool:
    """Whether a text opens with a title, a name of a few words, and a body that is longer than either."""
    parts = _SHAPE.match(head.letters)
    if not parts or len(parts["source"].split()) > _WORDS:
        return False
    return len(parts["body"]) > max(len(parts["title"]), len(parts["source"]))


def read_seed(source: Source) -> Iterator[Article]:
    """A seed → its article: line 1 is the title, line 2 the source, the rest the body.

    The line of the source stays in the text, so that offsets are those of the file.
    """
    text = read_text(source)
    parts = _SHAPE.match(text)
    if not parts:
        raise ReadRefused(
            origin=source.origin,
            code="format",
            what="not a title, a source and a body in its first three lines",
            to_do="read it as --format text",
        )
    yield make_article(
        text,
        title_end=parts.end("title"),
        body_start=parts.start("body"),
        source=parts["source"],
        origin=source.origin,
        encoding=source.encoding,
    )
