"""An article's mentions → what an analyst says against the machine, kept for ever, and the map right away.

A link never writes: a correction is made by a button of this session only. "Saved" is said when it is on disk.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from geo.places import Gazetteer
from panels.figures.lines import mention_line, place_line
from panels.figures.marked import visible
from panels.figures.markup import Html, bdi, join, ltr, tag
from panels.labels import Labels
from panels.page import show
from pipeline import store as stored
from pipeline.errors import CorrectionConflict, StoreError
from pipeline.records import ROLES, StoredArticle, StoredMention

_AUTHOR, _RESULT, _AT = "correct_author", "correct_result", "correct_at"
_MENTION, _ACTION, _PLACE, _ROLE = "correct_mention", "correct_action", "correct_place", "correct_role"
_LONGEST_AUTHOR = 80
_FAILED = {"locked": "correct.locked", "unreadable": "correct.unwritable"}


def correcting_panel(
    store: stored.Store, article: StoredArticle, *, words: Labels, gazetteer: Gazetteer
) -> None:
    """Draws the form, what became of the last correction, and everything that was said of the article."""
    if not article.mentions:
        return
    _tell(words)
    with st.expander(words["correct.title"], key="correct"):
        mention = _mention(article, words, gazetteer)
        action = _action(mention, words)
        value = _value(action, mention, words, gazetteer)
        author = st.text_input(words["correct.author"], key=_AUTHOR, max_chars=_LONGEST_AUTHOR)
        if not author.strip():
            show(tag("p", words["correct.needs_author"], class_="quiet"), labels=words)
        st.button(
            words["correct.save"],
            key="correct_save",
            type="primary",
            disabled=not author.strip(),
            on_click=_save,
            args=(store.path, mention, action, value, author.strip()),
        )
        said = stored.corrections(store, article.article.id)
        show(log_html(said, labels=words, gazetteer=gazetteer), labels=words)


def _mention(article: StoredArticle, words: Labels, gazetteer: Gazetteer) -> StoredMention:
    """The mention that is spoken of, chosen by its offset, which a correction does not change.

    The box is a new one after each correction, for what it says of the mention is no longer so.
    """
    by_start = {one.mention.start: one for one in article.mentions}
    starts = list(by_start)
    before = st.session_state.get(_AT)
    revision = max(one.revision for one in article.mentions)
    start = st.selectbox(
        words["correct.mention"],
        starts,
        index=starts.index(before) if before in by_start else 0,
        format_func=lambda at: mention_line(by_start[at], article.article, labels=words, gazetteer=gazetteer),
        key=f"{_MENTION}_{article.article.id}_{revision}",
    )
    st.session_state[_AT] = start
    return by_start[start]


def _action(mention: StoredMention, words: Labels) -> stored.Action:
    actions: list[stored.Action] = ["reject", "reassign", "role"]
    if mention.corrected is not None:
        actions.append("restore")
    return st.radio(
        words["correct.action"], actions, format_func=lambda one: words[f"correct.{one}"], key=_ACTION
    )


def _value(action: str, mention: StoredMention, words: Labels, gazetteer: Gazetteer) -> str | None:
    if action == "role":
        roles = [role for role in ROLES if role != mention.mention.role]
        return st.selectbox(
            words["correct.new_role"], roles, format_func=lambda role: words[f"role.{role}"], key=_ROLE
        )
    if action == "reassign":
        lines = {
            place_id: place_line(place_id, labels=words, gazetteer=gazetteer)
            for place_id in gazetteer.places
            if place_id != mention.mention.place_id
        }
        ordered = sorted(lines, key=lines.__getitem__)
        return st.selectbox(words["correct.new_place"], ordered, format_func=lines.__getitem__, key=_PLACE)
    return None


def _save(path: Path, mention: StoredMention, action: stored.Action, value: str | None, author: str) -> None:
    """For the button: say it in the store, and remember what became of it for the next run."""
    try:
        with stored.open_store(path, mode="write") as store:
            stored.correct(
                store,
                mention_id=mention.id,
                author=author,
                action=action,
                value=value,
                base_revision=mention.revision,
            )
    except CorrectionConflict:
        st.session_state[_RESULT] = "correct.conflict"
    except StoreError as error:
        st.session_state[_RESULT] = _FAILED.get(error.code, "correct.unwritable")
    else:
        st.session_state[_RESULT] = "correct.saved"


def _tell(words: Labels) -> None:
    result = st.session_state.pop(_RESULT, None)
    if result:
        kind = "saved" if result == "correct.saved" else "notice"
        show(tag("p", words[result], class_=f"note {kind}", role="status"), labels=words)


def log_html(said: Sequence[stored.Correction], *, labels: Labels, gazetteer: Gazetteer) -> Html:
    """What was ever said of an article, in order → a list; nothing where nobody said anything."""
    if not said:
        return Html()
    items = (tag("li", _said(one, labels, gazetteer)) for one in said)
    return tag("section", tag("h3", labels["correct.log"]), tag("ol", *items), class_="log")


def _said(one: stored.Correction, labels: Labels, gazetteer: Gazetteer) -> Html:
    what = labels.html(f"correct.said_{one.action}", value=_named(one, labels, gazetteer))
    who = join([bdi(visible(one.author)), ltr(one.time[:16].replace("T", " "))], " · ")
    return join([tag("strong", bdi(visible(one.surface))), what, who], " · ")


def _named(one: stored.Correction, labels: Labels, gazetteer: Gazetteer) -> str:
    if one.value is None:
        return ""
    if one.action == "role":
        return labels[f"role.{one.value}"]
    return gazetteer.label(one.value, labels.lang) if one.value in gazetteer.places else one.value
