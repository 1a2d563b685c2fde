"""Between steps 2 and 3. Gazetteer names, folded once → Lexicon: patterns, what each may mean, and a digest.

The only module that sees names and fold together. What a rule can make of a name is made here, so that nobody lists
it: the joined spelling of a name of several words, the Arabic article swallowed by ل (للموصل), the ways of writing
a Latin al-. A name that a person listed always wins over one that a rule made.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

import ahocorasick_rs

from geo.places import Gazetteer, Name, load_gazetteer
from pipeline.fold import fold, to_page, to_text
from pipeline.kinds import GAF, SORANI
from pipeline.records import Lang
from pipeline.vocabulary import Grammar, Vocabulary, load_vocabulary

# Shorter names are too often syllables of other words.
_SHORTEST = 3
_JOINED_FROM = 6
_LATIN_ARTICLES = (b"al ", b"el ", b"ar ", b"as ", b"at ", b"an ", b"ad ", b"az ", b"ash ", b"adh ")
_ARTICLE = to_page("ال")
_LAM = to_page("ل")
_LATIN_END = 128
_LONGEST_ENDING = 16
_TYPE_WORD = "type word"
_OFFICIAL = "official"
# Languages that write an ending on the name without an apostrophe.
_ENDINGS_JOINED = ("ckb", "kmr")
_SORANI = "ckb"
_KURMANJI: Lang = "kmr"
# Sorani may join it to a name; at the end of a listed one it is the name's own letter (قۆرەتوو).
_AND = to_page("و")
_HEAD_CLASSES = frozenset({"institution", "land"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a spelling may mean in a language. ``weak`` names need evidence in the text; ``why`` says what else."""

    place_id: str
    name: str
    lang: str
    weak: bool
    why: str


# Names of one spelling, by place and language.
_Found = dict[tuple[str, str], Entry]


@dataclass(frozen=True)
class Lexicon:
    """Immutable: ``patterns[i]`` is folded bytes, ``words[i]`` the name as folded text, ``entries[i]`` what it
    may mean, ``automaton`` finds them all.

    Latin patterns begin with a space: they are looked for at the head of a word, Arabic ones anywhere, for their
    clitics. ``whole_words`` finds the same, Arabic ones at the end of a word only: enough, and quicker, where no
    Sorani ending can follow. The first ل of a ``contracted`` pattern (للموصل) is no part of the name, ``wide`` are the
    patterns with two separators between words (صلاح  الدين, Tal 'Afar). ``candidates[i]`` are the place ids;
    ``certain[i]`` the governorate and district that a strong spelling of a single place stands for, None for other
    spellings. ``longest`` is how far a spelling and
    its endings may reach. ``inflected`` are other languages' spellings that in Kurmanji are a name with its ending
    (Amediye, Amêdi-yê). ``sorani`` are spellings of a name that is Sorani, by language or letters. ``letters[i]`` says
    in which letters of Sorani the names that fold to the pattern may be typed: whether any of ەێۆڕڵ, and how many گ.
    """

    patterns: tuple[bytes, ...]
    words: tuple[str, ...]
    entries: tuple[tuple[Entry, ...], ...]
    contracted: range
    candidates: tuple[tuple[str, ...], ...]
    certain: tuple[tuple[str | None, str | None] | None, ...]
    wide: range
    longest: int
    inflected: frozenset[int]
    sorani: frozenset[int]
    letters: tuple[frozenset[tuple[bool, int]], ...]
    automaton: ahocorasick_rs.BytesAhoCorasick
    whole_words: ahocorasick_rs.BytesAhoCorasick
    gazetteer: Gazetteer
    digest: str


