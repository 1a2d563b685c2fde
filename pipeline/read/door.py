"""Paths → opened regular files, each with its head to judge it by.

Nothing but regular files is opened, a link out of the folder that was named is refused, and no pipe,
device or socket is ever waited for.
"""

import io
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from pipeline.errors import ReadRefused
from pipeline.records import Refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 1 << 18
"""Bytes by which encoding and format are judged."""

NOTES = frozenset({"readme", "sources", "license", "licence", "changelog"})
"""Stems of files that speak about a folder and are no reports: left out when a folder is walked."""


@dataclass(slots=True)
class Meter:
    """Bytes read so far, for a progress bar, and records passed over by kind; the one thing here that changes."""

    done: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as opened: ``stream`` starts at byte 0, ``head`` holds its first bytes, or all if ``whole``.

    ``file`` is what lies below the stream, where that is a regular file read from its beginning.
    """

    origin: str
    suffix: str
    stream: BinaryIO
    head: bytes
    whole: bool
    file: io.FileIO | None = None


class _Metered(io.RawIOBase):
    """The head again, then the rest of ``raw``; counts what is handed out.

    Where ``raw`` can go back it has done so, and no head is given: then this can go back too.
    """

    def __init__(self, head: bytes, raw: BinaryIO, meter: Meter) -> None:
        self._head, self._raw, self._meter = head, raw, meter
        self._seekable = not head and raw.seekable()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._seekable

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer).cast("B")
        if self._head:
            count = min(len(room), len(self._head))
            room[:count] = self._head[:count]
            self._head = self._head[count:]
        else:
            more = self._raw.read(len(room))
            count = len(more)
            room[:count] = more
        self._meter.done += count
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def read_up_to(stream: BinaryIO, most: int) -> bytes:
    """A stream → its bytes, one more than ``most`` where there are more. Costs the memory of what is there."""
    pieces, left = list[bytes](), most + 1
    while left and (piece := stream.read(min(left, HEAD))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def printable(name: str) -> str:
    """A file name → one line that is harmless in a log, a terminal and a table.

    Control and direction marks, and bytes that are no UTF-8, become backslash escapes.
    """
    return "".join(
        letter if letter.isprintable() and unicodedata.category(letter) != "Cf" else ascii(letter)[1:-1]
        for letter in name
    )


def refusal(error: ReadRefused) -> Refusal:
    """The error → the row of the failures table that keeps it."""
    return Refusal(origin=error.origin, code=error.code, message=str(error))


def find_files(path: Path) -> Iterator[Path | Refusal]:
    """A file or a folder → the files to read, in sorted order; what cannot be read → its refusal.

    Hidden files, a folder's own notes (README.md, SOURCES.md …) and the parts of saved web pages (NAME_files
    beside NAME.html) are left out; a folder reached by a link is not entered, as what lies inside the named
    folder is found under its own name.
    """
    if path.is_dir():
        yield from _walk(path)
        return
    try:
        path.lstat()
    except OSError as error:
        yield refusal(_unreadable(path, error))
    else:
        yield path


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    root = os.path.realpath(folder)  # unlike Path.resolve it takes a link to itself
    faults: list[OSError] = []
    for name, folders, files in os.walk(folder, onerror=faults.append):
        yield from (refusal(_unreadable(Path(fault.filename), fault)) for fault in faults)
        faults.clear()
        here = Path(name)
        links = [entry for entry in folders if (here / entry).is_symlink()]
        folders[:] = sorted(
            entry for entry in folders if not (entry.startswith(".") or _is_part(here / entry))
        )
        for entry in sorted(files + links):
            found = here / entry
            if is_left_out(found):
                continue
            if found.is_symlink() and not Path(os.path.realpath(found)).is_relative_to(root):
                yield refusal(_link_outside(found))
            elif entry in files:
                yield found
    yield from (refusal(_unreadable(Path(fault.filename), fault)) for fault in faults)


def is_left_out(path: PurePath) -> bool:
    """Whether a file of a folder or an archive is hidden, or a note that speaks about the rest."""
    return path.name.startswith(".") or (path.suffix.lower() == ".md" and path.stem.lower() in NOTES)


def _is_part(folder: Path) -> bool:
    """Whether a folder holds the pictures and scripts of a web page that a browser saved beside it."""
    page = folder.name.removesuffix("_files")
    return page != folder.name and any((folder.parent / f"{page}{end}").exists() for end in (".html", ".htm"))


def _link_outside(path: Path) -> ReadRefused:
    return ReadRefused(
        origin=printable(str(path)),
        code="link",
        what="a link that leads out of the folder named",
        to_do="name the file it leads to if you mean it",
    )


def _unreadable(path: Path, error: OSError) -> ReadRefused:
    origin = printable(str(path))
    if isinstance(error, FileNotFoundError):
        return ReadRefused(
            origin=origin, code="missing", what="no such file or folder", to_do="check the path"
        )
    reason = (error.strerror or "cannot be read").lower()
    return ReadRefused(
        origin=origin, code="unreadable", what=reason, to_do="check the file and its permissions"
    )


def open_file(path: Path, *, meter: Meter) -> Opened:
    """A path → the opened file. Only regular files; raises ReadRefused for all else, and never waits.

    A path that is itself a link is followed: `find_files` has judged those inside a folder.
    """
    try:
        number = os.open(os.path.realpath(path), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(path, error) from error
    raw = io.FileIO(number, "rb") if stat.S_ISREG(os.fstat(number).st_mode) else None
    if raw is None:
        os.close(number)
        raise ReadRefused(
            origin=printable(str(path)),
            code="not-a-file",
            what="neither a regular file nor a folder",
            to_do="name a file, or - for standard input",
        )
    opened = open_stream(raw, origin=printable(str(path)), suffix=path.suffix.lower(), meter=meter)
    return replace(opened, file=raw)


def open_stream(raw: BinaryIO, *, origin: str, meter: Meter, suffix: str = "") -> Opened:
    """An open binary stream → the same with its head known; waits for the head or the end."""
    try:
        start = raw.tell() if raw.seekable() else None
        head, whole = _head(raw)
        if start is not None:
            raw.seek(start)
    except OSError as error:
        raise _unreadable(Path(origin), error) from error
    metered = _Metered(head if start is None else b"", raw, meter)
    stream = io.BufferedReader(metered, buffer_size=HEAD)
    return Opened(origin=origin, suffix=suffix, stream=stream, head=head, whole=whole)


def _head(raw: BinaryIO) -> tuple[bytes, bool]:
    """(The first bytes, whether they are all). What breaks off within them does so again for its reader."""
    head = bytearray()
    while len(head) < HEAD:
        try:
            more = raw.read(HEAD - len(head))
        except ReadRefused:
            if not head:
                raise
            return bytes(head), False
        if not more:
            return bytes(head), True
        head += more
    return bytes(head), False
