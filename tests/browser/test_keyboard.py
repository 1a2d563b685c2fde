"""The whole way by keyboard alone: region, sentences, article, reason, back."""

from playwright.sync_api import Page, expect

from panels.labels import labels
from tests.browser.conftest import MapView, Show

EN = labels("en")

FOCUS = """
() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  return (e?.innerText || e?.getAttribute('aria-label') || '').trim(); }
"""
OUTLINED = """
() => { const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }
"""
MOST = 80


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what has the focus bears the name."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS) == name:
            return
    raise AssertionError(f"no way to {name!r} by Tab")


def start(show: Show, query: str = "") -> MapView:
    view = show(query)
    view.page.locator(".foot").wait_for()
    return view


def test_from_the_table_to_the_article_and_back(show: Show) -> None:
    page = start(show).page
    tab_to(page, "Kirkuk")
    page.keyboard.press("Enter")
    expect(page.locator(".card mark")).to_have_count(3)
    page.locator(".st-key-region button").focus()
    tab_to(page, EN["reading.read"])
    page.keyboard.press("Enter")
    expect(page.locator(".whole")).to_be_visible()
    page.locator(".st-key-back button").press("Enter")
    expect(page.locator(".card mark")).to_have_count(3)


def test_the_reason_of_a_mark_shows_while_it_has_the_focus(show: Show) -> None:
    page = start(show, "region=IQ-KI").page
    page.get_by_role("button", name=EN["reading.read"]).press("Enter")
    marks = page.locator(".para").nth(1).locator("mark")
    marks.first.focus()
    reasons = page.locator(".para").nth(1).locator("ol > li:visible")
    expect(reasons).to_have_count(1)
    expect(reasons).to_contain_text("Baghdad")
    page.keyboard.press("Tab")
    expect(reasons).to_have_count(1)
    expect(reasons).to_contain_text("Kurdistan Region")
    summary = page.locator(".para").nth(1).locator("summary")
    summary.press("Enter")
    expect(reasons).to_have_count(marks.count())


def test_a_row_keeps_the_focus_when_its_region_was_chosen(show: Show) -> None:
    page = start(show).page
    tab_to(page, "Nineveh")
    page.keyboard.press("Enter")
    expect(page.locator(".region h2")).to_have_text("Nineveh")
    assert page.evaluate(FOCUS) == "Nineveh"


def test_what_has_the_focus_is_seen(show: Show) -> None:
    page = start(show, "region=IQ-KI").page
    page.get_by_role("button", name=EN["reading.read"]).press("Enter")
    page.locator(".whole mark").first.wait_for()
    page.locator(".st-key-back button").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINED)


def test_the_language_is_changed_by_arrow_keys(show: Show) -> None:
    page = start(show).page
    page.get_by_role("radio", name="English").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator(".title h1")).to_have_text(labels("ar")["page.title"])
