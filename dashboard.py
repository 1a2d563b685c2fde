"""What is seen: the address → a selection → the store → panels, and nothing else.

The store's path comes by the environment, IRAQ_MAP_STORE; without it, corpus/iraq.gpkg beside this file.
"""

import os
from pathlib import Path

from geo.places import load_gazetteer
from panels.board import board
from panels.footer import footer
from panels.header import header
from panels.labels import labels
from panels.page import current, set_up, show
from panels.regions import choices
from panels.states import examine, state_of
from pipeline.records import Summary

STORE = Path(os.environ.get("IRAQ_MAP_STORE") or Path(__file__).parent / "corpus" / "iraq.gpkg")


def main() -> None:
    """One run of the whole page; what concerns only the board reruns only the board."""
    gazetteer = load_gazetteer()
    regions = choices(gazetteer)
    view, _ = current(regions)
    words = labels(view.lang)
    set_up(words)
    contents = examine(STORE)
    summary = contents if isinstance(contents, Summary) else None
    header(view, summary, words=words)
    instead = state_of(contents, STORE, words=words)
    if summary and not instead:
        board(STORE, summary, gazetteer=gazetteer, regions=regions)
    show(instead, labels=words)
    footer(words=words)


main()
