"""A made corpus → how fast the store takes it in and answers, beside a plainly used SQLite, in one run.

    python -m benchmarks.store [--articles 1000000] [--keep FILE]

Mentions and signatures are made with the articles, as workers make them, so that nothing but the store is measured;
its seconds are counted, those of the generator are not. The peer of ingest is the same tables with SQLite's own
settings and batches of 1,000; the peer of the counts is GROUP BY over the mentions. Compare ratios, not figures of two
runs.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from statistics import median
from unittest.mock import patch

import click

from benchmarks.generate import articles, geocoded
from pipeline.batches import BATCH
from pipeline.records import Geocoded, Selection
from pipeline.store import Store, add_batch, articles_in, begin_run, counts, finish_run, open_store, search

TENTHS = 10
PLAIN_BATCH = 1_000
# SQLite's own: what is left when nothing is set. FTS5 writes a segment at 1 MB of hash table.
PLAIN = {
    "pipeline.store.migrate.PAGE_SIZE": 4096,
    "pipeline.store.indexing.FTS_HASH_BYTES": 1 << 20,
    "pipeline.store.connection.WRITE_CACHE_KIB": 2_000,
    "pipeline.store.migrate.WRITE_CACHE_KIB": 2_000,
}
GOALS = {
    "ingest, times a plain one": (1.5, "≥"),
    "last tenth / first": (0.8, "≥"),
    "file / text": (2.3, "≤"),
    "counts, times GROUP BY": (30.0, "≥"),
    "counts, ms": (100.0, "≤"),
}
_ASKED = 9  # times each question is asked
_GROUP_BY = (
    "SELECT governorate, count(DISTINCT article), count(*) FROM mention_rows"
    " WHERE superseded_by IS NULL AND replaced_by IS NULL AND role = 'place' GROUP BY governorate"
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of an ingest: how many articles came in, in how many seconds of the store's own, of UTF-8 bytes.

    ``before`` is the number of those that were there, ``file_bytes`` the size of the store behind it with its
    write-ahead log, ``peak_mb`` the most memory this process ever had.
    """

    before: int
    articles: int
    seconds: float
    cpu_seconds: float
    text_bytes: int
    file_bytes: int
    peak_mb: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