def build_lexicon(gazetteer: Gazetteer, vocabulary: Vocabulary) -> Lexicon:
    """Gazetteer and grammars → Lexicon. Patterns in byte order, so that the same names give the same digest."""
    listed = _listed(gazetteer, vocabulary)
    derived: dict[bytes, _Found] = {}
    contracted: dict[bytes, _Found] = {}
    for key, found in listed.items():
        for variant in _variants(key):
            if variant not in listed and len(variant) >= _SHORTEST:
                derived[variant] = found | derived.get(variant, {})
        if key.startswith(_ARTICLE):
            contracted[_LAM + _LAM + key[len(_ARTICLE) :]] = found
    wide = {key.replace(b" ", b"  "): found for key, found in listed.items() if b" " in key}
    table = wide | contracted | derived | listed
    # Sorted by kind first, so that a pattern's index says whether it is contracted or wide.
    keys = sorted(table, key=lambda key: (b"  " in key, table[key] is contracted.get(key), key))
    entries = tuple(tuple(table[key].values()) for key in keys)
    patterns = tuple(b" " + key if key[0] < _LATIN_END else key for key in keys)
    wide_from = len(keys) - sum(b"  " in key for key in keys)
    contracted_from = wide_from - sum(table[key] is contracted.get(key) for key in keys)
    return Lexicon(
        patterns=patterns,
        words=tuple(_word(key, is_contracted=table[key] is contracted.get(key)) for key in keys),
        entries=entries,
        contracted=range(contracted_from, wide_from),
        candidates=tuple(tuple(dict.fromkeys(entry.place_id for entry in found)) for found in entries),
        certain=tuple(_certain(found, gazetteer) for found in entries),
        wide=range(wide_from, len(keys)),
        longest=max(map(len, patterns)) + _LONGEST_ENDING,
        inflected=frozenset(
            i for i, key in enumerate(keys) if _is_inflected(key, table, gazetteer, vocabulary)
        ),
        sorani=frozenset(i for i, found in enumerate(entries) if any(map(_is_sorani, found))),
        letters=tuple(
            frozenset(letters for entry in found for letters in _letters(entry)) for found in entries
        ),
        automaton=_automaton(patterns),
        whole_words=_automaton([p + b" " if p[0] >= _LATIN_END else p for p in patterns]),
        gazetteer=gazetteer,
        digest=_digest(patterns, entries),
    )


def _word(key: bytes, *, is_contracted: bool) -> str:
    whole = _ARTICLE + key[len(_LAM + _LAM) :] if is_contracted else key
    return " ".join(to_text(whole).split())


def _automaton(patterns: Sequence[bytes]) -> ahocorasick_rs.BytesAhoCorasick:
    return ahocorasick_rs.BytesAhoCorasick(
        patterns,
        matchkind=ahocorasick_rs.MatchKind.Standard,
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )


def _listed(gazetteer: Gazetteer, vocabulary: Vocabulary) -> dict[bytes, _Found]:
    """Gazetteer → the spellings that people listed, folded, less those that hold more than the name."""
    spelled = {(name.place_id, name.lang, to_page(name.text)) for name in gazetteer.names}
    listed: dict[bytes, _Found] = {}
    for name in gazetteer.names:
        key = to_page(name.text)
        if _is_usable(name, key) and not _holds_more(name, key, spelled, vocabulary):
            _list(listed.setdefault(key, {}), name)
    return listed


@cache
def load_lexicon() -> Lexicon:
    """The curated gazetteer → its Lexicon, built once a process."""
    return build_lexicon(load_gazetteer(), load_vocabulary())


def _is_usable(name: Name, key: bytes) -> bool:
    """A dam or base called after a town is named by the town's bare name: such rows would win by length."""
    return len(key) >= _SHORTEST and not name.reason.startswith(_TYPE_WORD)


def _holds_more(name: Name, key: bytes, spelled: set[tuple[str, str, bytes]], vocabulary: Vocabulary) -> bool:
    """Whether a spelling is another one of the same place and language plus what the rules strip from a span.

    That is an ending (Kerkûkê), a type word or an institution before it (قاعدة عين الأسد), an epithet or the
    country behind it (النجف الأشرف). The official name is kept as it is.
    """
    if name.lang not in vocabulary.grammars:
        raise ValueError(f"{name.place_id}: {name.text}: no grammar for {name.lang}")
    grammar = vocabulary.grammars[cast("Lang", name.lang)]
    stems = [key, *(key.removesuffix(tail) for tail in grammar.tails if key.endswith(tail))]
    if name.lang in _ENDINGS_JOINED:
        endings = grammar.suffixes - {_AND}
        stems += [key[:cut] for cut in range(_SHORTEST, len(key)) if key[cut:] in endings]
    if name.kind != _OFFICIAL and _is_head(to_text(key.partition(b" ")[0]), grammar):
        stems += [stem.partition(b" ")[2] for stem in stems]
    return any(stem != key and (name.place_id, name.lang, stem) in spelled for stem in stems)


