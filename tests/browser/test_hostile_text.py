"""Articles and addresses that mean harm, in every field, in the real dashboard: characters, nothing else.

`watch` fails each test on any request to elsewhere and on any uncaught error of a script.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from playwright.sync_api import Page, expect

from panels.labels import labels
from tests.browser.conftest import Show
from tests.panels.made import HOSTILE
from tests.server.started import ROOT, Started, started

EN = labels("en")
NAMED = "في كركوك"
PARAMETERS = (
    "lang",
    "level",
    "measure",
    "region",
    "article",
    "disputed",
    "roles",
    "govs",
    "langs",
    "q",
    "page",
    "x",
)
RAN = """
() => ({
  ran: window.hit ?? null,
  shown: getComputedStyle(document.body).display,
  tags: document.querySelectorAll(":is(.card, .whole) :is(img, svg, script, style, iframe)").length,
})
"""


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One article for each payload, with it in every field that a report brings."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = [
        {
            "title": bad,
            "text": f"{bad} {NAMED} {bad}",
            "source": bad,
            "url": bad,
            "author": bad,
            "published": "2026-11-24",
        }
        for bad in HOSTILE
    ]
    news, store = folder / "news.jsonl", folder / "hostile.gpkg"
    news.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    run = [sys.executable, "-m", "pipeline", "run", str(news), "--store", str(store)]
    subprocess.run(run, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return store


@pytest.fixture(scope="module")
def app(hostile_store: Path) -> Iterator[Started]:
    """The guarded dashboard over `hostile_store`, in place of the one over the seeds."""
    with started("--store", hostile_store) as server:
        yield server


def nothing_ran(page: Page) -> None:
    assert page.evaluate(RAN) == {"ran": None, "shown": "block", "tags": 0}


def plain(text: str) -> str:
    """Text as the page shows it: signs that turn the writing round by their code."""
    return text.replace("\u202e", "U+202E").replace("\u2066", "U+2066")


def test_sentences_of_hostile_articles_are_shown_as_those_characters(show: Show) -> None:
    page = show("region=IQ-KI").page
    expect(page.locator(".card")).to_have_count(len(HOSTILE))
    shown = page.locator(".card").all_text_contents()
    missing = [bad for bad in HOSTILE if not any(text.count(plain(bad)) >= 2 for text in shown)]
    assert missing == []
    nothing_ran(page)


def settled(page: Page) -> None:
    """Waits until the server has sent all; a click in the midst of it may hit what is being replaced."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_hostile_articles_read_whole_are_text_in_every_field(show: Show) -> None:
    page = show("region=IQ-KI").page
    for n in range(len(HOSTILE)):
        expect(page.locator(".card")).to_have_count(len(HOSTILE))
        settled(page)
        page.get_by_role("button", name=EN["reading.read"]).nth(n).click()
        expect(page.locator(".whole .para")).to_have_count(2)
        shown = page.locator(".whole").text_content() or ""
        assert max(shown.count(plain(bad)) for bad in HOSTILE) >= 5
        nothing_ran(page)
        assert page.locator(".whole a:not([rel='noopener noreferrer nofollow'])").count() == 0
        settled(page)
        page.locator(".st-key-back button").click()


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_addresses_show_the_default_and_never_themselves(show: Show, bad: str) -> None:
    page = show("&".join(f"{name}={quote(bad)}" for name in PARAMETERS)).page
    page.locator(".foot").wait_for()
    nothing_ran(page)
    assert bad not in page.locator(".stMain").inner_text()
    for name in set(PARAMETERS) - {"x", "q"}:  # any words may be searched for; x is not ours
        expect(page.locator(".notice")).to_contain_text(EN[f"parameter.{name}"])


def test_a_long_address_is_read_and_answered(show: Show) -> None:
    """As long as the server takes: a longer one it refuses before anything reads it."""
    page = show("&".join(f"x{n}=1" for n in range(200)) + "&region=" + "A" * 2000).page
    expect(page.locator(".notice")).to_contain_text(EN["parameter.region"])


def test_words_typed_into_the_search_are_never_markup(show: Show) -> None:
    page = show().page
    page.get_by_test_id("stPopoverButton").click()
    typed = page.get_by_role("textbox", name=EN["controls.query"])
    for bad in (
        "<img src=x onerror=window.hit=1>",
        "![x](http://beacon.invalid/p.png)",
        'كركوك "',
        "NEAR(c) -x*",
    ):
        typed.fill(bad)
        typed.press("Enter")
        expect(page.get_by_test_id("stPopoverButton")).to_contain_text("1")
        expect(page).to_have_url(re.compile(f"[?&]q={re.escape(quote_plus(bad))}"))
        nothing_ran(page)
        expect(page.get_by_text(EN["state.damaged_title"])).to_have_count(0)
