"""Faults of names.csv and press.csv: letters, strength, order, and strong names that two places share."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from geo.records import LANGS
from geo.rows import Row

KINDS = ("official", "variant", "historic", "abbrev")

_ARABIC = re.compile("[ء-غف-يٰ-ە\u064b-\u0652\u0660-\u0669 0-9\u200c-]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9 .'’‘ʿ‐–-]+")

_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")
_ARABIC_MARK = re.compile("[\u064b-\u065f\u0670]")
_ARABIC_FOLD = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئ", "ي"),
        "ؤ": "و",
        **dict.fromkeys("کڪگ", "ك"),
        **dict.fromkeys("ةەھہ", "ه"),
        **dict.fromkeys("ءـ\u200b\u200c\u200e\u200f", ""),
    }
)
_LATIN_FOLD = str.maketrans(
    {"ı": "i", "ø": "o", **dict.fromkeys("-‐–", " "), **dict.fromkeys("ʿʾ’‘'`´ʼ", "")}
)


@cache  # places share spellings: a seat bears its district's
def clash_fold(name: str) -> str:
    """Spelling → the form under which strong names of different places must differ.

    Simple and coarse on purpose, and for this check only: texts are folded elsewhere, with offsets.
    """
    name = unicodedata.normalize("NFKC", name).replace("İ", "i").lower()
    if _ARABIC_LETTER.search(name):
        name = _ARABIC_MARK.sub("", name.translate(_ARABIC_FOLD))
    elif not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
        name = name.translate(_LATIN_FOLD)
    else:
        name = name.translate(_LATIN_FOLD)
    return " ".join(name.split())


def name_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    """Rows of names.csv and places by id → their faults, but for clashes."""
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        line = lines.setdefault((row["id"], row["name"], row["lang"]), row.line)
        if line != row.line:
            yield row.fault(f"{row['name']} ({row['lang']}) of {row['id']} stands in line {line} too: once")
        yield from _spelling_faults(row)
    yield from _homeless_faults(rows, places)
    yield from _official_faults(rows, places)
    yield from _order(rows, places)


def _homeless_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    homeless: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["id"] not in places:
            homeless[row["id"]].append(row)
    for place_id, spellings in homeless.items():
        what = f"{len(spellings)} spelling(s) of {place_id}, which is no place: add it to places.csv"
        yield spellings[0].fault(what)


def _spelling_faults(row: Row) -> Iterator[str]:
    if row["lang"] not in LANGS or row["kind"] not in KINDS or row["ambiguous"] not in ("0", "1"):
        yield row.fault(f"{row['name']}: lang {'|'.join(LANGS)}, kind {'|'.join(KINDS)}, ambiguous 0|1")
        return
    if (row["ambiguous"] == "1") != bool(row["reason"]):
        yield row.fault(f"{row['name']}: ambiguous 1 needs a reason, and 0 has none")
    letters = _ARABIC if row["lang"] in ("ar", "ckb") else _LATIN
    if not letters.fullmatch(row["name"]):
        alien = sorted({f"U+{ord(letter):04X}" for letter in row["name"] if not letters.fullmatch(letter)})
        yield row.fault(f"{row['name']!r} has letters foreign to {row['lang']}: {' '.join(alien) or 'empty'}")


def _official_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    official: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["kind"] == "official":
            known = official.setdefault((row["id"], row["lang"]), row)
            if known is not row:
                yield row.fault(f"{row['id']} has another official name in {row['lang']}, line {known.line}")
    for place_id, place in places.items():
        for lang in LANGS:
            name = official.get((place_id, lang))
            if place[f"name_{lang}"] != (name["name"] if name else ""):
                yield place.fault(
                    f"name_{lang} of {place_id} is not its official name in names.csv: make them one"
                )


def _order(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    rank = {place_id: position for position, place_id in enumerate(places)}

    def key(row: Row) -> tuple[int, int, int, str]:
        return (rank[row["id"]], LANGS.index(row["lang"]), KINDS.index(row["kind"]), row["name"])

    sound = [r for r in rows if r["id"] in rank and r["lang"] in LANGS and r["kind"] in KINDS]
    for before, row in pairwise(sound):
        if key(row) < key(before):
            yield row.fault(f"{row['name']} is out of order: sort by place, language, kind, name")


def clash_faults(rows: Sequence[Row], places: Mapping[str, Row]) -> Iterator[str]:
    """Strong names that fold alike and belong to places that have nothing to do with each other.

    A place may share a name with one that it lies in or is the seat of: the level decides there.
    """
    strong: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["ambiguous"] == "0" and row["id"] in places:
            strong[clash_fold(row["name"])].setdefault(row["id"], row)
    seats: dict[str, list[str]] = defaultdict(list)
    for place_id, place in places.items():
        seats[place["seat_id"]].append(place_id)
    around = {place_id: _around((place_id, *seats.get(place_id, ())), places) for place_id in places}
    clashes: dict[tuple[str, str], list[tuple[Row, Row]]] = defaultdict(list)
    for sharing in strong.values():
        for one, other in combinations(sharing, 2):
            if one not in around[other] and other not in around[one]:
                clashes[one, other].append((sharing[one], sharing[other]))
    for (one, other), rows_of_both in clashes.items():
        row, same = rows_of_both[0]
        more = f" and {len(rows_of_both) - 1} more" if len(rows_of_both) > 1 else ""
        what = f"{row['name']}{more}: strong for {one} and, line {same.line}, for {other}"
        yield row.fault(f"{what}: mark both ambiguous, with a reason")


def _around(starts: Sequence[str], places: Mapping[str, Row]) -> frozenset[str]:
    """A place's id and those of the units it is the seat of → these and all that they lie in."""
    found: set[str] = set()
    for start in starts:
        step = start
        while step in places and step not in found:
            found.add(step)
            step = places[step]["parent_id"]
    return frozenset(found)


def press_faults(rows: Sequence[Row], names: Sequence[Row]) -> Iterator[str]:
    """Rows of press.csv → those whose spelling names.csv lacks."""
    known = {(name["id"], name["lang"], name["name"]) for name in names}
    for row in rows:
        if (row["id"], row["lang"], row["name"]) not in known:
            yield row.fault(f"{row['id']} has no {row['lang']} spelling {row['name']}: add it to names.csv")
