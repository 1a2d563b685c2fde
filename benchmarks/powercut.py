"""A store made, filled, corrected → the states that power cuts may leave, and whether what was called saved is there.

    python -m benchmarks.powercut [--corrections 40] [--draws 20]

What the store asks of the disk is noted; from every prefix of it the files are made as they may be found: all that was
written, only what was synced, chance choices of the rest, the last write torn in the middle of a page. Each state is
opened, checked, and must hold every correction that its author was told is saved; before the first of them it may
still hold nothing. Exit code: 0 if so, 1 if not.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import click

from benchmarks.corpus import SEED
from benchmarks.disk import Folder, Step, noted, replayed
from benchmarks.generate import articles, geocoded
from pipeline.errors import StoreError
from pipeline.store import (
    Action,
    Store,
    add_batch,
    article,
    begin_run,
    correct,
    corrections,
    finish_run,
    open_store,
)

ARTICLES = 20
SECTOR = 512


@dataclass(slots=True)
class Outcome:
    """How many states were looked at, and what was wrong with some of them, in words."""

    states: int = 0
    faults: list[str] = field(default_factory=list)


def sweep(many: int, draws: int, folder: Path, *, seed: int = SEED) -> Outcome:
    """So many corrections, and chance draws a step → what came of all states, made in a folder."""
    chance, outcome = random.Random(seed), Outcome()  # noqa: S311 - moments, no secrets
    steps = _record(many, folder / "noted")
    for end in range(1, len(steps) + 1):
        said = max((step.offset for step in steps[:end] if step.kind == "said"), default=0)
        for state in _states(steps[:end], chance, draws):
            outcome.states += 1
            outcome.faults += (f"step {end}: {fault}" for fault in _faults(state, said, folder / "state"))
    return outcome


def _record(many: int, folder: Path) -> list[Step]:
    """All that is asked of the disk while a small store is made and filled, and then corrected."""
    path = folder / "iraq.gpkg"
    batch = list(islice((one for one in map(geocoded, articles(1_000)) if one.mentions), ARTICLES))
    steps: list[Step] = []
    with noted(steps):
        with open_store(path, mode="write") as store:
            run = begin_run(store, code_version="benchmark", rules="made")
            add_batch(store, run, batch, [])
            finish_run(store, run)
        with open_store(path, mode="write") as store:
            for number in range(many):
                _correct(store, batch[number % ARTICLES].article.id)
                steps.append(Step("said", path.name, number + 1))
            steps_before_close = len(steps)
    del steps[steps_before_close:]
    return steps


def _correct(store: Store, article_id: str) -> None:
    """Reject the first mention of an article, or restore it where that was done."""
    seen = article(store, article_id)
    mention = seen.mentions[0] if seen else None
    if mention is None:
        raise RuntimeError("a correction has lost its mention")
    action: Action = "restore" if mention.corrected else "reject"
    correct(store, mention_id=mention.id, author="N", action=action, base_revision=mention.revision)


def _states(steps: list[Step], chance: random.Random, draws: int) -> Iterator[Folder]:
    yield replayed({}, steps, lambda step: step)
    yield replayed({}, steps, lambda _: None)
    last = steps[-1]
    if last.kind == "write":
        torn = replace(last, data=last.data[: max(SECTOR, len(last.data) // 2 // SECTOR * SECTOR)])
        yield replayed({}, steps, lambda step: torn if step is last else step)
    for _ in range(draws):
        yield replayed({}, steps, lambda step: step if chance.random() < 0.5 else None)


def _faults(state: Folder, said: int, folder: Path) -> Iterator[str]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in state.items():
        (folder / name).write_bytes(data)
    try:
        with open_store(folder / "iraq.gpkg", mode="read") as store:
            sound = store.db.pragma("quick_check")
            found = len(corrections(store))
    except StoreError as error:
        if error.code != "missing" or said:
            yield str(error)
        return
    if sound != "ok":
        yield f"pages: {sound}"
    if found < said:
        yield f"{said} corrections were called saved, {found} are there"


@click.command()
@click.option("--corrections", "many", default=40, show_default=True, help="How many are made.")
@click.option("--draws", default=20, show_default=True, help="Chance states a step.")
def main(*, many: int, draws: int) -> None:
    """Cut the power after every step, in every way."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = sweep(many, draws, Path(folder))
    print(f"{outcome.states:>6,} states after a power cut, {len(outcome.faults):,} faults")
    print("\n".join(outcome.faults[:20]))
    sys.exit(1 if outcome.faults else 0)


if __name__ == "__main__":
    main()
