"""The polygons that the map draws, and the district at a point."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from geo.boundaries import DATA, Detail, ShapeLevel, attribution, district_at, features, file_name
from geo.places import Gazetteer

Point = tuple[float, float]
FILES: list[tuple[ShapeLevel, Detail]] = [
    ("governorate", "full"),
    ("governorate", "map"),
    ("district", "full"),
    ("district", "map"),
]


def points(level: ShapeLevel, detail: Detail) -> Iterator[Point]:
    for feature in features(level, detail=detail)["features"]:
        for ring in rings(feature):
            yield from ring


def rings(feature: dict[str, Any]) -> list[list[Point]]:
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(x, y) for x, y in ring] for ring in itertools.chain(*polygons)]


def edges(level: ShapeLevel, detail: Detail) -> set[frozenset[Point]]:
    found = set()
    for feature in features(level, detail=detail)["features"]:
        for ring in rings(feature):
            found |= {frozenset(pair) for pair in itertools.pairwise(ring)}
    return found


@pytest.mark.parametrize(("level", "detail"), FILES)
def test_a_feature_is_named_by_its_place(level: ShapeLevel, detail: Detail, gazetteer: Gazetteer) -> None:
    found = features(level, detail=detail)
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == {"governorate": 19, "district": 101}[level]
    for feature in found["features"]:
        told = feature["properties"]
        assert feature["id"] == told["id"]
        assert gazetteer.places[told["id"]].level == level
        assert told["governorate"] == gazetteer.governorate_of(told["id"])


def test_a_district_keeps_the_layers_own_name() -> None:
    told = {feature["id"]: feature["properties"] for feature in features("district")["features"]}
    assert told["hawija-district"] == {
        "id": "hawija-district",
        "governorate": "IQ-KI",
        "layer_name": "Al-Hawiga",
        "shape_id": "34846034B30595990417134",
    }


@pytest.mark.parametrize(("level", "detail"), FILES)
def test_features_stand_in_the_order_of_their_ids(level: ShapeLevel, detail: Detail) -> None:
    ids = [feature["id"] for feature in features(level, detail=detail)["features"]]
    assert ids == sorted(ids)


@pytest.mark.parametrize(("level", "detail"), FILES)
def test_coordinates_are_longitude_and_latitude_in_iraq(level: ShapeLevel, detail: Detail) -> None:
    for lon, lat in points(level, detail):
        assert 38.7 < lon < 48.7
        assert 29.0 < lat < 37.5


@pytest.mark.parametrize(("level", "detail"), FILES)
def test_coordinates_have_five_decimals_and_four_on_the_screen(level: ShapeLevel, detail: Detail) -> None:
    decimals = {"full": 5, "map": 4}[detail]
    assert all(round(value, decimals) == value for point in points(level, detail) for value in point)


@pytest.mark.parametrize(("level", "detail"), FILES)
def test_outer_rings_run_counter_clockwise_and_close(level: ShapeLevel, detail: Detail) -> None:
    for feature in features(level, detail=detail)["features"]:
        for ring in rings(feature):
            doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))
            assert ring[0] == ring[-1]
            assert doubled > 0, feature["id"]


@pytest.mark.parametrize("detail", ["full", "map"])
def test_every_edge_of_a_governorate_is_an_edge_of_its_districts(detail: Detail) -> None:
    assert edges("governorate", detail) < edges("district", detail)


def test_the_screen_gets_fewer_points() -> None:
    levels: tuple[ShapeLevel, ...] = ("governorate", "district")
    for level in levels:
        assert sum(1 for _ in points(level, "map")) < sum(1 for _ in points(level, "full"))
    size = sum((DATA / file_name(level, "map")).stat().st_size for level in levels)
    assert size < 300_000


def test_polygons_are_read_once() -> None:
    assert features("district") is features("district")


@pytest.mark.parametrize(
    ("where", "lat", "lon", "district"),
    [
        ("the citadel of Kirkuk", 35.4700, 44.3960, "kirkuk-district"),
        ("the centre of Mosul", 36.3350, 43.1189, "mosul-district"),
        ("the citadel of Erbil", 36.1911, 44.0092, "erbil-district"),
        ("Tuz Khurmatu", 34.8881, 44.6326, "tuz-khurmatu-district"),
        ("Jalawla, newer than the layer", 34.2720, 45.1660, "khanaqin-district"),
        ("Said Sadiq, in the layer's Halabja", 35.3528, 45.8668, "halabja-district"),
        ("Tehran", 35.6892, 51.3890, None),
        ("Kuwait", 29.3759, 47.9774, None),
        ("lat and lon exchanged", 44.3960, 35.4700, None),
    ],
)
def test_a_point_lies_in_a_district(where: str, lat: float, lon: float, district: str | None) -> None:
    assert district_at(lat, lon) == district, where


def test_the_layer_puts_the_city_of_amara_outside_amara(gazetteer: Gazetteer) -> None:
    amara = gazetteer.places["amarah"]
    assert district_at(amara.lat, amara.lon) == "kahla-district"
    assert gazetteer.district_of("amarah") == "amarah-district"
    assert "OUTSIDE" in amara.note


def test_only_five_places_lie_outside_their_district(gazetteer: Gazetteer) -> None:
    drawn = [p for p in gazetteer.places.values() if p.shape_id]
    outside = {p.id for p in drawn if district_at(p.lat, p.lon) != gazetteer.district_of(p.id)}
    assert outside == {"amarah", "majidiya-amara", "darashakran", "multaqa", "khabat"}


def test_on_a_border_the_first_id_answers() -> None:
    corner = next(iter(points("district", "full")))
    sharing = [
        feature["id"]
        for feature in features("district", detail="full")["features"]
        if any(corner in ring for ring in rings(feature))
    ]
    lon, lat = corner
    assert district_at(lat, lon) == min(sharing)


def test_the_attribution_names_the_sources_and_their_licences() -> None:
    for owed in (
        "Central Statistics Office",
        "OCHA",
        "geoBoundaries",
        "CC BY 3.0 IGO",
        "GeoNames",
        "CC BY 4.0",
    ):
        assert owed in attribution()
