"""Request → Streamlit, or a refusal before Streamlit sees it.

127.0.0.1 is not a wall: every page the analyst's browser opens, and every other user of this machine, can
reach the port. So a request must name this very host and port (against DNS rebinding), come from this very
origin (against other pages, those on other local ports included), and carry the token of this start as a
cookie. Pure ASGI, for http and websocket alike.
"""

import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.pages import PAGE_HEADERS, closed_page, handoff_page

HEALTH = "/_stcore/health"
TOKEN_PARAMETER = "token"  # noqa: S105  # the name of the parameter, no secret
SAFE_METHODS = frozenset({"GET", "HEAD"})

Verdict = Literal["pass", "hand-off", "host", "origin", "token"]


@dataclass(frozen=True, slots=True)
class Door:
    """The one way in: this port of 127.0.0.1, with the secret made for this start."""

    port: int
    token: str

    @property
    def host(self) -> str:
        """What the Host header must be."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """What an Origin header must be."""
        return f"http://{self.host}"

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies know no port, so it does, or two maps would lock each other out."""
        return f"iraq_map_{self.port}"

    @property
    def address(self) -> str:
        """What is printed and opened; whoever has it gets in until the server stops."""
        return f"{self.origin}/?{urlencode({TOKEN_PARAMETER: self.token})}"


def new_door(port: int) -> Door:
    """Port → the door of this start, with 256 random bits."""
    return Door(port=port, token=secrets.token_urlsafe(32))


class Guard:
    """An ASGI app that answers for `app` only through `door`, with the security headers on each answer."""

    def __init__(self, app: ASGIApp, *, door: Door) -> None:
        self._app, self._door = app, door
        self._headers = security_headers(door)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, hand the cookie over, or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        verdict = judge(self._door, scope)
        if verdict == "pass":
            await self._app(scope, receive, self._sealing(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif verdict == "hand-off":
            await self._hand_off(scope, send)
        else:
            await _answer(send, status=403, body=closed_page(verdict, again=_own_address(scope)))

    def _sealing(self, send: Send) -> Send:
        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _seal(message, self._headers)
            await send(message)

        return sealed

    async def _hand_off(self, scope: Scope, send: Send) -> None:
        """Set the cookie and move on to the clean address.

        By a page and not by a redirect: a browser that followed a link from elsewhere (a mail, a file) does
        not send a SameSite=Strict cookie along a redirect, but does on a move that our own page makes.
        """
        cookie = f"{self._door.cookie}={self._door.token}; Path=/; HttpOnly; SameSite=Strict"
        body = handoff_page(_own_address(scope))
        await _answer(send, status=200, body=body, extra=[(b"set-cookie", cookie.encode())])


def judge(door: Door, scope: Scope) -> Verdict:
    """A request's scope → let through, hand the cookie over, or the first wall it ran into.

    A missing Origin is allowed on GET and HEAD only (browsers send none there, on a websocket always).
    """
    headers = Headers(scope=scope)
    if headers.getlist("host") != [door.host]:
        return "host"
    if not _from_here(door, scope, headers):
        return "origin"
    if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
        if scope["path"] == HEALTH:
            return "pass"
        if any(_is_token(door, given) for given in _tokens_in_address(scope)):
            return "hand-off"
    return "pass" if any(_is_token(door, given) for given in _cookies(door, headers)) else "token"


def security_headers(door: Door) -> Mapping[str, str]:
    """The headers of every page of the app: nothing from elsewhere, framed by nobody but itself.

    'unsafe-inline' is what Streamlit's and folium's own scripts and styles need, blob: the script of a
    component; images, fonts, frames and connections stay at home all the same.
    """
    policy = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' ws://{door.host}",
        "frame-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
    }


def _from_here(door: Door, scope: Scope, headers: Headers) -> bool:
    origins = headers.getlist("origin")
    if origins:
        return origins == [door.origin]
    if scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS:
        return False
    # An image or a script tag on another page sends no Origin, but current browsers say where it stands.
    from_elsewhere = headers.get("sec-fetch-site") in {"same-site", "cross-site"}
    opens_page = headers.get("sec-fetch-dest", "document") == "document"
    return opens_page or not from_elsewhere


def _is_token(door: Door, given: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogateescape"), door.token.encode())


def _cookies(door: Door, headers: Headers) -> list[str]:
    pairs = (pair.partition("=") for line in headers.getlist("cookie") for pair in line.split(";"))
    return [value.strip() for name, _, value in pairs if name.strip() == door.cookie]


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _tokens_in_address(scope: Scope) -> list[str]:
    return [value for name, value in _query(scope) if name == TOKEN_PARAMETER]


def _own_address(scope: Scope) -> str:
    """The path and query asked for, without the token; always below our own root (never `//elsewhere`)."""
    path: str = scope["raw_path"].decode("latin-1")
    rest = urlencode([pair for pair in _query(scope) if pair[0] != TOKEN_PARAMETER])
    return "/" + path.lstrip("/\\") + (f"?{rest}" if rest else "")


def _seal(message: MutableMapping[str, Any], headers: Mapping[str, str]) -> None:
    answer = MutableHeaders(scope=message)
    del answer["Access-Control-Allow-Origin"]  # Streamlit opens its static files to every website
    answer.setdefault("Cache-Control", "no-cache")  # or a browser keeps the map's script of an older version
    for name, value in headers.items():
        answer[name] = value


async def _answer(
    send: Send, *, status: int, body: str, extra: list[tuple[bytes, bytes]] | None = None
) -> None:
    headers = [(name.encode(), value.encode()) for name, value in PAGE_HEADERS.items()] + (extra or [])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
