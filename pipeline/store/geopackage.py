"""Step 6 of 6. Geometries and layers as the OGC's GeoPackage 1.3 wants them, so that QGIS opens the store.

QGIS and GDAL bring an SQLite of their own: give them a copy or an export, not a store that is being written.
"""

import struct
from collections.abc import Iterable, Mapping
from typing import Any

import apsw

from pipeline.store.geography import Geography
from pipeline.store.schema import LEVELS

SRS_ID = 4326
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS = (
    ("WGS 84 geodetic", SRS_ID, "EPSG", SRS_ID, _WGS84, "longitude, latitude in decimal degrees"),
    (
        "Undefined cartesian SRS",
        -1,
        "NONE",
        -1,
        "undefined",
        "undefined cartesian coordinate reference system",
    ),
    (
        "Undefined geographic SRS",
        0,
        "NONE",
        0,
        "undefined",
        "undefined geographic coordinate reference system",
    ),
)
_FEATURES = (
    ("regions", "MULTIPOLYGON", "Governorates, districts and areas with their counts (role place)"),
    ("mentions", "POINT", "Every current mention, at the point of its place"),
    ("places", "POINT", "The gazetteer's places; many points are approximate"),
)


def register_layers(db: apsw.Connection) -> None:
    """Fill the GeoPackage's own tables of a store that has just been created."""
    db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
    contents = (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES (?, ?, ?, ?, ?)"
    )
    for name, kind, description in _FEATURES:
        db.execute(contents, (name, "features", name, description, SRS_ID))
        db.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (name, kind, SRS_ID))
    db.execute(contents, ("articles", "attributes", "articles", "Every article, verbatim", None))


def renew_geography(db: apsw.Connection, geography: Geography) -> None:
    """Copy places and polygons in, in place of an earlier gazetteer's; inside the caller's transaction."""
    db.execute("DELETE FROM places")
    db.execute("DELETE FROM region_shapes")
    db.executemany(
        "INSERT INTO places (geom, id, level, governorate, district, name_en, name_ar, name_ckb)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                point(p.lon, p.lat),
                p.id,
                p.level,
                p.governorate,
                p.district,
                *map(p.names.get, ("en", "ar", "ckb")),
            )
            for p in geography.places
        ),
    )
    db.executemany(
        "INSERT INTO region_shapes (geom, id, level, governorate) VALUES (?, ?, ?, ?)",
        _region_rows(geography),
    )


def _region_rows(geography: Geography) -> Iterable[tuple[bytes | None, str, str, str | None]]:
    for place in geography.places:
        if place.level in LEVELS and (place.level != "district" or place.district == place.id):
            shape = geography.shapes.get(place.id)
            yield (multipolygon(shape) if shape else None), place.id, place.level, place.governorate


def point(lon: float, lat: float) -> bytes:
    """Degrees → a GeoPackage point: header without envelope, then WKB, little-endian."""
    return _header(envelope=()) + struct.pack("<BIdd", 1, 1, lon, lat)


def multipolygon(geometry: Mapping[str, Any]) -> bytes:
    """A GeoJSON Polygon or MultiPolygon → a GeoPackage multipolygon with its envelope."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    corners = [corner for rings in polygons for ring in rings for corner in ring]
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    body = struct.pack("<BII", 1, 6, len(polygons)) + b"".join(map(_polygon, polygons))
    return _header(envelope=(min(lons), max(lons), min(lats), max(lats))) + body


def _polygon(rings: Iterable[Iterable[Iterable[float]]]) -> bytes:
    parts = [[(float(x), float(y)) for x, y in ring] for ring in rings]
    body = struct.pack("<BII", 1, 3, len(parts))
    for ring in parts:
        body += struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *corner) for corner in ring)
    return body


def _header(*, envelope: tuple[float, ...]) -> bytes:
    """Magic, version 0, flags (bit 0: little-endian, bits 1 to 3: envelope of four), srs_id, envelope."""
    flags = 0b0011 if envelope else 0b0001
    return struct.pack("<2sBBi", b"GP", 0, flags, SRS_ID) + struct.pack(f"<{len(envelope)}d", *envelope)
