"""Address → a tab in the user's browser, without the address on any command line.

Every user of the machine can read command lines, so the browser is given a private file that leads on to it.
"""

import os
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path


@contextmanager
def opened_in_browser(address: str) -> Iterator[bool]:
    """Open `address` where there is a browser with a screen; yields whether one was found.

    The file that leads there (folder 0700, file 0600) is gone when the context ends.
    """
    with tempfile.TemporaryDirectory(prefix="iraq-map-") as folder:
        yield _has_screen() and _open(_leading_file(Path(folder), address))


def _has_screen() -> bool:
    """Whether a window can appear: on a text console `webbrowser` would take over the terminal."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open(page: Path) -> bool:
    try:
        return webbrowser.open(page.as_uri())
    except webbrowser.Error:
        return False


def _leading_file(folder: Path, address: str) -> Path:
    page = folder / "open.html"
    page.touch(mode=0o600)
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={escape(address)}">',
        encoding="utf-8",
    )
    return page
