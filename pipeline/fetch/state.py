"""What is remembered of a feed between two fetches: its ETag, its last change, and the pages that are done."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from pipeline.errors import ProjectError
from pipeline.fetch.address import refused_at

_REMEMBERED = 5000
"""Pages remembered of a feed; feeds hold far fewer."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """``done`` are addresses of pages in the order they were done; the others are as the server said them."""

    url: str
    etag: str | None = None
    modified: str | None = None
    done: tuple[str, ...] = ()

    def with_page(self, url: str) -> Self:
        """The state when a page is dealt with."""
        return replace(self, done=(*self.done, url)[-_REMEMBERED:])


def load_state(folder: Path, url: str) -> FeedState:
    """A feed's state, empty where it was never fetched. Raises FetchRefused "state" where the file is damaged."""
    path = _path(folder, url)
    try:
        known = json.loads(path.read_text("utf-8"))
        return FeedState(
            url=url,
            etag=_text(known["etag"]),
            modified=_text(known["modified"]),
            done=tuple(str(page) for page in known["done"]),
        )
    except FileNotFoundError:
        return FeedState(url)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise refused_at(
            url,
            "state",
            f"what is remembered of it in {path.name} is damaged",
            f"delete {path} to fetch its pages anew",
        ) from error


def save_state(folder: Path, state: FeedState) -> None:
    """A feed's state → its file, replaced whole or not at all. Raises ProjectError where it cannot be written."""
    path = _path(folder, state.url)
    beside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(state), file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise ProjectError(f"{path}: {reason}: make room or name another folder with --into") from error


def _path(folder: Path, url: str) -> Path:
    """No part of the address: a name from outside builds no path."""
    return folder / f"{hashlib.sha256(url.encode()).hexdigest()[:24]}.json"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
