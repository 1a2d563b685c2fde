"""The language of an article → how its text is set: direction and language code of the markup."""

from typing import Final

from pipeline.records import Article

_RTL: Final = frozenset({"ar", "ckb"})
_LTR: Final = frozenset({"kmr", "en", "tr"})


def direction(language: str) -> str:
    """A language → "rtl" or "ltr"; "auto" where mixed or undecided: the first strong letter then decides."""
    if language in _RTL:
        return "rtl"
    return "ltr" if language in _LTR else "auto"


def lang_code(language: str) -> str | None:
    """A language of the records → the code that browsers know (Kurmanji is ``ku``), None where none fits."""
    if language == "kmr":
        return "ku"
    return language if language in _RTL | _LTR else None


def setting(article: Article) -> dict[str, str | None]:
    """An article → the attributes of the elements that hold its text."""
    return {"dir": direction(article.language), "lang": lang_code(article.language)}
