"""The address holds the view: links, Back and Forward, and what a person changes, in a real browser."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from panels.labels import labels
from tests.browser.conftest import Show

EN, AR = labels("en"), labels("ar")


def heading(page: Page, name: str) -> None:
    expect(page.locator(".region h2")).to_have_text(name)


def press(page: Page, button: Literal["back", "forward"], *, times: int) -> None:
    """Presses a button of the browser without waiting for what the page makes of it."""
    for _ in range(times):
        page.evaluate(
            "button => new Promise((gone, stayed) => {"
            " addEventListener('popstate', () => gone(), { once: true });"
            " setTimeout(() => stayed(new Error(`nothing to go ${button} to`)), 5_000);"
            " history[button](); })",
            button,
        )


def test_an_address_brings_its_view(show: Show) -> None:
    view = show("lang=ar&region=IQ-BG&roles=government&disputed=0&measure=articles")
    heading(view.page, "بغداد")
    expect(view.page.locator(".card mark").first).to_have_text("بغداد")
    expect(view.inside.locator(".leaflet-disputed-pane path")).to_have_count(0)
    expect(view.page.get_by_role("radio", name=AR["measure.articles"])).to_be_checked()
    expect(view.page.get_by_role("switch")).not_to_be_checked()


def test_back_and_forward_go_through_what_was_seen(show: Show) -> None:
    view = show()
    page = view.page
    view.region("IQ-KI").click()
    heading(page, "Kirkuk")
    view.region("IQ-NI").click()
    heading(page, "Nineveh")
    page.get_by_role("button", name=EN["reading.read"]).click()
    expect(page.locator(".whole")).to_be_visible()
    page.go_back()
    heading(page, "Nineveh")
    expect(page.locator(".card mark")).to_have_count(1)
    page.go_back()
    heading(page, "Kirkuk")
    expect(view.page.locator("button[data-region=IQ-KI]")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.get_by_text(EN["reading.hint"])).to_be_visible()
    page.go_forward()
    heading(page, "Kirkuk")


def test_quick_backs_and_forwards_end_where_the_address_says(show: Show) -> None:
    """Pressed faster than the page answers: what a control held before is no choice of anybody's."""
    view = show()
    page = view.page
    view.region("IQ-KI").click()
    heading(page, "Kirkuk")
    page.get_by_role("radio", name=EN["measure.articles"]).click()
    expect(page).to_have_url(re.compile("measure=articles"))
    view.region("IQ-NI").click()
    heading(page, "Nineveh")
    for _ in range(4):
        press(page, "back", times=3)
        expect(page.get_by_text(EN["reading.hint"])).to_be_visible()
        expect(page.get_by_role("radio", name=EN["measure.mentions"])).to_be_checked()
        expect(page).not_to_have_url(re.compile("region=|measure="))
        press(page, "forward", times=3)
        heading(page, "Nineveh")
        expect(page.get_by_role("radio", name=EN["measure.articles"])).to_be_checked()
        expect(page).to_have_url(re.compile("measure=articles&region=IQ-NI"))


def test_back_before_a_click_is_answered_leaves_page_and_address_of_one_mind(show: Show) -> None:
    for _ in range(5):
        view = show("region=IQ-KI")
        page = view.page
        heading(page, "Kirkuk")
        view.region("IQ-NI").click()
        heading(page, "Nineveh")
        view.region("IQ-BG").press("Enter")
        press(page, "back", times=1)
        page.wait_for_function(
            "names => names[new URLSearchParams(location.search).get('region')]"
            " === document.querySelector('.region h2')?.innerText",
            arg={"IQ-KI": "Kirkuk", "IQ-NI": "Nineveh", "IQ-BG": "Baghdad"},
            timeout=5_000,
        )


