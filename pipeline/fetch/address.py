"""A URL from outside → where it leads, checked before anything is asked.

A feed may name any address: this machine, the router, a cloud's metadata service. So a host is resolved once, every
address it has must be public, and the connection goes to an address that was checked. Names are not judged by their
spelling: 0xA9FEA9FE, 2852039166 and ::ffff:169.254.169.254 are one address.
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

import idna

from pipeline.errors import FetchRefused

_PORTS = {"http": 80, "https": 443}
_LONGEST = 4096
_SHOWN = 200
_SAFE_IN_PATH = "/%:=&?~+!$,;'@()*[]"
# IPv6 ranges that carry an IPv4 address which the other end may turn back into it.
_CARRIERS = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))

# Kept for protocols, and taken by one cloud for its metadata; Python counts some of it as public.
_PROTOCOLS = IPv4Network("192.0.0.0/24")

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and hides no other."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _CARRIERS):
            return False
    elif address in _PROTOCOLS:
        return False
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """Host → its addresses, asked of the system. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a fetch may reach: ports, addresses, and who resolves names."""

    ports: frozenset[int] = frozenset(_PORTS.values())
    is_allowed: Callable[[Address], bool] = is_public
    resolve: Callable[[str, int], Sequence[str]] = resolve


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart and checked. ``address`` is the one to connect to, ``path`` what is asked there."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own: the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def check(url: str, reach: Reach) -> Target:
    """A URL → its Target. Raises FetchRefused: "url", "scheme", "port", "unresolved" or "address"."""
    parts = _parts(url)
    port = _port(parts, url, reach)
    host = _host(parts, url)
    try:
        addresses = reach.resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise refused_at(
            url, "unresolved", f"the host {host} has no address", "see that it is spelled right"
        ) from error
    for address in addresses:
        if not reach.is_allowed(ip_address(address.partition("%")[0])):
            what = f"the host {host} leads to {address}, which is no address of the public internet"
            raise refused_at(url, "address", what, "fetch it by hand if you trust it")
    path = quote(parts.path or "/", safe=_SAFE_IN_PATH)
    query = f"?{quote(parts.query, safe=_SAFE_IN_PATH)}" if parts.query else ""
    return Target(url, parts.scheme, host, port, path + query, addresses[0])


def _parts(url: str) -> SplitResult:
    if len(url) > _LONGEST or not url.isprintable() or " " in url:
        raise refused_at(url, "url", "too long, or with spaces or control characters", "mend the address")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise refused_at(url, "url", "is no address", "mend the address") from error
    if parts.scheme not in _PORTS:
        what = f"{parts.scheme} is never fetched" if parts.scheme else "begins with no http or https"
        raise refused_at(url, "scheme", what, "name an http or https address")
    if parts.username is not None or parts.password is not None:
        raise refused_at(url, "url", "carries a user name", "leave it out")
    return parts


def _port(parts: SplitResult, url: str, reach: Reach) -> int:
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise refused_at(url, "url", "names no possible port", "mend the address") from error
    if port not in reach.ports:
        what = f"port {port} is none of {', '.join(map(str, sorted(reach.ports)))}"
        raise refused_at(url, "port", what, "fetch it by hand if you trust it")
    return port


def _host(parts: SplitResult, url: str) -> str:
    host = parts.hostname or ""
    try:
        host = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise refused_at(url, "url", "has a host that cannot be a name", "mend the address") from error
    if not host:
        raise refused_at(url, "url", "has no host", "mend the address")
    return host


def refused_at(url: str, code: str, what: str, to_do: str) -> FetchRefused:
    """A URL from outside and what is wrong with it → the error that says so, harmless to show."""
    return FetchRefused(origin=printable_url(url), code=code, what=what, to_do=to_do)


def printable_url(url: str) -> str:
    """A URL from outside → one short line that is harmless in a terminal and a table."""
    shown = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in url)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
