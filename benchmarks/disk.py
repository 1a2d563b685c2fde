"""SQLite's disk, seen through: every write noted, one of them made to fail, or the process killed at one.

While a `noted`, `failing` or `killing` context lasts, every connection of this process goes through it.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal

import apsw

_BASE = "unix"
Kind = Literal["write", "truncate", "sync", "delete", "said"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked of the disk: ``data`` at ``offset`` of a file, or its new size as ``offset``.

    "said" is none of the disk's: it marks that the user was told so and so much is saved, as ``offset``.
    """

    kind: Kind
    file: str
    offset: int = 0
    data: bytes = b""


_Listener = Callable[[Step], None]


class _File(apsw.VFSFile):
    def __init__(self, name: apsw.URIFilename | str | None, flags: list[int], tell: _Listener) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        self._name, self._tell = Path(path).name, tell
        super().__init__(_BASE, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802  SQLite's names
        self._tell(Step("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._tell(Step("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._tell(Step("sync", self._name))
        super().xSync(flags)


class _Disk(apsw.VFS):
    def __init__(self, name: str, tell: _Listener) -> None:
        self._tell = tell
        super().__init__(name, _BASE, makedefault=True)

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(name, flags, self._tell)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001
        self._tell(Step("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


@contextmanager
def _through(name: str, tell: _Listener) -> Iterator[None]:
    disk = _Disk(name, tell)
    try:
        yield
    finally:
        disk.unregister()
        apsw.set_default_vfs(_BASE)


@contextmanager
def noted(steps: list[Step]) -> Iterator[None]:
    """All that is asked of the disk is done, and added to the list."""
    with _through("noted", steps.append):
        yield


@dataclass(slots=True)
class Fault:
    """The n-th step fails with this error, and if it ``lasts`` every one after it; ``met`` once it has."""

    at: int
    error: type[apsw.Error]
    lasts: bool
    met: bool = False
    _count: int = field(default=0)

    def tell(self, _: Step) -> None:
        """Count a step, and fail where it is its turn."""
        self._count += 1
        if self._count == self.at or (self.lasts and self._count > self.at):
            self.met = True
            raise self.error("made to fail")


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """The disk is sound until the fault."""
    with _through("failing", fault.tell):
        yield


@contextmanager
def killing(at: int) -> Iterator[None]:
    """This process is killed before its n-th step: as by SIGKILL from outside, but always at the same moment."""
    steps = count(1)

    def tell(_: Step) -> None:
        if next(steps) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    with _through("killing", tell):
        yield


FULL, BROKEN = apsw.FullError, apsw.IOError
Folder = dict[str, bytearray]


def replayed(before: Folder, steps: Sequence[Step], keep: Callable[[Step], Step | None]) -> Folder:
    """Files as they were, and steps → the files after a power cut.

    What was written and not yet synced may be there or not: ``keep`` says so, step by step, and may tear a write.
    """
    files = {name: bytearray(data) for name, data in before.items()}
    safe = {name: _last_sync(steps, name) for name in {step.file for step in steps}}
    for number, step in enumerate(steps):
        done = step if number < safe[step.file] else keep(step)
        if done is not None and done.file:  # what has no name is temporary, and gone with its process
            _apply(files, done)
    return files


def _last_sync(steps: Sequence[Step], name: str) -> int:
    syncs = [number for number, step in enumerate(steps) if step.kind == "sync" and step.file == name]
    return syncs[-1] if syncs else -1


def _apply(files: Folder, step: Step) -> None:
    if step.kind == "delete":
        files.pop(step.file, None)
    elif step.kind == "truncate":
        del files.setdefault(step.file, bytearray())[step.offset :]
    elif step.kind == "write":
        file = files.setdefault(step.file, bytearray())
        file.extend(bytes(max(0, step.offset - len(file))))
        file[step.offset : step.offset + len(step.data)] = step.data
