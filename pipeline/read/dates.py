"""A date as written → YYYY, YYYY-MM or YYYY-MM-DD; what was not written is never guessed.

The day is the one written down: no time zone is converted, as papers date their reports by their own clock. What was
written decides how fine the answer is: a date that can mean several days becomes the month or the year that holds them
all, and a flag says why. Flags:

    date-unread      something was written and nothing is sure
    date-order       05/06/2024 with nothing to say whether May or June is meant: only the year is kept
    date-day-first   the day was taken to stand first because the text's language writes so
    date-weekday     the day of the week that stands beside the date is another
    date-hijri, date-persian, date-kurdish    converted from that calendar, or recognised in it
    date-calendars   two calendars stand side by side and disagree; the Gregorian is kept
    date-future      more than two days after today
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.read.calendars import CALENDARS, Days, days_of
from pipeline.read.datewords import DAY, ERA, MONTH, MONTH_WORD, SIGNS, WEEKDAY, YEAR, Token, tokens

LONGEST = 200
"""Letters of the longest date; what is longer is none."""

_DAY_FIRST = frozenset({"ar", "ckb", "kmr", "tr", "fa"})
"""Languages in which nobody writes the month before the day in figures."""
_EASTERN = re.compile("[\u0600-\u06ff]")
"""Letters and digits of languages of that kind: one of them in a date says so as well."""
_FUTURE = timedelta(days=2)
_BAGHDAD = ZoneInfo("Asia/Baghdad")
_PER_SECOND = {"s": 1, "ms": 1000}
_PERSIAN_YEARS = range(1300, 1421)
"""Years that in Persian text mean the solar calendar, without a mark."""
_SLACK = timedelta(days=1)
_PRECISIONS = (10, 7, 4)
_MONTH = "(?:M(?:[-/]?M)?|KD)"
_YEAR = "E?YE?"
_SHAPES = re.compile(
    "|".join(
        (
            rf"D[-/.]?{_MONTH}[-/.]?{_YEAR}",
            rf"{_MONTH}[-/.]?D[-/.]?{_YEAR}",
            rf"Y[-/.]?{_MONTH}[-/.]?DE?",
            rf"{_MONTH}[-/.]?{_YEAR}",
            rf"Y[-/.]?{_MONTH}",
            rf"D(?P<sign>[-/.])D(?P=sign){_YEAR}",
            r"Y(?P<second>[-/.])D(?P=second)DE?",
            rf"D[-/.]{_YEAR}",
            r"Y[-/.]DE?",
            _YEAR,
        )
    )
)
"""The kinds of tokens that make a date, the fullest first; numbers alone need a sign between them."""


@dataclass(frozen=True, slots=True)
class Dated:
    """``day`` is None where nothing is sure; ``flags`` say what had to be decided."""

    day: str | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand a date: its calendar, the days it can mean, and what stands first in it."""

    calendar: str
    days: Days
    is_day: bool
    is_day_first: bool


def read_date(written: str) -> str | None:
    """The date as written → ISO 8601, as fine as it is sure; None where it cannot be read."""
    return read_dated(written).day


def read_dated(written: str, *, language: str | None = None, today: date | None = None) -> Dated:
    """The date as written → the same with flags.

    ``language`` is the language of the text that it dates, where that may decide which number is the day.
    """
    if not written.strip():
        return Dated(None)
    found = (tokens(written) if len(written) <= LONGEST else None) or []
    readings = [_readings(part, persian=language == "fa") for part in _parts(found)]
    if not readings or not all(readings):
        return Dated(None, (*_calendars(_named(found)), "date-unread"))
    day_first = language in _DAY_FIRST or bool(_EASTERN.search(written))
    weekdays = {token.number for token in found if token.kind == WEEKDAY}
    flags = [flag for ways in readings for flag in _calendars({way.calendar for way in ways})]
    chosen = []
    for ways in readings:
        reading, how = _choose(ways, weekdays, day_first=day_first)
        chosen.append(reading)
        flags += how
    return _decide(chosen, weekdays, flags, today or datetime.now(UTC).date())


def hinges_on_language(dated: Dated) -> bool:
    """Whether a date, read without a language, could be another with one.

    So it is where nothing says which number is the day, and where nothing is sure: a year may be of Persia's calendar.
    """
    return not {"date-order", "date-unread"}.isdisjoint(dated.flags)


def epoch_day(number: float, *, unit: str) -> str | None:
    """Seconds ("s") or milliseconds ("ms") since 1970 → the day it was then in Baghdad; None where that is none.

    They carry no zone of their own. Only a format that says so writes a date like this: no number is taken for one.
    """
    try:
        moment = datetime.fromtimestamp(number / _PER_SECOND[unit], _BAGHDAD)
    except (ValueError, OverflowError, OSError):
        return None
    return read_date(moment.date().isoformat())


