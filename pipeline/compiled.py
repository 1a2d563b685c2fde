"""The geocoder's modules as machine code: where they stand, if they were compiled (`pipeline.compiling`).

They are kept under a name made of the sources' digest and the interpreter's: after an edit, or under another Python,
they are passed over and the sources run, until they are compiled anew.
"""

import hashlib
import os
import sys
import sysconfig
from pathlib import Path

HOUSE = Path(__file__).parent.parent
# With any value, the sources run even where they were compiled: tests hold the two ways against each other.
UNCOMPILED_VARIABLE = "IRAQ_MAP_UNCOMPILED"
# What every text goes through, in paths relative to the project's folder.
SOURCES = tuple(
    f"pipeline/{name}.py"
    for name in (
        *("fold", "geocoding", "kinds", "language", "lexicon", "prepositions", "recognise", "spellings"),
        *("transliteration", "vocabulary", "wordlist"),
        *("resolve/__init__", "resolve/anchors", "resolve/beside", "resolve/context", "resolve/cues"),
        *("resolve/echo", "resolve/exceptions", "resolve/level", "resolve/ordinary", "resolve/outline"),
        *("resolve/place", "resolve/role", "resolve/subject", "resolve/topic"),
    )
)


def interpreter() -> str:
    """What compiled modules are for: "cpython-311-linux-x86_64"."""
    return f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}"


def folder(house: Path = HOUSE) -> Path:
    """The project's folder → where the modules stand that were compiled from its sources as they are now."""
    seal = hashlib.sha256()
    for source in SOURCES:
        seal.update((house / source).read_bytes())
    return house / ".cache" / "compiled" / f"{interpreter()}-{seal.hexdigest()[:16]}"


def current() -> Path | None:
    """The folder of compiled modules that are to be used, None where the sources are."""
    found = folder()
    return found if found.is_dir() and UNCOMPILED_VARIABLE not in os.environ else None
