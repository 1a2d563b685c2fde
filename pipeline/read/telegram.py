"""Telegram Desktop's result.json, of one chat or of a whole account → an Article a message.

Read as a stream, since the export of a busy channel fits no memory. The export does not say a channel's
public name: links are those that open for members.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import ijson

from pipeline.errors import ReadRefused
from pipeline.read.door import refusal
from pipeline.read.fields import make_article
from pipeline.read.markup import too_deep
from pipeline.read.plain import find_title
from pipeline.read.source import MAX_TEXT, Found, Skipped, Source, read_text, too_long
from pipeline.records import Article

_LINKED = frozenset({"public_channel", "private_channel", "public_supergroup", "private_supergroup"})
_CHATS = frozenset({("$",), ("$", "chats", "list", ""), ("$", "left_chats", "list", "")})
"""Where a chat stands in an export: "$" is all of it, "" an item of a list."""
_BUFFER = 4096
"""Bytes read at a time: what stands before a fault in the same stretch is lost."""
_OF_CHAT = frozenset({"name", "type", "id"})
_FLAGS = {"edited": "edited", "forwarded_from": "forwarded"}
_MAX_DEPTH = 100
_APART = 26 * 3600
"""Seconds between the two times of a message beyond what time zones explain."""

_Event = tuple[str, object]
_Values = Mapping[str, object]


@dataclass(slots=True)
class _Chat:
    """The chat in hand; the one thing here that changes."""

    name: str = ""
    type: str = ""
    id: str = ""


def read_telegram(source: Source) -> Iterator[Found]:
    """An export → its messages; service messages, and messages without text, are passed over and counted.

    Raises ReadRefused: depth, or json, behind the last message that could be read.
    """
    wide = not source.encoding.startswith("utf-8")
    stream = io.BytesIO(read_text(source).encode("utf-8", "replace")) if wide else source.stream
    if source.encoding == "utf-8-sig":
        stream.read(3)
    number = 0
    try:
        for chat, message in _messages(ijson.basic_parse(stream, use_float=True, buf_size=_BUFFER), source):
            number += 1
            yield _found(chat, message, source, number)
    except (ijson.JSONError, ValueError) as error:
        raise _broken(source, number, cut="premature EOF" in str(error)) from error


def _messages(events: Iterator[_Event], source: Source) -> Iterator[tuple[_Chat, _Values]]:
    """The events of a JSON stream → the messages in it, each with its chat as far as it is known."""
    path: list[str] = []
    lists: list[bool] = []
    key, chat = "$", _Chat()
    for event, value in events:
        if event == "map_key":
            key = str(value)
        elif event in {"end_map", "end_array"}:
            path.pop()
            lists.pop()
        elif event == "start_map" and path[-1:] == ["messages"] and tuple(path[:-1]) in _CHATS:
            yield chat, _built(events, source.origin)
        elif event in {"start_map", "start_array"}:
            path.append("" if lists and lists[-1] else key)
            lists.append(event == "start_array")
            if len(path) > _MAX_DEPTH:
                raise too_deep(source.origin)
            if tuple(path) in _CHATS:
                chat = _Chat()
        elif key in _OF_CHAT and tuple(path) in _CHATS:
            setattr(chat, key, str(value or ""))


def _built(events: Iterator[_Event], origin: str) -> _Values:
    """The events behind the start of an object → the object. Raises ReadRefused "depth"."""
    builder = ijson.ObjectBuilder()
    builder.event("start_map", None)
    depth = 1
    for event, value in events:
        builder.event(event, value)
        depth += (event in {"start_map", "start_array"}) - (event in {"end_map", "end_array"})
        if not depth:
            break
        if depth > _MAX_DEPTH:
            raise too_deep(origin)
    message: _Values = builder.value
    return message


def _found(chat: _Chat, message: _Values, source: Source, number: int) -> Found:
    origin = source.record(number)
    if message.get("type", "message") != "message":
        return Skipped("Telegram service message")
    text = _text(message.get("text"))
    if not text.strip():
        return Skipped("Telegram message without text")
    try:
        if len(text) > MAX_TEXT:
            raise too_long(origin)
        return _article(chat, message, text, origin=origin, encoding=source.encoding)
    except ReadRefused as error:
        return refusal(error)


def _article(chat: _Chat, message: _Values, text: str, *, origin: str, encoding: str) -> Article:
    title_end, body_start = find_title(text)
    writer = message.get("forwarded_from") or message.get("author") or message.get("from")
    flags = [flag for name, flag in _FLAGS.items() if message.get(name)]
    published, doubt = _published(message)
    return make_article(
        text,
        title_end=title_end,
        body_start=body_start,
        origin=origin,
        encoding=encoding,
        source=chat.name,
        url=_link(chat, message),
        published=published,
        author=str(writer or "") if writer != chat.name else "",
        flags=[*flags, *doubt],
    )


def _text(value: object) -> str:
    """A string, or a list of strings and of entities with a text each → the text, in order and verbatim.

    Of an entity only its text is taken: where a link leads is no part of what was written.
    """
    if isinstance(value, Mapping):
        value = value.get("text")
    if isinstance(value, list):
        return "".join(map(_text, value))
    return value if isinstance(value, str) else ""


def _published(message: _Values) -> tuple[str, list[str]]:
    """The time as the export writes it, in the clock of who exported; a second one in UTC must agree."""
    written = str(message.get("date") or "")
    try:
        second = datetime.fromtimestamp(int(str(message["date_unixtime"])), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return written, []
    try:
        first = datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        return second.isoformat(), []
    apart = abs((first - second).total_seconds()) > _APART
    return written, ["dates-disagree"] if apart else []


def _link(chat: _Chat, message: _Values) -> str:
    number = str(message.get("id") or "")
    if chat.type not in _LINKED or not (chat.id.isdecimal() and number.isdecimal()):
        return ""
    return f"https://t.me/c/{chat.id}/{number}"


def _broken(source: Source, number: int, *, cut: bool) -> ReadRefused:
    return ReadRefused(
        origin=source.origin,
        code="truncated" if cut else "json",
        what=f"{'cut off' if cut else 'no valid JSON'} behind message {number}",
        to_do="export it again",
    )
