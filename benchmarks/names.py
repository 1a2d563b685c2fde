"""Made reports and the gazetteer's spellings → MB/s of the ways to find names in text, side by side.

    python -m benchmarks.names [--megabytes 2] [--rounds 5]

Ours folds, finds, checks what stands around a name in its word, and gives offsets into the original.
flashgeotext matches raw text as written; `str.translate` + pyahocorasick does most of what ours does.
CPU time of one core, medians of rounds in which the ways take turns: compare ratios, not figures of two runs.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import harmonic_mean, median

import ahocorasick
import click

from benchmarks import tools
from benchmarks.corpus import Report, reports
from pipeline import compiled, geocode
from pipeline.fold import fold, to_page, to_text
from pipeline.language import Languages
from pipeline.lexicon import load_lexicon
from pipeline.recognise import Span, find
from pipeline.records import LANGS, Lang
from pipeline.vocabulary import load_vocabulary

OURS, WHOLE = "fold + find", "geocode, all of it"
FLASHGEOTEXT, PYAHOCORASICK = "flashgeotext, raw text", "str.translate + pyahocorasick"
# (ours, peer) → how many times as fast ours is to be.
GOALS = {(OURS, FLASHGEOTEXT): 8, (OURS, PYAHOCORASICK): 10, (WHOLE, FLASHGEOTEXT): 1}

_SPACY = "spaCy's small model, names alone"
_FOR_SPACY = 12

Way = Callable[[str], object]


def ours() -> Callable[[str], list[Span]]:
    """The project's own way: text → spans with offsets into the text as given."""
    lexicon, vocabulary = load_lexicon(), load_vocabulary()

    def spans(text: str) -> list[Span]:
        folded = fold(text)
        return find(text, folded, Languages(folded.kinds), lexicon, vocabulary)

    return spans


def pyahocorasick() -> Way:
    """The same job with `str.translate`, pyahocorasick, and boundaries, clitics and offsets in Python."""
    automaton = ahocorasick.Automaton()
    for pattern in map(bytes.strip, load_lexicon().patterns):
        word = to_text(pattern).strip() + " "
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    letters = {code: to_text(fold(chr(code)).data) for code in range(tools.LETTERS_BELOW)}
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
    spellings = _spellings()
    planted = exact = wrong = 0
    for report in made:
        found = {(span.start, span.end) for span in way(report.text)}
        places = set(report.places)
        planted += len(places)
        exact += len(found & places)
        wrong += sum(to_page(report.text[start:end]) not in spellings for start, end in found)
    return planted, exact, wrong


def _spellings() -> frozenset[bytes]:
    """Every folded spelling, also as it is left behind a ل: لموصل of الموصل."""
    article, lam = to_page("ال"), to_page("ل")
    patterns = [pattern.strip() for pattern in load_lexicon().patterns]
    shortened = (lam + name.removeprefix(article) for name in patterns if name.startswith(article))
    return frozenset(patterns).union(shortened)


def _seconds(way: Way, texts: Iterable[str]) -> float:
    started = time.process_time()
    for text in texts:
        way(text)
    return time.process_time() - started


@click.command()
@click.option("--megabytes", default=2.0, show_default=True, help="Text per language, UTF-8.")
@click.option("--rounds", default=5, show_default=True, help="The median of this many counts.")
def main(*, megabytes: float, rounds: int) -> None:
    """Measure how fast names are found, beside other libraries, language by language."""
    ways: dict[str, Way] = {
        OURS: ours(),
        WHOLE: geocode,
        FLASHGEOTEXT: tools.flashgeotext(),
        PYAHOCORASICK: pyahocorasick(),
    }
    made = {lang: list(reports(lang, megabytes)) for lang in LANGS}
    speeds = {lang: throughput(ways, [r.text for r in made[lang]], rounds=rounds) for lang in LANGS}
    checks = {lang: check(ours(), made[lang]) for lang in LANGS}
    print("The geocoder is compiled." if compiled.current() else "The geocoder is not compiled (make fast).")
    for line in (*_report(ways, speeds, checks), *_beside_spacy(made["en"], rounds=rounds)):
        print(line)


def _beside_spacy(made: Sequence[Report], *, rounds: int) -> Iterator[str]:
    """English reports → the geocoder beside spaCy's small model, on as many of them as that takes in seconds."""
    model = tools.spacy_small()
    if model is None:
        yield f"{_SPACY}: not installed (pip install -r requirements-peers.txt)"
        return
    texts = [report.text for report in made[:_FOR_SPACY]]
    speed = throughput({WHOLE: geocode, _SPACY: model}, texts, rounds=rounds)
    yield _row(f"{_SPACY}, MB of UTF-8 a second, English", [f"{speed[_SPACY]:.3f}"])
    yield _row(f"{WHOLE} / {_SPACY}, goal 100", [f"{speed[WHOLE] / speed[_SPACY]:.0f}"])


def _report(
    ways: Iterable[str],
    speeds: Mapping[Lang, Mapping[str, float]],
    checks: Mapping[Lang, tuple[int, int, int]],
) -> Iterator[str]:
    # As much text of each language: all together take the sum of their times.
    columns = [*speeds.values(), {way: harmonic_mean(s[way] for s in speeds.values()) for way in ways}]
    yield _row("MB of UTF-8 a second", [*speeds, "all"])
    for way in ways:
        yield _row(way, (f"{speed[way]:.1f}" for speed in columns))
    yield ""
    yield _row("times as fast", [*speeds, "all", "goal"])
    for (way, peer), goal in GOALS.items():
        ratios = (f"{speed[way] / speed[peer]:.1f}" for speed in columns)
        yield _row(f"{way} / {peer}", [*ratios, str(goal)])
    yield ""
    yield _row("names found exactly", (f"{exact / planted:.1%}" for planted, exact, _ in checks.values()))
    yield _row("wrong offsets", [*(str(wrong) for _, _, wrong in checks.values()), "0"])


def _row(title: str, cells: Iterable[str]) -> str:
    return f"{title:<45}" + "".join(f"{cell:>8}" for cell in cells)


if __name__ == "__main__":
    main()
