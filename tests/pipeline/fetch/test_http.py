"""One request: every hop is checked, and a server that misbehaves is refused by name."""

import threading
from http.server import BaseHTTPRequestHandler

import pytest

from pipeline.errors import FetchRefused
from pipeline.fetch.http import get
from tests.pipeline.fetch.outlet import QUICK, Outlet, raw


def ask(outlet: Outlet, path: str) -> bytes:
    return get(outlet.url(path), reach=outlet.reach, limits=QUICK, headers={})[-1].body


def refusal(outlet: Outlet, path: str) -> str:
    with pytest.raises(FetchRefused) as caught:
        ask(outlet, path)
    return caught.value.code


@pytest.mark.parametrize(
    ("onward", "code"),
    [
        ("http://169.254.169.254/latest/meta-data", "port"),
        ("http://10.0.0.1:{port}/", "address"),
        ("http://[::1]:{port}/", "address"),
        ("http://2852039166:{port}/", "address"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://outlet.example:{port}/", "scheme"),
        ("/around", "redirects"),
    ],
)
def test_a_redirect_is_checked_like_a_first_address(outlet: Outlet, onward: str, code: str) -> None:
    outlet.pages["/around"] = (302, {"Location": onward.format(port=outlet.port)}, b"")
    reach = outlet.reach
    inner = {"2852039166": "169.254.169.254"}
    outer = type(reach)(
        reach.ports, reach.is_allowed, lambda h, p: [inner[h]] if h in inner else reach.resolve(h, p)
    )
    with pytest.raises(FetchRefused) as caught:
        get(outlet.url("/around"), reach=outer, limits=QUICK, headers={})
    assert caught.value.code == code


def dripping(handler: BaseHTTPRequestHandler) -> None:
    stop = threading.Event()
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not stop.wait(0.05):
            handler.wfile.write(b".")
    except OSError:
        handler.close_connection = True


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    stop = threading.Event()
    try:
        while not stop.wait(0.05):
            handler.wfile.write(b"H")
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (dripping, "timeout"),
        (dripping_headers, "timeout"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort"), "truncated"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"), "truncated"),
        (raw(b"SSH-2.0-OpenSSH\r\n"), "http"),
        (raw(b""), "unreachable"),
        ((200, {}, b"x" * 300_000), "too-large"),
    ],
    ids=["drip", "dripping-headers", "short-body", "short-chunks", "no-http", "nothing", "too-large"],
)
def test_a_server_that_misbehaves_is_refused_by_name(
    outlet: Outlet, answer: tuple[int, dict[str, str], bytes], code: str
) -> None:
    outlet.pages["/bad"] = answer
    assert refusal(outlet, "/bad") == code
