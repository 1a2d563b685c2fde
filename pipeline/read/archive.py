"""ZIP archives and gzip files → what their members hold, each read by its own format.

Members are read where they lie: nothing is unpacked to disk, and no name of a member is ever a path. An
archive within an archive is refused, as is what unpacks to far more than it weighs.
"""

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from pipeline.errors import ReadRefused
from pipeline.read.door import Meter, is_left_out, open_stream, printable, refusal
from pipeline.read.source import Found, Source
from pipeline.read.spool import seekable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_RATIO = 100
"""Bytes that one byte of an archive may unpack to; text packs to a fifth, rarely to a twentieth."""
MAX_TOTAL = 16 * 1024**3
MAX_MEMBERS = 200_000
_FREE = 16 * 1024**2
"""Bytes that may be unpacked whatever the ratio."""
_DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, ValueError, NotImplementedError, RuntimeError)


class _Readable(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class _Unpacking(io.RawIOBase):
    """An unpacking stream of at most ``limit`` bytes. Reading raises ReadRefused, as the inner reader expects."""

    def __init__(self, stream: _Readable, *, limit: int, origin: str) -> None:
        self._stream, self._left, self._origin = stream, limit, origin
        self._fault: ReadRefused | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer).cast("B")
        if self._fault is None:
            data = self._unpack(len(room))
            self._left -= len(data)
            if self._left < 0:
                self._fault = _too_large(self._origin)
        if self._fault:
            raise self._fault
        room[: len(data)] = data
        return len(data)

    def _unpack(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except EOFError:
            self._fault = _truncated(self._origin)
        except _DAMAGED:
            self._fault = _damaged(self._origin)
        return b""


def read_gzip(source: Source) -> Iterator[Found]:
    """A gzip file → what the file in it holds. Raises ReadRefused "nested"; damage is a refusal of its own."""
    _check_not_within(source)
    with seekable(source) as packed:
        weight = packed.seek(0, io.SEEK_END)
        packed.seek(0)
        stream = gzip.GzipFile(fileobj=packed, mode="rb")
        yield from _read_member(source, stream, origin=source.origin, weight=weight)


def read_zip(source: Source) -> Iterator[Found]:
    """A ZIP archive → what its members hold, in the order of the archive, and refusals of members.

    Raises ReadRefused: zip (damaged, or no archive), nested, too-large.
    """
    _check_not_within(source)
    with seekable(source) as packed:
        try:
            archive = zipfile.ZipFile(packed)
        except (*_DAMAGED, EOFError) as error:
            raise _damaged(source.origin) from error
        with archive:
            for member in _members(archive, source.origin):
                try:
                    yield from _read_zipped(source, archive, member)
                except ReadRefused as error:
                    yield refusal(error)


def _check_not_within(source: Source) -> None:
    if source.outer:
        raise ReadRefused(
            origin=source.origin,
            code="nested",
            what="an archive within an archive",
            to_do="unpack the outer one and name what was in it",
        )


def _members(archive: zipfile.ZipFile, origin: str) -> list[zipfile.ZipInfo]:
    """The files of an archive, without notes and hidden ones. Raises ReadRefused "too-large".

    The sizes are those that the archive claims: what is unpacked is counted all the same.
    """
    members = [member for member in archive.infolist() if not member.is_dir()]
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > _limit(packed) or len(members) > MAX_MEMBERS:
        raise _too_large(origin)
    return [member for member in members if not _is_left_out(PurePosixPath(member.filename))]


def _is_left_out(path: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts if part != "..")
    return hidden or is_left_out(path)


def _read_zipped(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Found]:
    name = printable(member.filename)
    origin = f"{source.origin}/{name}"
    if member.flag_bits & 1:
        what, to_do = "encrypted", "unpack it with its password"
        raise ReadRefused(origin=origin, code="encrypted", what=what, to_do=to_do)
    if stat.S_ISLNK(member.external_attr >> 16):
        what, to_do = "a link and no file", "name the file it leads to"
        raise ReadRefused(origin=origin, code="link", what=what, to_do=to_do)
    try:
        stream = cast("zipfile.ZipExtFile", archive.open(member))
    except (*_DAMAGED, EOFError) as error:
        raise _damaged(origin) from error
    with stream:
        yield from _read_member(source, stream, origin=origin, weight=member.compress_size)


def _read_member(source: Source, stream: _Readable, *, origin: str, weight: int) -> Iterator[Found]:
    """An unpacking stream → what it holds; ``weight`` is how many bytes it unpacks from."""
    if source.inner is None:
        raise ValueError("an archive was opened without a reader for what lies in it")
    raw = _Unpacking(stream, limit=_limit(weight), origin=origin)
    suffix = PurePosixPath(origin.removesuffix(".gz")).suffix.lower()
    yield from source.inner(open_stream(cast("BinaryIO", raw), origin=origin, suffix=suffix, meter=Meter()))


def _limit(weight: int) -> int:
    """Bytes that so many packed ones may unpack to."""
    return min(MAX_TOTAL, max(_FREE, MAX_RATIO * weight))


def _too_large(origin: str) -> ReadRefused:
    return ReadRefused(
        origin=origin,
        code="too-large",
        what=f"unpacks to more than {MAX_RATIO} times its weight, or {MAX_TOTAL // 1024**3} GB",
        to_do="unpack it yourself if you trust it",
    )


def _damaged(origin: str) -> ReadRefused:
    what, to_do = "a damaged archive, or none", "fetch it again, or pack it again"
    return ReadRefused(origin=origin, code="archive", what=what, to_do=to_do)


def _truncated(origin: str) -> ReadRefused:
    return ReadRefused(origin=origin, code="truncated", what="an archive cut off", to_do="fetch it again")
