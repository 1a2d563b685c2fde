"""The store, or why there is none → what the page says instead of a map, and what to do next."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from panels.figures.markup import Html
from panels.figures.notes import state_html
from panels.labels import Labels
from panels.page import show
from pipeline import store as stored
from pipeline.errors import StoreError
from pipeline.records import Summary

_COMMANDS = {"missing": "run seeds", "older": "run seeds", "damaged": "check"}
_KNOWN = frozenset({"missing", "older", "damaged", "locked", "newer", "slow", "unreadable"})


def examine(path: Path) -> Summary | StoreError:
    """A path → what the store there holds, or the error that says why that cannot be told."""
    try:
        with stored.open_store(path, mode="read") as store:
            return stored.summary(store)
    except StoreError as error:
        return error


def state_of(contents: Summary | StoreError, path: Path, *, words: Labels) -> Html:
    """What ``examine`` found → the state to show instead of the map; nothing where there is a map to show."""
    if isinstance(contents, StoreError):
        return error_html(contents, path, words=words)
    if not contents.articles:
        return state_html("empty", labels=words, command=_command("run seeds", path))
    if not contents.mentions:
        said = words.html("state.silent", n=contents.articles)
        return state_html("silent", labels=words, said=said, command="python -m pipeline explain seeds")
    return Html()


def error_html(error: StoreError, path: Path, *, words: Labels) -> Html:
    """An error of the store → its state, the command that helps, and the store's own words folded away."""
    code = error.code if error.code in _KNOWN else "unreadable"
    verb = _COMMANDS.get(code)
    report = "" if code == "missing" else str(error)
    return state_html(code, labels=words, command=_command(verb, path) if verb else None, report=report)


@contextmanager
def told(path: Path, *, words: Labels) -> Iterator[None]:
    """An error of the store inside → its state on the page, in place of what was still to be drawn."""
    try:
        yield
    except StoreError as error:
        show(error_html(error, path, words=words), labels=words)


def _command(verb: str, path: Path) -> str:
    here = Path.cwd()
    written = path.relative_to(here) if path.is_relative_to(here) else path
    return f"python -m pipeline {verb} --store {shlex.quote(str(written))}"
