"""Texts in the languages' encodings, of several lengths → how often the encoding is decided right, wrong or not at all.

    python -m benchmarks.encodings

Right is the same text; a wrong one is silent damage, and worse than a refusal. The texts are those of
benchmarks/data/languages, each length cut from many places. What is none of the project's languages should be refused.
charset-normalizer alone and among the same encodings is beside it.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from charset_normalizer import from_bytes

from benchmarks.languages import samples
from pipeline.errors import ReadRefused
from pipeline.read.encoding import GUESSED, find_encoding
from pipeline.read.mojibake import is_mojibake

OTHERS = Path(__file__).parent / "data" / "other-encodings.toml"
SIZES = (60, 200, 1000, 5000)
PLACES = 24
"""From how many places of a language's texts each length is cut."""
RIGHT, WRONG, REFUSED = OUTCOMES = ("right", "wrong", "refused")

ENCODINGS: Mapping[str, tuple[str, ...]] = {
    "ar": ("utf-8", "windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be"),
    "ckb": ("utf-8", "utf-16-le", "utf-16-be"),
    "kmr": ("utf-8", "windows-1254", "iso-8859-9", "utf-16-le"),
    "tr": ("utf-8", "windows-1254", "iso-8859-9", "utf-16-le"),
    "en": ("windows-1252", "utf-16-le"),
    "fa": ("utf-8", "windows-1256", "utf-16-le"),
}
TAKEN_FOR = (
    ("utf-8", "cp1252"),
    ("utf-8", "cp1256"),
    ("utf-8", "latin-1"),
    ("cp1256", "cp1252"),
    ("cp1254", "cp1252"),
)
"""(what a text was in, what it was read as): the ways in which pages come broken."""

Way = Callable[[bytes], str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes in an encoding, with the text that they are."""

    group: str
    encoding: str
    size: int
    data: bytes
    text: str


def ours(data: bytes) -> str | None:
    """The project's own way: bytes → text, None where refused."""
    try:
        return data.decode(find_encoding(data, whole=True, origin="benchmark"))
    except (ReadRefused, UnicodeDecodeError):
        return None


def alone(data: bytes) -> str | None:
    """charset-normalizer as it comes."""
    best = from_bytes(data).best()
    return str(best) if best else None


def among_ours(data: bytes) -> str | None:
    """charset-normalizer told to choose among the encodings of the field."""
    best = from_bytes(data, cp_isolation=["utf-8", *GUESSED]).best()
    return str(best) if best else None


WAYS: Mapping[str, Way] = {"ours": ours, "charset-normalizer": alone, "among ours": among_ours}


def cases(*, places: int = PLACES) -> Iterator[Case]:
    """The languages' texts in their encodings, at every length."""
    for language, encodings in ENCODINGS.items():
        texts = [one.text for one in samples() if one.kind == language]
        for encoding in encodings:
            for size in SIZES:
                for text in _cut(texts, size, places):
                    data = _typed(text, language).encode(encoding, "ignore")
                    if encoding.startswith("utf-16") or not data.isascii():  # else any encoding is right
                        yield Case(language, encoding, size, data, data.decode(encoding))


def others() -> Iterator[Case]:
    """Text of other languages: refused is right, and so is its own text."""
    with OTHERS.open("rb") as file:
        rows = tomllib.load(file)["other"]
    for row in rows:
        for encoding in row["encodings"]:
            for size in (SIZES[0], len(row["text"])):
                if not (data := row["text"][-size:].encode(encoding, "ignore")).isascii():
                    yield Case(row["language"], encoding, size, data, data.decode(encoding))


def broken() -> Iterator[tuple[str, str, str]]:
    """Texts as pages bring them that were read in a wrong encoding: (what it was, read as, text)."""
    for was, taken_for in TAKEN_FOR:
        for one in samples():
            if (
                one.kind in ENCODINGS
                and one.length != "headline"
                and (was == "utf-8" or one.kind == _OF[was])
            ):
                text = _misread(one.text.encode(was, "ignore"), taken_for)
                if text != one.text:
                    yield was, taken_for, text


_OF = {"cp1256": "ar", "cp1254": "tr"}


def _cut(texts: list[str], size: int, places: int) -> Iterator[str]:
    for place in range(places):
        start = place * len(texts) // places
        text = "\n".join((*texts[start:], *texts[:start]))
        yield (text * (size // len(text) + 1))[:size]


def _typed(text: str, language: str) -> str:
    """A text as it was typed before Unicode: Persian with Arabic letters, English with typographic quotes."""
    if language == "fa":
        return text.replace("ی", "ي").replace("ک", "ك")
    return text.replace("'", "’") if language == "en" else text


def _misread(data: bytes, encoding: str) -> str:
    """Bytes read in a wrong encoding as browsers do: those that it leaves empty become control signs."""
    letters = (bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in data)
    return "".join(letters)


def count(way: Way, made: Iterable[Case], *, refusal_is_right: bool = False) -> Counter[str]:
    """A way and cases → how many of each outcome."""
    counted: Counter[str] = Counter()
    for case in made:
        text = way(case.data)
        if text is None:
            counted[RIGHT if refusal_is_right else REFUSED] += 1
        else:
            counted[RIGHT if text.removeprefix("\ufeff") == case.text else WRONG] += 1
    return counted


def report() -> Iterator[str]:
    """All tables: right/wrong/refused by language, encoding and length; the ways side by side; broken texts."""
    made = list(cases())
    yield _row("ours: right/wrong/refused", [f"{size:,} letters" for size in SIZES])
    for group, encoding in dict.fromkeys((case.group, case.encoding) for case in made):
        own = [case for case in made if (case.group, case.encoding) == (group, encoding)]
        yield _row(
            f"{group}, {encoding}", [_cell(count(ours, (c for c in own if c.size == n))) for n in SIZES]
        )
    yield ""
    yield _row("side by side", WAYS)
    for size in SIZES:
        some = [case for case in made if case.size == size][:: 1 if size < SIZES[-2] else 4]
        yield _row(f"{size:,} letters", [_cell(count(way, some)) for way in WAYS.values()])
    foreign = list(others())
    cells = [_cell(count(way, foreign, refusal_is_right=True)) for way in WAYS.values()]
    yield _row("other languages (refused is right)", cells)
    yield ""
    yield _row("read in a wrong encoding", ["flagged"])
    wrong = list(broken())
    for kind in TAKEN_FOR:
        texts = [text for *ways, text in wrong if tuple(ways) == kind]
        yield _row(f"{kind[0]} read as {kind[1]}", [f"{sum(map(is_mojibake, texts))}/{len(texts)}"])
    sound = [one.text for one in samples()]
    yield _row("sound texts", [f"{sum(map(is_mojibake, sound))}/{len(sound)}"])


def _cell(counted: Counter[str]) -> str:
    return "/".join(str(counted[kind]) for kind in OUTCOMES)


def _row(title: str, cells: Iterable[str]) -> str:
    return f"{title:<38}" + "".join(f"{cell:>20}" for cell in cells)


@click.command()
def main() -> None:
    """Print how often an encoding is decided right, wrong or not at all."""
    for line in report():
        print(line)


if __name__ == "__main__":
    main()
