"""Made reports and the gazetteer's spellings → MB/s of the ways to find names in text, side by side.

    python -m benchmarks.names [--megabytes 4] [--rounds 5]

Ours folds, finds, checks what stands around a name in its word, and gives offsets into the original.
flashgeotext matches raw text as written; `str.translate` + pyahocorasick does most of what ours does.
CPU time of one core, medians of rounds in which the ways take turns: compare ratios, not figures of two runs.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

import ahocorasick
import click
from flashgeotext.geotext import GeoText, GeoTextConfiguration
from flashgeotext.lookup import LookupData

from benchmarks.corpus import Report, reports
from geo.places import load_gazetteer
from pipeline.fold import fold, to_page, to_text
from pipeline.lexicon import load_lexicon
from pipeline.recognise import Span, find
from pipeline.records import LANGS, Lang
from pipeline.vocabulary import load_vocabulary

OURS, FLASHGEOTEXT, PYAHOCORASICK = "fold + find", "flashgeotext", "translate + pyahocorasick"
GOALS = {FLASHGEOTEXT: 8, PYAHOCORASICK: 10}
_TRANSLATED = 0x2100  # the peers know the letters below this code point
_LOOKUP = "iraq"

Way = Callable[[str], object]


def ours() -> Callable[[str], list[Span]]:
    """The project's own way: text → spans with offsets into the text as given."""
    lexicon, vocabulary = load_lexicon(), load_vocabulary()
    return lambda text: find(text, fold(text), lexicon, vocabulary)


def flashgeotext() -> Way:
    """flashgeotext with the gazetteer's spellings as written, on raw text."""
    spellings: dict[str, list[str]] = {}
    for name in load_gazetteer().names:
        spellings.setdefault(name.place_id, []).append(name.text)
    finder = GeoText(GeoTextConfiguration(use_demo_data=False, case_sensitive=True))
    finder.add(LookupData(name=_LOOKUP, data=spellings))
    # By itself it takes every letter beyond ASCII for the end of a word.
    finder.pool[_LOOKUP].non_word_boundaries |= set(filter(str.isalnum, map(chr, range(_TRANSLATED))))
    return lambda text: finder.extract(text, span_info=True)


def pyahocorasick() -> Way:
    """The same job with `str.translate`, pyahocorasick, and boundaries, clitics and offsets in Python."""
    automaton = ahocorasick.Automaton()
    for pattern in load_lexicon().patterns:
        word = to_text(pattern) + " "
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    letters = {code: to_text(fold(chr(code)).data) for code in range(_TRANSLATED)}
    dropped = {chr(code) for code, letter in letters.items() if not letter}
    prefixes = {"", *map(to_text, load_vocabulary().prefixes)}

    def spans(text: str) -> list[tuple[int, int]]:
        folded = text.translate(letters) + " "
        origins: Sequence[int] = range(len(text))
        if len(folded) <= len(text):
            origins = [i for i, char in enumerate(text) if char not in dropped]
        found = []
        for last, length in automaton.iter_long(folded):
            start = last - length + 1
            if (
                not start
                or folded[start - 1] == " "
                or folded[folded.rfind(" ", 0, start) + 1 : start] in prefixes
            ):
                found.append((origins[start], origins[last - 1] + 1))
        return found

    return spans


def throughput(ways: Mapping[str, Way], texts: Sequence[str], *, rounds: int) -> dict[str, float]:
    """Ways and texts → median MB of UTF-8 a second of CPU."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(_seconds(way, texts))
    return {name: megabytes / median(times) for name, times in seconds.items()}


def check(way: Callable[[str], Iterable[Span]], made: Iterable[Report]) -> tuple[int, int, int]:
    """Our way on made reports → (names put in, of those found exactly, spans with wrong offsets).

    An offset is wrong where the stretch of the original that it cuts out is no spelling of the gazetteer.
    """
    patterns = frozenset(load_lexicon().patterns)
    planted = exact = wrong = 0
    for report in made:
        found = {(span.start, span.end) for span in way(report.text)}
        places = set(report.places)
        planted += len(places)
        exact += len(found & places)
        wrong += sum(to_page(report.text[start:end]) not in patterns for start, end in found)
    return planted, exact, wrong


def _seconds(way: Way, texts: Iterable[str]) -> float:
    started = time.process_time()
    for text in texts:
        way(text)
    return time.process_time() - started


@click.command()
@click.option("--megabytes", default=4.0, show_default=True, help="Text per language, UTF-8.")
@click.option("--rounds", default=5, show_default=True, help="The median of this many counts.")
def main(*, megabytes: float, rounds: int) -> None:
    """Measure how fast names are found, beside other libraries, language by language."""
    ways: dict[str, Way] = {OURS: ours(), FLASHGEOTEXT: flashgeotext(), PYAHOCORASICK: pyahocorasick()}
    titles = [*ways, *(f"× {peer} (goal {goal})" for peer, goal in GOALS.items())]
    print(
        f"{'MB/s':6}" + "".join(f"{title:>{len(title) + 3}}" for title in titles) + "   found   wrong offsets"
    )
    for lang in LANGS:
        print(_line(lang, titles, ways, list(reports(lang, megabytes)), rounds), flush=True)


def _line(
    lang: Lang, titles: Sequence[str], ways: Mapping[str, Way], made: Sequence[Report], rounds: int
) -> str:
    speed = throughput(ways, [report.text for report in made], rounds=rounds)
    planted, exact, wrong = check(ours(), made)
    values = [*speed.values(), *(speed[OURS] / speed[peer] for peer in GOALS)]
    cells = "".join(f"{value:>{len(title) + 3}.1f}" for title, value in zip(titles, values, strict=True))
    return f"{lang:6}{cells}   {exact / planted:5.1%}   {wrong}"


if __name__ == "__main__":
    main()
