"""Options that more than one command has."""

from collections.abc import Callable
from typing import Any

import click

from pipeline.read import fields


def _columns(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """("text=body", …) → {"text": "body", …}."""
    named = dict(one.partition("=")[::2] for one in given)
    for field, name in named.items():
        if field not in fields() or not name:
            raise click.BadParameter(f"{field!r}: write FIELD=NAME; a FIELD is one of {', '.join(fields())}")
    return named


def column_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command → the same with --column, handed on as ``columns``: {our field: the source's name}."""
    return click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=NAME",
        callback=_columns,
        help="The column or key that holds a field, e.g. text=body; usual names are known without.",
    )(command)