def _is_inflected(
    key: bytes, table: Mapping[bytes, _Found], gazetteer: Gazetteer, vocabulary: Vocabulary
) -> bool:
    """Whether a spelling that is not Kurmanji is a Kurmanji one of the same place plus an ending."""
    places = {place_id for place_id, _ in table[key]}
    own = {to_page(gazetteer.places[place_id].names.get(_KURMANJI, "")) for place_id in places}
    if key[0] >= _LATIN_END or key in own or any(lang == _KURMANJI for _, lang in table[key]):
        return False
    endings = vocabulary.grammars[_KURMANJI].suffixes
    stems = (key[:cut] for cut in range(_SHORTEST, len(key)) if key[cut:] in endings)
    return any((place_id, _KURMANJI) in table.get(stem, {}) for stem in stems for place_id in places)


def _is_head(word: str, grammar: Grammar) -> bool:
    """Whether a word before a name is a type word or what stands in a place (base, administration)."""
    return bool(grammar.types_before.classes(word)) or bool(
        _HEAD_CLASSES.intersection(grammar.left.classes(word))
    )


def _certain(entries: tuple[Entry, ...], gazetteer: Gazetteer) -> tuple[str | None, str | None] | None:
    """Entries of a spelling → governorate and district, where it can only mean units of one governorate."""
    governorates = {gazetteer.governorate_of(entry.place_id) for entry in entries}
    if any(entry.weak for entry in entries) or len(governorates) > 1:
        return None
    districts = {gazetteer.district_of(entry.place_id) for entry in entries} - {None}
    return governorates.pop(), districts.pop() if len(districts) == 1 else None


def _list(found: _Found, name: Name) -> None:
    """Add a name to those of its spelling. Of two that fold alike in one language the weak one speaks for both."""
    old = found.get((name.place_id, name.lang))
    if old is None or (name.ambiguous and not old.weak):
        entry = Entry(name.place_id, name.text, name.lang, name.ambiguous, name.reason)
        found[name.place_id, name.lang] = entry


def _is_sorani(entry: Entry) -> bool:
    return entry.lang == _SORANI or SORANI in fold(entry.name).kinds


def _letters(entry: Entry) -> Iterator[tuple[bool, int]]:
    """Entry → whether any of ەێۆڕڵ may be in it, and how many گ: its own, or those of Arabic keys."""
    gafs = fold(entry.name).kinds.count(GAF)
    yield False, 0
    yield False, gafs
    if _is_sorani(entry):
        yield True, gafs


def _variants(key: bytes) -> Iterator[bytes]:
    """Folded name → the spellings that rules make of it."""
    article = next((a for a in _LATIN_ARTICLES if key.startswith(a)), None)
    if article:
        bare = key[len(article) :]
        assimilated = b"a" + bare[:1] + b" "
        for other in dict.fromkeys((b"al ", b"el ", b"al", b"el", assimilated, assimilated.strip())):
            yield other + bare
    if b" " in key and len(key) >= _JOINED_FROM:
        yield key.replace(b" ", b"")


def _digest(patterns: tuple[bytes, ...], entries: tuple[tuple[Entry, ...], ...]) -> str:
    seal = hashlib.sha256()
    for pattern, found in zip(patterns, entries, strict=True):
        seal.update(pattern + repr(found).encode() + b"\n")
    return seal.hexdigest()


def readable(lexicon: Lexicon) -> Mapping[str, tuple[Entry, ...]]:
    """The lexicon as folded text → entries, for those who look a typed name up."""
    return {to_text(key).strip(): found for key, found in zip(lexicon.patterns, lexicon.entries, strict=True)}
