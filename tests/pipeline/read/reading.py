"""Shortcuts for the tests of the readers: bytes or a fixture through the real door."""

import io
from collections.abc import Iterable
from pathlib import Path

from pipeline.langid import tell_language
from pipeline.read import Meter, read_path
from pipeline.read.door import open_stream
from pipeline.read.reading import Wish, read_opened
from pipeline.read.source import Found
from pipeline.records import Article, Refusal

FIXTURES = Path(__file__).parents[2] / "fixtures" / "read"


def read_all(path: Path, *, format: str | None = None) -> list[Article | Refusal]:  # noqa: A002
    """All that lies in a file, the articles as they are stored: with their languages."""
    return [tell_language(one) if isinstance(one, Article) else one for one in read_path(path, format=format)]


def read_bytes(
    folder: Path,
    data: bytes,
    name: str = "a.txt",
    *,
    format: str | None = None,  # noqa: A002
) -> list[Article | Refusal]:
    path = folder / name
    path.write_bytes(data)
    return read_all(path, format=format)


def read_here(data: bytes, name: str = "a.txt", *, format: str | None = None) -> list[Found]:  # noqa: A002
    """Bytes read in this process, where a test can see and change what the reader sees."""
    opened = open_stream(io.BytesIO(data), origin=name, suffix=Path(name).suffix, meter=Meter())
    return list(read_opened(opened, Wish(format)))


def articles(found: Iterable[Found]) -> list[Article]:
    return [one for one in found if isinstance(one, Article)]


def refusals(found: Iterable[Found]) -> list[Refusal]:
    return [one for one in found if isinstance(one, Refusal)]


def only_article(found: list[Article | Refusal]) -> Article:
    (one,) = found
    assert isinstance(one, Article), one
    return one


def only_refusal(found: list[Article | Refusal]) -> Refusal:
    (one,) = found
    assert isinstance(one, Refusal), one
    return one


def refused_lines(found: list[Article | Refusal]) -> list[tuple[str, str]]:
    """("12", "quote") for each refusal: the record it names and its code."""
    return [(one.origin.rpartition(":")[2], one.code) for one in refusals(found)]
