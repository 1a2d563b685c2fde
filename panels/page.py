"""A view and markup → the page: its set-up, its address, and the one door through which markup reaches it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from panels.figures.markup import Html, tag
from panels.labels import Labels
from panels.view import View, address, parse

_STYLES = {
    direction: "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in files)
    for direction, files in {"ltr": ("page.css",), "rtl": ("page.css", "rtl.css")}.items()
}
_VIEW, _TURNS = "view", "turns"
_SINGLED_OUT = 40
"""Marks of a paragraph that show their reason alone when they have the focus; later ones show all."""


class Held(TypedDict):
    """What makes a widget hold what the view says."""

    key: str
    on_change: Callable[[], None]


def set_up(labels: Labels) -> None:
    """The words of the interface → title, width and style of the page; called first in a run."""
    st.set_page_config(page_title=labels["page.title"], layout="wide", initial_sidebar_state="collapsed")
    st.html(f"<style>{_STYLES[labels.dir]}{_skip_link(labels)}{_one_reason_a_mark()}</style>")


def _skip_link(labels: Labels) -> str:
    """The rule that words Streamlit's own link past the head, which it knows in English only."""
    return f'[data-testid="stSkipToContent"]::after {{ content: "{labels["page.skip"]}" }}'


def _one_reason_a_mark() -> str:
    """The rules by which the nth mark of a paragraph, while it has the focus, shows the nth reason."""
    return "".join(
        f".para:has(mark:nth-of-type({n}):focus) > details:not([open]) > ol > li:not(:nth-of-type({n}))"
        "{display:none}"
        for n in range(1, _SINGLED_OUT + 1)
    )


def show(block: Html, *, labels: Labels, key: str | None = None) -> None:
    """Markup → the page, set in the language of the interface; nothing where it is empty.

    The only call by which anything but a label of the label files is shown.
    """
    if block:
        st.html(tag("div", block, dir=labels.dir, lang=labels.lang, class_=key))


def current(regions: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The address, and the regions by level → the view to show now, and the parameters that were doubtful.

    The address is the truth of every run, so that Back, a bookmark and a link do what they say.
    """
    view, doubtful = parse(asked(), regions=regions)
    st.session_state[_VIEW] = view
    return view, doubtful


def asked() -> dict[str, list[str]]:
    """The parameters of the address that this run answers."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def go(**changes: Any) -> None:
    """What a person changed → the address of the view with it, one entry of the browser's history.

    For callbacks. It starts from the view last shown, not from the address that came with the click: of two
    quick clicks the second comes with the address from before the first. Another choice begins at page 1.
    """
    view: View = st.session_state[_VIEW]
    if not changes.keys() <= {"article", "lang", "disputed"}:
        changes.setdefault("page", 1)
    st.session_state[_VIEW] = view = replace(view, **changes)
    st.query_params.from_dict(address(view))


def narrow(**changes: Any) -> None:
    """What a person changed among the filters → the address of the view with it."""
    view: View = st.session_state[_VIEW]
    go(selection=replace(view.selection, **changes))


def held(name: str, value: object, *, choose: Callable[[Any], None], labelled: str = "") -> Held:
    """A widget's name and what the view says it holds → its key, set to that, and what calls ``choose``.

    A widget that holds something else is replaced by a new one, under a new key, and the old one is heard no more:
    until the browser knows better it sends what that holds with whatever it asks, a second Back for one, and
    this would look like a choice. What it sends are labels, so ``labelled`` says by what these are made, and a
    widget with others is another one too.
    """
    turns: dict[str, int] = st.session_state.setdefault(_TURNS, {})
    before = st.session_state.get(_key(name, labelled, turns.get(name, 0)), _TURNS)
    if not _alike(before, value):
        turns[name] = turns.get(name, 0) + 1
        before = value
    turn = turns[name]
    key = _key(name, labelled, turn)
    st.session_state[key] = before

    def hand_on() -> None:
        if turns[name] == turn:
            choose(st.session_state[key])

    return {"key": key, "on_change": hand_on}


def _key(name: str, labelled: str, turn: int) -> str:
    return "_".join(part for part in (name, labelled, str(turn)) if part)


def _alike(one: object, other: object) -> bool:
    """Whether two values are one choice: several options come in the order they were clicked in."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return one == other
