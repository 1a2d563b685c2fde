"""A language and a level → the map, drawn once by folium into a page of its own that the dashboard frames.

The page asks nobody for anything but its own files beside it, and holds no figures: colours, counts, the
selection and whether the disputed layer shows come later, by message (static/map.js).

folium gets shapes and ids, never a text: branca reads what it has written once more as a Jinja template, so a
name with ``{{ }}`` in it would run here. Names come to the page as JSON without Jinja's braces and without
anything that ends a script, and the script there sets them as text.
"""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import folium
from branca.element import MacroElement
from folium.template import Template

from geo import boundaries
from geo.places import Gazetteer
from panels.figures.classes import NO_DATA
from panels.figures.hatch import DARK, Extent, hatch_fill, hatch_patterns
from panels.figures.markup import Html, escape, tag
from panels.labels import Labels

Level = Literal["governorate", "district"]
Features = Mapping[str, Any]

FOLDER = "map"  # of the pages, below static/; they reach their files by "../"
MIDDLE_OF_IRAQ = (33.2, 43.7)  # lat, lon; until the script fits the whole country into the frame

_LEAFLET = "Leaflet 1.9.4"
_BORDER = "#47535c"
_REGION_STYLE = {"color": _BORDER, "weight": 0.8, "fillColor": NO_DATA, "fillOpacity": 1}
_OUTLINE_STYLE = {"color": _BORDER, "weight": 2, "fill": False}
_DISPUTED_STYLE = {"color": DARK, "weight": 1.4, "dashArray": "5 3", "fillOpacity": 1}
_PANES = (("regions", 410), ("outlines", 420), ("disputed", 430), ("selection", 440), ("names", 450))


class OfflineMap(folium.Map):
    """folium's map with the two files it needs, from beside the page, instead of ten from elsewhere."""

    default_js = [("leaflet", "../leaflet/leaflet.js"), ("map", "../map.js")]  # noqa: RUF012 — as in folium
    default_css = [("leaflet_css", "../leaflet/leaflet.css"), ("map_css", "../map.css")]  # noqa: RUF012 — the same


class _HandOver(MacroElement):
    """What folium drew → static/map.js: the layers by name, and plain data."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "showRegions({ map: {{ this._parent.get_name() }}, facts: {{ this.facts }},"
        "{% for name, layer in this.layers.items() %} {{ name }}: {{ layer.get_name() }},{% endfor %} });"
        "{% endmacro %}"
    )

    def __init__(self, layers: Mapping[str, folium.GeoJson], facts: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "HandOver"
        self.layers, self.facts = layers, _inert_json(facts)


def map_page(level: Level, *, labels: Labels, gazetteer: Gazetteer, static: Path) -> str:
    """A level and a language's words → the page's path below ``static``, written if it is not there yet.

    The name carries a digest of all that the page is made of: a page is never stale, and drawn once. Pages of
    other versions stay, for another server may be showing them; `make clean` deletes all.
    """
    regions = boundaries.features(level)
    path = static / FOLDER / f"{level}-{labels.lang}-{_digest(regions, labels, gazetteer)}.html"
    if not path.is_file():
        page = render_page(level, regions, labels=labels, gazetteer=gazetteer)
        _write_whole(path, page)
    return f"{FOLDER}/{path.name}"


def render_page(level: Level, regions: Features, *, labels: Labels, gazetteer: Gazetteer) -> str:
    """GeoJSON of the regions (lon, lat; feature ids are place ids) and the words → the page's HTML."""
    drawing = OfflineMap(
        location=MIDDLE_OF_IRAQ, tiles=None, zoom_control=False, zoom_snap=0, attribution_control=False
    )
    for name, z_index in _PANES:
        folium.map.CustomPane(name, z_index=z_index, pointer_events=name == "regions").add_to(drawing)
    layers = {
        "regions": _layer(_from_north(regions, gazetteer), "regions", _REGION_STYLE),
        "outlines": _layer(_outlines(level), "outlines", _OUTLINE_STYLE),
        "disputed": _disputed_layer(gazetteer),
    }
    for layer in layers.values():
        layer.add_to(drawing)
    _HandOver(layers, _facts(level, regions, labels=labels, gazetteer=gazetteer)).add_to(drawing)
    root: Any = drawing.get_root()
    root.title = escape(labels["map.title"])
    root.html.add_child(folium.Element((_patterns() + _footer(labels)).replace("{", "&#123;")))
    return str(root.render())


