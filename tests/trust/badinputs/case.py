"""A bad input: how it is made, and what must come of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.read import read_path
from pipeline.records import Article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input: articles, refusals by code, and the flags of the articles.

    ``flags`` is None where any are expected.
    """

    articles: int = 0
    refused: tuple[str, ...] = ()
    flags: tuple[str, ...] | None = ()

    def __str__(self) -> str:
        told = [f"{self.articles} article{'s' * (self.articles != 1)}"] if self.articles else []
        told += [f"{count} × {code}" if count > 1 else code for code, count in Counter(self.refused).items()]
        told += [f"flag {flag}" for flag in self.flags or ()]
        return ", ".join(told) or "nothing"

    def meets(self, expected: "Outcome") -> bool:
        """Whether it is as it should be."""
        return replace(self, flags=self.flags if expected.flags is not None else None) == expected


@dataclass(frozen=True, slots=True)
class Bad:
    """A bad input; ``make`` puts it into an empty folder, which is then read."""

    make: Callable[[Path], None]
    expected: Outcome


def file(name: str, data: Callable[[], bytes], outcome: Outcome) -> Bad:
    """One file of these bytes, made when it is needed."""

    def make(folder: Path) -> None:
        (folder / name).write_bytes(data())

    return Bad(make, outcome)


def refused(*codes: str, articles: int = 0) -> Outcome:
    """Refusals by these codes beside so many articles."""
    return Outcome(articles, codes)


def taken(*flags: str, articles: int = 1) -> Outcome:
    """So many articles, flagged so."""
    return Outcome(articles, (), flags)


def happened(folder: Path) -> Outcome:
    """Read a folder → what became of it."""
    found = list(read_path(folder))
    articles = [one for one in found if isinstance(one, Article)]
    return Outcome(
        articles=len(articles),
        refused=tuple(one.code for one in found if not isinstance(one, Article)),
        flags=tuple(sorted({flag for one in articles for flag in one.flags})),
    )
