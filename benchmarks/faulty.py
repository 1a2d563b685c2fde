"""A disk that fails, or a kill, at the n-th step, for every n → whether the store stays whole and can go on.

    python -m benchmarks.faulty

Making a store with a batch in it, a further batch, a correction: each is done again and again, with the first, the
second, … step failing, once or from then on, or the process killed before it, until it is through without meeting the
fault. Each time it must either be done or end with a StoreError that names the file, and whoever reads what a killed
one left must find nothing stored yet, or a whole store. Afterwards the store must be whole, and the same work must go
through on a sound disk and leave what it always leaves. Exit code: 0 if all of this holds, 1 if not.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import Path

import click

from benchmarks.disk import BROKEN, FULL, Fault, failing, killing
from benchmarks.forked import killed_within
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
    """How many times the disk failed or the process was killed, and what was wrong afterwards, in words."""

    failures: int = 0
    kills: int = 0
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
    for at in count(1, stride):
        _lay_out(base, path)
        if not killed_within(partial(_until_killed, work, path, at)):
            return outcome
        outcome.kills += 1
        found = [*unreadable(path, new=base is None), *_wrong_again(work, path, expected)]
        outcome.faults += (f"killed before step {at}: {wrong}" for wrong in found)
    return outcome


def _until_killed(work: Work, path: Path, at: int) -> None:
    with killing(at):
        work(path)


def unreadable(path: Path, *, new: bool) -> Iterator[str]:
    """What a reader of a killed process's store is told, but for that nothing is stored in a new one yet."""
    try:
        open_store(path, mode="read").close()
    except StoreError as error:
        if not new or error.code != "missing":
            yield str(error)


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
    yield from _wrong_again(work, path, expected)


def _wrong_again(work: Work, path: Path, expected: list[str]) -> Iterator[str]:
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
    """Let the disk fail, or kill, at every step."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = sweep(Path(folder), stride=stride)
    for name, outcome in outcomes.items():
        how_often = f"{outcome.failures:>7,} failures of the disk, {outcome.kills:>5,} kills"
        print(f"{name:<14}{how_often}, {len(outcome.faults):,} faults")
        print("\n".join(outcome.faults[:10]))
    sys.exit(any(outcome.faults for outcome in outcomes.values()))


if __name__ == "__main__":
    main()