def test_quick_backs_go_over_a_change_of_language(show: Show) -> None:
    view = show("region=IQ-KI")
    page = view.page
    heading(page, "Kirkuk")
    page.get_by_role("radio", name="العربية").click()
    heading(page, "كركوك")
    view.region("IQ-NI").click()
    heading(page, "نينوى")
    press(page, "back", times=2)
    heading(page, "Kirkuk")
    expect(page.get_by_role("combobox", name=EN["controls.region"])).to_have_value("Kirkuk")
    press(page, "forward", times=2)
    heading(page, "نينوى")
    expect(page.get_by_role("combobox", name=AR["controls.region"])).to_have_value("نينوى")


def test_back_goes_over_a_change_of_language(show: Show) -> None:
    view = show("region=IQ-KI")
    page = view.page
    heading(page, "Kirkuk")
    page.get_by_role("radio", name="العربية").click()
    heading(page, "كركوك")
    expect(page.get_by_role("combobox", name=AR["controls.region"])).to_have_value("كركوك")
    page.go_back()
    heading(page, "Kirkuk")
    expect(page.get_by_role("combobox", name=EN["controls.region"])).to_have_value("Kirkuk")


def test_the_list_of_regions_finds_one_by_typing(show: Show) -> None:
    view = show()
    box = view.page.get_by_role("combobox", name=EN["controls.region"])
    box.fill("Ninev")
    box.press("Enter")
    heading(view.page, "Nineveh")
    expect(view.page).to_have_url(re.compile("[?&]region=IQ-NI"))


def test_filters_write_themselves_into_the_address_and_can_be_removed(show: Show) -> None:
    view = show("region=IQ-KI")
    page = view.page
    page.get_by_test_id("stPopoverButton").click()
    page.get_by_role("button", name="Government", exact=True).or_(
        page.get_by_role("checkbox", name="Government")
    ).click()
    expect(page).to_have_url(re.compile("roles=government%2Cplace"))
    typed = page.get_by_role("textbox", name=EN["controls.query"])
    typed.fill("البشمركة")
    typed.press("Enter")
    expect(page).to_have_url(re.compile("[?&]q=%D8%A7"))
    expect(page.get_by_test_id("stPopoverButton")).to_contain_text("2")
    page.get_by_role("button", name=EN["controls.reset"]).click()
    expect(page).not_to_have_url(re.compile("roles=|q="))
    expect(page).to_have_url(re.compile("region=IQ-KI"))


def test_districts_are_one_click_away_and_back_again(show: Show) -> None:
    view = show("region=IQ-KI")
    view.page.get_by_role("radio", name=EN["levels.district"]).click()
    expect(view.inside.locator("path[data-region=kirkuk-district]")).to_be_visible()
    expect(view.page.get_by_text(EN["state.level_title"])).to_be_visible()
    view.page.get_by_role("button", name=EN["state.level_todo"]).click()
    expect(view.region("IQ-KI")).to_be_visible()
    expect(view.page).not_to_have_url(re.compile("level="))


@pytest.mark.parametrize("query", ["region=IQ-XX", "lang=xx", "article=a%20b", "roles=%3Cscript%3E"])
def test_an_address_that_holds_something_unknown_says_so_and_goes_on(show: Show, query: str) -> None:
    view = show(query)
    name = EN[f"parameter.{query.partition('=')[0]}"]
    expect(view.page.locator(".notice")).to_contain_text(name)
    view.region("IQ-KI").click()
    heading(view.page, "Kirkuk")
    expect(view.page.locator(".notice")).to_have_count(0)


def test_two_quick_choices_are_both_kept(show: Show) -> None:
    view = show()
    articles = view.page.get_by_role("radio", name=EN["measure.articles"]).bounding_box()
    disputed = view.page.locator(".st-key-disputed label").bounding_box()
    assert articles
    assert disputed
    for box in (articles, disputed):
        view.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(view.page).to_have_url(re.compile("measure=articles"))
    expect(view.page).to_have_url(re.compile("disputed=0"))
