"""The store is a GeoPackage: what geopandas and GDAL make of it."""

from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely import wkb
from shapely.geometry import box

from pipeline.store import Store, correct
from pipeline.store.geography import load_geography
from pipeline.store.geopackage import multipolygon, point
from tests.pipeline.store.building import fill, marked


def read(path: Path, layer: str, **options: Any) -> Any:
    return geopandas.read_file(path, layer=layer, **options)


@pytest.fixture
def path(store: Store) -> Path:
    """A store with a few articles; GDAL reads it with an SQLite of its own."""
    fill(
        store,
        [
            marked("⟦كركوك|IQ-KI⟧ ثم ⟦كركوك|IQ-KI⟧ ثم ⟦بغداد|IQ-HA|government⟧", title="خبر"),
            marked("⟦الحويجة|hawija-district⟧", published=None),
        ],
    )
    return store.path


def test_gdal_lists_the_four_layers_and_nothing_beside(path: Path) -> None:
    layers = geopandas.list_layers(path).fillna("none")
    assert list(layers.itertuples(index=False, name=None)) == [
        ("regions", "MultiPolygon"),
        ("mentions", "Point"),
        ("places", "Point"),
        ("articles", "none"),
    ]


def test_regions_are_polygons_with_their_counts(path: Path) -> None:
    regions = read(path, "regions").set_index("id")
    assert regions.crs.to_epsg() == 4326
    assert (regions.loc["IQ-KI", "articles"], regions.loc["IQ-KI", "mentions"]) == (2, 3)
    assert (regions.loc["IQ-HA", "articles"], regions.loc["IQ-NI", "mentions"]) == (0, 0)
    assert regions.loc["IQ-KI", "geometry"].equals(box(44, 35, 45, 36))
    assert regions.loc["IQ-KI", "name_ar"] == "كركوك"
    assert set(regions["level"]) == {"governorate", "district", "area"}


def test_mentions_are_points_longitude_first(path: Path) -> None:
    mentions = read(path, "mentions")
    assert len(mentions) == 4
    first = mentions[mentions["place_id"] == "IQ-KI"].iloc[0]
    assert (first.geometry.x, first.geometry.y) == (44.3, 35.4)
    assert (first["surface"], first["role"], first["day"]) == ("كركوك", "place", "2026-02-23")


def test_a_correction_shows_in_the_layers(store: Store, path: Path) -> None:
    mention = store.db.execute("SELECT min(fid) FROM mention_rows").get
    correct(store, mention_id=mention, author="Nisreen", action="reject", base_revision=0)
    assert len(read(path, "mentions")) == 3
    assert read(path, "regions").set_index("id").loc["IQ-KI", "mentions"] == 2


def test_articles_are_a_table(path: Path) -> None:
    articles = read(path, "articles")
    assert articles["text"].iloc[0].startswith("خبر\nكركوك")
    assert set(articles["day"]) == {"2026-02-23", ""}


def test_a_layer_can_be_cut_out_by_a_box(path: Path) -> None:
    found = read(path, "mentions", bbox=(43.6, 35.2, 43.8, 35.4))
    assert list(found["place_id"]) == ["hawija-district"]


def test_a_geometry_is_a_header_and_wkb() -> None:
    blob = point(44.3, 35.4)
    assert blob[:8] == b"GP\x00\x01\xe6\x10\x00\x00"
    assert wkb.loads(blob[8:]).coords[0] == (44.3, 35.4)


def test_a_polygon_with_a_hole_keeps_it_and_has_its_envelope() -> None:
    outer = [(0, 0), (4, 0), (4, 2), (0, 2), (0, 0)]
    hole = [(1, 0.5), (1, 1), (2, 1), (1, 0.5)]
    blob = multipolygon({"type": "Polygon", "coordinates": [outer, hole]})
    shape: Any = wkb.loads(blob[8 + 32 :])
    assert shape.geom_type == "MultiPolygon"
    assert len(shape.geoms[0].interiors) == 1
    assert blob[3] == 0b0011


def test_the_projects_own_gazetteer_can_be_copied_in() -> None:
    geography = load_geography()
    regions = [place for place in geography.places if place.id in geography.shapes]
    by_level = {
        level: sum(place.level == level for place in regions) for level in ("governorate", "district")
    }
    assert by_level == {"governorate": 19, "district": 101}
    assert "disputed-territories" in geography.shapes
    districts = {place.district for place in geography.places if place.district}
    assert districts <= geography.shapes.keys()