def ingest(path: Path, many: int, *, batch: int = BATCH, shuffled: bool = False) -> Iterator[Stage]:
    """A new file and a number of articles → a stage for every tenth, as it is done."""
    with open_store(path, mode="write") as store:
        run = begin_run(store, code_version="benchmark", rules="made")
        made = map(geocoded, articles(many, shuffled=shuffled))
        tenth = max(1, many // TENTHS)
        for before in range(0, TENTHS * tenth, tenth):
            yield _stage(store, run, islice(made, tenth), before=before, batch=batch)
        finish_run(store, run)


def _stage(store: Store, run: int, made: Iterator[Geocoded], *, before: int, batch: int) -> Stage:
    wall = cpu = 0.0
    done = size = 0
    while chunk := list(islice(made, batch)):
        done += len(chunk)
        size += sum(len(one.article.text.encode()) for one in chunk)
        started, busy = time.perf_counter(), time.process_time()
        add_batch(store, run, chunk, [])
        wall += time.perf_counter() - started
        cpu += time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Stage(before, done, wall, cpu, size, file_size(store.path), peak)


def file_size(path: Path) -> int:
    """Bytes of a store with its write-ahead log."""
    beside = path.with_name(path.name + "-wal")
    return path.stat().st_size + (beside.stat().st_size if beside.exists() else 0)


def plain_ingest(path: Path, many: int, *, shuffled: bool = False) -> list[Stage]:
    """The same into a store with SQLite's own settings, in batches of 1,000."""
    with ExitStack() as stack:
        for name, value in PLAIN.items():
            stack.enter_context(patch(name, value))
        return list(ingest(path, many, batch=PLAIN_BATCH, shuffled=shuffled))


def questions(store: Store) -> dict[str, Callable[[], object]]:
    """What the dashboard asks, each as a call."""
    half = Selection(since="2019-03-04", until="2024-08-21")
    narrow = Selection(languages=frozenset({"ar"}), since="2019-03-04")
    return {
        "counts, all time": lambda: counts(store, Selection(), level="governorate"),
        "counts of districts": lambda: counts(store, Selection(), level="district"),
        "counts, five years": lambda: counts(store, half, level="governorate"),
        "counts, a language since a day": lambda: counts(store, narrow, level="district"),
        "a region's 50 newest": lambda: articles_in(store, "IQ-KI", Selection()),
        "the same, five years": lambda: articles_in(store, "IQ-KI", half),
        "search of a name, 50 newest": lambda: search(store, "كركوك", Selection()),
        "search of a rare pair, 50 newest": lambda: search(store, "farmers budget", Selection()),
        "counts of a search": lambda: counts(store, Selection(query="كركوك"), level="governorate"),
        "GROUP BY over mentions": lambda: store.db.execute(_GROUP_BY).fetchall(),
    }


def milliseconds(asked: Callable[[], object], *, times: int = _ASKED) -> float:
    """A question → the median of its milliseconds, the first, which finds the cache cold, left out."""
    asked()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        asked()
        taken.append(time.perf_counter() - started)
    return 1000 * median(taken)


def judged(
    stages: Sequence[Stage], plain: Sequence[Stage], size: int, answers: dict[str, float]
) -> Iterator[str]:
    """All figures, and the bytes of the closed store → a line for each goal, with what was reached.

    Rates are those of CPU seconds: others may be at work on the machine.
    """
    first = list(takewhile(lambda stage: stage.before < plain[-1].before + plain[-1].articles, stages))
    reached = {
        "ingest, times a plain one": _cpu_rate(first) / _cpu_rate(plain),
        "last tenth / first": _cpu_rate(stages[-1:]) / _cpu_rate(stages[:1]),
        "file / text": size / sum(stage.text_bytes for stage in stages),
        "counts, times GROUP BY": answers["GROUP BY over mentions"] / answers["counts, all time"],
        "counts, ms": max(ms for what, ms in answers.items() if what.startswith("counts,")),
    }
    for what, (goal, sign) in GOALS.items():
        met = reached[what] >= goal if sign == "≥" else reached[what] <= goal
        yield f"{what:<40}{reached[what]:>10.2f}   goal {sign} {goal:g}{'' if met else '   NOT MET'}"


def _cpu_rate(stages: Sequence[Stage]) -> float:
    return sum(stage.articles for stage in stages) / sum(stage.cpu_seconds for stage in stages)


def stage_line(title: str, stage: Stage) -> str:
    """A stage → a row of the table."""
    return (
        f"{title:<24}{stage.articles:>10,}{stage.rate:>12,.0f}{stage.articles / stage.cpu_seconds:>14,.0f}"
        f"{stage.file_bytes / 1e6:>12,.0f}{stage.peak_mb:>12,.0f}"
    )


@click.command()
@click.option("--articles", "many", default=50_000, show_default=True, help="How many go in.")
@click.option("--plain", "peer", default=100_000, show_default=True, help="How many at most go in plainly.")
@click.option("--shuffled", is_flag=True, help="Articles in no order of outlets and days.")
@click.option("--keep", type=click.Path(path_type=Path, dir_okay=False), help="Leave the store there.")
def main(*, many: int, peer: int, shuffled: bool, keep: Path | None) -> None:
    """Measure ingest, size and questions of the store."""
    print(f"{'':<24}{'articles':>10}{'a second':>12}{'a CPU second':>14}{'file, MB':>12}{'peak, MB':>12}")
    with tempfile.TemporaryDirectory() as folder:
        plain = plain_ingest(Path(folder) / "plain.gpkg", min(peer, many), shuffled=shuffled)
        for stage in plain:
            print(stage_line("plain, batches of 1,000", stage))
        path = keep or Path(folder) / "ours.gpkg"
        stages = []
        for stage in ingest(path, many, shuffled=shuffled):
            stages.append(stage)
            print(stage_line("ours", stage), flush=True)
        print()
        with open_store(path, mode="read") as store:
            answers = {what: milliseconds(ask) for what, ask in questions(store).items()}
        size = path.stat().st_size
    for what, ms in answers.items():
        print(f"{what:<40}{ms:>10.2f} ms")
    print()
    print("\n".join(judged(stages, plain, size, answers)))


if __name__ == "__main__":
    main()
