"""A view → the controls of the map and the filters; what a person changes there → the address."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from geo.places import Gazetteer
from panels.labels import Labels
from panels.page import go, held, narrow
from panels.regions import Regions, at_level, by_name
from panels.view import ARTICLE_LANGUAGES, LEVELS, LONGEST_QUERY, MEASURES, View
from pipeline.records import ROLES, Selection, Summary


def controls(view: View, summary: Summary, *, words: Labels, gazetteer: Gazetteer, regions: Regions) -> None:
    """Draws one row: level, measure, region, disputed layer, filters. It wraps where the page is narrow."""
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        area = view.region if view.region in at_level(regions, "area") else None
        _one_of("level", LEVELS, view.level, words, "levels", partial(_to_level, region=area))
        _one_of("measure", MEASURES, view.measure, words, "measure", lambda measure: go(measure=measure))
        _region(view, words, gazetteer, regions)
        with st.container(key="disputed", width="content"):
            _disputed(view, words)
        with st.popover(filters_label(view.selection, words), icon=":material/filter_list:"):
            _filters(view.selection, summary, words, gazetteer, regions)


def _to_level(level: str, *, region: str | None) -> None:
    """Another level has other regions; only an area stays what it is."""
    go(level=level, region=region, article=None)


def _one_of(
    name: str, options: tuple[str, ...], value: str, words: Labels, table: str, choose: Callable[[str], None]
) -> None:
    """A choice of one; a click on what is chosen already takes nothing away."""
    st.segmented_control(
        words[f"controls.{name}"],
        options,
        required=True,
        format_func=lambda option: words[f"{table}.{option}"],
        **held(name, value, choose=choose, labelled=words.lang),
    )


def _disputed(view: View, words: Labels) -> None:
    st.toggle(
        words["controls.disputed"],
        **held("disputed", view.disputed, choose=lambda shown: go(disputed=shown)),
    )


def _region(view: View, words: Labels, gazetteer: Gazetteer, regions: Regions) -> None:
    """The list of regions: those of the level by name, then the areas."""
    options = [
        *by_name(at_level(regions, view.level), gazetteer, words.lang),
        *by_name(at_level(regions, "area"), gazetteer, words.lang),
    ]
    st.selectbox(
        words["controls.region"],
        options,
        index=None,
        format_func=lambda region: gazetteer.label(region, words.lang),
        placeholder=words["controls.region_placeholder"],
        width=260,
        **held(
            "region",
            view.region,
            choose=lambda region: go(region=region, article=None),
            labelled=f"{words.lang}_{view.level}",
        ),
    )


def filters_label(selection: Selection, words: Labels) -> str:
    """A selection → the name of the filters with the number of those that are on."""
    on = active(selection)
    return words.text("controls.filters_on", n=on) if on else words["controls.filters"]


def active(selection: Selection) -> int:
    """A selection → how many filters differ from their default."""
    default = Selection()
    return sum(
        getattr(selection, name) != getattr(default, name)
        for name in ("roles", "governorates", "languages", "query")
    )


def reset() -> None:
    """Takes every filter back to its default."""
    go(selection=Selection())


def _filters(
    selection: Selection, summary: Summary, words: Labels, gazetteer: Gazetteer, regions: Regions
) -> None:
    st.pills(
        words["controls.roles"],
        ROLES,
        selection_mode="multi",
        format_func=lambda role: words[f"role.{role}"],
        help=words["controls.roles_help"],
        **held(
            "roles",
            [role for role in ROLES if role in selection.roles],
            choose=lambda roles: narrow(roles=frozenset(roles) or Selection().roles),
            labelled=words.lang,
        ),
    )
    st.multiselect(
        words["controls.governorates"],
        by_name(at_level(regions, "governorate"), gazetteer, words.lang),
        format_func=lambda region: gazetteer.label(region, words.lang),
        placeholder=words["controls.governorates_placeholder"],
        **held(
            "govs",
            sorted(selection.governorates),
            choose=lambda chosen: narrow(governorates=frozenset(chosen)),
            labelled=words.lang,
        ),
    )
    _languages(selection, summary, words)
    st.text_input(
        words["controls.query"],
        placeholder=words["controls.query_placeholder"],
        max_chars=LONGEST_QUERY,
        **held("q", selection.query, choose=lambda typed: narrow(query=typed.strip())),
    )
    st.button(words["controls.reset"], key="reset", on_click=reset, disabled=not active(selection))


def _languages(selection: Selection, summary: Summary, words: Labels) -> None:
    languages = [lang for lang in ARTICLE_LANGUAGES if lang in {*summary.languages, *selection.languages}]
    st.pills(
        words["controls.languages"],
        languages,
        selection_mode="multi",
        format_func=lambda lang: words[f"article_lang.{lang}"],
        **held(
            "langs",
            [lang for lang in languages if lang in selection.languages],
            choose=lambda chosen: narrow(languages=frozenset(chosen)),
            labelled=words.lang,
        ),
    )
