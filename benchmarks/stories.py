"""Articles with their stories known → how well copies are told from lookalikes, and what it costs.

    python -m benchmarks.stories [--articles 5000] [--cost 100000]

Everything goes through the store, in batches and in a shuffled order, as in a run. Pairwise: of all pairs of
articles, which are said to be of one story, and which are. The goals are F1 0.95 on made copies, and 0.9 on the
lookalikes of tests/gold/stories with their few copies; and that telling stories takes less of a run than storing.
"""

import json
import random
import resource
import time
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import combinations, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import click

from benchmarks.copies import Told, article_of, told
from benchmarks.corpus import SEED
from pipeline import geocode
from pipeline.records import LANGS, Article, Geocoded
from pipeline.store import Store, add_batch, begin_run, canonical_dump, open_store
from pipeline.stories import sign

LOOKALIKES = Path(__file__).parents[1] / "tests" / "gold" / "stories"
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles: said to be of one story, truly of one, and both."""

    said: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        """Of the pairs that are said, those that are true."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are true, those that are said."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.said + self.true) if self.said + self.true else 1.0


def lookalikes(folder: Path = LOOKALIKES) -> list[tuple[Told, str]]:
    """The articles written by hand, each with its kind: what it looks like, or that it is a copy."""
    return [
        (Told(_article(row, path.stem), row["story"]), row["kind"])
        for path in sorted(folder.glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["article"]
    ]


def _article(row: Mapping[str, str], lang: str) -> Article:
    return article_of(
        row["title"],
        row["body"].strip(),
        source=row["source"],
        published=row["published"],
        lang=lang,
        origin=f"{lang}.toml",
    )


def found_stories(articles: Sequence[Article], *, seed: int = SEED) -> dict[str, str]:
    """Articles, in an order of the dice → the story of each, by id, as a store tells it."""
    shuffled = list(articles)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    with TemporaryDirectory() as folder, open_store(Path(folder) / "iraq.gpkg", mode="write") as store:
        run = begin_run(store, code_version="benchmark", rules="none")
        for batch in _batches(shuffled):
            add_batch(store, run, [Geocoded(article) for article in batch], [])
        rows = (json.loads(line) for line in canonical_dump(store))
        return {row[1]: row[2] for row in rows if row[0] == "story"}


def pairs(true: Mapping[str, Hashable], said: Mapping[str, Hashable]) -> Pairs:
    """The story of every article as it is and as it is said → how many pairs of articles agree."""
    return Pairs(
        said=_pairs_of(said[id_] for id_ in true),
        true=_pairs_of(true.values()),
        right=_pairs_of((true[id_], said[id_]) for id_ in true),
    )


def _pairs_of(labels: Iterable[Hashable]) -> int:
    return sum(many * (many - 1) // 2 for many in Counter(labels).values())


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    rest = iter(articles)
    while batch := list(islice(rest, BATCH)):
        yield batch


def accuracy_lines(articles: int) -> Iterator[str]:
    """How many made articles → the table of what is found of their copies, and of the lookalikes."""
    made = list(told(articles))
    said = found_stories([one.article for one in made])
    yield f"{'':42}{'articles':>9}{'stories':>9}{'precision':>11}{'recall':>9}{'F1':>8}"
    for lang in (*LANGS, None):
        chosen = [one for one in made if lang in (None, one.article.language)]
        yield _line(f"made copies, {lang or 'all languages'}", chosen, said)
    for what, folder in (("lookalikes", LOOKALIKES), ("lookalikes for testing", LOOKALIKES / "test")):
        hand = lookalikes(folder)
        said = found_stories([one.article for one, _ in hand])
        yield _line(f"{what} and their copies", [one for one, _ in hand], said)
        yield from _confused(hand, said)


def _line(what: str, chosen: Sequence[Told], said: Mapping[str, str]) -> str:
    true = {one.article.id: one.story for one in chosen}
    found = pairs(true, said)
    figures = f"{found.precision:>11.3f}{found.recall:>9.3f}{found.f1:>8.3f}"
    return f"{what:<42}{len(true):>9,}{len(set(true.values())):>9,}{figures}"


def _confused(hand: Sequence[tuple[Told, str]], said: Mapping[str, str]) -> Iterator[str]:
    for (one, kind), (other, other_kind) in combinations(hand, 2):
        together = said[one.article.id] == said[other.article.id]
        if together != (one.story == other.story):
            what = "taken for one" if together else "not found to be one"
            yield f"  {what}: {one.story} ({kind}) and {other.story} ({other_kind})"


@dataclass(slots=True)
class _Cost:
    """CPU seconds of the steps since the last line, and articles so far."""

    seconds: dict[str, float] = field(default_factory=dict)
    done: int = 0
    since: int = 0

    @contextmanager
    def of(self, step: str) -> Iterator[None]:
        at = time.process_time()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + time.process_time() - at

    def line(self, stores: Sequence[Store]) -> str:
        """What each step took since the last line, in µs an article; then it begins anew."""
        each = {step: seconds / self.since * 1e6 for step, seconds in self.seconds.items()}
        told, plain = (store.path.stat().st_size / 1e6 for store in stores)
        self.seconds, self.since = {}, 0
        share = (each["sign"] + each["told"] - each["plain"]) / each["plain"]
        return (
            f"{self.done:>9,}{each['geocode']:>9.0f}{each['plain']:>9.0f}{each['sign']:>9.0f}"
            f"{each['told'] - each['plain']:>9.0f}{share:>9.0%}{_megabytes():>9.0f}{plain:>9.0f}{told - plain:>9.0f}"
        )


def cost_lines(articles: int) -> Iterator[str]:
    """How many made articles → what telling stories costs beside storing them, at every fifth."""
    yield "CPU in µs an article; MB of this process at most, of a store without stories, and of the stories"
    heads = ("articles", "geocode", "store", "sign", "join", "stories", "memory", "file", "+ stories")
    yield "".join(f"{head:>9}" for head in heads)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stores = [
            stack.enter_context(open_store(folder / n, mode="write")) for n in ("told.gpkg", "plain.gpkg")
        ]
        runs = [begin_run(store, code_version="benchmark", rules="none") for store in stores]
        cost = _Cost()
        for batch in _batches(one.article for one in told(articles)):
            _store_both(stores, runs, batch, cost)
            if cost.since >= articles / 5:
                yield cost.line(stores)


def _store_both(stores: Sequence[Store], runs: Sequence[int], batch: Sequence[Article], cost: _Cost) -> None:
    """A batch → a store with stories, and one without."""
    with cost.of("geocode"):
        mentions = [tuple(geocode(article.text, date=article.published)) for article in batch]
    with cost.of("sign"):
        signatures = [sign(article) for article in batch]
    done = [Geocoded(*one) for one in zip(batch, mentions, signatures, strict=True)]
    with cost.of("told"):
        add_batch(stores[0], runs[0], done, [])
    with cost.of("plain"), patch("pipeline.store.write.join"), patch("pipeline.store.tally.refile"):
        add_batch(stores[1], runs[1], done, [])
    cost.done += len(batch)
    cost.since += len(batch)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@click.command()
@click.option(
    "--articles", default=5000, show_default=True, help="Made articles whose copies are to be found."
)
@click.option(
    "--cost", default=100_000, show_default=True, help="Made articles to measure the cost on; 0 for none."
)
def main(*, articles: int, cost: int) -> None:
    """Measure how copies of a report are told from lookalikes."""
    for line in accuracy_lines(articles):
        print(line)
    if cost:
        print()
        for line in cost_lines(cost):
            print(line)


if __name__ == "__main__":
    main()
