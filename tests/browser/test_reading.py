"""From a region to its sentences to the article, as an analyst does it, in the seed article."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from panels.labels import labels
from tests.browser.conftest import NARROW, WIDE, Show

EN, AR = labels("en"), labels("ar")

# How wide the word of a mark is, and how wide without the mark: the same where the letters stay joined.
JOINED = """
(mark) => {
  const before = mark.previousSibling?.textContent.match(/\\S+$/)?.[0] ?? "";
  const widths = [[before, mark.cloneNode(true)], [before + mark.textContent]].map((content) => {
    const word = document.createElement("span");
    word.style.whiteSpace = "nowrap";
    word.append(...content);
    mark.parentElement.append(" ", word, " ");
    const width = word.getBoundingClientRect().width;
    word.remove();
    return width;
  });
  return widths;
}
"""
WIDER_THAN_PAGE = """
() => [...document.querySelectorAll(".stMain *")].filter((e) => {
  const box = e.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.left < -1) && getComputedStyle(e).clipPath === "none";
}).map((e) => e.tagName + "." + e.className).slice(0, 5)
"""


def sentences(page: Page) -> Locator:
    return page.locator(".card > p[dir]")


def test_a_click_on_kirkuk_shows_the_three_sentences_of_the_seed_with_its_name_marked(show: Show) -> None:
    view = show()
    view.region("IQ-KI").click()
    expect(sentences(view.page)).to_have_count(3)
    assert view.page.locator(".card mark").all_inner_texts() == ["كركوك"] * 3
    assert [text[:20] for text in sentences(view.page).all_inner_texts()] == [
        "قال متحدث عسكري عراق",
        "وبيّن المتحدث باسم ا",
        "وبيّنت أن التفاهمات ",
    ]
    expect(sentences(view.page).first).to_have_attribute("dir", "rtl")


def test_one_more_click_shows_the_whole_article_with_every_mention(show: Show) -> None:
    view = show("region=IQ-KI")
    view.page.get_by_role("button", name=EN["reading.read"]).click()
    expect(view.page.locator(".whole mark")).to_have_count(25)
    expect(view.page.locator(".whole mark.role-government")).to_have_count(13)
    expect(view.page.locator(".whole .roles")).to_contain_text("Government 13")
    view.page.get_by_role("button", name=EN["article.back"]).click()
    expect(sentences(view.page)).to_have_count(3)


def test_a_click_needs_no_scrolling_to_the_text_where_the_page_is_wide(show: Show) -> None:
    view = show()
    view.region("IQ-KI").click()
    expect(sentences(view.page).first).to_be_in_viewport()
    expect(view.page.locator("iframe[data-page]")).to_be_in_viewport()


def test_a_click_on_a_mark_shows_its_own_reason(show: Show) -> None:
    view = show("region=IQ-KI")
    view.page.get_by_role("button", name=EN["reading.read"]).click()
    paragraph = view.page.locator(".para", has=view.page.locator("mark", has_text="ديالى")).first
    expect(paragraph.locator("ol > li").first).not_to_be_visible()
    paragraph.locator("mark", has_text="ديالى").click()
    expect(paragraph.locator("ol > li:visible")).to_have_count(1)
    expect(paragraph.locator("ol > li:visible")).to_contain_text("says that a governorate is meant")
    expect(paragraph.locator("ol > li:visible")).to_contain_text("Diyala · governorate")


def test_all_reasons_of_a_paragraph_open_at_once(show: Show) -> None:
    view = show("region=IQ-KI&lang=ar")
    view.page.get_by_role("button", name=AR["reading.read"]).click()
    paragraph = view.page.locator(".para").nth(1)
    paragraph.locator("summary").click()
    expect(paragraph.locator("ol > li:visible")).to_have_count(paragraph.locator("mark").count())


@pytest.mark.parametrize("place", [".card mark", ".whole mark"])
def test_marks_do_not_break_the_joins_of_arabic_letters(show: Show, place: str) -> None:
    view = show("region=IQ-KI")
    view.page.locator(".card mark").first.wait_for()
    if place == ".whole mark":
        view.page.get_by_role("button", name=EN["reading.read"]).click()
    marks = view.page.locator(place)
    marks.first.wait_for()
    for mark in marks.all():
        marked, plain = mark.evaluate(JOINED)
        assert marked == pytest.approx(plain, abs=0.1)


def test_what_the_government_is_named_for_is_offered_and_counted(show: Show) -> None:
    view = show("region=IQ-BG")
    expect(view.page.locator(".others")).to_have_text(
        "6 of the 6 mentions of Baghdad are not counted: 6 name the government."
    )
    view.page.get_by_role("button", name=EN["others.include"]).click()
    expect(view.page.locator(".card mark")).to_have_count(6)
    expect(view.region("IQ-BG")).to_have_attribute("aria-label", "Baghdad: 6")


def test_the_table_chooses_a_region_and_shows_which(show: Show) -> None:
    view = show()
    view.page.get_by_role("button", name="Diyala", exact=True).click()
    expect(view.page.locator(".card mark")).to_have_count(3)
    expect(view.page.locator("button[data-region=IQ-DI]")).to_have_attribute("aria-current", "true")
    expect(view.inside.locator(".leaflet-selection-pane path")).to_have_count(2)
    view.page.locator("summary", has_text=EN.text("table.more", n=16)).click()
    view.page.get_by_role("button", name="Basra", exact=True).click()
    expect(view.page.get_by_text("No mention of Basra counts under the present filters.")).to_be_visible()


def test_an_area_without_a_boundary_is_in_the_table_too(show: Show) -> None:
    view = show()
    view.page.get_by_role("button", name="Disputed territories", exact=True).click()
    expect(view.page.locator(".card mark")).to_have_text(
        ["المناطق المتنازع عليها", "مناطق متنازع عليها", "المناطق المتنازع عليها"]
    )


@pytest.mark.parametrize("query", ["region=IQ-DI", "level=district&langs=tr"])
@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_nothing_is_cut_off_on_a_narrow_page(show: Show, lang: str, query: str) -> None:
    view = show(f"lang={lang}&{query}", size=NARROW)
    view.page.locator(".foot").wait_for()
    assert view.page.evaluate(WIDER_THAN_PAGE) == []


def test_on_a_narrow_page_the_text_follows_the_map(show: Show) -> None:
    view = show("region=IQ-KI", size=NARROW)
    tops = [
        view.page.locator(place).first.evaluate("(e) => e.getBoundingClientRect().top")
        for place in ("iframe[data-page]", ".card", ".legend", ".foot")
    ]
    assert tops == sorted(tops)


def test_dates_keep_their_order_in_arabic(show: Show) -> None:
    view = show("lang=ar&region=IQ-KI", size=WIDE)
    date = view.page.locator(".disputed bdi", has_text=re.compile(r"^2009-04-22$"))
    expect(date).to_have_attribute("dir", "ltr")
    assert date.evaluate("(e) => getComputedStyle(e).direction") == "ltr"
