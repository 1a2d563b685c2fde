"""A story on the page: how many outlets tell it, and, opened, which."""

import re

import pytest

from panels.figures.stories import elsewhere_html, outlets_html
from panels.labels import INTERFACE_LANGS, labels
from pipeline.records import Copy, Story
from tests.panels.made import HOSTILE, bare, stored

EN = labels("en")
FIRST = stored("⟦كركوك|IQ-KI⟧")


def story(articles: int, outlets: int, *copies: Copy) -> Story:
    return Story(FIRST, articles, outlets, copies)


def link(article_id: str) -> str:
    return f"?article={article_id}"


TOLD = story(
    3,
    2,
    Copy("b2", "Shafaq", "2026-05-20", "Two killed"),
    Copy("c3", None, None, ""),
)


def test_one_story_and_its_outlets_stand_in_the_line_and_the_others_under_it() -> None:
    html = outlets_html(TOLD, labels=EN, link=link)
    assert bare(html) == (
        "1 story, 2 outlets · 3 articlesShafaq · 2026-05-20 · Two killedsource not named · no date · Untitled"
    )
    assert re.findall(r'href="([^"]*)"', html) == ["?article=b2", "?article=c3"]


def test_an_article_without_copies_says_nothing_of_stories() -> None:
    assert outlets_html(story(1, 1), labels=EN, link=link) == ""
    assert elsewhere_html(story(1, 1), labels=EN, link=link) == ""


def test_an_article_says_in_how_many_others_its_story_is() -> None:
    assert bare(elsewhere_html(TOLD, labels=EN, link=link)).startswith("The same story in 2 other articles")


def test_copies_that_are_not_named_are_counted() -> None:
    assert bare(outlets_html(story(500, 14, Copy("b", "A", None, "T")), labels=EN, link=link)).endswith(
        "and 498 more"
    )


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_fourteen_outlets_are_said_in_every_language(lang: str) -> None:
    said = bare(outlets_html(story(15, 14), labels=labels(lang), link=link))
    assert "14" in said
    assert "15" in said


@pytest.mark.parametrize("evil", HOSTILE)
def test_what_an_outlet_calls_itself_is_text(evil: str) -> None:
    html = outlets_html(story(2, 1, Copy("b", evil, None, evil)), labels=EN, link=link)
    assert not re.search(r"<(?!/?(details|summary|ul|li|bdi|a|span)\b)", html)
    assert "\u202e" not in html
