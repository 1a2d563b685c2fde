"""Stores for the dashboard, small but real: made by the store's own functions."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline import store
from pipeline.records import Geocoded, StoredArticle
from tests.panels.made import stored

MakeStore = Callable[[Sequence[StoredArticle]], Path]


@pytest.fixture
def make_store(tmp_path: Path) -> MakeStore:
    """Articles with mentions → the path of a store that holds them."""

    def make(articles: Sequence[StoredArticle]) -> Path:
        path = tmp_path / "test.gpkg"
        batch = [Geocoded(one.article, tuple(found.mention for found in one.mentions)) for one in articles]
        with store.open_store(path, mode="write") as opened:
            run = store.begin_run(opened, code_version="test", rules="test")
            store.add_batch(opened, run, batch, [])
            store.finish_run(opened, run)
        return path

    return make


@pytest.fixture
def news(make_store: MakeStore) -> Path:
    """Three articles: Arabic on Kirkuk and Baghdad, Sorani on Kirkuk, English on Hawija, a district."""
    return make_store(
        [
            stored(
                "هجوم في ⟦كركوك|IQ-KI⟧. قالت ⟦بغداد|IQ-BG|government⟧ إنها ترفض.\nوفي ⟦كركوك|IQ-KI⟧ أيضا.",
                title="خبر من ⟦بغداد|IQ-BG|dateline⟧",
                id="arabic",
            ),
            stored(
                "لە ⟦کەرکووک|IQ-KI⟧ ڕوویدا.",
                title="هەواڵ",
                id="sorani",
                language="ckb",
                published="2026-11-20",
            ),
            stored(
                "A raid near ⟦Hawija|hawija-district⟧ and in the ⟦Kurdistan Region|kurdistan-region⟧.",
                title="Raid",
                id="english",
                language="en",
                published=None,
            ),
        ]
    )
