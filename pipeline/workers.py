"""Steps 2 to 5 of 6, on one process or several. Articles → their mentions and signatures, the same whichever way.

The language of an article is told here as well: of reading it is most of the work, and reading is done by one process.

Small inputs stay in this process: starting others costs more than it saves. The others are started afresh
("spawn"), so that nothing depends on what this one holds.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Protocol, Self

from pipeline.errors import ProjectError
from pipeline.geocoding import geocode
from pipeline.langid import language_of, told
from pipeline.records import Article, Geocoded, Mention, Refusal
from pipeline.stories import sign

Work = tuple[str, tuple[Mention, ...], bytes]
"""The language of an article, its mentions, and the signature that tells its copies."""

POOL_AT = 4_000_000
"""Letters in one call, or in all calls so far, from which other processes are worth their start."""
_SHARE = 100
"""Articles that a process is given at a time: few enough that all of them end a batch together."""


class Spread(Protocol):
    """A way to spread `geocode` over articles; a context manager that ends what it started."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...

    def map(self, articles: Sequence[Article]) -> Iterator[Geocoded | Refusal]:
        """Articles → each with its mentions, in the same order; a refusal where the geocoder itself failed."""

    def stored(self) -> None:
        """Whatever was handed out so far is in the store and need not be kept."""


@dataclass(slots=True)
class Workers:
    """Spreads over the processes of this machine."""

    processes: int = field(default_factory=lambda: os.cpu_count() or 1)
    pool_at: int = POOL_AT
    _letters: int = 0
    _pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    @property
    def started(self) -> bool:
        """Whether other processes are at work."""
        return self._pool is not None

    def map(self, articles: Sequence[Article]) -> Iterator[Geocoded | Refusal]:
        """Other processes begin at once, this one as the results are asked for.

        Raises ProjectError when a process was killed from outside.
        """
        self._letters += sum(len(article.text) for article in articles)
        if self.processes < 2 or self._letters < self.pool_at:
            return map(geocode_article, articles)
        self._pool = self._pool or _start(self.processes)
        found = self._pool.map(work_on, articles, chunksize=_SHARE)
        return map(joined, articles, _collected(found))

    def stored(self) -> None:
        """Nothing is kept here."""


def _collected(results: Iterator[Work | Refusal]) -> Iterator[Work | Refusal]:
    try:
        yield from results
    except BrokenProcessPool as error:
        raise ProjectError(
            "a worker process was killed, most likely for want of memory: run again with --processes 1"
        ) from error


def geocode_article(article: Article) -> Geocoded | Refusal:
    """An article → it with its language and mentions; the refusal "internal" where the geocoder fails on it."""
    return joined(article, work_on(article))


def joined(article: Article, found: Work | Refusal) -> Geocoded | Refusal:
    """An article and what was found in it → both as one; other processes need not send the text back."""
    if isinstance(found, Refusal):
        return found
    language, mentions, signature = found
    return Geocoded(told(article, language), mentions, signature)


def work_on(article: Article) -> Work | Refusal:
    """An article → its language, mentions and signature; the refusal "internal" where the geocoder fails on it.

    Raises ProjectError where the project's own data are faulty.
    """
    try:
        mentions = tuple(geocode(article.text, date=article.published))
        return language_of(article), mentions, sign(article)
    except ProjectError as error:
        # Faulty data of our own would fail every article. Rebuilt from its line: this one crosses processes.
        raise ProjectError(str(error)) from None
    except Exception as error:  # noqa: BLE001  the one edge of a batch: the failure is kept by name
        what = f"the geocoder failed with {type(error).__name__}: {error}"
        message = f"{article.origin}: {what} (internal): report it with this article"
        return Refusal(origin=article.origin, code="internal", message=" ".join(message.split()))


def _start(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_work
    )


def _begin_work() -> None:
    """Ctrl-C reaches every process of a terminal: the first one decides, and lets the batch end.

    Where the first one is killed, nobody would end the others: they wait for work without end. So they watch it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
