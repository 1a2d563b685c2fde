"""Nothing is asked of anybody else: by any page of the map, and not by what a page is made to hold."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.conftest import Show, Watch

OUTSIDE, OUTSIDE_SOCKET = "http://outside.example/beacon.png", "ws://outside.example/"
BEACONS = {
    "an image": f"document.body.append(Object.assign(new Image(), {{src: '{OUTSIDE}'}}))",
    "a request": f"fetch('{OUTSIDE}').catch(() => 0)",
    "a background": f"document.body.style.background = 'url({OUTSIDE})'",
    "a script": f"document.head.append(Object.assign(document.createElement('script'), {{src: '{OUTSIDE}'}}))",
    "a frame": f"document.body.append(Object.assign(document.createElement('iframe'), {{src: '{OUTSIDE}'}}))",
    "a socket": f"new WebSocket('{OUTSIDE_SOCKET}')",
    "a form": f"document.body.insertAdjacentHTML('beforeend', '<form action={OUTSIDE}>'); document.forms[0].submit()",
}


@pytest.mark.parametrize(
    ("lang", "level", "region"),
    [("en", "governorate", "IQ-KI"), ("ar", "district", "kirkuk-district"), ("ckb", "governorate", "IQ-NI")],
)
def test_a_whole_visit_asks_only_the_app_itself(
    show: Show, watch: Watch, lang: str, level: str, region: str
) -> None:
    view = show(f"lang={lang}&level={level}")
    view.region(region).click()
    view.inside.locator(".leaflet-control-zoom-in").click()
    view.page.wait_for_load_state("networkidle")
    assert watch.outside() == []
    assert any("/app/static/leaflet/leaflet.js" in url for url in watch.asked)
    assert any("/app/static/fonts/" in url for url in watch.asked)
    assert any(url.startswith("ws://") for url in watch.asked)


@pytest.mark.parametrize("beacon", BEACONS.values(), ids=BEACONS.keys())
def test_the_watch_itself_catches_a_beacon(context: BrowserContext, beacon: str) -> None:
    watch = Watch("http://127.0.0.1:8501")
    watch.follow(context)
    context.route("**", lambda route: route.fulfill(body="ok"))
    page = context.new_page()
    page.goto("http://127.0.0.1:8501/")
    page.evaluate(f"() => {{ {beacon} }}")
    page.wait_for_timeout(300)
    assert [url.partition("?")[0] for url in watch.outside()] in ([OUTSIDE], [OUTSIDE_SOCKET])


def test_the_watch_tells_another_port_of_this_machine_from_home(context: BrowserContext) -> None:
    watch = Watch("http://127.0.0.1:8501")
    watch.follow(context)
    context.route("**", lambda route: route.abort())
    context.new_page().set_content(
        f"<img src='http://127.0.0.1:8502/near'><iframe srcdoc=\"<img src='{OUTSIDE}'>\">"
    )
    assert sorted(watch.outside()) == ["http://127.0.0.1:8502/near", OUTSIDE]


@pytest.mark.parametrize("place", ["the dashboard", "the map"])
def test_whatever_got_into_a_page_could_not_send_anything_out(
    show: Show, watch: Watch, page: Page, context: BrowserContext, place: str
) -> None:
    sent: list[str] = []

    def note(route: Route) -> None:
        sent.append(route.request.url)
        route.abort()

    context.route("**/outside.example/**", note)
    view = show()
    for beacon in BEACONS.values():
        (page if place == "the dashboard" else view.frame).evaluate(f"() => {{ {beacon} }}")
    page.wait_for_timeout(500)
    assert sent == []
    watch.asked.clear()  # the browser also tells of what it was asked for and stopped itself
