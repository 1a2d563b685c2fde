"""The order of steps 1 to 6. Paths → articles in the store, batch by batch.

A batch is one transaction: what is stored is whole, and a run that was stopped goes on where it was, because
articles the store knows under the same rules are not geocoded again. Every input is accounted for:
inputs = stored + duplicates + refused.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipeline import __version__
from pipeline.errors import ProjectError
from pipeline.geocoding import rules_digest
from pipeline.read import Meter, find_files, read_file, read_stream
from pipeline.records import Article, Geocoded, Refusal
from pipeline.store import BatchResult, Store, add_batch, begin_run, finish_run, known_ids, open_store
from pipeline.workers import Workers

STANDARD_INPUT = "-"
BATCH = 1000
"""Inputs in a batch at most."""
BATCH_LETTERS = 8_000_000
"""Letters of text after which a batch is full, however few articles they are."""

Input = Article | Refusal


@dataclass(frozen=True, slots=True)
class RunReport:
    """What became of the inputs. ``superseded`` of the stored were there before, under other rules.

    ``interrupted``: the run was stopped after a whole batch, and the rest of the input was not read.
    """

    stored: int = 0
    duplicates: int = 0
    refused: int = 0
    superseded: int = 0
    mentions: int = 0
    interrupted: bool = False

    @property
    def inputs(self) -> int:
        """All that was read: each is one of the three."""
        return self.stored + self.duplicates + self.refused


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. ``total_bytes`` is None where standard input is part of it."""

    report: RunReport
    done_bytes: int
    total_bytes: int | None


def run(
    paths: Sequence[str],
    *,
    store_path: Path,
    format: str | None = None,  # noqa: A002
    columns: Mapping[str, str] | None = None,
    meter: Meter | None = None,
    workers: Workers | None = None,
    stdin: BinaryIO | None = None,
    on_refusal: Callable[[Refusal], None] = lambda _: None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> RunReport:
    """Files, folders or "-" → the store, and what became of them.

    Raises ProjectError where nothing can be done: no path exists, nothing lies there, or the store cannot be
    written. A refusal is handed on as soon as it is known, and kept in the store. ``format`` and ``columns`` as
    in `read_path`; ``meter`` tells what was passed over.
    """
    found = list(_find(paths))
    if not any(isinstance(one, Path) for one in found) and STANDARD_INPUT not in paths:
        raise _nothing_to_read(found, on_refusal)
    meter, report = meter or Meter(), RunReport()
    total = None if STANDARD_INPUT in paths else sum(_size(one) for one in found)
    rules = rules_digest()
    with _on_interrupt() as stop, open_store(store_path, mode="write") as store, workers or Workers() as pool:
        run_id = begin_run(store, code_version=__version__, rules=rules)
        batches = _batches(_read(found, stdin, format=format, columns=columns, meter=meter), stop)
        jobs = (_start(batch, known=_known(store, batch, rules), pool=pool) for batch in batches)
        for job in _one_ahead(jobs):
            geocoded, refusals = _finish(job)
            for refusal in refusals:
                on_refusal(refusal)
            report = _add(report, geocoded, add_batch(store, run_id, geocoded, refusals))
            on_progress(Progress(report, meter.done, total))
        if stop.is_set():
            return replace(report, interrupted=True)
        finish_run(store, run_id)
    return report


def _find(paths: Sequence[str]) -> Iterator[Path | Refusal | None]:
    """What the paths lead to, in their order; None stands for standard input."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield None
        else:
            yield from find_files(Path(path))


def _nothing_to_read(
    found: Sequence[Path | Refusal | None], on_refusal: Callable[[Refusal], None]
) -> ProjectError:
    for one in found:
        if isinstance(one, Refusal):
            on_refusal(one)
    return ProjectError("nothing to read: no path leads to a file, so the store was left as it is")


def _size(one: Path | Refusal | None) -> int:
    """Bytes of a file, 0 for what is none or has vanished meanwhile: reading it will say so."""
    try:
        return one.stat().st_size if isinstance(one, Path) else 0
    except OSError:
        return 0


def _read(
    found: Iterable[Path | Refusal | None],
    stdin: BinaryIO | None,
    *,
    format: str | None,  # noqa: A002
    columns: Mapping[str, str] | None,
    meter: Meter,
) -> Iterator[Input]:
    for one in found:
        if isinstance(one, Refusal):
            yield one
        elif one is not None:
            yield from read_file(one, format=format, columns=columns, meter=meter)
        elif stdin is not None:
            yield from read_stream(stdin, format=format, columns=columns, meter=meter)


def _batches(inputs: Iterable[Input], stop: threading.Event) -> Iterator[list[Input]]:
    """Inputs → full batches, and a last one; none is begun after ``stop``, the one in hand is handed out."""
    batch: list[Input] = []
    letters = 0
    for one in inputs:
        batch.append(one)
        letters += len(one.text) if isinstance(one, Article) else 0
        if len(batch) >= BATCH or letters >= BATCH_LETTERS or stop.is_set():
            yield batch
            batch, letters = [], 0
            if stop.is_set():
                return
    if batch:
        yield batch


def _known(store: Store, batch: Sequence[Input], rules: str) -> frozenset[str]:
    return known_ids(store, {one.id for one in batch if isinstance(one, Article)}, rules)


@dataclass(frozen=True, slots=True)
class _Job:
    """A batch at work: ``done`` yields its new articles with their mentions, or why there are none.

    ``twice`` are articles that are known or stand twice in the batch. They come without mentions: the store
    counts them as duplicates and keeps nothing of them.
    """

    refusals: list[Refusal]
    done: Iterator[Geocoded | Refusal]
    twice: list[Geocoded]


def _start(batch: Sequence[Input], *, known: frozenset[str], pool: Workers) -> _Job:
    fresh: dict[str, Article] = {}
    twice: list[Geocoded] = []
    for one in batch:
        if isinstance(one, Article):
            if one.id in known or one.id in fresh:
                twice.append(Geocoded(one))
            else:
                fresh[one.id] = one
    refusals = [one for one in batch if isinstance(one, Refusal)]
    return _Job(refusals, pool.map(list(fresh.values())), twice)


def _finish(job: _Job) -> tuple[list[Geocoded], list[Refusal]]:
    """A batch at work → its articles with their mentions, and its refusals."""
    done = list(job.done)
    geocoded = [one for one in done if isinstance(one, Geocoded)]
    return geocoded + job.twice, job.refusals + [one for one in done if isinstance(one, Refusal)]


def _one_ahead(jobs: Iterable[_Job]) -> Iterator[_Job]:
    """Jobs, each handed out when the next one is at work: one batch is geocoded while another is stored."""
    before: _Job | None = None
    for job in jobs:
        if before is not None:
            yield before
        before = job
    if before is not None:
        yield before


def _add(report: RunReport, geocoded: Sequence[Geocoded], result: BatchResult) -> RunReport:
    return RunReport(
        stored=report.stored + result.stored,
        duplicates=report.duplicates + result.duplicates,
        refused=report.refused + result.refused,
        superseded=report.superseded + result.superseded,
        mentions=report.mentions + sum(len(one.mentions) for one in geocoded),
    )


@contextmanager
def _on_interrupt() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second one stops at once, and loses the batch in flight."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask_to_stop(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask_to_stop)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
