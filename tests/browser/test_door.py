"""The guard against a real browser: who gets in, and what another page can do to the map. Nothing."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from panels.labels import INTERFACE_LANGS, labels
from tests.browser.conftest import MapView
from tests.server.started import Started

# What a page elsewhere tries, with the map's cookie in the browser; each gives true where it got through.
ATTACKS = {
    "socket": """(origin) => new Promise((done) => {
        const socket = new WebSocket(origin.replace("http", "ws") + "/_stcore/stream", ["streamlit"]);
        socket.onopen = () => done(true); socket.onerror = () => done(false); })""",
    "script": """(origin) => new Promise((done) => {
        const script = Object.assign(document.createElement("script"), { src: origin + "/app/static/map.js" });
        script.onload = () => done(true); script.onerror = () => done(false); document.head.append(script); })""",
    "read": """(origin) => fetch(origin + "/app/static/map.js", { credentials: "include" })
        .then((answer) => answer.text()).then(() => true, () => false)""",
    "send": """(origin) => fetch(origin + "/_stcore/upload_file/a/b", { method: "PUT", credentials: "include" })
        .then((answer) => answer.ok, () => false)""",
}


@contextmanager
def elsewhere() -> Iterator[str]:
    """Another server on this machine, with an empty page; its origin."""

    class Empty(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def inside(context: BrowserContext, app: Started) -> BrowserContext:
    """A browser that has the cookie."""
    page = context.new_page()
    page.goto(app.address)
    page.wait_for_url(f"{app.origin}/")
    page.close()
    return context


def test_without_the_token_there_is_only_a_page_that_says_what_to_do(page: Page, app: Started) -> None:
    answer = page.goto(f"{app.origin}/?region=IQ-KI")
    assert answer is not None
    assert answer.status == 403
    for lang in INTERFACE_LANGS:
        expect(page.locator(f"section[lang={lang}]")).to_contain_text(labels(lang)["server.closed_token"])


def test_the_printed_address_opens_the_map_and_leaves_no_token_behind(page: Page, app: Started) -> None:
    page.goto(f"{app.address}&region=IQ-KI&lang=ar")
    MapView(page).region("IQ-KI").wait_for()
    assert "token" not in page.url
    assert page.evaluate("document.cookie").find(app.token) == -1
    assert app.token not in page.content()
    page.go_back()
    assert "token" not in page.url


def test_a_file_that_leads_to_the_address_opens_the_map_too(page: Page, app: Started, tmp_path: Path) -> None:
    leading = tmp_path / "open.html"
    leading.write_text(f'<meta http-equiv="refresh" content="0;url={app.address}">', encoding="utf-8")
    page.goto(leading.as_uri())
    MapView(page).region("IQ-KI").wait_for()


def test_a_link_to_a_view_on_another_page_needs_one_more_click_and_no_token(
    inside: BrowserContext, app: Started
) -> None:
    page = inside.new_page()
    with elsewhere() as origin:
        page.goto(origin.replace("127.0.0.1", "localhost"))
        page.evaluate(f"location.href = '{app.origin}/?region=IQ-KI'")
        page.locator("section[lang=en] a").click()
        MapView(page).region("IQ-KI").wait_for()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_another_local_page_reaches_nothing_although_the_browser_has_the_cookie(
    inside: BrowserContext, app: Started, attack: str
) -> None:
    page = inside.new_page()
    page.goto(app.origin)
    assert ATTACKS["socket"] == attack or page.evaluate(f"({attack})('{app.origin}')") in {True, False}
    with elsewhere() as origin:
        page.goto(origin)
        assert page.evaluate(f"({attack})('{app.origin}')") is False


def test_another_local_page_cannot_frame_the_map(inside: BrowserContext, app: Started) -> None:
    page = inside.new_page()
    with elsewhere() as origin:
        page.goto(origin)
        page.evaluate(f"document.body.innerHTML = '<iframe src=\"{app.origin}/\"></iframe>'")
        page.wait_for_timeout(1500)
        assert page.frame_locator("iframe").locator(".stApp").count() == 0
