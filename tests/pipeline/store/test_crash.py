"""Killed, crowded, read while written: whole batches or none, and nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import CorrectionConflict
from pipeline.records import Geocoded, Selection
from pipeline.store import (
    Store,
    add_batch,
    article,
    begin_run,
    canonical_dump,
    check_store,
    correct,
    corrections,
    counts,
    open_store,
    summary,
)
from tests.pipeline.store.building import fill, marked, open_test_store

BATCH, BATCHES = 20, 30
ROOT = Path(__file__).parents[3]

# Stores batch after batch and says so after each; it is killed somewhere on the way.
WRITER = """
import sys
from pathlib import Path
from tests.pipeline.store.test_crash import fill_batches
fill_batches(Path(sys.argv[1]))
"""


def batches() -> list[list[Geocoded]]:
    return [
        [
            marked(f"{batch} {i} ⟦كركوك|IQ-KI⟧ " + "نفط " * 200, published=f"2026-01-{i + 1:02}")
            for i in range(BATCH)
        ]
        for batch in range(BATCHES)
    ]


def fill_batches(path: Path) -> None:
    with open_test_store(path) as store:
        run = begin_run(store, code_version="test", rules="rules-1")
        for number, batch in enumerate(batches()):
            add_batch(store, run, batch, [])
            print(number, flush=True)  # noqa: T201 - the acknowledgement


def run_and_kill(path: Path, delay: float) -> int:
    """How many batches were acknowledged before the end."""
    with subprocess.Popen([sys.executable, "-c", WRITER, path], cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()  # at least one batch is in
        time.sleep(delay)
        os.kill(writer.pid, signal.SIGKILL)
        return 1 + len(writer.stdout.read().splitlines())


def test_a_killed_run_keeps_whole_batches_and_the_next_one_completes_it(tmp_path: Path) -> None:
    chance = random.Random(20260223)  # noqa: S311 - moments, no secrets
    path = tmp_path / "killed" / "iraq.gpkg"
    for _ in range(4):
        acknowledged = run_and_kill(path, chance.uniform(0, 0.15))
        assert check_store(path) == []
        with open_store(path, mode="read") as reader:
            stored = summary(reader).articles
        assert stored % BATCH == 0
        assert stored >= min(acknowledged, BATCHES) * BATCH
    fill_batches(path)
    fill_batches(tmp_path / "whole" / "iraq.gpkg")
    with (
        open_store(path, mode="read") as killed,
        open_store(tmp_path / "whole" / "iraq.gpkg", mode="read") as whole,
    ):
        assert list(canonical_dump(killed)) == list(canonical_dump(whole))


def test_several_writers_wait_for_each_other(store: Store) -> None:
    def write(number: int) -> int:
        with open_test_store(store.path) as own:
            results = [fill(own, [marked(f"{number} {i} ⟦كركوك|IQ-KI⟧")]) for i in range(10)]
            return sum(result.stored for result in results)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(4))) == 40
    assert counts(store, Selection(), level="governorate")["IQ-KI"].articles == 40
    assert check_store(store.path) == []


def test_a_reader_sees_all_of_a_batch_or_none(store: Store) -> None:
    def read(_: int) -> set[int]:
        seen = set()
        with open_store(store.path, mode="read") as reader:
            while True:
                found = counts(reader, Selection(), level="governorate").get("IQ-KI")
                articles = found.articles if found else 0
                assert articles == (found.mentions if found else 0)
                seen.add(articles)
                if articles == BATCH * 10:
                    return seen

    with ThreadPoolExecutor(2) as pool:
        readers = pool.map(read, range(2))
        for batch in batches()[:10]:
            fill(store, batch)
        assert all(articles % BATCH == 0 for seen in readers for articles in seen)


def test_corrections_of_several_analysts_are_all_on_record_and_none_is_lost(store: Store) -> None:
    """Who is told "saved" is in the log; who came too late is told of the conflict, and looks again."""
    batch = [marked(f"{i} ⟦كركوك|IQ-KI⟧ ⟦سنجار|sinjar-district⟧") for i in range(3)]
    fill(store, batch)

    def analyse(author: int) -> list[int]:
        chance = random.Random(author)  # noqa: S311 - a choice of work, no secret
        saved: list[int] = []
        with open_test_store(store.path) as own:
            while len(saved) < 8:
                seen = article(own, chance.choice(batch).article.id)
                assert seen is not None
                mention = chance.choice(seen.mentions)
                action, value = chance.choice(
                    [("reject", None), ("role", "government"), ("reassign", "IQ-HA")]
                )
                with suppress(CorrectionConflict):
                    said = correct(
                        own,
                        mention_id=mention.id,
                        author=str(author),
                        action=action,  # type: ignore[arg-type]
                        value=value,
                        base_revision=mention.revision,
                    )
                    saved.append(said.sequence)
        return saved

    with ThreadPoolExecutor(4) as pool:
        saved = [sequence for each in pool.map(analyse, range(4)) for sequence in each]
    log = corrections(store)
    assert sorted(saved) == [said.sequence for said in log]
    last: dict[object, int] = {}
    for said in log:  # nobody spoke over a word he had not seen
        assert said.base_revision == last.get((said.article_id, said.span), 0)
        last[said.article_id, said.span] = said.sequence
    assert check_store(store.path) == []


def test_a_run_does_not_take_back_what_is_corrected_meanwhile(store: Store) -> None:
    batch = [marked(f"{i} ⟦كركوك|IQ-KI⟧") for i in range(30)]
    fill(store, batch)

    def run(_: int) -> None:
        with open_test_store(store.path) as own:
            for rules in range(5):
                fill(own, batch, rules=f"more-{rules}")

    with ThreadPoolExecutor(1) as pool:
        done = pool.map(run, range(1))
        rejected = 0
        for geocoded in batch:
            seen = article(store, geocoded.article.id)
            assert seen is not None
            mention = seen.mentions[0]
            with suppress(CorrectionConflict):
                correct(
                    store, mention_id=mention.id, author="N", action="reject", base_revision=mention.revision
                )
                rejected += 1
        list(done)
    left = counts(store, Selection(), level="governorate").get("IQ-KI")
    assert (left.articles if left else 0) == 30 - rejected
    assert check_store(store.path) == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_correction_that_is_acknowledged_outlives_a_kill(store: Store, moment: str) -> None:
    geocoded = marked("⟦كركوك|IQ-KI⟧")
    fill(store, [geocoded])
    script = (
        "import os, sys, signal\n"
        "from pathlib import Path\n"
        "from pipeline.store import correct\n"
        "from tests.pipeline.store.building import open_test_store\n"
        "store = open_test_store(Path(sys.argv[1]))\n"
        "if sys.argv[2] == 'before':\n"
        "    store.db.execute('BEGIN IMMEDIATE; DELETE FROM counts')\n"
        "else:\n"
        "    correct(store, mention_id=1, author='N', action='reject', base_revision=0)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, store.path, moment], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(corrections(store)) == (1 if moment == "after" else 0)
    assert check_store(store.path) == []
