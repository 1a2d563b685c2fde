"""Found ↔ frames on a socket: four bytes of length, then a JSON object in UTF-8.

JSON and not pickle, and every field checked: the sender has parsed a hostile file and may be in its hands.
"""

import json
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, get_args, get_type_hints

from pipeline.langid import CODES, MIXED, UNDECIDED
from pipeline.read.source import Found, Skipped
from pipeline.records import UNTOLD, Article, Refusal, article_id

MAX_FRAME = 96 << 20
"""Bytes in a frame at most: a text of 16 M letters, four bytes each, and room for the rest."""

_LANGUAGES = frozenset({*CODES, MIXED, UNDECIDED, UNTOLD})
_DECLARED = frozenset({*CODES, None})
_LENGTH = struct.Struct(">I")
_KINDS: Mapping[str, type[Article] | type[Refusal] | type[Skipped]] = {
    "article": Article,
    "refusal": Refusal,
    "skipped": Skipped,
}

Frame = dict[str, Any]


class BrokenFrameError(Exception):
    """What came is no frame, or no record that a reader could have made."""


def send(line: socket.socket, frame: Mapping[str, object]) -> None:
    """A frame → the other end; waits while the other end is busy."""
    body = json.dumps(frame, ensure_ascii=False).encode()
    line.sendall(_LENGTH.pack(len(body)) + body)


def receive(line: socket.socket, *, seconds: float | None = None) -> Frame:
    """The next frame. Raises EOFError where the other end is gone, TimeoutError, BrokenFrameError."""
    deadline = None if seconds is None else time.monotonic() + seconds
    (size,) = _LENGTH.unpack(_take(line, _LENGTH.size, deadline))
    if size > MAX_FRAME:
        raise BrokenFrameError(f"a frame of {size} bytes")
    try:
        frame = json.loads(_take(line, size, deadline))
    except (ValueError, RecursionError) as error:
        raise BrokenFrameError("no JSON") from error
    if not isinstance(frame, dict):
        raise BrokenFrameError("no object")
    return frame


def _take(line: socket.socket, count: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < count:
        line.settimeout(None if deadline is None else max(0.001, deadline - time.monotonic()))
        more = line.recv(min(count - len(data), 1 << 20))
        if not more:
            raise EOFError
        data += more
    return bytes(data)


def to_frame(found: Found) -> Frame:
    """What a reader found → its frame."""
    kind = next(name for name, type_ in _KINDS.items() if isinstance(found, type_))
    return {kind: asdict(found)}


def from_frame(frame: Frame, *, origin: str) -> Found:
    """A frame → what was found. Raises BrokenFrameError where no reader of ``origin`` can have made it."""
    kind, values = next(iter(frame.items()), ("", None))
    if len(frame) != 1 or kind not in _KINDS or not isinstance(values, dict):
        raise BrokenFrameError(f"unknown frame {kind[:20]!a}")
    record: Callable[..., Found] = _KINDS[kind]
    types = get_type_hints(record)
    if values.keys() != types.keys():
        raise BrokenFrameError(f"{kind} with other fields")
    found = record(**{name: _checked(value, types[name]) for name, value in values.items()})
    if not _is_sound(found, origin):
        raise BrokenFrameError(f"{kind} that contradicts itself")
    return found


def _checked(value: object, type_: object) -> object:
    """A value of JSON → the value of a record's field of this type: a list becomes a tuple of texts."""
    if type_ == tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
    elif any(type(value) is one for one in get_args(type_) or (type_,)):
        return value
    raise BrokenFrameError(f"{type(value).__name__} where {type_} belongs")


def _is_sound(found: Found, origin: str) -> bool:
    """Whether a record is of this file, harmless in a terminal, and an article what its id says."""
    if isinstance(found, Skipped):
        return found.kind.isprintable() and found.count > 0
    # What lies in a gzip file goes by the name it had before.
    if not (found.origin.startswith(origin.removesuffix(".gz")) and found.origin.isprintable()):
        return False
    if isinstance(found, Refusal):
        return found.code.isprintable() and found.message.isprintable()
    return (
        0 <= found.title_end <= found.body_start <= len(found.text)
        and "\0" not in found.text
        and found.language in _LANGUAGES
        and found.declared in _DECLARED
        and found.id == article_id(found.text, found.source, found.url, found.published)
    )
