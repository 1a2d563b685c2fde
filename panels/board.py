"""The view → controls, map, what is read beside it, table: all that a click changes, and reruns by itself."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from geo.places import Gazetteer
from panels.address import watch_address
from panels.figures.classes import Classes, classify
from panels.figures.legend import legend_html
from panels.figures.markup import tag
from panels.figures.notes import list_html, notice_html
from panels.filters import controls
from panels.labels import Labels, labels
from panels.map import map_panel
from panels.page import current, go, show
from panels.reading import reading_panel
from panels.regions import Figures, Regions, at_level, figures, value
from panels.states import told
from panels.table import table_panel
from panels.view import View
from pipeline import store as stored
from pipeline.records import Summary


@st.fragment
def board(path: Path, summary: Summary, *, gazetteer: Gazetteer, regions: Regions) -> None:
    """Draws everything between head and foot of the page from the store at ``path``."""
    watch_address()
    view, doubtful = current(regions)
    words = labels(view.lang)
    show(notice_html(doubtful, labels=words), labels=words)
    controls(view, summary, words=words, gazetteer=gazetteer, regions=regions)
    with told(path, words=words), stored.open_store(path, mode="read") as store:
        with st.spinner(words["page.loading"]):
            found = figures(store, view)
        _draw(store, view, found, words, gazetteer, regions)


def _draw(
    store: stored.Store, view: View, found: Figures, words: Labels, gazetteer: Gazetteer, regions: Regions
) -> None:
    with st.container(key="board"):
        values = _values(view, found, at_level(regions, view.level))
        classes = classify(values)
        with st.container(key="mapside"):
            _map(view, classes, values)
        with st.container(key="reading"):
            reading_panel(store, view, found, words=words, gazetteer=gazetteer, regions=regions)
        with st.container(key="legend"):
            _legend(view, found, classes, words, gazetteer)
        with st.container(key="tableside"):
            table_panel(view, found, words=words, gazetteer=gazetteer, regions=regions, on_pick=_pick)


def _values(view: View, found: Figures, drawn: list[str]) -> dict[str, int]:
    return {region: value(found.of(region), view.measure) for region in drawn}


def _map(view: View, classes: Classes, values: Mapping[str, int]) -> None:
    map_panel(
        lang=view.lang,
        level=view.level,
        fills={region: classes.fill(region) for region in values},
        values=values,
        selected=view.region,
        disputed=view.disputed,
        on_pick=_pick,
        key="map",
    )


def _legend(view: View, found: Figures, classes: Classes, words: Labels, gazetteer: Gazetteer) -> None:
    legend = legend_html(
        classes,
        labels=words,
        level=view.level,
        measure=view.measure,
        total=found.mentions if view.measure == "mentions" else classes.total,
        regions=len(classes.values),
        disputed=gazetteer if view.disputed else None,
    )
    show(legend, labels=words)
    if found.wider:
        show(tag("p", words.html("legend_note.wider", n=found.wider), class_="quiet"), labels=words)
    if view.disputed:
        show(list_html(labels=words, gazetteer=gazetteer), labels=words)


def _pick(region: str) -> None:
    go(region=region, article=None)
