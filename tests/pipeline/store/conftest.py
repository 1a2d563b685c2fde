from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import Store
from tests.pipeline.store.building import open_test_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, open for writing, with the small gazetteer of ``building``."""
    with open_test_store(tmp_path / "corpus" / "iraq.gpkg") as opened:
        yield opened


@pytest.fixture
def other_store(tmp_path: Path) -> Iterator[Store]:
    """A second empty store, beside the first."""
    with open_test_store(tmp_path / "other" / "iraq.gpkg") as opened:
        yield opened
