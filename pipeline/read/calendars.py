"""A date in one of four calendars → the first and the last Gregorian day that it can mean.

What a calendar leaves open is a wider stretch of days, never a guess. Conversion is the libraries' (hijridate for
Umm al-Qura, persiantools); how sure it is, is said here.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

_DAY = timedelta(days=1)
_MONTHS = 12
_KURDISH_LESS_PERSIAN = 1321
_NEWROZ = (3, 21)

Days = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """``years`` are those of reports; ``days`` turns year, month and day into days, ``length`` counts a month's."""

    years: range
    days: Callable[[int, int, int], Days]
    length: Callable[[int, int], int]


def days_of(name: str, year: int, month: int | None, day: int | None) -> Days | None:
    """A date of the calendar of that name, as fine as it was written → its days; None where there is no such day."""
    kind = CALENDARS[name]
    if year not in kind.years:
        return None
    first_month, last_month = (1, _MONTHS) if month is None else (month, month)
    try:
        first, _ = kind.days(year, first_month, 1 if day is None else day)
        _, last = kind.days(year, last_month, kind.length(year, last_month) if day is None else day)
    except (ValueError, OverflowError):
        return None
    return first, last


def _gregorian(year: int, month: int, day: int) -> Days:
    return date(year, month, day), date(year, month, day)


def _hijri(year: int, month: int, day: int) -> Days:
    """A month begins when its moon is seen: a day earlier or later in Iraq than reckoned, and not the same for all."""
    reckoned = date(*Hijri(year, month, day).to_gregorian().datetuple())
    return reckoned - _DAY, reckoned + _DAY


def _persian(year: int, month: int, day: int) -> Days:
    reckoned = JalaliDate(year, month, day).to_gregorian()
    return reckoned, reckoned


def _persian_length(year: int, month: int) -> int:
    return int(JalaliDate.days_in_month(month, year))


def _kurdish(year: int, month: int, day: int) -> Days:
    """The months are the Persian ones. The year begins with the equinox, or always on 21 March, by who printed it."""
    reckoned, _ = _persian(year - _KURDISH_LESS_PERSIAN, month, day)
    new_year, _ = _persian(year - _KURDISH_LESS_PERSIAN, 1, 1)
    fixed = reckoned + (date(new_year.year, *_NEWROZ) - new_year)
    return min(reckoned, fixed), max(reckoned, fixed)


CALENDARS: Mapping[str, Calendar] = {
    "gregorian": Calendar(range(1900, 2101), _gregorian, lambda year, month: monthrange(year, month)[1]),
    "hijri": Calendar(range(1343, 1500), _hijri, lambda year, month: Hijri(year, month, 1).month_length()),
    "persian": Calendar(range(1280, 1480), _persian, _persian_length),
    "kurdish": Calendar(
        range(2601, 2801),
        _kurdish,
        lambda year, month: _persian_length(year - _KURDISH_LESS_PERSIAN, month),
    ),
}
