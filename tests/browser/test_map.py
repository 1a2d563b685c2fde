"""The framed map as a reader uses it: by mouse, by keyboard, wide and narrow, in three languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from panels.figures.classes import ZERO, classify
from panels.labels import INTERFACE_LANGS
from tests.browser.conftest import NARROW, WIDE, MapView, Show

PICKED_KIRKUK = re.compile(r"[?&]region=IQ-KI\b")

# Of each shown pair of names: whether their boxes overlap.
OVERLAPS = """
() => {
  const shown = [...document.querySelectorAll(".place-name:not([hidden])")];
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1
    || b.bottom <= a.top + 1;
  const meet = (one, two) => !apart(one.getBoundingClientRect(), two.getBoundingClientRect());
  return shown.flatMap((one, i) => shown.slice(i + 1).filter((two) => meet(one, two))
    .map((two) => one.textContent + "/" + two.textContent));
}
"""
# How far the regions reach beyond the map on any side, in pixels; below zero: they lie within.
BEYOND = """
() => {
  const map = document.querySelector(".folium-map").getBoundingClientRect();
  const all = [...document.querySelectorAll("path[data-region]")].map((e) => e.getBoundingClientRect());
  const beyond = (r) => [map.left - r.left, map.top - r.top, r.right - map.right, r.bottom - map.bottom];
  return Math.max(...all.flatMap(beyond));
}
"""
SPAN = "() => document.querySelector('path[data-region=\"IQ-KI\"]').getBoundingClientRect().width"


def fill(view: MapView, region: str) -> str | None:
    return view.region(region).get_attribute("fill")


def test_kirkuk_diyala_and_nineveh_are_coloured_as_the_legend_says_and_the_rest_is_zero(show: Show) -> None:
    view = show()
    classes = classify({"IQ-KI": 3, "IQ-DI": 3, "IQ-NI": 1})
    assert [fill(view, region) for region in classes.values] == [
        classes.fill(region) for region in classes.values
    ]
    assert fill(view, "IQ-BA") == ZERO
    assert view.region("IQ-KI").get_attribute("aria-label") == "Kirkuk: 3"


def test_a_click_on_kirkuk_picks_it_and_the_frame_stays_as_it_was(show: Show) -> None:
    view = show()
    view.frame.evaluate("window.untouched = true")
    view.region("IQ-KI").click()
    expect(view.page).to_have_url(PICKED_KIRKUK)
    expect(view.inside.locator(".leaflet-selection-pane path")).to_have_count(2)
    assert view.frame.evaluate("window.untouched") is True


def test_a_second_click_on_the_same_region_counts_again(show: Show) -> None:
    view = show()
    view.region("IQ-KI").click()
    expect(view.page).to_have_url(PICKED_KIRKUK)
    view.page.get_by_role("button", name="Close the region").click()
    expect(view.page).not_to_have_url(PICKED_KIRKUK)
    view.region("IQ-KI").click()
    expect(view.page).to_have_url(PICKED_KIRKUK)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_by_keyboard_alone_tab_reaches_the_regions_from_the_north_and_a_key_picks_one(
    show: Show, key: str
) -> None:
    view = show()
    view.inside.locator(".folium-map").focus()
    for _ in range(19):
        view.page.keyboard.press("Tab")
        focused = view.frame.evaluate("document.activeElement.dataset.region ?? ''")
        if focused == "IQ-KI":
            break
    assert focused == "IQ-KI"
    expect(view.inside.locator(".leaflet-selection-pane path")).to_have_count(
        2
    )  # the ring, before anything is picked
    expect(view.inside.locator(".leaflet-tooltip", has_text="Kirkuk: 3")).to_be_visible()
    view.page.keyboard.press(key)
    expect(view.page).to_have_url(PICKED_KIRKUK)


def test_a_region_is_a_button_with_a_name_for_those_who_hear_the_page(show: Show) -> None:
    view = show("lang=ar")
    expect(view.inside.get_by_role("button", name="كركوك: 3")).to_have_count(1)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_the_whole_country_and_what_must_be_said_of_it_fit_into_the_frame(
    show: Show, lang: str, size: tuple[int, int]
) -> None:
    view = show(f"lang={lang}", size=size)
    assert view.frame.evaluate(BEYOND) <= 0
    assert view.frame.evaluate(OVERLAPS) == []
    assert view.frame.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    assert view.frame.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert view.inside.locator(".place-name:not([hidden])").count() >= 16


def test_the_country_follows_the_size_of_the_window(show: Show) -> None:
    view = show(size=WIDE)
    wide = view.frame.evaluate(SPAN)
    view.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    view.page.wait_for_timeout(500)
    narrow = view.frame.evaluate(SPAN)
    assert narrow < 0.8 * wide
    assert view.frame.evaluate(BEYOND) <= 0


def test_the_readers_own_view_outlives_a_pick_and_a_new_size(show: Show) -> None:
    view = show()
    view.inside.locator(".leaflet-control-zoom-in").click()
    view.page.wait_for_timeout(500)
    zoomed = view.frame.evaluate(SPAN)
    view.region("IQ-KI").click()
    expect(view.page).to_have_url(PICKED_KIRKUK)
    view.page.set_viewport_size({"width": 1200, "height": 900})
    view.page.wait_for_timeout(500)
    assert view.frame.evaluate(SPAN) == pytest.approx(zoomed, rel=0.01)


@pytest.mark.parametrize(
    ("lang", "name", "direction"),
    [("en", "Kirkuk", "ltr"), ("ar", "كركوك", "rtl"), ("ckb", "کەرکووک", "rtl")],
)
def test_the_map_speaks_the_language_of_the_page(show: Show, lang: str, name: str, direction: str) -> None:
    view = show(f"lang={lang}")
    written = view.inside.locator(".place-name", has_text=re.compile(f"^{name}$"))
    expect(written).to_be_visible()
    expect(written).to_have_attribute("dir", direction)
    assert view.frame.evaluate("document.documentElement.lang") == lang
    assert view.frame.evaluate("getComputedStyle(document.querySelector('.folium-map')).direction") == "ltr"


def test_the_fonts_of_the_map_are_its_own(show: Show) -> None:
    view = show("lang=ar")
    loaded = (
        "document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'loaded').length)"
    )
    assert view.frame.evaluate(loaded) >= 1


def test_districts_are_drawn_within_their_governorates_and_named_when_near(show: Show) -> None:
    view = show("level=district")
    expect(view.inside.locator("path[data-region]")).to_have_count(101)
    expect(view.inside.locator(".leaflet-outlines-pane path")).to_have_count(19)
    near = view.inside.locator(".place-name.district:not([hidden])")
    assert near.count() == 0
    for _ in range(2):
        view.inside.locator(".leaflet-control-zoom-in").click()
        view.page.wait_for_timeout(400)
    assert near.count() > 10
    assert view.frame.evaluate(OVERLAPS) == []


def test_the_disputed_layer_is_hatched_above_the_fills_and_lets_clicks_through(show: Show) -> None:
    view = show("disputed=1")
    hatched = view.inside.locator(".leaflet-disputed-pane path")
    expect(hatched).to_have_count(15)
    fills = [path.get_attribute("fill") for path in hatched.all()]
    assert (fills.count("url(#hatch-whole)"), fills.count("url(#hatch-part)")) == (14, 1)
    view.region("IQ-KI").click()  # all of Kirkuk is hatched
    expect(view.page).to_have_url(PICKED_KIRKUK)


def test_the_disputed_layer_can_be_off(show: Show) -> None:
    view = show("disputed=0")
    expect(view.inside.locator(".leaflet-disputed-pane path")).to_have_count(0)


def test_a_tooltip_tells_name_number_and_that_a_district_is_disputed(show: Show) -> None:
    view = show("level=district&lang=ar")
    view.region("daquq-district").hover()
    tooltip = view.inside.locator(".leaflet-tooltip")
    expect(tooltip).to_contain_text("داقوق: 0")
    expect(tooltip).to_contain_text("ضمن قائمة المناطق المتنازع عليها بتاريخ \u20662009-04-22\u2069")


def test_another_language_is_another_page_without_a_step_for_back(show: Show, page: Page) -> None:
    view = show()
    steps = page.evaluate("history.length")
    page.get_by_text("العربية", exact=True).click()
    expect(view.inside.locator(".place-name", has_text="كركوك")).to_be_visible()
    assert page.evaluate("history.length") - steps <= 1  # the new address is a step, the new frame none
    view.region("IQ-KI").click()
    expect(page).to_have_url(PICKED_KIRKUK)
