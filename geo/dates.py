"""Dates as precise as a source gave them: YYYY, YYYY-MM or YYYY-MM-DD."""

import re
from datetime import date

_FORM = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


def is_date(text: str) -> bool:
    """Text → whether it is such a date, of a day that the calendar has."""
    if not _FORM.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def common_precision(first: str, second: str) -> tuple[str, str]:
    """Two dates → both cut to the coarser of the two, so that they compare as text."""
    length = min(len(first), len(second))
    return first[:length], second[:length]
