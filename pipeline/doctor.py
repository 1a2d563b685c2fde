"""This machine and this installation → what is as it must be, and what is not.

Each check is a function that returns its finding and raises nothing; tests spoil them one by one.
"""

import hashlib
import json
import os
import platform
import pyexpat
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import apsw

from pipeline import compiled
from pipeline.read.apart import walls

_HOUSE = Path(__file__).parent.parent
_PYTHON = (3, 11)
_SQLITE = (3, 51, 3)
_EXPAT = (2, 4)
_PINNED = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^\s#;]+)")
_SETTINGS: dict[tuple[str, str], object] = {
    ("server", "address"): "127.0.0.1",
    ("server", "enableXsrfProtection"): True,
    ("server", "enableCORS"): True,
    ("browser", "gatherUsageStats"): False,
    ("client", "showErrorDetails"): "none",
}
_STATIC = re.compile(r"^\| `(?P<name>[^`]+)` \| (?P<sha256>[0-9a-f]{64}) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Check:
    """A finding: ``seen`` says what is there, ``to_do`` what to do where it is not ``good``."""

    name: str
    good: bool
    seen: str
    to_do: str = ""


def examine(*, store: Path, house: Path = _HOUSE) -> Iterator[Check]:
    """All checks in order. ``house`` is the project's folder, ``store`` the store the map would read."""
    yield check_python(tuple(map(int, platform.python_version_tuple()[:2])))
    yield check_sqlite(apsw.sqlite_lib_version())
    yield check_expat(pyexpat.version_info)
    yield check_libraries(house / "requirements.txt")
    yield check_geocoder(compiled.current())
    yield check_readers(walls())
    yield check_store_folder(store)
    yield check_geo_data(house / "geo" / "data")
    yield check_static(house / "static")
    yield check_settings(house / ".streamlit" / "config.toml")


def check_python(found: tuple[int, ...]) -> Check:
    """Python is new enough."""
    return Check("Python", found >= _PYTHON, _dots(found), f"install Python {_dots(_PYTHON)} or newer")


def check_sqlite(found: str) -> Check:
    """The SQLite that the store speaks through is free of the bug that loses committed writes."""
    good = tuple(map(int, found.split("."))) >= _SQLITE
    return Check("SQLite", good, found, f"install the pinned apsw, which brings {_dots(_SQLITE)} or newer")


def check_expat(found: tuple[int, ...]) -> Check:
    """The XML parser limits what entities may grow to."""
    return Check(
        "expat", found >= _EXPAT, _dots(found), f"update Python: its expat is older than {_dots(_EXPAT)}"
    )


def check_libraries(pins: Path) -> Check:
    """Every library that is pinned is installed in that version."""
    try:
        pinned = _PINNED.findall(pins.read_text(encoding="utf-8"))
    except OSError as error:
        return Check("libraries", good=False, seen=_reason(error), to_do=f"restore {pins.name}")
    wrong = [
        f"{name} {_installed(name) or 'missing'}, not {want}"
        for name, want in pinned
        if _installed(name) != want
    ]
    seen = "; ".join(wrong) or f"{len(pinned)} as pinned"
    return Check(
        "libraries", not wrong and bool(pinned), seen, "run `make run`, which installs what is pinned"
    )


def check_geocoder(compiled_in: Path | None) -> Check:
    """Whether the geocoder runs as machine code or from its sources: the answers are the same."""
    seen = "from its sources (`make fast` compiles them)" if compiled_in is None else "compiled"
    return Check("geocoder", good=True, seen=seen)


def check_readers(confined: frozenset[str]) -> Check:
    """Untrusted files are read within limits of memory; the network is out of reach, by the system or by Python."""
    network = "no network" if "network" in confined else "network refused by Python alone"
    seen = f"memory limited, {network}" if "memory" in confined else f"memory without limit, {network}"
    to_do = "read files from strangers on Linux, where the limits hold"
    return Check("readers", "memory" in confined, seen, to_do)


def check_store_folder(store: Path) -> Check:
    """Only this account may look into the store, and it can be written."""
    folder = store.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        return Check("store", good=False, seen=f"{folder} cannot be written", to_do="choose another --store")
    if not store.exists():
        return Check("store", good=True, seen=f"{store} is not there yet, `run` makes it")
    closed = not store.stat().st_mode & (stat.S_IRWXO | stat.S_IRWXG)
    writable = os.access(store, os.W_OK)
    return Check("store", closed and writable, _mode(store), f"run: chmod 600 {store}")


def check_geo_data(folder: Path) -> Check:
    """The polygons are those that the build wrote."""
    try:
        files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        wrong = [name for name, facts in files.items() if _sha256(folder / name) != facts["sha256"]]
    except (OSError, ValueError, KeyError) as error:
        return Check("geo data", good=False, seen=_reason(error), to_do="run `make data`")
    seen = f"{', '.join(wrong)} changed" if wrong else f"{len(files)} files as built"
    return Check("geo data", not wrong, seen, "run `make data`")


def check_static(folder: Path) -> Check:
    """Fonts and Leaflet are there, unchanged: without them a page would show nothing or ask elsewhere."""
    try:
        listed = _STATIC.findall((folder / "VENDORED.md").read_text(encoding="utf-8"))
        wrong = [name for name, sha256 in listed if _sha256(folder / name) != sha256]
    except OSError as error:
        return Check("static", good=False, seen=_reason(error), to_do="restore static/ from the repository")
    seen = f"{', '.join(wrong)} changed" if wrong else f"{len(listed)} files as listed"
    return Check("static", not wrong and bool(listed), seen, "restore static/ from the repository")


def check_settings(path: Path) -> Check:
    """The dashboard listens here alone and tells nobody."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Check("settings", good=False, seen=_reason(error), to_do=f"restore {path.name}")
    wrong = [
        f"{table}.{key} is not {json.dumps(want)}"
        for (table, key), want in _SETTINGS.items()
        if tables.get(table, {}).get(key) != want
    ]
    return Check(
        "settings", not wrong, "; ".join(wrong) or "safe", f"restore {path.name} from the repository"
    )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _mode(path: Path) -> str:
    return f"{path} {stat.filemode(path.stat().st_mode)}"


def _dots(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{Path(error.filename or '').name}: {(error.strerror or 'unreadable').lower()}"
    return f"{type(error).__name__}: {error}"
