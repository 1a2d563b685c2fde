"""Faults of the polygons: against the gazetteer, against each other, against the figures expected.

Takes the frames of ``geo.layer``; apart from the other checks because geopandas takes a second to load.
"""

from collections.abc import Iterator

import geopandas
import shapely

from geo.boundaries import Detail, ShapeLevel, features
from geo.expected import Expected
from geo.layer import CRS, area_km2
from geo.places import Gazetteer, Place

OUTSIDE = "OUTSIDE"


def shape_faults(
    districts: geopandas.GeoDataFrame,
    governorates: geopandas.GeoDataFrame,
    *,
    gazetteer: Gazetteer,
    expected: Expected,
) -> list[str]:
    """Districts and governorates of one detail → what is wrong with them."""
    return [
        *_identity_faults(districts, governorates, gazetteer),
        *_coverage_faults("districts", districts, count=expected.districts_with_polygon),
        *_coverage_faults("governorates", governorates, count=expected.governorates),
        *_area_faults(districts, expected),
    ]


def point_faults(districts: geopandas.GeoDataFrame, *, gazetteer: Gazetteer, expected: Expected) -> list[str]:
    """Districts in full detail → the named points on the wrong side of a border, against their notes."""
    shapes = dict(zip(districts["shape_id"], districts.geometry, strict=True))
    located = [place for place in gazetteer.places.values() if place.shape_id in shapes]
    faults = [fault for place in located for fault in _point_fault(place, shapes[place.shape_id])]
    flagged = sum(OUTSIDE in place.note for place in located)
    if flagged != expected.points_outside:
        faults.append(f"places.csv: {flagged} points noted as {OUTSIDE}, not {expected.points_outside}")
    return faults


def _point_fault(place: Place, polygon: shapely.Geometry) -> Iterator[str]:
    inside, noted = shapely.covers(polygon, shapely.Point(place.lon, place.lat)), OUTSIDE in place.note
    if not inside and not noted:
        yield f"places.csv: {place.id} lies outside of {place.layer_name}: move it, or note {OUTSIDE}"
    elif inside and noted:
        yield f"places.csv: {place.id} lies inside {place.layer_name}: take {OUTSIDE} out of its note"


def _identity_faults(
    districts: geopandas.GeoDataFrame, governorates: geopandas.GeoDataFrame, gazetteer: Gazetteer
) -> Iterator[str]:
    """Built files are stale when a row that they repeat was edited since."""
    drawn = {
        place.id: (place.parent_id, place.layer_name, place.shape_id)
        for place in gazetteer.places.values()
        if place.level == "district" and place.shape_id
    }
    columns = districts[["governorate", "layer_name", "shape_id"]]
    if dict(zip(districts.index, columns.itertuples(index=False, name=None), strict=True)) != drawn:
        yield "districts: ids, parents or polygons are not those of places.csv: run `python -m geo.build`"
    if set(governorates.index) != {p.id for p in gazetteer.places.values() if p.level == "governorate"}:
        yield "governorates: ids are not those of places.csv: run `python -m geo.build`"


def _coverage_faults(what: str, frame: geopandas.GeoDataFrame, *, count: int) -> Iterator[str]:
    polygons = frame.geometry.to_numpy()
    if len(frame) != count:
        yield f"{what}: {len(frame)} polygons, not {count}"
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        yield f"{what}: {frame.crs} is not EPSG:4326"
    if not shapely.is_valid(polygons).all():
        yield f"{what}: an invalid polygon"
    if not shapely.coverage_is_valid(polygons):
        yield f"{what}: neighbours overlap or do not share their edges"
        return
    whole = shapely.coverage_union_all(polygons)
    if shapely.get_num_interior_rings(shapely.get_parts(whole)).any():
        yield f"{what}: a hole in the country"


def _area_faults(districts: geopandas.GeoDataFrame, expected: Expected) -> Iterator[str]:
    area = area_km2(districts)
    if abs(area / expected.area_km2 - 1) > expected.area_tolerance:
        wanted = f"{expected.area_km2:,.0f} ± {expected.area_tolerance:.0%}"
        yield f"districts: {area:,.0f} km² in all, not {wanted}"


def built_faults(*, gazetteer: Gazetteer, expected: Expected) -> list[str]:
    """What is wrong with the polygons in ``geo/data/``, in both details."""
    faults: list[str] = []
    details: tuple[Detail, ...] = ("full", "map")
    for detail in details:
        districts, governorates = _frame("district", detail), _frame("governorate", detail)
        faults += shape_faults(districts, governorates, gazetteer=gazetteer, expected=expected)
        if detail == "full":
            faults += point_faults(districts, gazetteer=gazetteer, expected=expected)
    return faults


def _frame(level: ShapeLevel, detail: Detail) -> geopandas.GeoDataFrame:
    found = features(level, detail=detail)["features"]
    return geopandas.GeoDataFrame.from_features(found, crs=CRS).set_index("id")
