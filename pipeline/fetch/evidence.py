"""Exchanges → a WARC file: each request and answer as sent, with its time, address and digest.

A record is on the disk before the page counts as fetched, so that a fetch that was killed repeats one page at most.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline import __version__
from pipeline.errors import ProjectError
from pipeline.fetch.http import AGENT, Exchange

# The body is kept without its chunks, so the header that announces them is kept under another name.
_CHUNKS = "transfer-encoding"
_KEPT_AS = "X-Archive-Orig-Transfer-Encoding"


class Evidence:
    """A WARC file that is made with its first record."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._writer: WARCWriter | None = None
        self.path: Path | None = None

    def keep(self, exchanges: tuple[Exchange, ...]) -> None:
        """Exchanges → records, on the disk when this returns. Raises ProjectError where they cannot be written."""
        try:
            writer = self._writer or self._open()
            for exchange in exchanges:
                _write(writer, exchange)
            if self._file:
                self._file.flush()
                os.fsync(self._file.fileno())
        except OSError as error:
            reason = (error.strerror or "cannot be written").lower()
            raise ProjectError(
                f"{self._folder}: {reason}: make room or name another folder with --into"
            ) from error

    def close(self) -> None:
        """End the file."""
        if self._file:
            self._file.close()

    def _open(self) -> WARCWriter:
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        self.path = self._folder / f"{stamp}.warc.gz"
        self._file = self.path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True)
        about = {"software": f"{AGENT} {__version__}", "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record(self.path.name, about))
        return self._writer


@contextmanager
def evidence_in(folder: Path) -> Iterator[Evidence]:
    """A folder → the WARC file of this fetch, closed at the end."""
    evidence = Evidence(folder)
    try:
        yield evidence
    finally:
        evidence.close()


def _write(writer: WARCWriter, exchange: Exchange) -> None:
    about = {
        "WARC-Date": exchange.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "WARC-IP-Address": exchange.address,
    }
    request = writer.create_warc_record(
        exchange.url,
        "request",
        http_headers=StatusAndHeaders(
            f"GET {exchange.path} HTTP/1.1", list(exchange.asked), is_http_request=True
        ),
        warc_headers_dict=dict(about),
    )
    headers = [(_KEPT_AS if name.lower() == _CHUNKS else name, value) for name, value in exchange.headers]
    response = writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        http_headers=StatusAndHeaders(f"{exchange.status} {exchange.reason}", headers, protocol="HTTP/1.1"),
        warc_headers_dict=dict(about),
    )
    writer.write_request_response_pair(request, response)
