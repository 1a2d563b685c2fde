"""What the map shows → the framed map; a click in it → `on_pick`.

folium drew the page once (figures/mappage.py); only ids, colours and numbers go down to it and only an id
comes up, so a click costs little more than a bare rerun and the reader's view of the map stays.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from geo import boundaries
from geo.places import load_gazetteer
from panels.figures.mappage import Level, map_page
from panels.labels import labels

STATIC = Path(__file__).resolve().parent.parent / "static"

_OWN = Path(__file__)
_frame = st.components.v2.component(
    "iraq_map",
    html='<div class="map"></div>',
    css=_OWN.with_suffix(".css").read_text(encoding="utf-8"),
    js=_OWN.with_suffix(".js").read_text(encoding="utf-8"),
)


def map_panel(
    *,
    lang: str,
    level: Level,
    fills: Mapping[str, str],
    values: Mapping[str, int],
    selected: str | None,
    disputed: bool,
    on_pick: Callable[[str], None],
    key: str,
) -> None:
    """Colours ("#rrggbb") and figures by region id → the map of that level in that language.

    A click, Enter or Space on a region calls ``on_pick`` with its id before the rerun that follows: every
    time, also on the region that is selected already.
    """
    shown = {"fills": dict(fills), "values": dict(values), "select": selected, "disputed": disputed}
    page = _page(level, lang)

    def hand_on() -> None:
        region = st.session_state[key].picked
        if region in _ids(level):  # it comes from a browser
            on_pick(region)

    _frame(
        key=key,
        data={"page": page, "title": labels(lang)["map.title"], "shown": shown},
        on_picked_change=hand_on,
    )


def _page(level: Level, lang: str) -> str:
    """The page to frame; drawn again should somebody have cleaned up while the server runs."""
    if not (STATIC / _drawn(level, lang)).is_file():
        _drawn.cache_clear()
    return _drawn(level, lang)


@cache
def _drawn(level: Level, lang: str) -> str:
    return map_page(level, labels=labels(lang), gazetteer=load_gazetteer(), static=STATIC)


@cache
def _ids(level: Level) -> frozenset[str]:
    return frozenset(feature["id"] for feature in boundaries.features(level)["features"])
