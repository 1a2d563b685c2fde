"""Messages and names that mean harm, against the real map page and the real Leaflet."""

import re
from dataclasses import replace

from playwright.sync_api import Page, expect

from geo import boundaries
from geo.places import load_gazetteer
from panels.figures.classes import ZERO
from panels.figures.mappage import render_page
from panels.labels import labels
from tests.browser.conftest import Show

HTML = "text/html; charset=utf-8"
KIRKUK = re.compile(r"[?&]region=IQ-KI\b")
PAYLOADS = (
    "<img src=x onerror='window.ran=1'>",
    "</script><script>window.ran=1</script>",
    "${window.ran=1}`;window.ran=1//",
    "{{7*7}}{% set ran=1 %}",
    "'\"><svg onload='window.ran=1'>",
    "<a href='javascript:window.ran=1'>Kirkuk</a>",
)


def test_hostile_names_are_written_as_they_are_and_run_nowhere(show: Show, page: Page) -> None:
    gazetteer = load_gazetteer()
    named = dict(zip(("IQ-KI", "IQ-AN", "IQ-NI", "IQ-BA", "IQ-MU", "IQ-NA"), PAYLOADS, strict=True))
    places = {region: replace(gazetteer.places[region], names={"en": name}) for region, name in named.items()}
    spoilt = replace(gazetteer, places={**gazetteer.places, **places})
    regions = boundaries.features("governorate")
    body = render_page("governorate", regions, labels=labels("en"), gazetteer=spoilt)
    page.route("**/app/static/map/*.html", lambda route: route.fulfill(body=body, content_type=HTML))
    view = show()
    tooltip = view.inside.locator(".leaflet-tooltip")
    for region, name in named.items():
        view.region(region).hover()
        expect(tooltip.filter(has_text=f"{name}: ")).to_be_visible()
        assert str(view.region(region).get_attribute("aria-label")).startswith(f"{name}: ")
    written = view.frame.evaluate("[...document.querySelectorAll('.place-name')].map((e) => e.textContent)")
    assert set(written) >= set(PAYLOADS)
    assert view.frame.evaluate("window.ran") is None
    assert page.evaluate("window.ran") is None
    assert view.inside.locator(".place-name *, .leaflet-tooltip :not(small):not(div)").count() == 0


def test_colours_that_are_no_colours_and_values_that_are_no_numbers_are_left_out(
    show: Show, page: Page
) -> None:
    view = show()
    page.evaluate(
        """() => {
          const frame = [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
            .map((part) => part.shadowRoot.querySelector("iframe[data-page]"))
            .find(Boolean).contentWindow;
          frame.postMessage({fills: {"IQ-BA": "url(http://outside.example/)", "IQ-KI": "#123456"},
            values: {"IQ-BA": "<b>7</b>", "IQ-KI": 5}}, location.origin);
        }"""
    )
    expect(view.region("IQ-KI")).to_have_attribute("fill", "#123456")
    expect(view.region("IQ-KI")).to_have_attribute("aria-label", "Kirkuk: 5")
    expect(view.region("IQ-BA")).to_have_attribute("fill", ZERO)
    expect(view.region("IQ-BA")).to_have_attribute("aria-label", "Basra")


def test_the_map_listens_to_the_page_that_frames_it_and_to_nobody_else(show: Show) -> None:
    view = show()
    view.frame.evaluate("window.postMessage({fills: {'IQ-BA': '#123456'}}, '*')")  # from the frame itself
    view.page.wait_for_timeout(300)
    expect(view.region("IQ-BA")).to_have_attribute("fill", ZERO)


def test_the_page_listens_to_its_map_and_to_nobody_else(show: Show, page: Page) -> None:
    view = show()
    page.evaluate("window.postMessage({region: 'IQ-BA'}, '*')")
    page.wait_for_timeout(500)
    assert "region=" not in page.url
    view.region("IQ-KI").click()
    expect(page).to_have_url(KIRKUK)


def test_a_region_that_the_map_does_not_show_is_not_picked(show: Show, page: Page) -> None:
    view = show()
    for region in ("IQ-XX", "kirkuk-district", "<script>", "", "a" * 10_000):
        view.frame.evaluate("(region) => parent.postMessage({region, n: 1}, location.origin)", region)
        page.wait_for_timeout(200)
        assert "region=" not in page.url
    view.region("IQ-KI").click()
    expect(page).to_have_url(KIRKUK)
