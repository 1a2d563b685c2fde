"""The address that a run answers → the browser, which asks again where it has come to another one meanwhile."""

from pathlib import Path

import streamlit as st

from panels.page import asked

_watch = st.components.v2.component(
    "iraq_address", html="", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def watch_address() -> None:
    """Keeps page and address of one mind; nothing of it is seen."""
    _watch(key="address", data={"answered": [[name, one] for name, all_ in asked().items() for one in all_]})
