"""Step 6 of 6. The gazetteer and its polygons → what the store keeps a copy of.

The store joins mentions to places, districts to governorates and regions to polygons in SQL, and its file
travels without the project: so it holds its own copy, renewed whenever the digest of both changes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from geo.boundaries import features
from geo.places import Gazetteer, load_gazetteer


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as the store copies it. ``names`` by language (en, ar, ckb); a missing one is absent."""

    id: str
    level: str
    governorate: str | None
    district: str | None
    lat: float
    lon: float
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Geography:
    """All places, the regions' polygons (place id → GeoJSON geometry, EPSG:4326), and a digest of both.

    Every governorate, area and district of the layer is a region, whether it has a polygon here or not.
    """

    digest: str
    places: tuple[PlaceRow, ...]
    shapes: Mapping[str, Mapping[str, Any]]


@cache
def load_geography() -> Geography:
    """The project's own gazetteer and polygons → Geography; raises GeoDataError on faulty data."""
    gazetteer = load_gazetteer()
    shapes = {
        str(feature["id"]): feature["geometry"]
        for collection in (features("governorate"), features("district"))
        for feature in collection["features"]
    }
    places = tuple(_place_row(gazetteer, place_id) for place_id in sorted(gazetteer.places))
    drawn = hashlib.sha256(json.dumps(shapes).encode()).hexdigest()
    return Geography(f"{gazetteer.digest}:{drawn}", places, shapes | _areas(gazetteer, shapes))


def _place_row(gazetteer: Gazetteer, place_id: str) -> PlaceRow:
    place = gazetteer.places[place_id]
    return PlaceRow(
        place_id,
        place.level,
        gazetteer.governorate_of(place_id),
        gazetteer.district_of(place_id),
        place.lat,
        place.lon,
        place.names,
    )


def _areas(gazetteer: Gazetteer, shapes: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The areas whose districts are known → their union."""
    parts = {
        place.id: [
            shape(dict(shapes[part])) for part in sorted(gazetteer.members(place.id)) if part in shapes
        ]
        for place in gazetteer.places.values()
        if place.level == "area"
    }
    return {area: mapping(shapely.union_all(polygons)) for area, polygons in parts.items() if polygons}
