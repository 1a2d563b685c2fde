"""Between steps 2 and 3. Gazetteer names → every folded spelling that is looked for, and what it may mean.

The only module that sees names and fold together. What a rule can make of a name is made here, so that nobody lists
it: the joined spelling of a name of several words, the Arabic article swallowed by ل (للموصل), the ways of writing a
Latin al-, other transliterations of an English name, one و or two in Sorani. A name that a person listed always wins
over one that a rule made.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from geo.places import Gazetteer, Name
from pipeline.fold import to_page, to_text
from pipeline.records import Lang
from pipeline.transliteration import transliterations
from pipeline.vocabulary import Grammar, Vocabulary

# Shorter names are too often syllables of other words.
_SHORTEST = 3
_JOINED_FROM = 6
_LATIN_ARTICLES = (b"al ", b"el ", b"ar ", b"as ", b"at ", b"an ", b"ad ", b"az ", b"ash ", b"adh ")
_ARTICLE = to_page("ال")
_LAM = to_page("ل")
_LATIN_END = 128
_TYPE_WORD = "type word"
_OFFICIAL = "official"
# Languages that write an ending on the name without an apostrophe.
_ENDINGS_JOINED = ("ckb", "kmr")
_ENGLISH: Lang = "en"
# Other units are named too rarely for the neighbours that a rule gives their names.
_SPELLED_BY_RULE = frozenset({"governorate", "district"})
# Sorani may join it to a name; at the end of a listed one it is the name's own letter (قۆرەتوو).
_AND = to_page("و")
_SORANI = "ckb"
# Shorter Sorani names would become ordinary words.
_SORANI_FROM = 5
_LONG_U = "وو"
# A و that is a vowel: between two consonants.
_SINGLE_U = re.compile("(?<=[^اەهیێۆو ])و(?=[^اەهیێۆو ])")
_FEMININE = re.compile("ی?یە$")
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
Found = dict[tuple[str, str], Entry]


def spellings(gazetteer: Gazetteer, vocabulary: Vocabulary) -> tuple[Mapping[bytes, Found], frozenset[bytes]]:
    """Gazetteer and grammars → folded spellings with what each may mean, and those of them that ل swallowed into."""
    listed = _listed(gazetteer, vocabulary)
    derived: dict[bytes, Found] = {}
    contracted: dict[bytes, Found] = {}
    for key, found in listed.items():
        for variant in _variants(key):
            if variant not in listed and len(variant) >= _SHORTEST:
                derived[variant] = found | derived.get(variant, {})
        for place, entry in found.items():
            for variant in _sorani_ways(entry):
                if variant not in listed:
                    derived[variant] = {place: entry} | derived.get(variant, {})
        if key.startswith(_ARTICLE):
            contracted[_LAM + _LAM + key[len(_ARTICLE) :]] = found
    wide = {key.replace(b" ", b"  "): found for key, found in listed.items() if b" " in key}
    table = _transliterated(listed, gazetteer) | wide | contracted | derived | listed
    return table, frozenset(key for key in contracted if table[key] is contracted[key])


def _listed(gazetteer: Gazetteer, vocabulary: Vocabulary) -> dict[bytes, Found]:
    """Gazetteer → the spellings that people listed, folded, less those that hold more than the name."""
    spelled = {(name.place_id, name.lang, to_page(name.text)) for name in gazetteer.names}
    listed: dict[bytes, Found] = {}
    for name in gazetteer.names:
        key = to_page(name.text)
        if _is_usable(name, key) and not _holds_more(name, key, spelled, vocabulary):
            _list(listed.setdefault(key, {}), name)
    return listed


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


def _is_head(word: str, grammar: Grammar) -> bool:
    """Whether a word before a name is a type word or what stands in a place (base, administration)."""
    return bool(grammar.types_before.classes(word)) or bool(
        _HEAD_CLASSES.intersection(grammar.left.classes(word))
    )


def _list(found: Found, name: Name) -> None:
    """Add a name to those of its spelling. Of two that fold alike in one language the weak one speaks for both."""
    old = found.get((name.place_id, name.lang))
    if old is None or (name.ambiguous and not old.weak):
        entry = Entry(name.place_id, name.text, name.lang, name.ambiguous, name.reason)
        found[name.place_id, name.lang] = entry


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


def _sorani_ways(entry: Entry) -> Iterator[bytes]:
    """A Sorani name → itself with و for وو or the reverse, and -یە for -ییە or the reverse: فەلوجە, فەلووجە."""
    name = entry.name
    if entry.lang != _SORANI or len(name) < _SORANI_FROM:
        return
    if _LONG_U in name:
        yield to_page(name.replace(_LONG_U, _LONG_U[0]))
    for single in _SINGLE_U.finditer(name):
        yield to_page(f"{name[: single.start()]}{_LONG_U}{name[single.end() :]}")
    if feminine := _FEMININE.search(name):
        yield to_page(name[: feminine.start()] + ("یە" if feminine[0] == "ییە" else "ییە"))


def _transliterated(listed: Mapping[bytes, Found], gazetteer: Gazetteer) -> dict[bytes, Found]:
    """Strong English names of governorates and districts → their other transliterations, which need evidence."""
    made: dict[bytes, Found] = {}
    for key, found in listed.items():
        if not _is_spelled_by_rule(key, found, gazetteer):
            continue
        weak = {place: replace(entry, weak=True, why="spelled by rule") for place, entry in found.items()}
        for variant in transliterations(key):
            made[variant] = weak | made.get(variant, {})
    return made


def _is_spelled_by_rule(key: bytes, found: Found, gazetteer: Gazetteer) -> bool:
    english = [entry.place_id for (_, lang), entry in found.items() if lang == _ENGLISH]
    is_ranked = any(gazetteer.places[place_id].level in _SPELLED_BY_RULE for place_id in english)
    is_latin = key[0] < _LATIN_END and not key.startswith(_LATIN_ARTICLES)
    return is_ranked and is_latin and not any(entry.weak for entry in found.values())
