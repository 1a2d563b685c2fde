"""Word files → Vocabulary: endings, type words and cue words of the five languages, folded like the text.

The words are data (`words/*.toml`), one file a language; what a class of words weighs is data too
(`words/weights.toml`, fitted by `python -m benchmarks.fit`).
"""

import csv
import hashlib
import itertools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

from pipeline.errors import DataError
from pipeline.fold import to_page
from pipeline.records import LANGS, Lang
from pipeline.wordlist import CueFinder, Cues, WordSet, fold_word

# Not beside this file: compiled, it stands elsewhere.
WORDS = Path(str(files("pipeline"))) / "words"
PLURAL = "s"
TYPES = ("governorate", "district", "subdistrict", "town", "city", "quarter", "village")


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language. ``prefixes`` and ``suffixes`` are whole chains, as folded bytes.

    ``tails`` are words behind a name that are no part of it (a country, an epithet), each with its space. ``fillers``
    may stand within a list but make none, ``links`` tie a noun to the name that says more of it (Kurmanji ya, yê),
    behind ``openers`` a clause begins, and behind ``indefinites`` a type word says what is named before: Wana, a
    sub-district of Tel Kaif. ``administrations`` end a spelling of the Region's administration and not of its land
    (KRG). ``ordinary`` are words that would hold a name behind a clitic or before an ending. ``final`` are verbs that
    end a sentence, where verbs do. ``topics`` are words that say what a text is about, wherever they stand; None
    where a language lists none.
    """

    prefixes: frozenset[bytes]
    suffixes: frozenset[bytes]
    tails: frozenset[bytes]
    conjunctions: WordSet
    fillers: WordSet
    links: WordSet
    openers: WordSet
    indefinites: WordSet
    administrations: WordSet
    ordinary: frozenset[bytes]
    types_before: Cues
    types_after: Cues
    left: Cues
    right: Cues
    final: Cues
    topics: CueFinder | None
    verbs_last: bool


@dataclass(frozen=True, slots=True)
class ExceptionalPhrase:
    """A phrase in which a name is not what it seems, with the reason; ``reading`` is name or none."""

    reading: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All five grammars, what is abroad, the exceptions, and the digest of the files they came from.

    ``listed`` are all cue and type words: they hold no name behind a clitic. ``exceptions`` are listed by their
    folded phrase, a space on either side, and ``phrases_with`` by each of its words. ``prefixes``, ``suffixes`` and
    ``ordinary`` are those of all languages together; in ``prefix_ends`` and ``suffix_starts`` the place of two bytes
    (``pair``) is 1 where they are the last or first two letters of one, or a single letter and the space beside it:
    most words are told at a glance.
    """

    grammars: Mapping[Lang, Grammar]
    prefixes: frozenset[bytes]
    suffixes: frozenset[bytes]
    prefix_ends: bytes
    suffix_starts: bytes
    longest_affix: int
    listed: frozenset[bytes]
    ordinary: frozenset[bytes]
    foreign: WordSet
    capitals: WordSet
    exceptions: Mapping[str, ExceptionalPhrase]
    phrases_with: Mapping[str, Sequence[str]]
    digest: str


@cache
def load_vocabulary(folder: Path = WORDS) -> Vocabulary:
    """Folder of word files → Vocabulary, read once a process. DataError lists every fault of a file."""
    files = {lang: _read_toml(folder / f"{lang}.toml") for lang in LANGS}
    abroad = _read_toml(folder / "abroad.toml")
    seal = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".toml", ".csv"):
            seal.update(path.name.encode() + path.read_bytes())
    grammars: dict[Lang, Grammar] = {lang: _grammar(table) for lang, table in files.items()}
    prefixes = frozenset[bytes]().union(*(grammar.prefixes for grammar in grammars.values()))
    suffixes = frozenset[bytes]().union(*(grammar.suffixes for grammar in grammars.values()))
    exceptions = _read_exceptions(folder / "exceptions.csv")
    return Vocabulary(
        grammars=grammars,
        prefixes=prefixes,
        suffixes=suffixes,
        prefix_ends=_table((b" " + prefix)[-2:] for prefix in prefixes),
        suffix_starts=_table((suffix + b" ")[:2] for suffix in suffixes),
        longest_affix=max(map(len, prefixes | suffixes)),
        listed=frozenset(to_page(word) for table in files.values() for word in _words_in(table)),
        ordinary=frozenset[bytes]().union(*(grammar.ordinary for grammar in grammars.values())),
        foreign=WordSet(itertools.chain(*abroad["places"].values(), *abroad["capitals"].values())),
        capitals=WordSet(itertools.chain(*abroad["capitals"].values())),
        exceptions=exceptions,
        phrases_with=_by_word(exceptions),
        digest=seal.hexdigest(),
    )


