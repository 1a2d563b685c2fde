"""A language → every word that the dashboard shows in it, from panels/labels/*.toml.

A key is the dotted path in the file ("map.title"). A table whose keys are plural categories of the CLDR
("one", "few", …) is one label in several forms, chosen by ``n``. Digits are Latin in every language.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from panels.figures.markup import Html, bdi, escape, join, ltr
from pipeline.errors import DataError

FOLDER = Path(__file__).with_suffix("")
INTERFACE_LANGS = ("en", "ar", "ckb")
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})

Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language: ``labels["key"]`` as written, ``text`` and ``html`` with values put in."""

    lang: str
    words: Mapping[str, Forms]

    @property
    def dir(self) -> str:
        """The direction of the writing: "rtl" or "ltr"."""
        return self["meta.dir"]

    def __getitem__(self, key: str) -> str:
        return self.words[key]["other"]

    def __contains__(self, key: str) -> bool:
        return key in self.words

    def text(self, key: str, **values: object) -> str:
        """A key and values → a plain sentence; ``n`` chooses the plural form. For widgets, not for markup."""
        return self._form(key, values).format_map({name: shown(value) for name, value in values.items()})

    def html(self, key: str, **values: object) -> Html:
        """The same as markup: values escaped and isolated (``bdi``), numbers left to right, ``Html`` kept."""
        return join(_pieces(self._form(key, values), values))

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        forms, n = self.words[key], values.get("n")
        return forms.get(plural(self.lang, n), forms["other"]) if isinstance(n, int) else forms["other"]


def shown(value: object) -> str:
    """A value → as it is written: whole numbers with a comma at the thousands, all else as it is."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def _pieces(form: str, values: Mapping[str, object]) -> Iterator[Html]:
    for literal, name, _, _ in string.Formatter().parse(form):
        yield escape(literal)
        if name is not None:
            value = values[name]
            if isinstance(value, Html):
                yield value
            else:
                yield ltr(shown(value)) if isinstance(value, int) else bdi(shown(value))


def plural(lang: str, n: int) -> str:
    """A language and a count → its plural category (CLDR 46)."""
    if lang == "ar":
        return _arabic_plural(n)
    return "one" if n == 1 else "other"


def _arabic_plural(n: int) -> str:
    exact = {0: "zero", 1: "one", 2: "two"}.get(n)
    if exact:
        return exact
    rest = n % 100
    if 3 <= rest <= 10:
        return "few"
    return "many" if rest >= 11 else "other"


@cache
def labels(lang: str) -> Labels:
    """One of INTERFACE_LANGS → its words, read once."""
    path = FOLDER / f"{lang}.toml"
    try:
        return Labels(lang=lang, words=dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")))))
    except tomllib.TOMLDecodeError as error:
        raise DataError(path=str(path), faults=[str(error)]) from error


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Forms]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, {"other": value}
        elif value.keys() <= CATEGORIES:
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")
