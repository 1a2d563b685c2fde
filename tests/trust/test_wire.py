"""A child that fell to a hostile file can send nothing that a reader would not."""

import json
import socket
import struct
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.apart.wire import MAX_FRAME, BrokenFrameError, from_frame, receive, send, to_frame
from pipeline.read.fields import make_article
from pipeline.read.source import Found, Skipped
from pipeline.records import Refusal

ARTICLE = make_article(
    "Blast in Tuz\n\nA blast hit Tuz.",
    title_end=12,
    body_start=14,
    origin="a.pdf:1",
    encoding="utf-8",
    source="Wire",
    flags=["cut"],
)


def through(frame: object) -> Any:
    one, other = socket.socketpair()
    with one, other:
        send(one, frame)  # type: ignore[arg-type]
        return receive(other, seconds=5)


@pytest.mark.parametrize(
    "found",
    [ARTICLE, Refusal("a.pdf", "no-text", "a.pdf: scanned (no-text): read its letters"), Skipped("image", 3)],
    ids=["article", "refusal", "skipped"],
)
def test_what_a_reader_found_arrives_unchanged(found: Found) -> None:
    assert from_frame(through(to_frame(found)), origin="a.pdf") == found


@given(st.text(min_size=1).filter(lambda text: text.replace("\0", "").strip()))
def test_any_text_arrives_unchanged(text: str) -> None:
    article = make_article(text, title_end=0, body_start=0, origin="a", encoding="utf-8")
    assert from_frame(through(to_frame(article)), origin="a") == article


def forged(**changes: object) -> dict[str, Any]:
    return {"article": {**to_frame(ARTICLE)["article"], **changes}}


@pytest.mark.parametrize(
    "frame",
    [
        forged(id="0" * 32),
        forged(text="Another text, as long."),
        forged(title_end=-1),
        forged(language="<b>"),
        forged(declared="other"),
        forged(body_start=10_000),
        forged(title_end=True),
        forged(flags="cut"),
        forged(flags=[1]),
        forged(source=["Wire"]),
        forged(origin="other.pdf:1"),
        forged(origin="a.pdf\x1b[2J"),
        forged(surprise=1),
        {"article": {"text": "x"}},
        {"article": None},
        {"refusal": {"origin": "other.pdf", "code": "x", "message": "x"}},
        {"refusal": {"origin": "a.pdf", "code": "x", "message": "two\nlines"}},
        {"skipped": {"kind": "image", "count": -5}},
        {"order": {}},
        {},
    ],
    ids=repr,
)
def test_what_no_reader_makes_is_not_taken(frame: dict[str, Any]) -> None:
    with pytest.raises(BrokenFrameError):
        from_frame(frame, origin="a.pdf")


@pytest.mark.parametrize(
    "body", [b"no json", b"[1]", b"\xff", b"[" * 100_000], ids=lambda body: repr(body[:10])
)
def test_what_is_no_frame_is_not_taken(body: bytes) -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(struct.pack(">I", len(body)) + body)
        with pytest.raises(BrokenFrameError):
            receive(other, seconds=5)


def test_a_frame_beyond_the_limit_is_not_waited_for() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(struct.pack(">I", MAX_FRAME + 1))
        with pytest.raises(BrokenFrameError):
            receive(other, seconds=5)


def test_half_a_frame_is_the_end() -> None:
    one, other = socket.socketpair()
    with other:
        with one:
            one.sendall(struct.pack(">I", 100) + json.dumps({"done": 1}).encode())
        with pytest.raises(EOFError):
            receive(other, seconds=5)


def test_a_surrogate_in_an_article_is_not_taken() -> None:
    frame = to_frame(replace(ARTICLE, text="\ud800" * 30))
    with pytest.raises((BrokenFrameError, UnicodeEncodeError)):
        from_frame(through(frame), origin="a.pdf")
