"""Between steps 2 and 3. Gazetteer names, folded once → Lexicon: patterns, what each may mean, and a digest.

Which spellings there are is `pipeline.spellings`' business; here they become what recognition asks.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from geo.places import Gazetteer, load_gazetteer
from pipeline.fold import LATIN_END, fold, to_page, to_text
from pipeline.kinds import GAF, SORANI
from pipeline.prepositions import with_prepositions
from pipeline.records import Lang
from pipeline.spellings import Entry, Found, spellings
from pipeline.vocabulary import Vocabulary, load_vocabulary

_ARTICLE = to_page("ال")
# A shorter name with an ending is too often another word (Ana + da).
ENDING_FROM = 4
_LONGEST_ENDING = 16
_SHORTEST = 3
_SORANI = "ckb"
_GAF = "گ"
_KURMANJI: Lang = "kmr"


@dataclass(frozen=True)
class Lexicon:
    """Immutable: ``patterns[i]`` is folded bytes, ``words[i]`` the name as folded text, ``entries[i]`` what it may
    mean, ``automaton`` finds them all.

    Latin patterns begin with a space: they are looked for at the head of a word, Arabic ones anywhere, for their
    clitics; names too short for an ending at the end of a word. ``whole_words`` finds the same, all Arabic ones at
    the end of a word only: enough, and quicker, where no Sorani ending can follow. The first ل of a ``contracted``
    pattern (للموصل) is no part of the name, ``wide`` are
    the patterns with two separators between words (صلاح  الدين, Tal 'Afar). ``candidates[i]`` are the place ids;
    ``certain[i]`` the governorate and district that a strong spelling of a single place stands for, None for other
    spellings. ``longest`` is how far a spelling and its endings may reach. ``inflected`` are other languages'
    spellings that in Kurmanji are a name with its ending (Amediye, Amêdi-yê); ``prepositional`` begin like an
    English preposition (at Taji); ``doubtful[i]`` is 1 where a pattern is either. ``sorani`` are spellings of a name
    that is Sorani, by language or letters. ``letters[i]`` says in which letters of Sorani the names that fold to the
    pattern may be typed: whether any of ەێۆڕڵ, and how many گ.
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
    prepositional: frozenset[int]
    doubtful: bytes
    sorani: frozenset[int]
    letters: tuple[frozenset[tuple[bool, int]], ...]
    automaton: ahocorasick_rs.BytesAhoCorasick
    whole_words: ahocorasick_rs.BytesAhoCorasick
    gazetteer: Gazetteer
    digest: str


def build_lexicon(gazetteer: Gazetteer, vocabulary: Vocabulary) -> Lexicon:
    """Gazetteer and grammars → Lexicon. Patterns in byte order, so that the same names give the same digest."""
    table, contracted = spellings(gazetteer, vocabulary)
    # Sorted by kind first, so that a pattern's index says whether it is contracted or wide.
    keys = sorted(table, key=lambda key: (b"  " in key, key in contracted, key))
    entries = tuple(tuple(table[key].values()) for key in keys)
    patterns = tuple(b" " + key if key[0] < LATIN_END else key for key in keys)
    wide_from = len(keys) - sum(b"  " in key for key in keys)
    contracted_from = wide_from - len(contracted)
    inflected = frozenset(i for i, key in enumerate(keys) if _is_inflected(key, table, gazetteer, vocabulary))
    prepositional = with_prepositions(patterns)
    return Lexicon(
        patterns=patterns,
        words=tuple(_word(key, is_contracted=key in contracted) for key in keys),
        entries=entries,
        contracted=range(contracted_from, wide_from),
        candidates=tuple(tuple(dict.fromkeys(entry.place_id for entry in found)) for found in entries),
        certain=tuple(_certain(found, gazetteer) for found in entries),
        wide=range(wide_from, len(keys)),
        longest=max(map(len, patterns)) + _LONGEST_ENDING,
        inflected=inflected,
        prepositional=prepositional,
        doubtful=bytes(i in inflected or i in prepositional for i in range(len(keys))),
        sorani=frozenset(i for i, found in enumerate(entries) if any(map(_is_sorani, found))),
        letters=_letters_of(keys, entries, gazetteer),
        automaton=_automaton([_to_its_end(p) for p in patterns], ahocorasick_rs.Implementation.ContiguousNFA),
        whole_words=_automaton(
            [p + b" " if p[0] >= LATIN_END else _to_its_end(p) for p in patterns],
            ahocorasick_rs.Implementation.DFA,
        ),
        gazetteer=gazetteer,
        digest=_digest(patterns, entries),
    )


def _to_its_end(pattern: bytes) -> bytes:
    """A pattern → the same, up to the end of its word where its name is too short for an ending."""
    return pattern + b" " if len(pattern.strip()) < ENDING_FROM else pattern


def _word(key: bytes, *, is_contracted: bool) -> str:
    whole = _ARTICLE + key[len(_ARTICLE) :] if is_contracted else key
    return " ".join(to_text(whole).split())


def _automaton(
    patterns: Sequence[bytes], implementation: ahocorasick_rs.Implementation
) -> ahocorasick_rs.BytesAhoCorasick:
    return ahocorasick_rs.BytesAhoCorasick(
        patterns, matchkind=ahocorasick_rs.MatchKind.Standard, implementation=implementation
    )


@cache
def load_lexicon() -> Lexicon:
    """The curated gazetteer → its Lexicon, built once a process."""
    return build_lexicon(load_gazetteer(), load_vocabulary())


def _is_inflected(
    key: bytes, table: Mapping[bytes, Found], gazetteer: Gazetteer, vocabulary: Vocabulary
) -> bool:
    """Whether a spelling that is not Kurmanji is a Kurmanji one of the same place plus an ending."""
    places = {place_id for place_id, _ in table[key]}
    own = {to_page(gazetteer.places[place_id].names.get(_KURMANJI, "")) for place_id in places}
    if key[0] >= LATIN_END or key in own or any(lang == _KURMANJI for _, lang in table[key]):
        return False
    endings = vocabulary.grammars[_KURMANJI].suffixes
    stems = (key[:cut] for cut in range(_SHORTEST, len(key)) if key[cut:] in endings)
    return any((place_id, _KURMANJI) in table.get(stem, {}) for stem in stems for place_id in places)


def _certain(entries: tuple[Entry, ...], gazetteer: Gazetteer) -> tuple[str | None, str | None] | None:
    """Entries of a spelling → governorate and district, where it can only mean units of one governorate."""
    governorates = {gazetteer.governorate_of(entry.place_id) for entry in entries}
    if any(entry.weak for entry in entries) or len(governorates) > 1:
        return None
    districts = {gazetteer.district_of(entry.place_id) for entry in entries} - {None}
    return governorates.pop(), districts.pop() if len(districts) == 1 else None


def _is_sorani(entry: Entry) -> bool:
    return entry.lang == _SORANI or SORANI in fold(entry.name).kinds


def _letters_of(
    keys: Sequence[bytes], entries: Sequence[tuple[Entry, ...]], gazetteer: Gazetteer
) -> tuple[frozenset[tuple[bool, int]], ...]:
    """Spellings, what each may mean → in which letters of Sorani each may be typed, as any name that folds to it is.

    Of two names of a place that fold to one (سركران, سرگران) an entry keeps the first alone.
    """
    gafs: dict[bytes, set[tuple[bool, int]]] = {}
    for name in gazetteer.names:
        if _GAF in name.text:
            gafs.setdefault(to_page(name.text), set()).add((False, name.text.count(_GAF)))
    return tuple(
        frozenset(letters for entry in found for letters in _letters(entry)).union(gafs.get(key, ()))
        for key, found in zip(keys, entries, strict=True)
    )


def _letters(entry: Entry) -> Iterator[tuple[bool, int]]:
    """Entry → whether any of ەێۆڕڵ may be in it, and how many گ: its own, or those of Arabic keys."""
    gafs = fold(entry.name).kinds.count(GAF)
    yield False, 0
    yield False, gafs
    if _is_sorani(entry):
        yield True, gafs


def _digest(patterns: tuple[bytes, ...], entries: tuple[tuple[Entry, ...], ...]) -> str:
    seal = hashlib.sha256()
    for pattern, found in zip(patterns, entries, strict=True):
        seal.update(pattern + repr(found).encode() + b"\n")
    return seal.hexdigest()


def readable(lexicon: Lexicon) -> Mapping[str, tuple[Entry, ...]]:
    """The lexicon as folded text → entries, for those who look a typed name up."""
    return {to_text(key).strip(): found for key, found in zip(lexicon.patterns, lexicon.entries, strict=True)}
