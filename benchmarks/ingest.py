"""A made file → how fast `pipeline run` takes it in, on one process and on more, with a store and without.

    python -m benchmarks.ingest [--articles 1000000] [--processes 1 --processes 2]

Each way fills a store of its own from the same file, in a process of its own. Progress is noted for every tenth; at the
end the stores must hold the same. Then the file is read and geocoded once more, and nothing stored: what more processes
bring until the store is the limit.
"""

import hashlib
import multiprocessing
import resource
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import click

from benchmarks.generate import articles
from pipeline.batches import batches
from pipeline.read import read_path
from pipeline.records import Article, Geocoded, Refusal
from pipeline.run import Progress, run
from pipeline.store import canonical_dump, open_store
from pipeline.workers import Workers

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Tenth:
    """After so many articles: seconds since the start, peak memory of the first process and of the largest other."""

    articles: int
    seconds: float
    peak_mb: float
    others_mb: float


def write_news(path: Path, many: int) -> None:
    """A number → a file of so many articles, as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for made in articles(many):
            out.write(made.as_json() + "\n")


def ingest(news: Path, store: Path, *, processes: int, many: int) -> list[Tenth]:
    """A file and an empty path → the tenths of its ingest, by that number of processes."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(news, store, processes, many, there))
    process.start()
    there.close()
    tenths: list[Tenth] = here.recv()
    process.join()
    return tenths


def _run(news: Path, store: Path, processes: int, many: int, out: Connection) -> None:
    tenths: list[Tenth] = []
    started = time.perf_counter()

    def note(progress: Progress) -> None:
        read = progress.report.inputs
        if read * TENTHS // many > len(tenths):
            tenths.append(Tenth(read, time.perf_counter() - started, *_peaks()))

    run([str(news)], store_path=store, workers=Workers(processes), on_progress=note)
    tenths.append(
        Tenth(many, time.perf_counter() - started, *_peaks())
    )  # after the other processes have ended
    out.send(tenths)


@dataclass(frozen=True, slots=True)
class Alone:
    """Seconds that reading and geocoding took, and of computing: of this process, and of the others."""

    seconds: float
    own_cpu: float
    others_cpu: float

    @property
    def cpu(self) -> float:
        """All of the computing: half of it is the least that two cores can take."""
        return self.own_cpu + self.others_cpu


def geocoded_alone(news: Path, *, processes: int) -> Alone:
    """A file → what it takes to read and geocode it, one batch ahead as `run` is, with nothing stored."""
    started, own, others = time.perf_counter(), *_computed()
    before: Iterator[Geocoded | Refusal] = iter(())
    with Workers(processes) as spread:
        for batch in batches(read_path(news), threading.Event()):
            following = spread.map([one for one in batch if isinstance(one, Article)])
            deque(before, maxlen=0)
            before = following
        deque(before, maxlen=0)
    own_now, others_now = _computed()
    return Alone(time.perf_counter() - started, own_now - own, others_now - others)


def _computed() -> tuple[float, float]:
    """Seconds of computing so far: of this process, and of those that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, others = (one.ru_utime + one.ru_stime for one in used)
    return own, others


def _peaks() -> tuple[float, float]:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in whose)
    return own, others


def digest(store: Path) -> str:
    """A store → the digest of all that it holds, the same for stores that hold the same."""
    seal = hashlib.sha256()
    with open_store(store, mode="read") as opened:
        for line in canonical_dump(opened):
            seal.update(line.encode() + b"\n")
    return seal.hexdigest()


def table(tenths: list[Tenth], title: str) -> Iterator[str]:
    """The tenths of an ingest → rows: rate of each, and of the whole."""
    articles_before, seconds_before = 0, 0.0
    for tenth in tenths[:-1]:
        rate = (tenth.articles - articles_before) / (tenth.seconds - seconds_before)
        yield f"{title:<16}{tenth.articles:>12,}{rate:>12,.0f}{tenth.peak_mb:>12,.0f}{'':>12}"
        articles_before, seconds_before = tenth.articles, tenth.seconds
    whole = tenths[-1]
    rate = whole.articles / whole.seconds
    yield f"{title:<16}{'all':>12}{rate:>12,.0f}{whole.peak_mb:>12,.0f}{whole.others_mb:>12,.0f}"


def told_alone(alone: Alone, many: int) -> str:
    """The row of a way without a store."""
    cpu = f"computing {alone.own_cpu:,.1f} s here, {alone.others_cpu:,.1f} s in others"
    return f"{'nothing stored':<16}{'all':>12}{many / alone.seconds:>12,.0f}  {cpu}"


def told_second(rates: Mapping[int, float], alone: Mapping[int, Alone]) -> Iterator[str]:
    """Articles a second by processes, and the same without a store → what a second process brings."""
    yield f"\na second process: {rates[2] / rates[1] / 2:.2f} of linear with the store"
    yield (
        f"until the store is the limit: {alone[1].seconds / alone[2].seconds / 2:.2f} by the clock,"
        f" {alone[1].cpu / alone[2].cpu:.2f} by what it computes more (goal ≥ 0.8)"
    )


@click.command()
@click.option("--articles", "many", default=50_000, show_default=True, help="How many.")
@click.option(
    "--processes", "ways", multiple=True, default=(1, 2), show_default=True, help="May be given again."
)
def main(*, many: int, ways: tuple[int, ...]) -> None:
    """Measure the whole way from a file to the store."""
    print(f"{'processes':<16}{'articles':>12}{'a second':>12}{'peak, MB':>12}{'others, MB':>12}")
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news.jsonl"
        write_news(news, many)
        whole, alone, digests = dict[int, float](), dict[int, Alone](), set[str]()
        for processes in ways:
            store = Path(folder) / f"{processes}.gpkg"
            tenths = ingest(news, store, processes=processes, many=many)
            print("\n".join(table(tenths, str(processes))), flush=True)
            whole[processes] = many / tenths[-1].seconds
            digests.add(digest(store))
            store.unlink()
            alone[processes] = geocoded_alone(news, processes=processes)
            print(told_alone(alone[processes], many), flush=True)
    if {1, 2} <= whole.keys():
        print("\n".join(told_second(whole, alone)))
    print("all stores hold the same" if len(digests) == 1 else "STORES DIFFER")


if __name__ == "__main__":
    main()
