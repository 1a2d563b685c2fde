"""Step 4 of 6, the evidence of form. Letter case, quotation marks and the line around a span → cues.

Datelines open, close or are a line: «كركوك - واع:», "NINEVEH/BAGHDAD (AA)", "ANF/HELEBCE" at the end. Only so much
of a line is looked at as a dateline can take.
"""

import re
from collections.abc import Sequence

from pipeline.kinds import KURMANJI_CAPITAL, LATIN_CAPITAL, SPACE, TURKISH_CAPITAL
from pipeline.recognise import Span
from pipeline.resolve.context import Around
from pipeline.wordlist import ARABIC_SCRIPT

_QUOTES = frozenset("«“\"„‘'﴿")
_STRAIGHT = frozenset("\"'")
_OPENING = _QUOTES | frozenset("([")
# The rest of what brackets or quotation marks hold, where it is as short as a name: (كركوك ناو), "Basra News".
_ENCLOSED = re.compile(r"([ \w]{0,20})[)\]»”\"'’]")
APOSTROPHES = frozenset("'’´")
_MARKS = frozenset("-–—ـ/:|")
_AND = "و"
# An agency in brackets behind the name, perhaps after country and day: (واع), 12 أيار (واع), ", Iraq, June 2 (AFP)".
_DAY = r"(?:\d{1,2}\s\w+\s(?:\w+\s)?|\w+\.?\s\d{1,2}(?:,\s\d{4})?\s)"
_AGENCY = re.compile(rf"[\s،,]*(?:Iraq\b[\s,]*)?{_DAY}?\([^()]{{2,25}}\)")
# A colon and the beginning of what is said, but no outlet's short name: بغداد: «لن نقبل بأي…
_SPEECH = re.compile(r":\s*[«“\"](?![ \w]{0,20}[»”\"])")
_CAPITALS = bytes((LATIN_CAPITAL, KURMANJI_CAPITAL, TURKISH_CAPITAL))
# What opens the part of a dateline that names an agency, a country or a day.
_ASIDE = re.compile(r"[(«,]")
# The Arabic article, which a sentence writes small: al-Qaim, an-Nasiriyah.
_ARTICLE = re.compile(r"(?:a[dlnrstz]|a[dst]h|el)[-–'’ ]")
# What follows the first column of a table: a bar, or nothing but figures; behind a colon, a figure and its unit.
_ROW = re.compile(r"[\s:]*(?:\||[\d(][\d\s.,:%()|/–-]*$)|\s*:\s*\d[\d\s.,%/–-]*(?:[^\W\d]+\s*){1,3}$")
# The day on which a report was signed: "Kirkuk 13.12.2016".
_SIGNED_DAY = re.compile(r"[\s,]*\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)")
# In headlines between the place and what happened there: أربيل.. حريق في سوق.
_DOTS = ("..", "…")
# What opens the points of a list below a heading, at the head of a line: there it is no dash of a dateline.
_POINTS = frozenset("-•*·▪●‣")
_LINE_ENDS = ("\n", "\r")
# Signs that open no line: one was broken at a link before them.
_GOING_ON = ("،", ",", "؛", ";", ".", ")")
_BEFORE = 45
_AFTER = 45
_FEW_WORDS = 2
# Spaces that a day and an agency take at most: 12 أيار 2024 وكالات.
_DAY_WORDS = 3
# How much of the text's head may hold what comes before its first line.
_HEAD = 200


def of_shape(around: Around, text: str, kinds: bytes, fired: dict[str, str]) -> None:
    """Letter case, quotation marks, and words that look like the rest of a proper name → cues added to ``fired``.

    ``kinds`` has the kind of each code point of the text.
    """
    span = around.span
    first = span.first
    if _is_quoted(text, first):
        fired["quoted"] = ""
    if first and text[first - 1] in _OPENING:
        _of_enclosure(text, span.last, fired)
    if _opens_with_figure(around.after):
        fired["number-after"] = ""
    if around.before[-2:-1].isdecimal() and around.before[-1] == " ":
        fired["number-before"] = ""
    initial = _initial(text, span)
    if initial.isupper() or initial.islower():
        _of_case(around, text, kinds, initial, fired)
    if not around.before or around.before.isspace():
        fired["sentence-start"] = ""
    if around.after[:1] in APOSTROPHES:
        fired["apostrophe"] = ""


