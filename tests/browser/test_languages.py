"""The interface in three languages: words, direction, fonts, and nothing of another language left."""

import re

import pytest
from playwright.sync_api import expect

from panels.labels import INTERFACE_LANGS, labels
from tests.browser.conftest import Show

# What stands in Latin letters in every language: the language of that name.
KEPT = re.compile("English")


# The text of the page; sources are cited in their own language, icons are letters of a font.
WORDS = """
() => {
  const apart = "style, cite, [data-testid=stIconMaterial], [data-testid=stSkipToContent]";
  for (const element of document.querySelectorAll(apart)) element.remove();
  return document.body.innerText;
}
"""
LOADED = """
() => document.fonts.ready.then(() =>
  [...document.fonts].some((font) => font.status === "loaded" && font.family.includes("Vazirmatn")))
"""


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_a_click_on_its_name_changes_the_language(show: Show, lang: str) -> None:
    other = "en" if lang != "en" else "ar"
    view = show(f"lang={other}")
    view.page.get_by_role("radio", name=labels(lang)["meta.name"]).click()
    expect(view.page.locator(".title h1")).to_have_text(labels(lang)["page.title"])
    expect(view.page).to_have_title(labels(lang)["page.title"])
    direction = view.page.evaluate("getComputedStyle(document.querySelector('.stApp')).direction")
    assert direction == labels(lang).dir


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_map_and_text_change_sides(show: Show, lang: str) -> None:
    view = show(f"lang={lang}&region=IQ-KI")
    card = view.page.locator(".card").first.evaluate("(e) => e.getBoundingClientRect().left")
    frame = view.page.locator("iframe[data-page]").evaluate("(e) => e.getBoundingClientRect().left")
    assert card < frame


@pytest.mark.parametrize("lang", ["ar", "ckb"])
@pytest.mark.parametrize("query", ["region=IQ-KI", "langs=tr&region=zz", "article=nothing"])
def test_no_english_is_left_on_the_page(show: Show, lang: str, query: str) -> None:
    view = show(f"lang={lang}&{query}")
    view.page.locator(".foot").wait_for()
    view.page.get_by_test_id("stPopoverButton").click()
    view.page.get_by_role("textbox").last.wait_for()
    text = view.page.evaluate(WORDS)
    assert re.findall("[A-Za-z]{2,}", KEPT.sub("", text)) == []


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_the_reasons_are_in_the_language_of_the_interface(show: Show, lang: str) -> None:
    view = show(f"lang={lang}&region=IQ-KI")
    view.page.get_by_role("button", name=labels(lang)["reading.read"]).click()
    view.page.locator(".whole mark").first.wait_for()
    reasons = " ".join(view.page.locator(".reason").all_text_contents())
    assert re.findall("[A-Za-z]+", reasons) == []


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_the_letters_come_from_the_pages_own_fonts(show: Show, lang: str) -> None:
    view = show(f"lang={lang}")
    family = view.page.evaluate("getComputedStyle(document.querySelector('.title h1')).fontFamily")
    assert "Vazirmatn" in family
    assert view.page.evaluate(LOADED)


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_the_knob_of_a_switch_stays_in_its_track(show: Show, lang: str) -> None:
    view = show(f"lang={lang}")
    inside = view.page.locator(".st-key-disputed label > div").first.evaluate(
        "(track) => { const [a, b] = [track, track.firstElementChild].map((e) => e.getBoundingClientRect());"
        " return a.left <= b.left && b.right <= a.right }"
    )
    assert inside
