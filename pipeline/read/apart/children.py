"""An open file → what a child process finds in it; the child's death → one refusal.

Children are started when first needed and kept for the next file, as a start costs more than a small file.
"""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ReadRefused
from pipeline.read.apart.walls import Limits
from pipeline.read.apart.wire import BrokenFrameError, Frame, from_frame, receive, send
from pipeline.read.door import Meter, Opened, refusal
from pipeline.read.source import Found

LIMITS = Limits()
MODULE = "pipeline.read.apart"
"""What a child runs behind its walls."""

_ROOT = Path(__file__).resolve().parents[3]
_WALLS = str(Path(__file__).with_name("walls.py"))
_PATIENCE = 60
"""Seconds that the start of a child may take on a machine that is busy."""
_IDLE = 2
"""Children kept for later at most."""


@dataclass(slots=True)
class _Child:
    """A child at the other end of ``line``, ready for a file or at work on one."""

    process: subprocess.Popen[bytes]
    line: socket.socket
    limits: Limits


_idle: list[_Child] = []


class _Failed(Exception):
    """A child gave up on its file or is lost: the code of the failures table, and what happened."""

    def __init__(self, code: str, what: str) -> None:
        self.code, self.what = code, what
        super().__init__(what)


def read_apart(
    opened: Opened,
    *,
    format: str | None,  # noqa: A002
    columns: Mapping[str, str],
    meter: Meter,
    limits: Limits | None = None,
) -> Iterator[Found]:
    """An opened file → what a child finds in it, in order; at last the refusal of a file that killed it.

    ``meter`` follows the child. Whoever stops asking in the middle costs the child its life, and no more.
    """
    limits, found, start = limits or LIMITS, 0, meter.done
    child, finished = None, False
    try:
        child = _take_child(limits)
        _hand_over(child, opened, format=format, columns=columns)
        while "end" not in (frame := _next_frame(child)):
            if "done" in frame:
                meter.done = start + _count(frame["done"])
            else:
                found += 1
                yield _found(frame, opened.origin)
        finished = frame["end"] is True
    except _Failed as failed:
        yield refusal(_refused(opened.origin, failed, found))
    finally:
        if child:
            _give_back(child) if finished else _end(child)


def close_children() -> None:
    """End the children that wait for another file."""
    while _idle:
        _end(_idle.pop())


def walls() -> frozenset[str]:
    """Start a child → which of memory, disk, core and network the system confines for it; none if it fails."""
    told = subprocess.run(  # noqa: S603  this interpreter, a module of our own
        [sys.executable, _WALLS, "walls"],
        env=_environment(),
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return frozenset(told.stdout.split())


atexit.register(close_children)


def _take_child(limits: Limits) -> _Child:
    while _idle:
        child = _idle.pop()
        if child.limits == limits and child.process.poll() is None:
            return child
        _end(child)
    return _start(limits)


def _give_back(child: _Child) -> None:
    if len(_idle) < _IDLE:
        _idle.append(child)
    else:
        _end(child)


def _start(limits: Limits) -> _Child:
    ours, theirs = socket.socketpair()
    with theirs:
        number = theirs.fileno()
        process = subprocess.Popen(  # noqa: S603  this interpreter, a module of our own, and numbers
            [sys.executable, _WALLS, MODULE, str(number), str(limits.memory), str(limits.cpu)],
            pass_fds=[number],
            env=_environment(),
            cwd=_ROOT,
            start_new_session=True,  # Ctrl-C is for this process, which decides what becomes of the child
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    child = _Child(process, ours, limits)
    try:
        receive(ours, seconds=_PATIENCE)
    except (TimeoutError, EOFError, BrokenFrameError) as error:
        _end(child)
        raise _Failed("crashed", "could not be read, as no reader could be started") from error
    return child


def _environment() -> dict[str, str]:
    """All that a child learns of the environment: no key, no token, no proxy."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_IO_THREADS"), "1")
    python = {
        "PYTHONPATH": str(_ROOT),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {
        "PATH": os.defpath,
        "MALLOC_ARENA_MAX": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        **one_thread,
        **python,
    }


def _end(child: _Child) -> int:
    """Kill and bury a child → how it ended, as subprocess tells it."""
    child.line.close()
    child.process.kill()
    return child.process.wait()


def _hand_over(child: _Child, opened: Opened, *, format: str | None, columns: Mapping[str, str]) -> None:  # noqa: A002
    """Give a child its file: as an open descriptor, so that it needs no path and no right to one."""
    wish = {"origin": opened.origin, "suffix": opened.suffix, "format": format, "columns": dict(columns)}
    try:
        if opened.file:
            socket.send_fds(child.line, [b"f"], [opened.file.fileno()])
        else:
            with _spooled(opened.stream) as file:
                socket.send_fds(child.line, [b"f"], [file.fileno()])
        send(child.line, wish)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise _lost(child) from error


@contextmanager
def _spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A stream that is no file → a nameless file of the same bytes: most of these formats are read from the end."""
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file, 1 << 20)
        file.flush()
        yield file


def _next_frame(child: _Child) -> Frame:
    try:
        frame = receive(child.line, seconds=child.limits.wall)
    except TimeoutError as error:
        raise _Failed("timeout", f"went {child.limits.wall} s without a result") from error
    except (EOFError, ConnectionResetError) as error:
        raise _lost(child) from error
    except BrokenFrameError as error:
        raise _Failed("crashed", f"broke its reader, which sent {error}") from error
    if "failed" in frame:
        raise _Failed(*_failure(frame["failed"], child.limits))
    return frame


def _failure(told: object, limits: Limits) -> tuple[str, str]:
    """What a child told of its own failure → code and words."""
    if told == "memory":
        return "memory", f"needs more than {limits.memory >> 20} MB of memory to be read"
    if told == "depth":
        return "depth", "is nested too deeply"
    return "crashed", f"broke its reader ({str(told)[:60]})"


def _lost(child: _Child) -> _Failed:
    """Why a child is gone. What kills without a word is the system, for want of memory."""
    code = -child.process.wait()
    if code == signal.SIGXCPU:
        return _Failed("timeout", f"took more than {child.limits.cpu} s of computing without a result")
    if code == signal.SIGKILL:
        return _Failed("memory", "was being read when the system ended its reader, for want of memory")
    how = signal.Signals(code).name if code > 0 else f"exit code {-code}"
    return _Failed("crashed", f"broke its reader ({how})")


def _found(frame: Frame, origin: str) -> Found:
    try:
        return from_frame(frame, origin=origin)
    except BrokenFrameError as error:
        raise _Failed("crashed", f"broke its reader, which sent {error}") from error


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _refused(origin: str, failed: _Failed, found: int) -> ReadRefused:
    kept = f"; what was read before, {found} of its records, is kept" if found else ""
    return ReadRefused(
        origin=origin,
        code=failed.code,
        what=f"{failed.what}{kept}",
        to_do="save it anew from its source, or its text as .txt",
    )