def _is_quoted(text: str, first: int) -> bool:
    """Whether a quotation mark opens before an offset, with no more than one sign between.

    A straight one with space behind it closed what was said before.
    """
    if first and text[first - 1] in _QUOTES:
        return True
    if first < 2 or text[first - 2] not in _QUOTES:
        return False
    return not (text[first - 1].isspace() and text[first - 2] in _STRAIGHT) and text[first - 1] not in "\r\n"


def _opens_with_figure(after: str) -> bool:
    """Whether a figure, no day, follows, with no more than three spaces, colons or brackets between."""
    behind = after[:4].lstrip(" :(")
    return behind[:1].isdecimal() and not after.startswith(behind) and not _SIGNED_DAY.match(after)


def _of_enclosure(text: str, last: int, fired: dict[str, str]) -> None:
    """Behind an opening bracket or quotation mark: whether the name alone stands in it, or more that makes a name."""
    rest = _ENCLOSED.match(text, last)
    if rest:
        fired["enclosed-with" if rest[1].strip() else "enclosed"] = ""


def _initial(text: str, span: Span) -> str:
    """A span → the letter whose case tells a name from a word: that behind the article."""
    initial = text[span.start]
    if initial in "ae" and (article := _ARTICLE.match(text, span.start)) and article.end() < span.end:
        return text[article.end()]
    return initial


def _of_case(around: Around, text: str, kinds: bytes, initial: str, fired: dict[str, str]) -> None:
    span = around.span
    if initial.islower():
        is_all_lower = (around.before + around.after).islower()
        fired["case:lower" if is_all_lower else "case:lower-among-capitals"] = ""
    else:
        fired["case:upper" if text[span.start : span.end].isupper() else "case:title"] = ""
    last = span.last
    if len(around.after) > 1 and kinds[last] == SPACE and kinds[last + 1] in _CAPITALS:
        fired["capital-after"] = ""
    begin, end = span.first - len(around.before), span.first
    while begin < end and kinds[end - 1] == SPACE:
        end -= 1
    while begin < end and kinds[begin] == SPACE:
        begin += 1
    if begin < end < span.first:
        word = max(begin, kinds.rfind(SPACE, begin, end) + 1)
        if kinds[word] in _CAPITALS:
            fired["capital-before" if word > begin else "capital-first-before"] = ""


def of_line(around: Around, text: str, listed: Sequence[Span], fired: dict[str, str]) -> None:
    """Where in its line the span stands, among the spans of its list in order → cues added to ``fired``."""
    # In «وكالة - كركوك ونينوى» the mark stands before both.
    is_joined = around.clitic[:1] == _AND and len(listed) > 1
    before = _line_before(text, listed[0].first if is_joined else around.span.first)
    if before is not None:
        _of_head(around, text, before, listed[-1].last, fired)
    elif not text[around.span.last : around.span.last + _HEAD].strip():
        fired["text:end"] = ""


