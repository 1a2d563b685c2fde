"""A date as written in a record → YYYY, YYYY-MM or YYYY-MM-DD; what was not written is never guessed.

The day is the one written down: no time zone is converted, as papers date their reports by their own clock.
"""

import re
from datetime import date, datetime
from functools import cache

from dateutil import parser

from pipeline.read.names import names

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ].*)?)?)?", re.ASCII)
_BASIC = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)", re.ASCII)
_YEARS = range(1900, 2101)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DEFAULTS = (datetime(1904, 1, 1), datetime(1908, 2, 2))  # noqa: DTZ001  only their parts are compared


def read_date(written: str) -> str | None:
    """The date as written → ISO 8601, as fine as it was written; None where it cannot be read for sure.

    05/06/2024 is None: whether May or June comes first is nowhere said.
    """
    plain = written.strip().translate(_DIGITS)
    if match := _ISO.fullmatch(plain) or _BASIC.fullmatch(plain):
        return _iso(*(int(part) if part else None for part in match.groups()))
    if not _YEAR.search(plain):
        return None
    month, weekday = _patterns()
    return _agreed(month.sub(lambda match: match.lastgroup or "", weekday.sub("", plain)))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Months of other languages, each in a group named in English; and days of the week, with their comma."""
    months = "|".join(f"(?P<{month}>{'|'.join(forms)})" for month, forms in names("months").items())
    days = "|".join(day for forms in names("weekdays").values() for day in forms)
    return re.compile(months), re.compile(rf"\b(?:{days})\b[,،]?", re.IGNORECASE)


def _agreed(text: str) -> str | None:
    """The date on which a reading with the day first and one with the month first agree."""
    try:
        readings = {_written(text, dayfirst=dayfirst) for dayfirst in (False, True)}
    except (ValueError, OverflowError):
        return None
    return _iso(*readings.pop()) if len(readings) == 1 else None


def _written(text: str, *, dayfirst: bool) -> tuple[int | None, int | None, int | None]:
    """Year, month and day as far as written: what is not comes from the default, and changes with it."""
    one, other = (parser.parse(text, default=day, dayfirst=dayfirst, ignoretz=True) for day in _DEFAULTS)
    year = one.year if one.year == other.year else None
    month = one.month if one.month == other.month else None
    return year, month, one.day if month and one.day == other.day else None


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or year not in _YEARS:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    parts = [f"{year:04}"] + [f"{part:02}" for part in (month, day) if part]
    return "-".join(parts)
