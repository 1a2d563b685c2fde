"""A URL → what its server answered, hop by hop, within limits of time, size and number of hops.

Every hop is checked anew (`address`), and the connection goes to the very address that was checked, with the host's
name for TLS and in the Host header. A server that drips is cut off by the clock, not by silence.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urldefrag, urljoin

from pipeline.errors import FetchRefused
from pipeline.fetch.address import Reach, Target, check, refused_at

AGENT = "iraq-disputed-map"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BITE = 1 << 16
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` for one request, ``size`` in bytes as sent, and redirects followed."""

    seconds: float = 10.0
    size: int = 16 * _MIB
    hops: int = 5


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. ``body`` is as sent, without its chunks; ``at`` is when it was asked, UTC."""

    url: str
    address: str
    path: str
    asked: tuple[tuple[str, str], ...]
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime

    def header(self, name: str) -> str | None:
        """The first header of a name, in any case; None where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def get(
    url: str,
    *,
    reach: Reach,
    limits: Limits,
    headers: Mapping[str, str],
    admit: Callable[[str], None] = lambda _: None,
) -> tuple[Exchange, ...]:
    """A URL → its exchanges, redirects first, the answer last. Raises FetchRefused, as ``admit`` may at each hop."""
    exchanges: list[Exchange] = []
    while True:
        admit(url)
        target = check(url, reach)
        exchange = _ask(target, limits, headers)
        exchanges.append(exchange)
        onward = exchange.header("Location") if exchange.status in _REDIRECTS else None
        if onward is None:
            return tuple(exchanges)
        if len(exchanges) > limits.hops:
            raise refused_at(url, "redirects", f"more than {limits.hops} redirects", "open it in a browser")
        url = urldefrag(urljoin(url, onward)).url
        if target.scheme == "https" and not url.startswith("https:"):
            raise refused_at(target.url, "downgrade", "leads from https to http", "open it in a browser")


def _ask(target: Target, limits: Limits, headers: Mapping[str, str]) -> Exchange:
    asked = {"Host": target.authority, "User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
    at = datetime.now(UTC)
    late = threading.Event()
    try:
        with _connection(target, limits, late) as connection:
            connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
            for name, value in asked.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            body = _body(answer, target, limits)
            if late.is_set():
                raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failed(target, limits, error, is_late=late.is_set()) from error
    return Exchange(
        url=target.url,
        address=target.address,
        path=target.path,
        asked=tuple(asked.items()),
        status=answer.status,
        reason=answer.reason,
        headers=tuple(answer.getheaders()),
        body=body,
        at=at,
    )


@contextmanager
def _connection(
    target: Target, limits: Limits, late: threading.Event
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the checked address, cut when the time is over, which sets ``late``."""
    plain = socket.create_connection((target.address, target.port), timeout=limits.seconds)
    with plain:
        stream = _secured(plain, target.host) if target.scheme == "https" else plain

        def cut() -> None:
            late.set()
            _shut(stream)

        clock = threading.Timer(limits.seconds, cut)
        clock.daemon = True
        clock.start()
        try:
            if isinstance(stream, ssl.SSLSocket):
                stream.do_handshake()
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = stream
            yield connection
        finally:
            clock.cancel()
            stream.close()


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return _trust().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _shut(stream: socket.socket) -> None:
    try:
        stream.shutdown(socket.SHUT_RDWR)
    except OSError:
        stream.close()


def _body(answer: http.client.HTTPResponse, target: Target, limits: Limits) -> bytes:
    body = bytearray()
    while bite := answer.read1(_BITE):
        body += bite
        if len(body) > limits.size:
            what = f"more than {limits.size // _MIB} MiB"
            raise refused_at(target.url, "too-large", what, "fetch it by hand if you need it")
    if answer.length:
        raise http.client.IncompleteRead(bytes(body), answer.length)
    return bytes(body)


def _failed(target: Target, limits: Limits, error: Exception, *, is_late: bool) -> FetchRefused:
    if is_late or isinstance(error, TimeoutError):
        what = f"no whole answer within {limits.seconds:g} seconds"
        return refused_at(target.url, "timeout", what, "try again later")
    if isinstance(error, ssl.SSLError):
        what = f"its certificate is not trusted: {error.reason or 'TLS failed'}"
        return refused_at(target.url, "certificate", what, "open it in a browser and see why")
    if isinstance(error, http.client.IncompleteRead):
        return refused_at(target.url, "truncated", "the answer broke off", "try again later")
    if isinstance(error, OSError):
        reason = (error.strerror or type(error).__name__).lower()
        return refused_at(
            target.url, "unreachable", f"the server cannot be reached, {reason}", "try again later"
        )
    return refused_at(target.url, "http", f"the answer is no HTTP: {type(error).__name__}", "try again later")
