"""names.toml → the names under which sources give fields and languages, read once."""

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def names(table: str) -> Mapping[str, tuple[str, ...]]:
    """A table of names.toml → {ours: theirs}, in the order of the file."""
    with (Path(__file__).parent / "names.toml").open("rb") as file:
        rows = tomllib.load(file)[table]
    return {ours: tuple(theirs) for ours, theirs in rows.items()}


def plain_name(name: str) -> str:
    """A name as a source writes it → the form in which names are compared: letters and digits alone."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())
