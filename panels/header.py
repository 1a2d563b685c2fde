"""What the store holds → the head of the page: title, language of the interface, contents of the store."""

from collections.abc import Iterator

import streamlit as st

from panels.figures.markup import Html, join, ltr, tag
from panels.labels import INTERFACE_LANGS, Labels, labels
from panels.page import go, held, show
from panels.view import View
from pipeline.records import Summary


def header(view: View, summary: Summary | None, *, words: Labels) -> None:
    """Draws the head; ``summary`` is None where no store could be read."""
    with st.container(
        key="head", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        show(title_html(summary, words=words), labels=words, key="title")
        st.segmented_control(
            words["page.language"],
            INTERFACE_LANGS,
            required=True,
            format_func=lambda lang: labels(lang)["meta.name"],
            label_visibility="collapsed",
            width="content",
            **held("lang", view.lang, choose=lambda lang: go(lang=lang)),
        )


def title_html(summary: Summary | None, *, words: Labels) -> Html:
    """What the store holds → the title, and one line of figures under it."""
    title = tag("h1", words["page.title"])
    return join([title, tag("p", join(_contents(summary, words), " · "))]) if summary else title


def _contents(summary: Summary, words: Labels) -> Iterator[Html]:
    yield words.html("summary.articles", n=summary.articles)
    if summary.stories < summary.articles:
        yield words.html("summary.stories", n=summary.stories)
    yield words.html("summary.mentions", n=summary.mentions)
    if summary.first_day and summary.first_day == summary.last_day:
        yield words.html("summary.day", first=ltr(summary.first_day))
    elif summary.first_day and summary.last_day:
        first, last = ltr(summary.first_day), ltr(summary.last_day)
        yield words.html("summary.period", first=first, last=last)
    for key, n in (
        ("undated", summary.undated),
        ("silent", summary.silent),
        ("failures", summary.failures),
    ):
        if n:
            yield words.html(f"summary.{key}", n=n)
    if summary.last_run:
        yield words.html("summary.last_run", day=ltr(summary.last_run[:10]))
