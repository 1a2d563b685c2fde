"""A number of kills → whether a run that is killed at random moments loses anything, or leaves anything half.

    python -m benchmarks.killed --kills 500

`pipeline run` fills a store and `pipeline run --again` then puts it under other rules, in processes of their own that
are killed by SIGKILL at moments drawn by chance; the next process goes on with the same store until the work is done,
and then a new store is begun. The articles are read, and their mentions made, beforehand: so most moments fall into
transactions of the store. After each kill: no batch that was acknowledged or seen is lost, none is there in part, and
`check` finds no fault. What is done equals what is done without interruption, term by term of the search index too.
Exit code: 0 if all of this holds, 1 if not.
"""

import mmap
import random
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

import click

from benchmarks.corpus import SEED
from benchmarks.forked import killed_within
from benchmarks.generate import articles, geocoded
from pipeline.errors import StoreError
from pipeline.langid import tell_language
from pipeline.read import read_path
from pipeline.records import Article, Mention
from pipeline.run import Progress, run, run_again
from pipeline.store import Store, canonical_dump, check_store, count_outdated, open_store, summary
from pipeline.store.connection import transaction
from pipeline.workers import Work, Workers

BATCH = 40
BATCHES = 12
TOLD_EVERY = 50
STAGES = ("between transactions", "inside a transaction", "during COMMIT")
RULES = ("first", "other")  # a store is filled under the first, and done again under the other
_PAGE = struct.Struct("<BI")  # where the process is, and how many articles are known to be done


@dataclass(slots=True)
class Outcome:
    """What became of the kills: how many fell where, and everything that was found wrong, in words."""

    stages: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def share_inside(self) -> float:
        """The part of the kills that fell between BEGIN and the end of COMMIT."""
        return 1 - self.stages[STAGES[0]] / max(1, self.stages.total())


@dataclass(frozen=True, slots=True)
class _Ingest:
    """A file, what was read in it and found there, and a page of memory by which a killed process still speaks."""

    news: Path
    read: Sequence[Article]
    mentions: Mapping[str, tuple[Mention, ...]]
    page: mmap.mmap

    def into(self, path: Path, rules: str) -> None:
        """Fill a store under the first rules, or put a full one under the others, telling at each step where it is."""
        with ExitStack() as patches:
            for what, instead in {
                "pipeline.batches.BATCH": BATCH,
                "pipeline.batches.BATCH_SECONDS": float("inf"),
                "pipeline.run.read_file": lambda *_, **__: iter(self.read),
                "pipeline.run.rules_digest": lambda: rules,
                "pipeline.store.migrate.transaction": self._told_transaction,
                "pipeline.store.write.transaction": self._told_transaction,
                "pipeline.workers.work_on": partial(self._found, rules),
            }.items():
                patches.enter_context(patch(what, instead))
            if rules == RULES[0]:
                run([str(self.news)], store_path=path, workers=Workers(1), on_progress=self._told)
            else:
                run_again(store_path=path, workers=Workers(1), on_progress=self._told_again)

    def _found(self, rules: str, article: Article) -> Work:
        """The other rules do not see the first mention."""
        return article.language, self.mentions[article.id][RULES.index(rules) :], b""

    def _told(self, progress: Progress) -> None:
        self.know(progress.report.inputs)

    def _told_again(self, progress: Progress) -> None:
        left_at_start = progress.total or 0
        self.know(len(self.read) - left_at_start + progress.report.inputs)

    def know(self, done: int) -> None:
        """So many articles are done, whatever comes now."""
        _PAGE.pack_into(self.page, 0, self.page[0], max(done, self.known()))

    def known(self) -> int:
        """How many articles are done for certain."""
        return int(_PAGE.unpack_from(self.page)[1])

    @contextmanager
    def _told_transaction(self, store: Store, *, durable: bool = False) -> Iterator[object]:
        with transaction(store, durable=durable) as db:
            self.page[0] = 1
            yield db
            self.page[0] = 2
        self.page[0] = 0


