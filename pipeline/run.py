"""The order of steps 1 to 6. Paths → articles in the store, batch by batch.

A batch is one transaction: what is stored is whole, and a run that was stopped goes on where it was, because
articles the store knows under the same rules are not geocoded again. Every input is accounted for:
inputs = stored + duplicates + refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipeline import __version__
from pipeline.batches import Input, batches, on_interrupt
from pipeline.errors import ProjectError
from pipeline.geocoding import rules_digest
from pipeline.read import Meter, find_files, read_file, read_stream
from pipeline.records import Article, Geocoded, Refusal
from pipeline.store import (
    BatchResult,
    Store,
    add_batch,
    begin_run,
    count_outdated,
    finish_run,
    known_ids,
    open_store,
    outdated_articles,
)
from pipeline.workers import Spread, Workers, geocode_article

STANDARD_INPUT = "-"


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
    """How far a run is: ``done`` of ``total``, in bytes of its input or in articles of the store.

    ``total`` is None where standard input is part of it.
    """

    report: RunReport
    done: int
    total: int | None


def run(
    paths: Sequence[str],
    *,
    store_path: Path,
    format: str | None = None,  # noqa: A002
    columns: Mapping[str, str] | None = None,
    meter: Meter | None = None,
    workers: Spread | None = None,
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
    meter = meter or Meter()
    total = None if STANDARD_INPUT in paths else sum(_size(one) for one in found)
    with workers or Workers() as spread, open_store(store_path, mode="write") as store:
        return _take_in(
            store,
            _read(found, stdin, format=format, columns=columns, meter=meter),
            spread=spread,
            on_refusal=on_refusal,
            meter=meter,
            on_batch=lambda report, done: on_progress(Progress(report, done, total)),
        )


def run_again(
    *,
    store_path: Path,
    workers: Spread | None = None,
    on_refusal: Callable[[Refusal], None] = lambda _: None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> RunReport:
    """The articles of a store that were last processed under other rules → the same under the present ones.

    Their texts are those of the store: no input is read, and no other article is touched. Raises StoreError where
    there is no store.
    """
    rules, meter = rules_digest(), Meter()
    if not store_path.exists():
        open_store(store_path, mode="read")  # says so; to write would make one
    with workers or Workers() as spread, open_store(store_path, mode="write") as store:
        total = count_outdated(store, rules)
        return _take_in(
            store,
            _counted(outdated_articles(store, rules), meter),
            spread=spread,
            on_refusal=on_refusal,
            meter=meter,
            on_batch=lambda report, done: on_progress(Progress(report, done, total)),
        )


def _take_in(
    store: Store,
    inputs: Iterable[Input],
    *,
    spread: Spread,
    on_refusal: Callable[[Refusal], None],
    meter: Meter,
    on_batch: Callable[[RunReport, int], None],
) -> RunReport:
    """Inputs → the store, batch by batch, until they end or Ctrl-C is pressed."""
    rules, report = rules_digest(), RunReport()
    run_id = begin_run(store, code_version=__version__, rules=rules)
    with on_interrupt() as stop:
        for job in _one_ahead(_jobs(store, batches(inputs, stop), rules, spread, meter)):
            geocoded, refusals = _finish(job)
            for refusal in refusals:
                on_refusal(refusal)
            result = add_batch(store, run_id, geocoded, refusals)
            _require_balance(job, result)
            report = _add(report, geocoded, result)
            spread.stored()
            on_batch(report, job.read)
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


def _counted(articles: Iterable[Article], meter: Meter) -> Iterator[Article]:
    for article in articles:
        meter.done += 1
        yield article


def _jobs(
    store: Store, full: Iterable[list[Input]], rules: str, spread: Spread, meter: Meter
) -> Iterator["_Job"]:
    for batch in full:
        read, ids = meter.done, {one.id for one in batch if isinstance(one, Article)}
        yield _start(batch, known=known_ids(store, ids, rules), spread=spread, read=read)


@dataclass(frozen=True, slots=True)
class _Job:
    """A batch at work: ``done`` yields its new articles with their mentions, or why there are none.

    ``inputs`` is their number, ``read`` how far the input was read with them. ``known`` are articles that the store
    has, ``twice`` those that stand in the batch before. They come as they were read, without language or mentions: the
    store counts them as duplicates and keeps nothing of them.
    """

    refusals: list[Refusal]
    done: Iterator[Geocoded | Refusal]
    known: list[Geocoded]
    twice: list[Article]
    inputs: int
    read: int


def _start(batch: Sequence[Input], *, known: frozenset[str], spread: Spread, read: int) -> _Job:
    fresh: dict[str, Article] = {}
    there: list[Geocoded] = []
    twice: list[Article] = []
    for one in batch:
        if isinstance(one, Article):
            if one.id in known:
                there.append(Geocoded(one))
            elif one.id in fresh:
                twice.append(one)
            else:
                fresh[one.id] = one
    refusals = [one for one in batch if isinstance(one, Refusal)]
    return _Job(refusals, spread.map(list(fresh.values())), there, twice, len(batch), read)


def _finish(job: _Job) -> tuple[list[Geocoded], list[Refusal]]:
    """A batch at work → its articles with their mentions, and its refusals."""
    done = list(job.done)
    found = {one.article.id for one in done if isinstance(one, Geocoded)}
    # What the geocoder failed on it fails on again, and the refusal names the other place.
    done += [Geocoded(one) if one.id in found else geocode_article(one) for one in job.twice]
    geocoded = [one for one in done if isinstance(one, Geocoded)]
    return geocoded + job.known, job.refusals + [one for one in done if isinstance(one, Refusal)]


def _one_ahead(jobs: Iterable[_Job]) -> Iterator[_Job]:
    """Jobs, each handed out when the next one is at work: one batch is geocoded while another is stored."""
    before: _Job | None = None
    for job in jobs:
        if before is not None:
            yield before
        before = job
    if before is not None:
        yield before


def _require_balance(job: _Job, result: BatchResult) -> None:
    """Every input was counted on its way in, and again by what became of it."""
    taken = result.stored + result.duplicates + result.refused
    if taken != job.inputs:
        raise ProjectError(f"of {job.inputs} inputs {taken} were accounted for: report this with the input")


def _add(report: RunReport, geocoded: Sequence[Geocoded], result: BatchResult) -> RunReport:
    return RunReport(
        stored=report.stored + result.stored,
        duplicates=report.duplicates + result.duplicates,
        refused=report.refused + result.refused,
        superseded=report.superseded + result.superseded,
        mentions=report.mentions + sum(len(one.mentions) for one in geocoded),
    )
