"""A view → what is read beside the map: the sentences of a region, one article whole, or what to do."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from math import ceil
from urllib.parse import urlencode

import streamlit as st

from geo.places import Gazetteer
from panels.correcting import correcting_panel
from panels.figures.markup import Html, bdi, join, tag
from panels.figures.notes import disputed_html, note_html, state_html
from panels.figures.reading import article_html, excerpts_html
from panels.figures.stories import elsewhere_html, outlets_html
from panels.filters import reset
from panels.labels import Labels
from panels.page import go, narrow, show
from panels.regions import Figures, Regions, left_out
from panels.view import View, address
from pipeline import store as stored
from pipeline.records import RegionCount, Story

ARTICLES_A_PAGE = 10


def reading_panel(
    store: stored.Store,
    view: View,
    found: Figures,
    *,
    words: Labels,
    gazetteer: Gazetteer,
    regions: Regions,
) -> None:
    """Draws the reading column."""
    if view.article is not None:
        _article(store, view, view.article, words, gazetteer)
    elif view.region is not None:
        _region(store, view, view.region, found, words, gazetteer, regions[view.region])
    elif found.nothing:
        show(state_html("no_match", labels=words), labels=words)
        st.button(words["controls.reset"], key="reset_reading", on_click=reset, type="primary")
    elif found.wider and not found.drawn:
        said = words.html("state.level", n=found.wider)
        show(state_html("level", labels=words, said=said), labels=words)
        st.button(words["state.level_todo"], on_click=go, kwargs={"level": "governorate"}, type="primary")
    else:
        hint = join([tag("h2", words["reading.title"]), tag("p", words["reading.hint"])])
        show(tag("section", hint, class_="state"), labels=words)


def _article(store: stored.Store, view: View, article_id: str, words: Labels, gazetteer: Gazetteer) -> None:
    back = words["article.back"] if view.region else words["article.back_home"]
    arrow = ":material/arrow_back:" if words.dir == "ltr" else ":material/arrow_forward:"
    st.button(back, key="back", on_click=go, kwargs={"article": None}, icon=arrow)
    article = stored.article(store, article_id)
    if article is None:
        show(state_html("no_article", labels=words), labels=words)
    else:
        told = elsewhere_html(stored.story_of(store, article), labels=words, link=partial(_link, view))
        show(told, labels=words, key="story")
        show(article_html(article, labels=words, gazetteer=gazetteer), labels=words, key="article")
        correcting_panel(store, article, words=words, gazetteer=gazetteer)


def _region(
    store: stored.Store,
    view: View,
    region: str,
    found: Figures,
    words: Labels,
    gazetteer: Gazetteer,
    level: stored.RegionLevel,
) -> None:
    stories = stored.count_stories_in(store, region, view.selection)
    one = replace(found.of(region), stories=stories)
    with st.container(key="region", horizontal=True, horizontal_alignment="distribute"):
        show(heading_html(one, level, words=words, gazetteer=gazetteer), labels=words, key="region")
        st.button(words["reading.close"], key="close", on_click=go, kwargs={"region": None}, type="tertiary")
    notes = [disputed_html(region, labels=words, gazetteer=gazetteer), note_html(region, labels=words)]
    show(join(notes), labels=words)
    _others(one, left_out(store, view, region, level), view, words, gazetteer)
    if one.mentions:
        _excerpts(store, view, one, words, gazetteer)
    else:
        said = words.html("state.no_mentions", region=gazetteer.label(region, words.lang))
        show(tag("p", said, class_="quiet"), labels=words)


def heading_html(one: RegionCount, level: str, *, words: Labels, gazetteer: Gazetteer) -> Html:
    """Figures of a region → its name, its level, and how many mentions, articles and stories."""
    said = [
        words[f"level.{level}"],
        words.html("reading.count_mentions", n=one.mentions),
        words.html("reading.count_articles", n=one.articles),
        words.html("reading.count_stories", n=one.stories),
    ]
    name = tag("h2", bdi(gazetteer.label(one.region_id, words.lang)))
    return join([name, tag("p", join(said, " · "), class_="quiet")])


def _others(
    one: RegionCount, others: Mapping[str, int], view: View, words: Labels, gazetteer: Gazetteer
) -> None:
    """How many mentions of the region the roles chosen leave out, and one click that counts them as well."""
    if others:
        show(
            tag("p", others_html(one, others, words=words, gazetteer=gazetteer), class_="note others"),
            labels=words,
        )
        roles = view.selection.roles | others.keys()
        st.button(words["others.include"], key="include", on_click=narrow, kwargs={"roles": roles})


def others_html(one: RegionCount, others: Mapping[str, int], *, words: Labels, gazetteer: Gazetteer) -> Html:
    """Figures of a region and its mentions of roles that do not count → the sentence that says so."""
    out = sum(others.values())
    roles = join((words.html(f"others.{role}", n=n) for role, n in others.items()), words["page.separator"])
    region = gazetteer.label(one.region_id, words.lang)
    return words.html("others.left_out", n=out, all=one.mentions + out, region=region, roles=roles)


def _excerpts(store: stored.Store, view: View, one: RegionCount, words: Labels, gazetteer: Gazetteer) -> None:
    """A page of the region's articles, or of its stories where these are what is counted."""
    pages = max(1, ceil((one.stories if view.measure == "stories" else one.articles) / ARTICLES_A_PAGE))
    page = min(view.page, pages)
    for story in _page(store, view, one.region_id, page):
        article = story.first
        show(excerpts_html(article, labels=words, gazetteer=gazetteer), labels=words, key="excerpts")
        show(outlets_html(story, labels=words, link=partial(_link, view)), labels=words, key="outlets")
        st.button(
            words["reading.read"],
            key=f"read_{article.article.id}",
            on_click=go,
            kwargs={"article": article.article.id},
            type="tertiary",
        )
    if pages > 1:
        _pager(page, pages, words)


def _page(store: stored.Store, view: View, region: str, page: int) -> list[Story]:
    """The stories of a page; each article by itself where stories are not what is counted."""
    offset = (page - 1) * ARTICLES_A_PAGE
    if view.measure == "stories":
        return stored.stories_in(store, region, view.selection, limit=ARTICLES_A_PAGE, offset=offset)
    articles = stored.articles_in(store, region, view.selection, limit=ARTICLES_A_PAGE, offset=offset)
    return [Story(article, 1, 1) for article in articles]


def _link(view: View, article_id: str) -> str:
    """The address that shows the same view with an article read whole."""
    return f"?{urlencode(address(replace(view, article=article_id)))}"


def _pager(page: int, pages: int, words: Labels) -> None:
    with st.container(key="pager", horizontal=True, vertical_alignment="center"):
        st.button(words["reading.earlier"], on_click=go, kwargs={"page": page - 1}, disabled=page == 1)
        show(words.html("reading.page", page=page, pages=pages), labels=words)
        st.button(words["reading.later"], on_click=go, kwargs={"page": page + 1}, disabled=page == pages)
