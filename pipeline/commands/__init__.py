"""The commands of `python -m pipeline`, a module a command, each with a `command` for click."""

from pathlib import Path

DEFAULT_STORE = Path("corpus/iraq.gpkg")
