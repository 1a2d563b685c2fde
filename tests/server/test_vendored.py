"""What lies in static/ is what static/VENDORED.md says, byte for byte, and nothing else."""

import hashlib
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
LISTED = dict(
    re.findall(
        r"^\| `([^`]+)` \| ([0-9a-f]{64}) \|$", (STATIC / "VENDORED.md").read_text("utf-8"), re.MULTILINE
    )
)
OWN = {"VENDORED.md", "map.css", "map.js"}


def files() -> set[str]:
    found = (path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())
    return {name for name in found if not name.startswith("map/")}


def test_every_listed_file_has_the_hash_listed() -> None:
    assert {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in LISTED} == LISTED


def test_no_file_lies_there_unlisted() -> None:
    assert files() - OWN == set(LISTED)


def test_every_package_ships_its_licence() -> None:
    assert {name for name in LISTED if "LICENSE" in name} == {
        "leaflet/LICENSE",
        "fonts/LICENSE-noto-naskh-arabic",
        "fonts/LICENSE-vazirmatn",
    }


def test_the_fonts_that_the_theme_names_are_there_and_come_from_the_app_itself() -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    urls = {face["url"] for face in theme["fontFaces"]}
    assert urls == {f"app/static/{name}" for name in LISTED if name.endswith(".woff2")}
