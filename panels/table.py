"""The figures of regions → a table that needs no sight of the map; a row's button chooses its region."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from geo.places import Gazetteer
from panels.labels import Labels
from panels.regions import Figures, Regions, at_level, by_name, value
from panels.view import View

_OWN = Path(__file__)
_table = st.components.v2.component(
    "iraq_regions",
    html='<div class="regions"></div>',
    css=_OWN.with_suffix(".css").read_text(encoding="utf-8"),
    js=_OWN.with_suffix(".js").read_text(encoding="utf-8"),
)


def table_panel(
    view: View,
    found: Figures,
    *,
    words: Labels,
    gazetteer: Gazetteer,
    regions: Regions,
    on_pick: Callable[[str], None],
) -> None:
    """Draws the regions of the level, most first, those with nothing folded away, and the areas apart."""
    key = "table"

    def hand_on() -> None:
        region = st.session_state[key].picked
        if region in regions:  # it comes from a browser
            on_pick(region)

    data = {
        "dir": words.dir,
        "lang": words.lang,
        "selected": view.region,
        "sections": sections(view, found, words=words, gazetteer=gazetteer, regions=regions),
    }
    _table(key=key, data=data, on_picked_change=hand_on)


def sections(
    view: View, found: Figures, *, words: Labels, gazetteer: Gazetteer, regions: Regions
) -> list[dict[str, Any]]:
    """The figures of a view → the parts of the table; each has a caption, headings and rows."""

    def section(caption: str, ids: list[str], *, folded: bool = False) -> dict[str, Any]:
        rows = [_row(region, view, found, words, gazetteer) for region in ids]
        rows.sort(key=lambda row: -row["value"])
        headings = [words["table.region"], words[f"measure.{view.measure}"]]
        return {"caption": caption, "headings": headings, "rows": rows, "folded": folded}

    drawn = by_name(at_level(regions, view.level), gazetteer, words.lang)
    none = [region for region in drawn if not found.of(region).mentions]
    areas = [
        region
        for region in by_name(at_level(regions, "area"), gazetteer, words.lang)
        if region in found.areas
    ]
    parts = [
        section(words["table.caption"], [region for region in drawn if region not in none]),
        section(words["table.areas"], areas),
        section(words.text("table.more", n=len(none)), none, folded=True),
    ]
    return [part for part in parts if part["rows"]]


def _row(region: str, view: View, found: Figures, words: Labels, gazetteer: Gazetteer) -> dict[str, Any]:
    number = value(found.of(region), view.measure)
    return {
        "id": region,
        "name": gazetteer.label(region, words.lang),
        "value": number,
        "shown": f"{number:,}",
    }
