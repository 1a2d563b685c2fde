"""What is known about places, 2 of 2. Built files → polygons by level, and the district at a point.

EPSG:4326 throughout. GeoJSON holds (lon, lat), our functions take (lat, lon). A place's district comes from
``places``, never from its point: the layer's borders are coarse, and put the city of Amara outside Amara.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).resolve().parent / "data"

ShapeLevel = Literal["governorate", "district"]
Detail = Literal["full", "map"]
FeatureCollection = dict[str, Any]


def file_name(level: ShapeLevel, detail: Detail) -> str:
    """Level, detail → name of the built file."""
    return f"{level}s.map.geojson" if detail == "map" else f"{level}s.geojson"


@cache
def features(level: ShapeLevel, *, detail: Detail = "map") -> FeatureCollection:
    """Level → GeoJSON FeatureCollection, in the order of the ids; shared, so copy before you change it.

    A feature's id is its place id; properties are id and governorate, of districts also layer_name and
    shape_id. ``map`` has fewer points, for the screen; both levels of one detail share every edge.
    """
    found: FeatureCollection = json.loads((DATA / file_name(level, detail)).read_text("utf-8"))
    return found


def district_at(lat: float, lon: float) -> str | None:
    """WGS 84 degrees → id of the layer's district there; None outside Iraq.

    On a border, the district with the first id.
    """
    return _district_finder()(lat, lon)


def attribution() -> str:
    """The line that the licence of the polygons (CC BY 3.0 IGO) asks of every map and export."""
    return (
        "Boundaries: Iraq Central Statistics Office, OCHA Iraq (2021), by way of geoBoundaries, "
        "CC BY 3.0 IGO, simplified. Points: GeoNames, CC BY 4.0, and our own."
    )


@cache
def _district_finder() -> Callable[[float, float], str | None]:
    import shapely.geometry  # noqa: PLC0415 — takes a moment to load, and only this question needs it

    found = features("district", detail="full")["features"]
    ids = [feature["id"] for feature in found]
    tree = shapely.STRtree([shapely.geometry.shape(feature["geometry"]) for feature in found])

    def find(lat: float, lon: float) -> str | None:
        hits = tree.query(shapely.Point(lon, lat), predicate="intersects")
        return min(ids[hit] for hit in hits) if len(hits) else None

    return find
