"""Text → markup that shows it as exactly those characters: the only place where a string becomes HTML.

A plain ``str`` is text from somewhere and is escaped; an ``Html`` is markup made here. Joining or formatting
an ``Html`` gives a plain ``str`` again: what slips past these functions is escaped once more, never less.
"""

import html
from collections.abc import Iterable


class Html(str):
    """Markup known to be safe: made of escaped text by the functions of this module."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Text → the same characters as markup; an ``Html`` stays as it is."""
    return text if isinstance(text, Html) else Html(html.escape(text, quote=True))


def join(parts: Iterable[str], separator: str = "") -> Html:
    """Parts, each escaped unless it is markup → one piece of markup."""
    return Html(escape(separator).join(escape(part) for part in parts))


def tag(name: str, *children: str, **attributes: str | None) -> Html:
    """A name, children, attributes → one element; ``class_`` is class, ``data_x`` data-x, None is omitted."""
    written = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return Html(f"<{name}{''.join(written)}>{join(children)}</{name}>")


def bdi(text: str) -> Html:
    """A name or a text of unknown direction → the same, kept apart from the direction around it."""
    return tag("bdi", text)


def ltr(text: str) -> Html:
    """A date or number → the same, left to right and on one line: an ISO date turns round after Arabic text."""
    return tag("bdi", text, dir="ltr")


def address(text: str) -> Html:
    """A path or an address of the web → the same, left to right, broken where the line ends."""
    return tag("bdi", text, dir="ltr", class_="address")
