"""A correction made in the browser: the region loses the sentence at once, and the mark is struck through."""

import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from panels.labels import labels
from tests.server.started import started

EN = labels("en")


def test_a_rejected_mention_leaves_the_map_and_stays_in_the_article(
    page: Page, seed_store: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.gpkg"
    shutil.copy(seed_store, own)
    with started("--store", own) as server:
        page.goto(f"{server.address}&region=IQ-NI")
        page.get_by_role("button", name=EN["reading.read"]).click()
        page.get_by_text(EN["correct.title"]).click()
        box = page.get_by_role("combobox", name=EN["correct.mention"])
        box.click()
        box.fill("Nineveh")
        page.get_by_role("option").click()
        page.get_by_label(EN["correct.author"]).fill("Layla")
        page.get_by_label(EN["correct.author"]).press("Tab")
        page.get_by_role("button", name=EN["correct.save"]).click()
        expect(page.get_by_text(EN["correct.saved"])).to_be_visible()
        expect(page.locator(".whole mark.rejected")).to_have_count(1)
        page.get_by_role("button", name=EN["article.back"]).click()
        expect(page.locator(".card mark")).to_have_count(0)
