"""One report of several outlets, as an analyst meets it: counted once, opened, read in another outlet's words."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from panels.labels import labels
from tests.browser.conftest import NARROW, Show
from tests.browser.test_reading import WIDER_THAN_PAGE
from tests.panels.made import HOSTILE
from tests.server.started import ROOT, Started, started

EN, AR = labels("en"), labels("ar")
REPORT = (
    "أفاد مصدر أمني بأن مسلحين مجهولين قتلوا ليلة الأربعاء فلاحين اثنين وأحرقوا حاصدتهما في حقل للحنطة جنوبي كركوك."
    " وقال المصدر إن الضحيتين شقيقان من إحدى القرى، وإن المهاجمين تركوا دراجة نارية مفخخة جرى تفكيكها عند الفجر."
)
OUTLETS = ("الرافدين", "الشمال", *HOSTILE)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """The guarded dashboard over one story of several outlets, in place of the one over the seeds."""
    folder = tmp_path_factory.mktemp("stories")
    lines = [
        {"title": f"عنوان {at} {name}", "text": REPORT, "source": name, "published": f"2026-05-{20 + at}"}
        for at, name in enumerate(OUTLETS)
    ]
    news, store = folder / "news.jsonl", folder / "stories.gpkg"
    news.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    run = [sys.executable, "-m", "pipeline", "run", str(news), "--store", str(store)]
    subprocess.run(run, cwd=ROOT, check=True, capture_output=True, timeout=120)
    with started("--store", store) as server:
        yield server


def test_a_story_is_counted_once_and_leads_to_every_outlet_that_tells_it(show: Show) -> None:
    page = show("region=IQ-KI").page
    expect(page.locator(".card")).to_have_count(len(OUTLETS))
    page.get_by_role("radio", name=EN["measure.stories"]).click()
    expect(page).to_have_url(re.compile("measure=stories"))
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".region .quiet")).to_contain_text("1 story")
    page.get_by_text(EN["story.outlets"].format(n=len(OUTLETS))).click()
    expect(page.locator(".copies li")).to_have_count(len(OUTLETS) - 1)
    page.locator(".copies a").first.click()
    expect(page.locator(".whole h2")).to_contain_text("عنوان 1")
    said = labels("en").text("story.elsewhere", n=len(OUTLETS) - 1)
    expect(page.locator(".copies summary")).to_have_text(said)
    page.locator(".st-key-back button").click()
    expect(page.locator(".card")).to_have_count(1)


def test_outlets_that_mean_harm_are_listed_as_text(show: Show) -> None:
    page = show("region=IQ-KI&measure=stories").page
    page.locator(".copies summary").click()
    expect(page.locator(".copies li").nth(1)).to_contain_text(HOSTILE[0])
    assert page.evaluate("window.hit ?? null") is None
    assert page.locator(".copies :is(img, svg, script, style, iframe)").count() == 0
    assert page.locator(".copies a:not([href^='?'])").count() == 0


def test_the_list_fits_a_narrow_page_from_right_to_left(show: Show) -> None:
    page = show("region=IQ-KI&measure=stories&lang=ar", size=NARROW).page
    page.locator(".copies summary").click()
    expect(page.locator(".copies li").first).to_be_visible()
    expect(page.get_by_role("radio", name=AR["measure.stories"])).to_be_checked()
    assert page.evaluate(WIDER_THAN_PAGE) == []
