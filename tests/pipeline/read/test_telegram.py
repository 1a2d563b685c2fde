import io
import json

import pytest

from pipeline.read import Meter, read_stream
from pipeline.records import Article
from tests.pipeline.read.building import SENTENCES, chat, message
from tests.pipeline.read.reading import articles, refusals


def read(data: bytes) -> list[Article]:
    found = list(read_stream(io.BytesIO(data)))
    assert not refusals(found), refusals(found)
    return articles(found)


def read_one(**more: object) -> Article:
    (one,) = read(chat({**message(), **more}))
    return one


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Blast in Tuz", "Blast in Tuz"),
        ([{"type": "bold", "text": "Blast"}, " in ", {"type": "hashtag", "text": "#Tuz"}, "\n"], "Blast in #Tuz\n"),
        ([{"type": "text_link", "text": "Tuz", "href": "javascript:alert(1)"}], "Tuz"),
        (["له\u200c ", {"type": "italic", "text": "\u200fهه\u200cولێر"}], "له\u200c \u200fهه\u200cولێر"),
        ([["a", {"text": ["b", 7, None]}], {"type": "x"}], "ab"),
    ],
)  # fmt: skip
def test_pieces_of_a_text_are_joined_in_order_and_verbatim(written: object, text: str) -> None:
    assert read_one(text=written).text == text


def test_a_first_line_before_a_blank_one_is_the_title() -> None:
    one = read_one(text=f"Blast in Tuz\n\n{SENTENCES[0]}")
    assert (one.title, one.body) == ("Blast in Tuz", SENTENCES[0])


def test_a_message_has_the_name_of_its_channel_and_a_link_for_members() -> None:
    one = read_one()
    assert (one.source, one.url, one.author) == ("Channel", "https://t.me/c/1001/7", None)


@pytest.mark.parametrize("kind", ["personal_chat", "private_group", "saved_messages", "bot_chat"])
def test_chats_that_have_no_links_get_none(kind: str) -> None:
    assert read(chat(message(), kind=kind))[0].url is None


@pytest.mark.parametrize(
    ("more", "author", "flags"),
    [
        ({"from": "Channel"}, None, ()),
        ({"from": "Jane"}, "Jane", ()),
        ({"from": "Channel", "author": "Jane"}, "Jane", ()),
        ({"from": "Channel", "forwarded_from": "Other"}, "Other", ("forwarded",)),
        ({"edited": "2024-05-13T00:00:00"}, None, ("edited",)),
    ],
)
def test_who_wrote_and_what_became_of_it_is_kept(
    more: dict[str, object], author: str | None, flags: tuple[str, ...]
) -> None:
    one = read_one(**more)
    assert (one.author, one.flags) == (author, flags)


@pytest.mark.parametrize(
    ("date", "unix", "published", "flags"),
    [
        ("2024-05-12T01:00:00", "1715464800", "2024-05-12", ()),
        ("2024-05-12T01:00:00", "1600000000", "2024-05-12", ("dates-disagree",)),
        ("2024-05-12T01:00:00", "never", "2024-05-12", ()),
        ("", "1715464800", "2024-05-11", ()),
        ("", "9" * 40, None, ()),
    ],
)
def test_the_two_times_of_a_message_must_agree(
    date: str, unix: str, published: str | None, flags: tuple[str, ...]
) -> None:
    one = read_one(date=date, date_unixtime=unix)
    assert (one.published, one.flags) == (published, flags)


def test_service_messages_and_pictures_are_passed_over_and_counted() -> None:
    meter = Meter()
    data = chat({"id": 1, "type": "service", "text": "pinned"}, message(""), message([]), message())
    found = list(read_stream(io.BytesIO(data), meter=meter))
    assert [one.origin for one in found] == ["-:4"]
    assert meter.skipped == {"Telegram service message": 1, "Telegram message without text": 2}


def test_chats_of_an_account_keep_their_own_names() -> None:
    one, other = (json.loads(chat(message(), name=name)) for name in ("One", "Other"))
    nameless = {**other, "name": None}
    account = {
        "about": "Here is the data you requested.",
        "personal_information": {"name": "Not a chat", "messages": [message("not a message")]},
        "chats": {"about": "x", "list": [one, nameless]},
        "left_chats": {"list": [other]},
    }
    found = read(json.dumps(account).encode())
    assert [article.source for article in found] == ["One", None, "Other"]


def test_an_export_in_another_encoding_is_read() -> None:
    data = chat(message("انفجار في كركوك")).decode()
    for codec in ("utf-8-sig", "utf-16"):
        assert (
            read(json.dumps(json.loads(data), ensure_ascii=False).encode(codec))[0].text == "انفجار في كركوك"
        )


def test_an_export_beyond_memory_limits_of_a_text_is_read_as_a_stream() -> None:
    data = chat(*[message("Kirkuk " + "x" * 4000)] * 5000)
    assert len(data) > 16 * 1024**2
    assert len(read(data)) == 5000


def test_other_json_is_not_taken_for_telegram() -> None:
    assert read(b'{"type": "message", "text": "Kirkuk"}')[0].text == "Kirkuk"
    assert read(b'[{"text": "Kirkuk", "messages": []}]')[0].text == "Kirkuk"
