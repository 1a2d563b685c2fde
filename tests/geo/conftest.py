import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest

from geo.boundaries import features
from geo.expected import Expected, read_expected
from geo.layer import CRS
from geo.places import Gazetteer, load_gazetteer
from geo.rows import CURATED

Damage = Callable[..., Path]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def expected() -> Expected:
    return read_expected(CURATED)


@pytest.fixture
def damage(tmp_path: Path) -> Damage:
    """(file, old, new), … → a copy of the curated folder in which each old text, there once, is new."""

    def spoil(*edits: tuple[str, str, str]) -> Path:
        folder = tmp_path / "curated"
        shutil.copytree(CURATED, folder)
        for file, old, new in edits:
            path = folder / file
            text = path.read_text("utf-8")
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
            path.write_text(text.replace(old, new), "utf-8", newline="")
        return folder

    return spoil


@pytest.fixture
def districts() -> geopandas.GeoDataFrame:
    found = features("district", detail="full")["features"]
    return geopandas.GeoDataFrame.from_features(found, crs=CRS).set_index("id")


@pytest.fixture
def governorates() -> geopandas.GeoDataFrame:
    found = features("governorate", detail="full")["features"]
    return geopandas.GeoDataFrame.from_features(found, crs=CRS).set_index("id")