def _layer(features: Features, pane: str, style: Mapping[str, object]) -> folium.GeoJson:
    return folium.GeoJson(
        features,
        style_function=lambda _: dict(style),
        pane=pane,
        interactive=pane == "regions",
        smooth_factor=0,
    )


def _from_north(regions: Features, gazetteer: Gazetteer) -> dict[str, Any]:
    """Regions → the same from north to south, the order of the keyboard, with nothing but their ids."""
    features = sorted(regions["features"], key=lambda feature: -gazetteer.places[feature["id"]].lat)
    return _collection([feature | {"properties": {"id": feature["id"]}} for feature in features])


def _region_words(region_id: str, *, labels: Labels, gazetteer: Gazetteer) -> dict[str, str]:
    """A region → its name, and the note of its tooltip: whether the list holds it, or a part of it."""
    row = gazetteer.disputed_units().get(region_id)
    note = labels.text(f"map.disputed_{row.extent}", date=_isolated(row.source_date)) if row else ""
    return {"name": gazetteer.label(region_id, labels.lang), "note": note}


def _isolated(date: str) -> str:
    """A date → the same between isolates, or its parts turn round in right-to-left text."""
    return f"\u2066{date}\u2069"


def _outlines(level: Level) -> Features:
    """The governorates' borders over a map of districts; over their own map none."""
    return boundaries.features("governorate") if level == "district" else _collection([])


def _disputed_layer(gazetteer: Gazetteer) -> folium.GeoJson:
    """The districts of the list, over either level: hatched wider where only a part is listed."""
    listed = gazetteer.disputed_units()
    shapes = [feature for feature in boundaries.features("district")["features"] if feature["id"] in listed]

    def style(feature: Features) -> dict[str, object]:
        extent: Extent = "part" if listed[feature["id"]].extent == "part" else "whole"
        return _DISPUTED_STYLE | {"fillColor": hatch_fill(extent)}

    return folium.GeoJson(
        _collection(shapes), style_function=style, pane="disputed", interactive=False, smooth_factor=0
    )


def _collection(features: list[Features]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _facts(level: Level, regions: Features, *, labels: Labels, gazetteer: Gazetteer) -> dict[str, object]:
    """What the script must know and is no shape: names to write on the map (lat, lon), words, direction."""
    shown = [("governorate", feature["id"]) for feature in boundaries.features("governorate")["features"]]
    if level == "district":
        shown += [("district", feature["id"]) for feature in regions["features"]]
    places = [(kind, gazetteer.places[place_id]) for kind, place_id in shown]
    return {
        "lang": labels.lang,
        "dir": labels.dir,
        "help": labels["map.help"],
        "zoomIn": labels["map.zoom_in"],
        "zoomOut": labels["map.zoom_out"],
        "regions": {
            feature["id"]: _region_words(feature["id"], labels=labels, gazetteer=gazetteer)
            for feature in regions["features"]
        },
        "names": [
            {"level": kind, "at": [place.lat, place.lon], "text": gazetteer.label(place.id, labels.lang)}
            for kind, place in places
        ],
    }


def _patterns() -> Html:
    return tag("svg", hatch_patterns(), width="0", height="0", aria_hidden="true")


def _footer(labels: Labels) -> Html:
    """Below the map and not over it, so that nothing of either is cut off in a narrow frame."""
    said = [
        tag("p", labels["map.disclaimer"], class_="disclaimer"),
        tag("p", f"{boundaries.attribution()} {_LEAFLET}.", dir="ltr"),
    ]
    return tag("footer", *said, dir=labels.dir, lang=labels.lang)


def _inert_json(value: object) -> str:
    """A value → JSON that stays data in a script that Jinja reads on its way: no `<`, none of its braces."""
    written = json.dumps(value).replace("<", r"\u003c")
    for opening in ("{{", "{%", "{#"):  # in JSON only ever within a string
        written = written.replace(opening, opening.replace("{", r"\u007b"))
    return written


def _digest(regions: Features, labels: Labels, gazetteer: Gazetteer) -> str:
    """All that the page is made of → 16 hex digits."""
    words = {key: labels[key] for key in labels.words if key.startswith(("map.", "meta."))}
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    parts = [version("folium"), gazetteer.digest, boundaries.attribution(), regions, words, code]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _write_whole(path: Path, page: str) -> None:
    """Write by way of a file beside it, so that no browser and no second process ever reads half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as half:
        half.write(page)
    Path(half.name).chmod(0o644)
    Path(half.name).replace(path)
