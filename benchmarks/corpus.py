"""A language and a size → news-like reports made by rule, with the places that were put into them.

The same seed gives the same text. For measuring speed only: no figure of accuracy comes from here.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from geo.places import Name, load_gazetteer
from pipeline.records import Lang

SEED = 20260101
SENTENCES_A_REPORT = range(12, 36)  # about 2 to 5 KB
_SHARE_PLAIN = 0.6  # of the sentences name no place
_NAMES_A_WORD = 0.02  # and none where there are more already: about 20 names in 1,000 words, as in news
_SHARE_MARKED = 0.03  # of the names, with tashkeel or tatweel inside
_SLOT = re.compile(r"\{(\w+)\}")
_LAM, _ARTICLE = "ل", "ال"

Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """One made report; ``places`` are the half-open code-point spans of the names in it."""

    text: str
    places: tuple[tuple[int, int], ...]


def reports(lang: Lang, megabytes: float, *, seed: int = SEED) -> Iterator[Report]:
    """Language and size in MB of UTF-8 → reports until the size is reached."""
    dice = random.Random(f"{lang}{seed}")  # noqa: S311 - no secret depends on it
    size = 0.0
    while size < megabytes * 1e6:
        report = _report(dice, lang)
        size += len(report.text.encode())
        yield report


def _report(dice: random.Random, lang: Lang) -> Report:
    words, names = word_lists()[lang], [name.text for name in official_names(lang)]
    text, places = "", list[tuple[int, int]]()
    for _ in range(dice.choice(SENTENCES_A_REPORT)):
        is_plain = dice.random() < _SHARE_PLAIN or len(places) > _NAMES_A_WORD * text.count(" ")
        kind = "plain" if is_plain else "sentences"
        for piece, name in sentence(dice, words, names, dice.choice(words[kind])):
            if name:
                places.append((len(text), len(text) + len(piece)))
            text += piece
    return Report(text, tuple(places))


def sentence(
    dice: random.Random, words: Words, names: Sequence[str], template: str
) -> Iterator[tuple[str, str]]:
    """A template → its pieces in order, each with the name that it is a spelling of, "" for all else."""
    at = 0
    for slot in _SLOT.finditer(template):
        yield template[at : slot.start()], ""
        at = slot.end()
        if slot[1] in ("place", "joined"):
            name = dice.choice(names)
            before, written = _written(dice, words, name, joined=slot[1] == "joined")
            yield before, ""
            yield written, name
        else:
            yield _filler(dice, words, slot[1]), ""
    yield template[at:] + " ", ""


def _written(dice: random.Random, words: Words, name: str, *, joined: bool) -> tuple[str, str]:
    """A name → what is written onto it and the name itself: ("ل", "لموصل") for الموصل behind a ل."""
    before = dice.choice(words["joined"]) if joined else ""
    if before.endswith(_LAM) and name.startswith(_ARTICLE):
        name = _LAM + name.removeprefix(_ARTICLE)
    if dice.random() < _SHARE_MARKED:
        name = name[:2] + dice.choice(words["marks"]) + name[2:]
    return before, name


def _filler(dice: random.Random, words: Words, slot: str) -> str:
    return str(dice.randrange(2, 900)) if slot == "n" else dice.choice(words[slot])


@cache
def word_lists() -> Mapping[str, Words]:
    """Language → the lists of sentences and words that its reports are made of."""
    document = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return cast("Mapping[str, Words]", document)


@cache
def official_names(lang: Lang) -> tuple[Name, ...]:
    """The official, unambiguous names of a language: what may stand anywhere and still be found."""
    names = (n for n in load_gazetteer().names if n.lang == lang and n.kind == "official" and not n.ambiguous)
    return tuple(sorted({name.text: name for name in names}.values(), key=lambda name: name.text))
