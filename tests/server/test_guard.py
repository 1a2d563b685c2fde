"""Only the printed address of this start lets anyone in, and nothing else reaches Streamlit."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from server.guard import HEALTH, Door, Guard, new_door

DOOR = Door(port=8501, token="s3cret-of-this-start")  # noqa: S106 — made up
HERE = "http://127.0.0.1:8501"
KEY = f"{DOOR.cookie}={DOOR.token}"


@dataclass
class Streamlit:
    """Stands behind the guard and remembers what reached it; answers as Streamlit's static files do."""

    reached: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        self.reached.append(scope["type"])
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
        elif scope["type"] == "http":
            headers = [(b"access-control-allow-origin", b"*"), (b"content-type", b"text/html")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"the map"})


@dataclass
class Answer:
    sent: list[Message]
    reached: bool

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode().lower(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def text(self) -> str:
        return b"".join(part["body"] for part in self.sent[1:]).decode()


def ask(path: str = "/", *, method: str = "GET", **headers: str) -> Answer:
    """A request over http, with the right Host unless told otherwise; "_" is "-" in a header's name."""
    return run(request(path, headers) | {"type": "http", "method": method})


def shake_hands(headers: Mapping[str, str]) -> Answer:
    return run(request("/_stcore/stream", headers) | {"type": "websocket"})


def request(path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    given = {"host": "127.0.0.1:8501"} | dict(headers)
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    bare, _, query = path.partition("?")
    return {"path": bare, "raw_path": bare.encode(), "query_string": query.encode(), "headers": raw}


def run(scope: Scope) -> Answer:
    behind, sent = Streamlit(), list[Message]()

    async def receive() -> Message:
        raise AssertionError("a refused request is not read")

    async def send(message: Message) -> None:
        sent.append(message)

    # In a thread of its own: where browser tests ran before, this one has a loop running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Guard(behind, door=DOOR)(scope, receive, send)).result()
    return Answer(sent=sent, reached=bool(behind.reached))


HANDSHAKES: list[dict[str, str]] = [
    {"origin": HERE, "cookie": KEY},
    {"origin": HERE},
    {"origin": HERE, "cookie": f"{DOOR.cookie}=guessed"},
    {"origin": HERE, "cookie": f"another={DOOR.token}"},
    {"cookie": KEY},
    {"origin": "null", "cookie": KEY},
    {"origin": "http://127.0.0.1:9999", "cookie": KEY},
    {"origin": "http://localhost:8501", "cookie": KEY},
    {"origin": "https://127.0.0.1:8501", "cookie": KEY},
    {"origin": "http://evil.example", "cookie": KEY},
    {"origin": f"{HERE}.evil.example", "cookie": KEY},
    {"origin": "http://evil.example", "host": "evil.example", "cookie": KEY},
    {"origin": HERE, "host": "localhost:8501", "cookie": KEY},
    {"origin": HERE, "host": "127.0.0.1", "cookie": KEY},
]


def test_of_fourteen_handshakes_exactly_one_is_accepted() -> None:
    answers = [shake_hands(handshake) for handshake in HANDSHAKES]
    assert [answer.sent[0]["type"] for answer in answers] == ["websocket.accept"] + ["websocket.close"] * 13
    assert [answer.reached for answer in answers] == [True] + [False] * 13


@pytest.mark.parametrize("twice", ["host", "origin"])
def test_a_header_sent_twice_is_refused(twice: str) -> None:
    headers = [(b"host", b"127.0.0.1:8501"), (b"origin", HERE.encode()), (b"cookie", KEY.encode())]
    headers.append((twice.encode(), b"evil.example"))
    assert not run({"type": "websocket", "path": "/", "query_string": b"", "headers": headers}).reached


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_what_can_change_something_needs_our_own_origin_said(method: str) -> None:
    assert ask("/_stcore/upload_file", method=method, cookie=KEY).status == 403
    assert ask("/_stcore/upload_file", method=method, cookie=KEY, origin="http://evil.example").status == 403
    assert ask("/_stcore/upload_file", method=method, cookie=KEY, origin=HERE).status == 200


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
@pytest.mark.parametrize("into", ["image", "script", "iframe", "empty"])
def test_another_page_cannot_load_anything_of_ours_into_itself(site: str, into: str) -> None:
    answer = ask("/app/static/map.js", cookie=KEY, sec_fetch_site=site, sec_fetch_dest=into)
    assert (answer.status, answer.reached) == (403, False)


def test_a_link_on_another_page_can_open_the_map() -> None:
    assert ask(cookie=KEY, sec_fetch_site="cross-site", sec_fetch_dest="document").status == 200


def test_our_own_page_loads_its_files() -> None:
    assert (
        ask("/app/static/map.js", cookie=KEY, sec_fetch_site="same-origin", sec_fetch_dest="script").status
        == 200
    )


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_without_the_token_a_page_says_what_to_do_in_every_language(lang: str) -> None:
    answer = ask("/?lang=ar")
    assert (answer.status, answer.reached) == (403, False)
    assert f'<section lang="{lang}"' in answer.text
    assert '<a href="/?lang=ar">' in answer.text


def test_the_printed_address_sets_a_cookie_that_scripts_and_other_sites_never_get_and_moves_on() -> None:
    answer = ask(DOOR.address.removeprefix(HERE))
    assert (answer.status, answer.reached) == (200, False)
    assert answer.headers["set-cookie"] == f"{KEY}; Path=/; HttpOnly; SameSite=Strict"
    assert 'http-equiv="refresh" content="0;url=/"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert DOOR.token not in answer.text


def test_the_other_parameters_of_a_view_survive_the_hand_over() -> None:
    answer = ask(f"/?region=IQ-KI&token={DOOR.token}&q=%D9%83%D8%B1&lang=ar")
    assert 'content="0;url=/?region=IQ-KI&amp;q=%D9%83%D8%B1&amp;lang=ar"' in answer.text


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example"])
def test_the_hand_over_never_leads_elsewhere(path: str) -> None:
    assert 'content="0;url=/evil.example' in ask(f"{path}?token={DOOR.token}").text


def test_markup_in_an_address_stays_text() -> None:
    answer = ask('/"><script>alert(1)</script>?lang="><img src=x>')
    assert "<script" not in answer.text
    assert "<img" not in answer.text


def test_a_wrong_token_in_the_address_sets_no_cookie() -> None:
    answer = ask("/?token=guessed")
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("token", ["", "\u00fc", "\x00", "s3cret-of-this-start "])
def test_odd_tokens_are_refused_and_break_nothing(token: str) -> None:
    assert ask(f"/?token={token}", cookie=f"{DOOR.cookie}={token.strip()}x").status == 403


def test_health_needs_no_token_but_the_right_host() -> None:
    assert ask(HEALTH).status == 200
    assert ask(HEALTH, host="evil.example").status == 403
    assert ask(f"{HEALTH}/../secret").status == 403


def test_every_page_forbids_what_it_does_not_need() -> None:
    headers = ask(cookie=KEY).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["frame-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["connect-src"] == "'self' ws://127.0.0.1:8501"
    assert policy["object-src"] == "'none'"
    assert policy["script-src"] == "'self' 'unsafe-inline' blob:"  # no eval
    assert "http:" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "no-referrer"


def test_static_files_are_no_longer_open_to_every_website() -> None:
    assert "access-control-allow-origin" not in ask("/app/static/map.css", cookie=KEY).headers


def test_a_browser_asks_again_for_the_maps_own_files_after_an_update() -> None:
    assert ask("/app/static/map.js", cookie=KEY).headers["cache-control"] == "no-cache"


def test_starting_and_stopping_goes_through() -> None:
    assert run({"type": "lifespan"}).reached


def test_each_start_has_a_token_of_its_own_and_each_port_a_cookie_of_its_own() -> None:
    doors = [new_door(8501), new_door(8501), new_door(8502)]
    assert len({door.token for door in doors}) == 3
    assert all(len(door.token) >= 43 for door in doors)
    assert doors[0].cookie == doors[1].cookie != doors[2].cookie