def pair(one: int, other: int) -> int:
    """Two folded bytes → their place in a table of pairs."""
    return one << 8 | other


def _table(pairs: Iterable[bytes]) -> bytes:
    table = bytearray(1 << 16)
    for one, other in pairs:
        table[pair(one, other)] = 1
    return bytes(table)


def _words_in(table: Mapping[str, dict[str, list[str]]]) -> Iterator[str]:
    """Every word that a file lists as a cue or a type word."""
    for classes in (*table["type_words"].values(), table["left"], table["right"]):
        yield from itertools.chain(*cast("dict[str, list[str]]", classes).values())


def _read_toml(path: Path) -> dict[str, dict[str, list[str]]]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(path=path.name, faults=[str(error)]) from error


def _read_exceptions(path: Path) -> dict[str, ExceptionalPhrase]:
    rows: dict[str, ExceptionalPhrase] = {}
    faults = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            if row["reading"] not in ("name", "none") or not row["reason"] or not row["phrase"]:
                faults.append(f"line {number}: needs a phrase, a reading (name or none) and a reason")
            rows[f" {fold_word(row['phrase'])} "] = ExceptionalPhrase(row["reading"], row["reason"])
    if faults:
        raise DataError(path=path.name, faults=faults)
    return rows


def _by_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        for word in phrase.split():
            found.setdefault(word, []).append(phrase)
    return found


def _grammar(table: Mapping[str, dict[str, list[str]]]) -> Grammar:
    affixes: Mapping[str, list[list[str]]] = table["affixes"]  # type: ignore[assignment]
    types: Mapping[str, dict[str, list[str]]] = table["type_words"]  # type: ignore[assignment]
    lists = table["list"]
    doubled = lists.get("doubled", [])
    conjunctions = "".join(letter for group in affixes["prefixes"][:1] for letter in group)
    return Grammar(
        prefixes=chains(affixes["prefixes"]),
        suffixes=chains(affixes["suffixes"]),
        tails=frozenset(b" " + to_page(tail) for tail in table["affixes"]["tails"]),
        conjunctions=WordSet(lists["conjunctions"]),
        fillers=WordSet(lists.get("fillers", [])),
        links=WordSet(lists.get("links", [])),
        openers=WordSet(lists.get("openers", [])),
        indefinites=WordSet(lists.get("indefinites", [])),
        administrations=WordSet(lists.get("administrations", [])),
        ordinary=frozenset(map(to_page, lists.get("ordinary", []))),
        types_before=Cues(_spelled(types.get("before", {}), doubled), conjunctions),
        types_after=Cues(_spelled(types.get("after", {}), doubled), conjunctions),
        left=Cues(_spelled(table["left"], doubled), conjunctions),
        right=Cues(_spelled(table["right"], doubled), conjunctions),
        final=Cues(table.get("final", {}), conjunctions),
        topics=_topics(_spelled(table["topic"], doubled), conjunctions) if "topic" in table else None,
        verbs_last="final" in table,
    )


def _spelled(classes: Mapping[str, Sequence[str]], doubled: Sequence[str]) -> dict[str, list[str]]:
    """Class → its words, each also with one letter where it has a pair that many write once: سنوور, سنور."""
    return {name: [way for word in words for way in _ways(word, doubled)] for name, words in classes.items()}


def _ways(word: str, doubled: Sequence[str]) -> list[str]:
    ways = [word]
    for letters in doubled:
        ways += [way.replace(letters, letters[0]) for way in ways if letters in way]
    return ways


def _topics(listed: Mapping[str, Sequence[str]], conjunctions: str) -> CueFinder:
    """Topic → its words → where they stand in a text; their classes are the cues that they fire."""
    return CueFinder(Cues({f"topic:{topic}": words for topic, words in listed.items()}, conjunctions))


def chains(groups: Sequence[Sequence[str]]) -> frozenset[bytes]:
    """Groups of affixes → every chain that takes at most one of each group, in their order; folded."""
    options = [["", *group] for group in groups]
    made = {to_page("".join(chain)) for chain in itertools.product(*options)}
    return frozenset(made - {b""})
