"""WARC and ARC files → their records, whole or named as damaged; what lies behind damage is found again.

warcio reads them. It takes a record that is too short, and is silent where a compressed one breaks off; both
are told here by counting.
"""

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from pipeline.read.signatures import warc_start
from pipeline.read.source import MAX_TEXT

_CHUNK = 1 << 20
_MAX_DAMAGES = 100
"""Damaged records after which the rest of a file is not looked through: each costs a search for the next."""
_OVERLAP = 512
_BEGINNING = re.compile(rb"\x1f\x8b\x08|^WARC/[01]\.\d", re.MULTILINE)
_END = b"\r\n\r\n"
_FAULTS = (ArchiveLoadFailed, ValueError, AttributeError, TypeError, AssertionError, EOFError, zlib.error)
"""What warcio raises on damaged records, by itself or by what it leaves unchecked."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is whole. ``body`` is cut behind MAX_TEXT; ``offset`` counts bytes of the file.

    ``resumed``: damage lies before it.
    """

    number: int
    offset: int
    warc: ArcWarcRecord
    body: bytes
    resumed: bool


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that is not whole, by the code of the failures table: digest, length, truncated, warc or given-up."""

    number: int
    offset: int
    code: str


class _Records(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
    """The records of a file; ``cut`` says at the end that its last compressed member breaks off."""

    cut = False

    def close(self) -> None:
        self.cut = self.breaks_off()
        super().close()

    def breaks_off(self) -> bool:
        """Whether the compressed member in hand has not been read to its end."""
        packed = self.reader.decompressor if self.reader else None
        return packed is not None and not packed.eof


def read_records(file: BinaryIO) -> Iterator[Record | Damage]:
    """A file that can go back → its records in order, numbered from 1."""
    start, number = 0, 0
    for _ in range(_MAX_DAMAGES):
        file.seek(start)
        records = _Records(file, check_digests=True, arc2warc=True)
        following: int | None = None
        for found in _until_damage(records, number, resumed=start > 0):
            yield found
            number = found.number
            if isinstance(found, Damage) and found.code != "digest":
                following = _next_record(file, max(start, found.offset) + 1)
        if following is None:
            return
        start = following
    yield Damage(number + 1, start, "given-up")


def _until_damage(records: _Records, number: int, *, resumed: bool) -> Iterator[Record | Damage]:
    """Records up to the first that ends elsewhere than it says; one of another content goes on."""
    while True:
        number, offset = number + 1, records.offset
        try:
            with redirect_stderr(io.StringIO()):  # warcio prints what it notices
                record = next(records, None)
                body = record.raw_stream.read(MAX_TEXT + 1) if record else b""
                records.read_to_end()
        except _FAULTS:
            yield Damage(number, offset, "warc")
            return
        if record is None:
            if records.cut:
                yield Damage(number, offset, "truncated")
            return
        code = _fault(records, record, body)
        yield Damage(number, offset, code) if code else Record(number, offset, record, body, resumed)
        if code and code != "digest":
            return


def _fault(records: _Records, record: ArcWarcRecord, body: bytes) -> str | None:
    """What is wrong with a record that was read to its end."""
    if records.err_count:
        return "length"
    if record.length is None or record.raw_stream.limit > 0:
        whole = not records.breaks_off() if records.reader.decompressor else body.endswith(_END)
        return "length" if whole else "truncated"
    return "digest" if record.digest_checker.passed is False else None


def content(record: Record) -> bytes | None:
    """A record → what its server sent, out of its chunks and unpacked; None beyond MAX_TEXT."""
    if len(record.body) > MAX_TEXT:
        return None
    record.warc.raw_stream = io.BytesIO(record.body)
    data: bytes = record.warc.content_stream().read(MAX_TEXT + 1)
    return data if len(data) <= MAX_TEXT else None


def _next_record(file: BinaryIO, offset: int) -> int | None:
    """The place, at or behind an offset, where a record seems to begin; None where there is none."""
    file.seek(offset)
    kept = b""
    while data := file.read(_CHUNK):
        window = kept + data
        start = offset - len(kept)
        for match in _BEGINNING.finditer(window):
            if warc_start(window[match.start() :], 16) is not None:
                return start + match.start()
        offset += len(data)
        kept = window[-_OVERLAP:]
    return None
