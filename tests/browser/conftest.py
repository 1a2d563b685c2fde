"""The real thing: the seed article through the real pipeline, the guarded server, a real Chromium.

`page`, `context` and `browser` are pytest-playwright's. A test that uses `show` or `watch` fails on any request
to elsewhere and on any uncaught error of a script; `watch` holds what was asked for.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, FrameLocator, Locator, Page, Playwright, Request

from tests.server.started import ROOT, Started, started

WIDE, NARROW = (1500, 950), (420, 900)
OWN_SCHEMES = ("data:", "blob:", "about:")

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Watch:
    """What a browser asked for, and what went wrong in its scripts."""

    origin: str
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._note)
        context.on("page", self._follow_page)

    def outside(self) -> list[str]:
        """The requests that went anywhere but to the app."""
        at_home = (self.origin + "/", self.origin.replace("http:", "ws:") + "/", *OWN_SCHEMES)
        return [url for url in self.asked if not url.startswith(at_home)]

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    def _follow_page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))


@dataclass(frozen=True)
class MapView:
    """The map within the page of the dashboard."""

    page: Page

    @property
    def inside(self) -> FrameLocator:
        return self.page.frame_locator("iframe[data-page]")

    @property
    def frame(self) -> Frame:
        """The frame itself, to run a script in."""
        self.inside.locator("path[data-region]").first.wait_for(state="attached")
        found = self.page.frame(url=re.compile("/app/static/map/"))
        assert found is not None
        return found

    def region(self, region_id: str) -> Locator:
        return self.inside.locator(f'path[data-region="{region_id}"]')


Show = Callable[..., MapView]


@pytest.fixture(scope="session")
def browser_type_launch_args(playwright: Playwright) -> dict[str, object]:
    """The system's Chromium, else Playwright's own."""
    installed = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if installed is None and not Path(playwright.chromium.executable_path).exists():
        pytest.fail(
            "no Chromium: install one (Debian: apt-get install chromium), or run `make test`, which does"
        )
    return {"executable_path": installed, "args": _FLAGS.split()}


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made of seeds/ by the command that a user gives."""
    store = tmp_path_factory.mktemp("corpus") / "seed.gpkg"
    run = [sys.executable, "-m", "pipeline", "run", "seeds", "--store", str(store)]
    subprocess.run(run, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return store


@pytest.fixture(scope="session")
def app(seed_store: Path) -> Iterator[Started]:
    """The guarded dashboard over `seed_store`, on a free port."""
    with started("--store", seed_store) as server:
        yield server


@pytest.fixture
def watch(context: BrowserContext, app: Started) -> Iterator[Watch]:
    """Follows the browser, and fails the test on what should not have been asked or gone wrong."""
    watching = Watch(app.origin)
    watching.follow(context)
    yield watching
    assert watching.outside() == []
    assert watching.errors == []


@pytest.fixture
def show(watch: Watch, page: Page, app: Started) -> Show:
    """Opens the dashboard at a query ("lang=ar&region=IQ-KI") and waits for the coloured map."""
    assert not watch.asked

    def open_at(query: str = "", *, size: tuple[int, int] = WIDE) -> MapView:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{app.address}&{query}")
        view = MapView(page)
        view.inside.locator('path[data-region][aria-label*=":"]').first.wait_for()
        return view

    return open_at
