"""How a polite reader behaves towards a server: its robots.txt is obeyed, and requests keep their distance.

RFC 9309: where robots.txt cannot be had for a fault of the server, nothing is fetched there; where there is none,
everything may be.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from pipeline.errors import FetchRefused
from pipeline.fetch.address import Reach, check, refused_at
from pipeline.fetch.http import AGENT, Exchange, Limits, get

_MISSING = range(400, 500)
_FOUND = range(200, 300)
_TOO_MANY = 429
_SERVER_FAULT = range(500, 600)
_LONGEST_DELAY = 60.0
# RFC 9309 asks for at least this much of a robots.txt to be read.
_ROBOTS_SIZE = 512 * 1024


@dataclass(slots=True)
class Manners:
    """What is known of each server in this fetch. ``delay`` in seconds between two requests to one server."""

    reach: Reach
    limits: Limits
    delay: float
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, RobotFileParser | FetchRefused] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)
    _busy: set[str] = field(default_factory=set)

    def get(self, url: str, **headers: str) -> tuple[Exchange, ...]:
        """A URL → its exchanges, if its server allows, when it is time. Raises FetchRefused ("robots", "busy" …)."""
        exchanges = get(url, reach=self.reach, limits=self.limits, headers=headers, admit=self._admit)
        answer = exchanges[-1]
        is_asking = answer.status in _SERVER_FAULT and answer.header("Retry-After") is not None
        if is_asking or answer.status == _TOO_MANY:
            self._busy.add(_server(answer.url))
        return exchanges

    def _admit(self, url: str) -> None:
        """Wait until a URL may be asked for. Raises FetchRefused where it may not; asked at every redirect."""
        check(url, self.reach)
        server = _server(url)
        if server in self._busy:
            raise refused_at(url, "busy", "its server asked for a pause", "run the same command again later")
        robots = self._robots_of(server, url)
        if not robots.can_fetch(AGENT, url):
            raise refused_at(
                url, "robots", "its robots.txt forbids it", "ask the outlet, or save the page by hand"
            )
        self._wait(server, robots)

    def _robots_of(self, server: str, url: str) -> RobotFileParser:
        if server not in self._robots:
            self._robots[server] = self._read_robots(server, url)
        found = self._robots[server]
        if isinstance(found, FetchRefused):
            raise found
        return found

    def _read_robots(self, server: str, url: str) -> RobotFileParser | FetchRefused:
        parser = RobotFileParser()
        self._wait(server, None)
        try:
            answer = get(f"{server}/robots.txt", reach=self.reach, limits=self.limits, headers={})[-1]
        except FetchRefused as error:
            return error
        if answer.status in _FOUND:
            parser.parse(answer.body[:_ROBOTS_SIZE].decode("utf-8", "replace").splitlines())
        elif answer.status in _MISSING:
            parser.parse([])
        else:
            what = f"its robots.txt cannot be had (status {answer.status}), which forbids all"
            return refused_at(url, "robots", what, "try again later")
        return parser

    def _wait(self, server: str, robots: RobotFileParser | None) -> None:
        asked = float(robots.crawl_delay(AGENT) or 0) if robots else 0.0
        now = self.clock()
        due = self._next.get(server, now)
        if due > now:
            self.sleep(due - now)
        self._next[server] = max(due, now) + max(self.delay, min(asked, _LONGEST_DELAY))


def _server(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