def kill(
    kills: int, folder: Path, *, seed: int = SEED, after_each: Callable[[Outcome], None] = lambda _: None
) -> Outcome:
    """Kill an ingest so many times, with its files in a folder → what came of it."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    ingest, outcome = _prepare(folder), Outcome()
    uninterrupted = {rules: _uninterrupted(ingest, folder / "whole.gpkg", rules) for rules in RULES}
    while outcome.stages.total() < kills:
        path = folder / f"killed-{outcome.filled.total()}.gpkg"
        for rules, (longest, expected) in uninterrupted.items():
            _PAGE.pack_into(ingest.page, 0, 0, 0)
            while outcome.stages.total() < kills and killed_within(
                partial(ingest.into, path, rules), chance.uniform(0, longest)
            ):
                outcome.stages[STAGES[ingest.page[0]]] += 1
                ingest.page[0] = 0
                _note(outcome, _faults(ingest, path, rules))
                after_each(outcome)
            ingest.into(path, rules)  # changes nothing, but where the last kill came before the end
            outcome.filled[rules] += 1
            if _dump(path) != expected:
                _note(outcome, [f"{path.name} is not as one done under {rules} rules without interruption"])
        for left in folder.glob(f"{path.name}*"):
            left.unlink()
    return outcome


def _prepare(folder: Path) -> _Ingest:
    news, mentions = folder / "news.jsonl", {}
    with news.open("w", encoding="utf-8") as out:
        for made in articles(BATCH * BATCHES):
            one = geocoded(made)
            mentions[one.article.id] = one.mentions
            out.write(made.as_json() + "\n")
    read = [tell_language(one) for one in read_path(news) if isinstance(one, Article)]
    return _Ingest(news, read, mentions, mmap.mmap(-1, _PAGE.size))


def _uninterrupted(ingest: _Ingest, path: Path, rules: str) -> tuple[float, list[str]]:
    """The seconds it takes in a process of its own, and what is then in the store."""
    started = time.monotonic()
    killed_within(partial(ingest.into, path, rules))
    return time.monotonic() - started, _dump(path)


def _note(outcome: Outcome, faults: Sequence[str]) -> None:
    """Faults are told when they are found: a run of hours may be stopped before its end."""
    outcome.faults += faults
    for fault in faults:
        print(f"fault: {fault}", flush=True)


def _faults(ingest: _Ingest, path: Path, rules: str) -> list[str]:
    known = ingest.known()
    try:
        with open_store(path, mode="read") as store:
            stored = summary(store).articles
            done = stored - count_outdated(store, rules)
    except StoreError as error:
        # Killed before the store was made: then nothing is known to be in it.
        return [] if error.code == "missing" and rules == RULES[0] and not known else [str(error)]
    ingest.know(done)
    faults = check_store(path)
    if stored % BATCH or done % BATCH:
        faults.append(f"{path.name}: of {stored} articles {done} are done, no whole batches of {BATCH}")
    if done < known:
        faults.append(f"{path.name}: {known} articles are known to be done, {done} are")
    return faults


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
    print(f"{outcome.share_inside():>6.0%} of {outcome.stages.total():,} kills inside a transaction")
    for rules in RULES:
        print(
            f"{outcome.filled[rules]:>6,} stores done under {rules} rules, compared with an uninterrupted one"
        )
    print(f"{len(outcome.faults):>6,} faults")
    print("\n".join(outcome.faults[:20]))
    sys.exit(1 if outcome.faults else 0)


def _say_now_and_then(outcome: Outcome) -> None:
    done = outcome.stages.total()
    if not done % TOLD_EVERY:
        print(
            f"{done:,} kills, {outcome.filled.total():,} filled, {len(outcome.faults):,} faults", flush=True
        )


if __name__ == "__main__":
    main()