def _parts(found: Sequence[Token]) -> list[Sequence[Token]]:
    """All tokens → those of each date in them; nothing where anything is left over that means something."""
    kept = [token for token in found if token.kind != WEEKDAY]
    kinds = "".join(token.kind for token in kept)
    spans = [match.span() for match in _SHAPES.finditer(kinds)]
    inside = {place for start, end in spans for place in range(start, end)}
    left = [token for place, token in enumerate(kept) if place not in inside]
    if any(token.kind not in SIGNS and token.era != "gregorian" for token in left):
        return []
    return [kept[start:end] for start, end in spans]


def _readings(part: Sequence[Token], *, persian: bool) -> list[_Reading]:
    """The tokens of one date → the ways to understand them that name a day, month or year there was."""
    (year,) = _numbers(part, YEAR)
    era = next((token.era for token in part if token.kind == ERA), None)
    found = []
    for calendar, month, day, is_day_first in _ways(part):
        unsaid = "persian" if persian and year in _PERSIAN_YEARS else "gregorian"
        meant = calendar or era or unsaid
        days = days_of(meant, year, month, day) if era in {None, meant} else None
        if days is not None:
            found.append(_Reading(meant, days, day is not None, is_day_first))
    return found


def _ways(part: Sequence[Token]) -> Iterator[tuple[str | None, int | None, int | None, bool]]:
    """The tokens of one date → (calendar that its month names, month, day, whether the day stands first), each way."""
    kinds = "".join(token.kind for token in part)
    numbers: list[int | None] = [*_numbers(part, DAY)]
    if MONTH in kinds:
        day = numbers[0] if numbers else None
        for calendar, month in frozenset.intersection(*(t.months for t in part if t.kind == MONTH)):
            yield calendar, month, day, True
    elif MONTH_WORD in kinds:
        month_number = numbers.pop(kinds[: kinds.index(MONTH_WORD)].count(DAY))
        yield None, month_number, numbers[0] if numbers else None, True
    elif len(numbers) < 2 or kinds.index(YEAR) < kinds.index(DAY):
        only_month, only_day, *_ = (*numbers, None, None)
        yield None, only_month, only_day, True
    else:
        first, second = numbers
        yield None, second, first, True
        yield None, first, second, False


def _numbers(part: Sequence[Token], kind: str) -> list[int]:
    return [token.number for token in part if token.kind == kind]


def _choose(ways: Sequence[_Reading], weekdays: set[int], *, day_first: bool) -> tuple[_Reading, list[str]]:
    """The ways to understand one date → the one meant, or one that means any of their days where nothing says which."""
    if len({way.days for way in ways}) == 1:
        return ways[0], []
    fitting = [way for way in ways if _falls_on(way, weekdays)]
    if len(fitting) == 1:
        return fitting[0], []
    if day_first:
        return next(way for way in ways if way.is_day_first), ["date-day-first"]
    days = min(way.days[0] for way in ways), max(way.days[1] for way in ways)
    return _Reading(ways[0].calendar, days, is_day=False, is_day_first=False), ["date-order"]


def _falls_on(way: _Reading, weekdays: set[int]) -> bool:
    first, last = way.days
    return way.is_day and any(
        (first + timedelta(n)).weekday() in weekdays for n in range((last - first).days + 1)
    )


def _decide(dates: Sequence[_Reading], weekdays: set[int], flags: list[str], today: date) -> Dated:
    """All dates that stand side by side → the days that they share; the Gregorian ones win."""
    sure = [one for one in dates if one.calendar == "gregorian"] or dates
    first, last = max(one.days[0] for one in sure), min(one.days[1] for one in sure)
    if first > last:
        return Dated(None, (*flags, "date-unread"))
    if any(one.days[0] > last + _SLACK or one.days[1] < first - _SLACK for one in dates):
        flags.append("date-calendars")
    if weekdays and any(one.is_day for one in sure) and not any(_falls_on(one, weekdays) for one in sure):
        flags.append("date-weekday")
    day = _shared(first, last)
    if day is None:
        flags.append("date-unread")
    elif first > today + _FUTURE:
        flags.append("date-future")
    return Dated(day, tuple(dict.fromkeys(flags)))


def _shared(first: date, last: date) -> str | None:
    """First and last day → the day, month or year that holds both, None where none does."""
    one, other = first.isoformat(), last.isoformat()
    return next((one[:length] for length in _PRECISIONS if one[:length] == other[:length]), None)


def _named(found: Sequence[Token]) -> set[str]:
    """The calendars that tokens name, where no other is as likely."""
    named = [
        {calendar for calendar, _ in token.months} or {token.era}
        for token in found
        if token.kind in {MONTH, ERA}
    ]
    return {calendar for calendars in named if len(calendars) == 1 for calendar in calendars}


def _calendars(names: set[str]) -> list[str]:
    return [f"date-{name}" for name in CALENDARS if name in names - {"gregorian"}]
