"""Glyphs of a line from left to right → its text in the order in which it is read.

A PDF keeps where each glyph stands, not which letter follows which: Arabic stands in it as drawn, right to
left, often in the shapes of the ligatures of the font. This undoes both: the order by the bidirectional
algorithm run backwards (Unicode Standard Annex 9, as far as a line of a report needs it), the shapes by their
compatibility mappings. A glyph may be several letters (a ligature), which stay in their own order.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_HEH_END = {"\ufee9": "ە", "\ufeea": "ە"}
"""The shapes of a last heh: in Sorani they are the vowel that never joins to its left."""
_RTL = {"R", "AL"}
_NUMBER = {"EN", "AN"}
_SEPARATORS = frozenset(".,:/\u066b\u066c")  # with the Arabic decimal and thousands marks
_JOINERS = frozenset(" -_@&+#")
_MIRRORED = str.maketrans("()[]{}<>«»\u2039\u203a", ")(][}{><»«\u203a\u2039")
# Of a line from left to right: L letter, N digit, R letter of a right-to-left script, C separator of digits,
# S what may stand between a word and its number (F-16), O other.
_LEFT_TO_RIGHT = re.compile(r"N*L(?:[OCS]*L|[CS]?N)*|N+(?:CN+)*")
_RIGHT_TO_LEFT = re.compile(r"R(?:[OCSN]*R)*")
_WORD = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5]{2,}")
_FORWARD = re.compile(r"ال.*|.*[ةىە]")
_BACKWARD = re.compile(r".*لا|[ةىەـ].*")


def to_text(glyphs: Sequence[str], *, rtl: bool) -> str:
    """The glyphs of a line from left to right → its text; ``rtl`` is the direction of its paragraph."""
    if rtl:
        return "".join(_turned(glyphs))
    classes = "".join(map(_class, glyphs))
    text: list[str] = []
    end = 0
    for run in _RIGHT_TO_LEFT.finditer(classes):
        text += [*glyphs[end : run.start()], *_turned(glyphs[run.start() : run.end()])]
        end = run.end()
    return "".join([*text, *glyphs[end:]])


def is_rtl(glyphs: Iterable[str]) -> bool:
    """Whether most letters are of a right-to-left script."""
    classes = [_class(glyph) for glyph in glyphs]
    return classes.count("R") > classes.count("L")


def _turned(glyphs: Sequence[str]) -> list[str]:
    """Glyphs of a right-to-left run from left to right → in reading order, numbers and Latin words kept."""
    classes = "".join(map(_class, glyphs))
    parts: list[list[str]] = []
    end = 0
    for run in _LEFT_TO_RIGHT.finditer(classes):
        parts += [_mirrored(glyphs[end : run.start()]), list(glyphs[run.start() : run.end()])]
        end = run.end()
    parts.append(_mirrored(glyphs[end:]))
    return [glyph for part in reversed(parts) for glyph in part]


def _mirrored(glyphs: Sequence[str]) -> list[str]:
    return [glyph.translate(_MIRRORED) for glyph in reversed(glyphs)]


def _class(glyph: str) -> str:
    """A glyph → its letter in the patterns above, by its first letter that has a direction."""
    for letter in glyph:
        kind = unicodedata.bidirectional(letter)
        if kind in _RTL:
            return "R"
        if kind == "L":
            return "L"
        if kind in _NUMBER:
            return "N"
    return "C" if glyph in _SEPARATORS else "S" if glyph in _JOINERS else "O"


def to_letters(text: str, *, sorani: bool) -> str:
    """Shapes of letters (U+FB00–FDFF, U+FE70–FEFC) → the letters themselves; nothing else is changed."""
    return _SHAPES.sub(lambda match: _letters(match[0], sorani=sorani), text)


def _letters(shape: str, *, sorani: bool) -> str:
    if sorani and shape in _HEH_END:
        return _HEH_END[shape]
    return unicodedata.normalize("NFKC", shape).strip()  # a vowel mark alone is mapped to a space and itself


def is_sorani(text: str) -> bool:
    """Whether a text has letters that only Sorani writes, in such a number that it is Sorani."""
    plain = to_letters(text, sorani=False)
    arabic = sum(unicodedata.bidirectional(letter) == "AL" for letter in plain)
    return sum(letter in "ێۆڕڵەڤ" for letter in plain) > 0.03 * arabic


def is_backwards(text: str) -> bool:
    """Whether Arabic words stand in a text from their last letter to their first.

    Told by the article al- and by letters that stand only at the end of a word.
    """
    words = _WORD.findall(text)
    return sum(bool(_BACKWARD.fullmatch(word)) for word in words) > sum(
        bool(_FORWARD.fullmatch(word)) for word in words
    )
