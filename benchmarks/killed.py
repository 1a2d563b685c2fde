"""A number of kills → whether an ingest that is killed at random moments loses anything, or leaves anything half.

    python -m benchmarks.killed --kills 500

The whole of `pipeline run` goes on in a process of its own, but for the geocoder: its mentions are made with the
articles, so that most moments fall into the store. SIGKILL comes at a moment drawn by chance; the next process goes
on with the same store until it is full, and then a new one is begun. After each kill: no batch that was acknowledged
is lost, none is there in part, and `check` finds no fault. A full store equals one filled without interruption, term by
term of the search index too. Exit code: 0 if all of this holds, 1 if not.
"""

import mmap
import os
import random
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import click

from benchmarks.corpus import SEED
from benchmarks.generate import articles, geocoded
from pipeline.errors import StoreError
from pipeline.records import Mention
from pipeline.run import Progress, run
from pipeline.store import Store, canonical_dump, check_store, open_store, summary
from pipeline.store.connection import transaction
from pipeline.workers import Workers

BATCH = 40
BATCHES = 12
PART_OF_ALL = 1
"""A process lives for this part of the time that the whole takes, at most: it reads all from the start each time."""
TOLD_EVERY = 50
_PAGE = struct.Struct("<BI")  # where the process is, and how many articles were acknowledged to it


@dataclass(slots=True)
class Outcome:
    """What became of the kills: how many fell where, and everything that was found wrong, in words."""

    stages: Counter[str] = field(default_factory=Counter)
    stores: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Ingest:
    """A file of articles, their mentions, and a page of memory by which a killed process still speaks."""

    news: Path
    mentions: dict[str, tuple[Mention, ...]]
    page: mmap.mmap

    def into(self, path: Path) -> None:
        """Take the file in, telling at each step where it is."""
        found = self.mentions
        with (
            patch("pipeline.batches.BATCH", BATCH),
            patch("pipeline.store.write.transaction", self._told_transaction),
            patch("pipeline.workers.work_on", lambda article: (found[article.id], b"")),
        ):
            run([str(self.news)], store_path=path, workers=Workers(1), on_progress=self._acknowledge)

    def _acknowledge(self, progress: Progress) -> None:
        _PAGE.pack_into(self.page, 0, 0, progress.report.inputs)

    @contextmanager
    def _told_transaction(self, store: Store, *, durable: bool = False) -> Iterator[object]:
        with transaction(store, durable=durable) as db:
            self.page[0] = 1
            yield db
            self.page[0] = 2
        self.page[0] = 0


STAGES = ("between transactions", "inside a transaction", "during COMMIT")


def kill(
    kills: int, folder: Path, *, seed: int = SEED, after_each: Callable[[Outcome], None] = lambda _: None
) -> Outcome:
    """Kill an ingest so many times, with its files in a folder → what came of it."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    ingest, outcome = _prepare(folder), Outcome()
    whole, started = folder / "whole.gpkg", time.monotonic()
    ingest.into(whole)
    longest = (time.monotonic() - started) / PART_OF_ALL
    expected, path = _dump(whole), folder / "killed-0.gpkg"
    while outcome.stages.total() < kills:
        stage = _start_and_kill(ingest, path, chance.uniform(0, longest))
        if stage is not None:
            outcome.stages[STAGES[stage]] += 1
            found = list(_faults(ingest, path))
            outcome.faults += found
            _say_at_once(found)
            after_each(outcome)
            continue
        if _dump(path) != expected:
            found = [f"{path.name} is not as one filled without interruption"]
            outcome.faults += found
            _say_at_once(found)
        path.unlink()
        outcome.stores += 1
        path = folder / f"killed-{outcome.stores}.gpkg"
    return outcome


def _prepare(folder: Path) -> _Ingest:
    news, mentions = folder / "news.jsonl", {}
    with news.open("w", encoding="utf-8") as out:
        for made in articles(BATCH * BATCHES):
            one = geocoded(made)
            mentions[one.article.id] = one.mentions
            out.write(made.as_json() + "\n")
    return _Ingest(news, mentions, mmap.mmap(-1, _PAGE.size))


def _start_and_kill(ingest: _Ingest, path: Path, seconds: float) -> int | None:
    """Where the process was when it was killed; None where it had ended by itself."""
    _PAGE.pack_into(ingest.page, 0, 0, 0)
    child = os.fork()
    if not child:
        _become(ingest, path)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return ingest.page[0]
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"the ingest failed by itself: {status}")
    return None


def _become(ingest: _Ingest, path: Path) -> None:
    """What the forked process does; it ends here, whatever happens."""
    code = 1
    try:
        ingest.into(path)
        code = 0
    except Exception:  # noqa: BLE001  a fork must not go on with what its parent was doing
        traceback.print_exc()
    finally:
        os._exit(code)


def _faults(ingest: _Ingest, path: Path) -> Iterator[str]:
    _, acknowledged = _PAGE.unpack_from(ingest.page)
    try:
        with open_store(path, mode="read") as store:
            stored = summary(store).articles
    except StoreError as error:
        if error.code != "missing" or acknowledged:  # else it was killed before the store was made
            yield str(error)
        return
    yield from check_store(path)
    if stored % BATCH:
        yield f"{path.name}: {stored} articles are no whole batches of {BATCH}"
    if stored < acknowledged:
        yield f"{path.name}: {acknowledged} articles were acknowledged, {stored} are there"


def _dump(path: Path) -> list[str]:
    with open_store(path, mode="read") as store:
        return list(canonical_dump(store))


@click.command()
@click.option("--kills", default=500, show_default=True, help="How many.")
@click.option("--seed", default=SEED, show_default=True, help="Of the moments.")
def main(*, kills: int, seed: int) -> None:
    """Kill an ingest and look at what is left."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill(kills, Path(folder), seed=seed, after_each=_say_now_and_then)
    for stage in STAGES:
        print(f"{outcome.stages[stage]:>6,} killed {stage}")
    print(f"{outcome.stores:>6,} stores filled to the end, each equal to one filled without interruption")
    print(f"{len(outcome.faults):>6,} faults")
    print("\n".join(outcome.faults[:20]))
    sys.exit(1 if outcome.faults else 0)


def _say_at_once(faults: Sequence[str]) -> None:
    """Faults are told when they are found: a run of hours may be stopped before its end."""
    for fault in faults:
        print(f"fault: {fault}", flush=True)


def _say_now_and_then(outcome: Outcome) -> None:
    done = outcome.stages.total()
    if done and not done % TOLD_EVERY:
        print(f"{done:,} kills, {outcome.stores:,} stores filled, {len(outcome.faults):,} faults", flush=True)


if __name__ == "__main__":
    main()
