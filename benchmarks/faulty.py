"""A disk that is full or broken at the n-th step, for every n → whether the store stays whole and can go on.

    python -m benchmarks.faulty

Making a store with a batch in it, a further batch, a correction: each is done again and again, with the first, the
second, … step failing, once or from then on, until it is through without meeting the fault. Each time it must either
be done or end with a StoreError that names the file; afterwards the store must be whole, and the same work must go
through on a sound disk and leave what it always leaves. Exit code: 0 if all of this holds, 1 if not.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

import click

from benchmarks.disk import BROKEN, FULL, Fault, failing
from benchmarks.generate import articles, geocoded
from pipeline.errors import StoreError
from pipeline.store import (
    add_batch,
    article,
    begin_run,
    canonical_dump,
    check_store,
    correct,
    finish_run,
    open_store,
)

ARTICLES = 10
Work = Callable[[Path], None]


@dataclass(slots=True)
class Outcome:
    """How many times the disk failed, and what was wrong afterwards, in words."""

    failures: int = 0
    faults: list[str] = field(default_factory=list)


def take_in(path: Path, first: int = 0) -> None:
    """Store a batch, in a store that may have to be made first; one that is there already changes nothing."""
    batch = map(geocoded, islice(articles(1_000), first, first + ARTICLES))
    with open_store(path, mode="write") as store:
        run = begin_run(store, code_version="benchmark", rules="made")
        add_batch(store, run, list(batch), [])
        finish_run(store, run)


def take_in_more(path: Path) -> None:
    """Store another batch."""
    take_in(path, first=ARTICLES)


def reject_one(path: Path) -> None:
    """Reject a mention, unless it is rejected already."""
    with open_store(path, mode="write") as store:
        named = next(one for one in map(geocoded, articles(ARTICLES)) if one.mentions)
        seen = article(store, named.article.id)
        if seen is not None and seen.mentions[0].corrected is None:
            correct(store, mention_id=seen.mentions[0].id, author="N", action="reject", base_revision=0)


WORKS: Mapping[str, Work] = {"a new store": take_in, "a batch": take_in_more, "a correction": reject_one}


def sweep(folder: Path, *, works: Mapping[str, Work] = WORKS, stride: int = 1) -> dict[str, Outcome]:
    """Works by name → what came of each under every fault; ``stride`` leaves steps out."""
    base = folder / "base.gpkg"
    take_in(base)
    return {
        name: _sweep(work, None if work is take_in else base, folder, stride) for name, work in works.items()
    }


def _sweep(work: Work, base: Path | None, folder: Path, stride: int) -> Outcome:
    outcome, path = Outcome(), folder / "faulty.gpkg"
    _lay_out(base, path)
    work(path)
    expected = _dump(path)
    for error in (FULL, BROKEN):
        for lasts in (False, True):
            for at in count(1, stride):
                _lay_out(base, path)
                fault = Fault(at, error, lasts)
                said = _try(work, path, fault)
                if not fault.met:
                    break
                outcome.failures += 1
                where = f"{error.__name__} {'from' if lasts else 'at'} step {at}"
                outcome.faults += (f"{where}: {wrong}" for wrong in _wrong(work, path, said, expected))
    return outcome


def _try(work: Work, path: Path, fault: Fault) -> str | None:
    """What the user is told, None where the work was done all the same."""
    try:
        with failing(fault):
            work(path)
    except StoreError as error:
        return str(error)
    return None


def _wrong(work: Work, path: Path, said: str | None, expected: list[str]) -> Iterator[str]:
    if said is not None and not said.startswith(f"{path}: "):
        yield f"the message names no file: {said}"
    if said is None and _dump(path) != expected:
        yield "it said nothing, and the work is not done"
    work(path)
    yield from check_store(path)
    if _dump(path) != expected:
        yield "done again on a sound disk, it leaves something else"


def _lay_out(base: Path | None, path: Path) -> None:
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    if base is not None:
        shutil.copy(base, path)


def _dump(path: Path) -> list[str]:
    with open_store(path, mode="read") as store:
        return list(canonical_dump(store))


@click.command()
@click.option("--stride", default=1, show_default=True, help="Only every so-manieth step is made to fail.")
def main(*, stride: int) -> None:
    """Let the disk fail at every step."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = sweep(Path(folder), stride=stride)
    for name, outcome in outcomes.items():
        print(f"{name:<14}{outcome.failures:>7,} failures of the disk, {len(outcome.faults):,} faults")
        print("\n".join(outcome.faults[:10]))
    sys.exit(any(outcome.faults for outcome in outcomes.values()))


if __name__ == "__main__":
    main()
