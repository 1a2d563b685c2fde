"""Bytes of an encoding of one byte a letter → which one, by what the text looks like in each.

The encodings of the field put the same letters on different bytes, so text read in the wrong one shows itself: Latin
letters within Arabic words, vowel marks on Latin ones, letters that no report has. charset-normalizer is asked where
two readings look alike.
"""

import codecs
import re
from collections.abc import Sequence

from charset_normalizer import from_bytes

NARROW = ("windows-1256", "iso-8859-6", "windows-1254")
WESTERN = "windows-1252"
_ONLY_TURKISH = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
"""Bytes that are other letters in windows-1254 (as in ISO-8859-9) than in windows-1252: all else is the same."""
_EXPECTED = re.compile(
    r"[\t\n\r\f -~\u0600-\u06ff\u200b-\u200f\u202a-\u202e«»“”‘’„…–—•·°´€\xa0çÇğĞıİöÖşŞüÜâÂêÊîÎûÛéÉðÐýÝþÞ]"
)
"""What reports in our languages are written in, with what older sites make of Turkish letters (Baðdat)."""
_EXPECTED_SHARE = 0.95
_STRANGE = re.compile(
    # An Arabic letter beside a Latin one, a Latin letter with an Arabic vowel or a direction mark, a tanwin within a
    # word: what letters of one encoding look like in another.
    "[A-Za-z\u00c0-\u024f][\u064b-\u0652\u200c-\u200f]*[\u0620-\u064a\u066e-\u06d3]"
    "|[\u0620-\u064a\u066e-\u06d3][\u064b-\u0652\u200c\u200d]*[A-Za-z\u00c0-\u024f]"
    "|[A-Za-z\u00c0-\u024f][\u064b-\u0652\u200c-\u200f]"
    "|[\u064c\u064d][\u0621-\u064a]"
)
_STRANGE_SHARE = 0.05
_ARABIC, _ARABIC_WORD = re.compile("[\u0600-\u06ff]"), re.compile("[\u0621-\u064a]{3}")
_FREQUENT, _FREQUENT_SHARE = frozenset("اليمونرتبهةیک"), 0.4
"""The letters that make up two thirds of Arabic and Persian, and the share below which it is neither."""
_LIKELY = 0.0
_CONTROL = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")
_CLEAR = 0.04
"""By how much one reading must look better than another to be taken without asking charset-normalizer."""


def guess_narrow(sample: bytes) -> str | None:
    """The one likely encoding of a byte a letter; None where none is, or two are with different texts."""
    likely = {name: looks for name in NARROW if (looks := _looks(sample, name)) > _LIKELY}
    if not likely:
        return None
    best = max(likely, key=lambda name: likely[name])
    text = sample.decode(best)
    rivals = [name for name in likely if likely[best] - likely[name] < _CLEAR and sample.decode(name) != text]
    if rivals:
        best = _by_library(sample, [best, *rivals]) or ""
    elif not any(letter > "\u024f" for letter in text if letter.isalpha()):
        best = "windows-1254" if _ONLY_TURKISH.search(sample) else WESTERN
    return best or None


def _by_library(sample: bytes, names: list[str]) -> str | None:
    """The encoding in which charset-normalizer sees less disorder and more language; None where two are alike."""
    matches = from_bytes(sample, cp_isolation=names, threshold=1.0)
    ranked = sorted(((match.chaos, -match.coherence), match.encoding) for match in matches)
    if len(ranked) < len(names) or ranked[0][0] == ranked[1][0]:
        return None
    return next(name for name in names if codecs.lookup(name).name == codecs.lookup(ranked[0][1]).name)


def is_likely(sample: bytes, name: str) -> bool:
    """Whether bytes look like text of the field in an encoding."""
    return _looks(sample, name) > _LIKELY


def _looks(sample: bytes, name: str) -> float:
    """How much like text of the field bytes look in an encoding: 1 at best, below _LIKELY where they do not."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return -1.0
    beyond = "".join(letter for letter in text if letter > "\x7f")
    arabic = _ARABIC.findall(text)
    if arabic and not (_ARABIC_WORD.search(text) and _are_frequent(arabic)):
        return -1.0
    strange = len(_STRANGE.findall(text)) / max(1, len(beyond))
    return -1.0 if strange > _STRANGE_SHARE or not is_expected(beyond) else 1.0 - strange


def _are_frequent(letters: Sequence[str]) -> bool:
    return sum(letter in _FREQUENT for letter in letters) >= _FREQUENT_SHARE * len(letters)


def is_clean(sample: bytes, name: str) -> bool:
    """Whether bytes are text of any language in the encoding declared: letters and signs, no control bytes."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return False
    beyond = [letter for letter in text if letter > "\x7f"]
    letters = sum(letter.isalpha() for letter in beyond)
    return letters >= len(beyond) / 2 and not _STRANGE.search(text) and not _CONTROL.search(text)


def is_expected(text: str) -> bool:
    """Whether a text is written in what reports of our languages are written in, but for a twentieth."""
    return bool(text) and len(_EXPECTED.findall(text)) >= _EXPECTED_SHARE * len(text)