def _of_head(around: Around, text: str, before: str, list_end: int, fired: dict[str, str]) -> None:
    """As `of_line` where ``before`` is all of the line before the span, and short enough for a dateline."""
    last = around.span.last
    after = _line_after(text, last)
    behind = text[last : last + _HEAD].strip()
    if signed := _SIGNED_DAY.match(after):
        after, behind = after[signed.end() :].lstrip(), behind[signed.end() :]
        fired["dateline:agency"] = ""
    if not after and text[last : last + _AFTER].lstrip()[:1] in _GOING_ON:
        return
    if before == "":
        _of_opening(around.span, text, after, fired)
    elif before[-1] in _MARKS or before[-1] == "(":
        fired["line:after-mark" if before.count(" ") <= _FEW_WORDS else "line:after-long-mark"] = ""
        if before[-1] == "/":
            fired["line:after-slash"] = ""
            _of_dateline(after, fired)
        if not (after and _line_after(text, list_end)):
            fired["line:end-after-mark"] = ""
    elif before[-1] == "," and (before.isupper() or _is_short_list(around, before)):
        # A further place of a dateline: "CAMP TAJI, Iraq –", "ERBIL, Kurdistan Region –", "Erbil, Baghdad, London –".
        fired["line:after-place"] = ""
        _of_dateline(after, fired)
    elif not after and before.count(" ") < _FEW_WORDS:
        fired["line:end-after-words"] = ""
    if not after and not behind:
        fired["text:end"] = ""


def _has_points_below(text: str, last: int) -> bool:
    """Whether a name closes its line, perhaps with a colon, and the first point of a list stands below."""
    behind = text[last : last + _AFTER].lstrip(": \t")
    point = behind.lstrip()
    return behind[:1] in _LINE_ENDS and point[:1] in _POINTS and point[1:2].isspace()


def _is_short_list(around: Around, before: str) -> bool:
    """Whether a line has held nothing but a place or two before the span, each with a comma."""
    return bool(around.mates) and before.count(" ") <= before.count(",") + 1


def _of_opening(span: Span, text: str, after: str, fired: dict[str, str]) -> None:
    """A name that opens its line: with a mark behind it, or alone, it may be a dateline; else it opens a sentence.

    Or it is the first column of a table, or the heading of a list.
    """
    if _ROW.match(after) or _has_points_below(text, span.last):
        fired["line:row"] = ""
        return
    is_alone = not after.strip(" .:-–—")
    if is_alone:
        fired["line:alone"] = ""
    elif after.startswith(_DOTS):
        fired["line:dots"] = ""
    if not (_of_dateline(after, fired) or is_alone):
        fired["line:opens"] = ""
        return
    fired["line:start"] = ""
    if span.first <= _HEAD and not text[: span.first].strip():
        fired["text:start"] = ""


def _line_before(text: str, end: int) -> str | None:
    """The line before an offset, without space around it; None where there is more than a dateline takes."""
    start = max(0, end - _BEFORE - 1)
    cut = max(text.rfind("\n", start, end), text.rfind("\r", start, end))
    if cut < 0 and start:
        return None
    return text[max(start, cut + 1) : end].strip()


def _line_after(text: str, start: int) -> str:
    """The line from an offset on, as far as a dateline reaches, without space around it."""
    stretch = text[start : start + _AFTER]
    return stretch.split("\n", 1)[0].split("\r", 1)[0].strip()


def _of_dateline(after: str, fired: dict[str, str]) -> bool:
    """What follows a name that opens its line → how like a dateline it looks, and whether at all."""
    if _AGENCY.match(after):
        fired["dateline:agency"] = ""
        return True
    at = next((i for i, char in enumerate(after) if char in _MARKS), None)
    # A hyphen may join the names of one place: Al-Qaim. Arabic has none: كربلاء-وكالات.
    if at is None or (
        after[at] == "-" and after[at + 1 : at + 2].isalpha() and after[at + 1] < ARABIC_SCRIPT
    ):
        return False
    between = after[:at].strip()
    words, *aside = _ASIDE.split(between, 1)
    if not between:
        fired["dateline:colon" if after[at] == ":" else "dateline:mark"] = ""
        if _SPEECH.match(after, at):
            fired["dateline:quote"] = ""
    elif (any(char.isdigit() for char in between) and between.count(" ") <= _DAY_WORDS) or (
        aside and " " not in words.strip()
    ):
        fired["dateline:agency"] = ""
    elif not aside and words.count(" ") <= 1:
        fired["dateline:word"] = ""
    else:
        return False
    return True
