"""Built files ↔ the manifest that names them, with their digests and what made them."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from geo.expected import Source

FILE = "manifest.json"


def manifest(files: Mapping[str, bytes], *, source: Source, versions: Mapping[str, str]) -> bytes:
    """Built files by name, where they come from, versions of what made them → manifest.json."""
    told = {
        "made_by": "python -m geo.build",
        "source": asdict(source),
        "versions": dict(versions),
        "files": {
            name: {"bytes": len(raw), "sha256": sha256(raw).hexdigest()} for name, raw in files.items()
        },
    }
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def manifest_faults(folder: Path) -> list[str]:
    """Folder of built files → what differs from its manifest; cheap enough for every test run."""
    remedy = "run `python -m geo.build`"
    if not (folder / FILE).is_file():
        return [f"{FILE}: is missing: {remedy}"]
    told = json.loads((folder / FILE).read_bytes())["files"]
    there = {path.name for path in folder.glob("*.geojson")}
    faults = [f"{name}: is not in {FILE}: delete it, or {remedy}" for name in sorted(there - told.keys())]
    for name, entry in told.items():
        if name not in there:
            faults.append(f"{name}: is missing: {remedy}")
        elif sha256((folder / name).read_bytes()).hexdigest() != entry["sha256"]:
            faults.append(f"{name}: is not what was built: {remedy}")
    return faults
