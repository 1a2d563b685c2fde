"""A web server of the tests' own, on this machine: what it answers is given, what it was asked is kept."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from pipeline.fetch import Limits, Reach

QUICK = Limits(seconds=0.5, size=200_000, hops=5)

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Outlet:
    """``pages`` by path; ``asked`` are the paths in order, with the headers of each. ``hosts`` resolve to here."""

    port: int
    pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "outlet.example") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    @property
    def reach(self) -> Reach:
        """This machine stands for the public internet: hosts of .example lead here, others to where they say."""
        return Reach(
            ports=frozenset({self.port}),
            is_allowed=lambda address: address == ip_address("127.0.0.1"),
            resolve=lambda host, _: ["127.0.0.1"] if host.endswith(".example") else [host],
        )

    def feed(self, *paths: str, **headers: str) -> None:
        """Answer /feed with an RSS feed of these pages, each a page of its own."""
        items = "".join(f"<item><title>{p}</title><link>{self.url(p)}</link></item>" for p in paths)
        body = (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet</title>{items}</channel></rss>'
        )
        self.pages["/feed"] = (200, {"Content-Type": "application/rss+xml", **headers}, body.encode())
        for path in paths:
            self.pages.setdefault(path, page(f"كركوك {path}"))


def page(text: str, **headers: str) -> Answer:
    body = f"<html><head><title>t</title></head><body><p>{text}</p></body></html>"
    return 200, {"Content-Type": "text/html; charset=utf-8", **headers}, body.encode()


def raw(answer: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    return write


@contextmanager
def opened() -> Iterator[Outlet]:
    """The server, listening until the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            outlet.asked.append((self.path, dict(self.headers)))
            answer = outlet.pages.get(self.path, (404, {}, b""))
            if not isinstance(answer, tuple):
                answer(self)
                return
            status, headers, body = answer
            if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    outlet = Outlet(server.server_address[1])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield outlet
    finally:
        server.shutdown()
        server.server_close()
