"""A date as written → its tokens: numbers, months, days of the week, eras and signs; None where a word is unknown.

dates.toml holds the words, in seven languages and four calendars.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DAY, YEAR, MONTH, ERA, WEEKDAY, MONTH_WORD = "D", "Y", "M", "E", "W", "K"
"""Kinds of tokens."""
SIGNS = "-/."
"""Signs between numbers, each its own kind."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("يىیێ", "ي"),
        **dict.fromkeys("كک", "ك"),
        **dict.fromkeys("هەةھہ", "ه"),
        "ۆ": "و",
        "ڕ": "ر",
        "ڤ": "ف",
        "ٱ": "ا",
        "ı": "i",
        "ـ": None,
        "ٴ": None,
        **dict.fromkeys("'’‘ʼ`´,،؛;()[]|\"“”«»", " "),
        **dict.fromkeys("‐‑–—−", "-"),
        "\\": "/",
    }
)
_ENDINGS = "(?:ي|ا|e|a|an|da|de)?"
"""What Kurdish puts to a month: ئایاری, گولانا, Gulanê, Gulana."""
_TIME = re.compile(
    r"(?:(?<=\d)t|(?<!\d)|\+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"(?:\s*(?:z|utc|gmt)?\s*[+-]\d\d:?(?:\d\d)?)?(?!\d)"
)
_ZONE = re.compile(r"\b(?:gmt|utc)\s?[+-]\s?\d{1,2}(?::?\d\d)?(?!\d)")
_BASIC_TIME = re.compile(r"(?<=\d{8})t\d{4}(?:\d\d)?(?:\.\d{1,9})?(?:z|[+-]\d{4})?$")
_COMPACT = 8
"""Digits of a day written without signs, 20240501."""

Month = frozenset[tuple[str, int]]
"""What a name of a month can mean: calendars, each with the month's number from 1."""


@dataclass(frozen=True, slots=True)
class Token:
    """``number`` is a number, a day of the week (Monday is 0); ``months`` and ``era`` are what a word means."""

    kind: str
    number: int = 0
    months: Month = frozenset()
    era: str = ""


def tokens(written: str) -> list[Token] | None:
    """A date as written → its tokens in order, without the time of day; None where it is no date."""
    text = plain(written)
    if any(not _is_time(match) for match in _TIME.finditer(text)):
        return None
    text = _ZONE.sub(" ", _BASIC_TIME.sub(" ", _TIME.sub(" ", text))).replace(":", " ")
    found: list[Token] = []
    place = 0
    for match in _pattern().finditer(text):
        if text[place : match.start()].strip():
            return None
        place = match.end()
        found.extend(_tokens_of(match))
    return None if text[place:].strip() else found


def plain(text: str) -> str:
    """Text → small letters without marks, one form of each letter, Western digits; invisible signs are gone."""
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(letter for letter in whole if unicodedata.category(letter) not in {"Mn", "Cf"})
    return seen.translate(_DIGITS).translate(_LETTERS)


def _is_time(match: re.Match[str]) -> bool:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    return hour <= 24 and minute < 60 and second <= 60  # 24:00 ends a day, and a minute may have 61 seconds


def _tokens_of(match: re.Match[str]) -> Iterator[Token]:
    if sign := match["sign"]:
        yield Token(sign)
    elif digits := match["number"]:
        yield from _number(digits)
    elif word := match["word"]:
        meaning = _words()[_key(word)] if _key(word) in _words() else _words()[_key(match["stem"])]
        if meaning.kind:
            yield meaning


def _number(digits: str) -> Iterator[Token]:
    if len(digits) == _COMPACT:
        yield from (Token(YEAR, int(digits[:4])), Token("-"), Token(DAY, int(digits[4:6])))
        yield from (Token("-"), Token(DAY, int(digits[6:])))
    else:
        kind = {1: DAY, 2: DAY, 4: YEAR}.get(len(digits), "?")
        yield Token(kind, int(digits) if kind != "?" else 0)


def _key(phrase: str) -> str:
    return re.sub(r"[\s-]+", "", phrase)


@cache
def _words() -> Mapping[str, Token]:
    """Every word and phrase, without its spaces → the token that it is; of an empty kind where it says nothing."""
    rows = _rows()
    found = {_key(word): Token("") for word in _plain(rows["beside"]["words"])}
    found |= {_key(word): Token(MONTH_WORD) for word in _plain(rows["month"]["words"])}
    found |= {_key(word): Token(WEEKDAY, int(day)) for day, word in _each(rows["weekdays"])}
    found |= {_key(word): Token(ERA, era=era) for era, word in _each(rows["eras"])}
    months: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    for calendar, table in rows["months"].items():
        for number, word in _each(table):
            months[_key(word)].add((calendar, int(number)))
    return found | {word: Token(MONTH, months=frozenset(means)) for word, means in months.items()}


@cache
def _rows() -> dict[str, Any]:
    with (Path(__file__).parent / "dates.toml").open("rb") as file:
        return tomllib.load(file)


def _each(table: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((key, word) for key, words in table.items() for word in _plain(words))


def _plain(words: Iterable[str]) -> Iterator[str]:
    return (plain(word).strip() for word in words)


def _phrases() -> Iterator[str]:
    rows = _rows()
    for table in (rows["beside"], rows["month"], rows["weekdays"], rows["eras"], *rows["months"].values()):
        yield from (word for _, word in _each(table))


@cache
def _pattern() -> re.Pattern[str]:
    """Any token. The longest phrase that fits is meant, with spaces, hyphens or nothing between its words."""
    phrases = sorted(set(_phrases()), key=len, reverse=True)
    spaced = (r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", phrase))) for phrase in phrases)
    word = rf"(?<![^\W\d_])(?P<word>(?P<stem>{'|'.join(spaced)}){_ENDINGS})(?![^\W\d_])"
    return re.compile(rf"(?P<number>\d+)|{word}|(?P<sign>[-/.])")
