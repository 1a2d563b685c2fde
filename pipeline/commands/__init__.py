"""The commands of `python -m pipeline`, a module a command, each with a `command` for click."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_STORE = Path("corpus/iraq.gpkg")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def store_option(about: str) -> Decorator:
    """What a command does with a store → its option --store, handed on as ``store``."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, dir_okay=False),
        default=_STORE,
        show_default=True,
        help=about,
    )
