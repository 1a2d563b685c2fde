"""A stream that only goes forward → one that can go back, by way of a temporary file with a limit."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from pipeline.errors import ReadRefused
from pipeline.read.source import Source

MAX_SPOOL = 4 * 1024**3
"""Bytes of standard input, or of one member of an archive, that are kept aside at most."""
_IN_MEMORY = 16 * 1024**2
_CHUNK = 1 << 20


class Writable(Protocol):
    """What can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""


@contextmanager
def seekable(source: Source, *, limit: int = MAX_SPOOL) -> Iterator[BinaryIO]:
    """A source → its stream, able to go back to any byte. Raises ReadRefused "too-large".

    A file stays as it is; what comes from a pipe lies in memory up to 16 MB, then in a temporary file without
    a name, which vanishes with the process.
    """
    if source.stream.seekable():
        yield source.stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        _copy(source, file, limit)
        file.seek(0)
        yield file  # type: ignore[misc]  # typed as IO[bytes], and is one


def _copy(source: Source, file: Writable, limit: int) -> None:
    left = limit
    while data := source.stream.read(min(_CHUNK, left + 1)):
        left -= len(data)
        if left < 0:
            raise ReadRefused(
                origin=source.origin,
                code="too-large",
                what=f"longer than {limit // 1024**2} MB where it must be kept aside",
                to_do="unpack it, or save it as a file and name that",
            )
        file.write(data)
