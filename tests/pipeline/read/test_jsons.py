import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read import read_stream
from pipeline.records import Article
from tests.pipeline.read.reading import (
    FIXTURES,
    articles,
    only_article,
    only_refusal,
    read_all,
    read_bytes,
    refused_lines,
)


def test_a_line_is_an_article_under_the_names_its_source_uses() -> None:
    blast, kirkuk = articles(read_all(FIXTURES / "news.jsonl"))
    assert blast.text == "Blast in Tuz\n\nA blast hit Tuz Khurmatu on Sunday, police said."
    assert (blast.title, blast.source, blast.published) == ("Blast in Tuz", "Shafaq", "2024-05-01")
    assert blast.origin.endswith("news.jsonl:1")
    assert (kirkuk.title, kirkuk.language, kirkuk.published) == ("", "ckb", "2024-05")
    assert kirkuk.origin.endswith("news.jsonl:3")


def test_an_array_and_a_single_object_are_read_too(tmp_path: Path) -> None:
    assert [one.origin[-2:] for one in articles(read_all(FIXTURES / "news.json"))] == [":1", ":2"]
    one = read_bytes(tmp_path, b'{\n "title": "Blast",\n "text": "In Tuz."\n}', "one.json")
    assert only_article(one).text == "Blast\n\nIn Tuz."


BAD_LINES = [
    ('{"text": "cut', "json"),
    ("[1]", "json"),
    ('"text"', "json"),
    ('{"text": 1}', "text"),
    ('{"id": 7}', "text"),
    ('{"text": "  "}', "empty"),
    ('{"text": "a", "text": "b"}', "keys"),
    ('{"text": "a", "more": {"x": 1, "x": 2}}', "keys"),
    ('{"text": "a", "n": NaN}', "number"),
    ('{"text": "a", "n": -Infinity}', "number"),
    ('{"text": "a", "n": 1e999}', "number"),
    ('{"text": "a", "n": ' + "9" * 5000 + "}", "number"),
    ('{"text": "a", "n": ' + "[" * 200_000, "depth"),
]


@pytest.mark.parametrize(("line", "code"), BAD_LINES, ids=[f"{code}-{line[:24]}" for line, code in BAD_LINES])
def test_a_bad_line_is_refused_alone(tmp_path: Path, line: str, code: str) -> None:
    data = '{"text": "first"}\n' + line + '\n{"text": "last"}'
    found = read_bytes(tmp_path, data.encode(), "news.jsonl")
    assert refused_lines(found) == [("2", code)]
    assert [one.text for one in articles(found)] == ["first", "last"]


def test_a_line_of_damaged_bytes_is_refused_alone(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'{"text": "first"}\n{"text": "\xff\xfe"}\n{"text": "last"}\n', "news.jsonl")
    assert refused_lines(found) == [("2", "encoding")]
    assert len(articles(found)) == 2


def test_a_line_beyond_the_limit_is_passed_over_and_refused_alone(tmp_path: Path) -> None:
    long = b'{"text": "' + b"x" * (17 << 20) + b'"}\n'
    found = read_bytes(tmp_path, b'{"text": "first"}\n' + long + b'{"text": "last"}\n', "news.jsonl")
    assert refused_lines(found) == [("2", "size")]
    assert [one.text for one in articles(found)] == ["first", "last"]


def test_lone_surrogates_become_replacement_letters_and_are_flagged(tmp_path: Path) -> None:
    article = only_article(read_bytes(tmp_path, rb'{"text": "\ud800 Kirkuk \u0000"}', "a.jsonl"))
    assert article.text == "\ufffd Kirkuk \ufffd"
    assert article.flags == ("nul-replaced", "surrogate-replaced")


def test_line_ends_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'\xef\xbb\xbf{"text": "a"}\r\n\r\n \n{"text": "b\\r\\nc"}', "a.jsonl")
    assert [one.text for one in articles(found)] == ["a", "b\r\nc"]


def test_json_lines_in_utf16_are_read(tmp_path: Path) -> None:
    data = '{"text": "انفجار في ديالى"}\n{"text": "انفجار في كركوك"}\n'.encode("utf-16")
    assert [one.encoding for one in articles(read_bytes(tmp_path, data, "a.jsonl"))] == ["utf-16", "utf-16"]


@pytest.mark.parametrize(
    ("record", "flag"),
    [
        ({"text": "a", "author": ["x", "y"]}, "author-ignored"),
        ({"text": "a", "date": "05/06/24"}, "date-unread"),
        ({"text": "a", "date": "05/06/2024"}, "date-order"),
        ({"title": "Blast in Tuz"}, "title-only"),
    ],
)
def test_what_was_left_out_of_a_record_is_flagged(
    tmp_path: Path, record: dict[str, object], flag: str
) -> None:
    article = only_article(read_bytes(tmp_path, json.dumps(record).encode(), "a.jsonl"))
    assert article.flags == (flag,)


def test_content_decides_before_the_ending(tmp_path: Path) -> None:
    assert only_article(read_bytes(tmp_path, b'{"text": "in a text file"}', "a.txt")).text == "in a text file"
    assert only_article(read_bytes(tmp_path, b'{"text": "one line"}', "a.json")).text == "one line"


def test_a_structured_ending_is_never_read_as_plain_text(tmp_path: Path) -> None:
    assert only_refusal(read_bytes(tmp_path, b"Kirkuk, Diyala", "a.jsonl")).code == "json"


def test_the_format_named_overrides_what_a_file_looks_like(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'{"text": "a"}', "a.jsonl", format="text")
    assert only_article(found).text == '{"text": "a"}'


def test_equal_content_has_one_id_and_other_content_another(tmp_path: Path) -> None:
    rows = [
        {"text": "a"},
        {"body": "a", "author": "x"},
        {"text": "a", "source": "s"},
        {"text": "a", "date": "2024"},
    ]
    data = "\n".join(map(json.dumps, rows)).encode()
    ids = [one.id for one in articles(read_bytes(tmp_path, data, "a.jsonl"))]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6))
def test_whatever_lines_come_each_is_an_article_or_a_refusal(lines: list[bytes]) -> None:
    data = b'{"text": "first"}\n' + b"\n".join(lines)
    found = list(read_stream(io.BytesIO(data), format="jsonl"))
    assert all(isinstance(one, Article) or one.message.isprintable() for one in found)


@pytest.mark.parametrize(
    "data", [b'{"beitrag": "In Tuz"}\n', b'[{"beitrag": "In Tuz"}]'], ids=["lines", "array"]
)
def test_keys_are_known_by_the_names_the_user_gives(data: bytes) -> None:
    (article,) = read_stream(io.BytesIO(data), columns={"text": "Beitrag"})
    assert isinstance(article, Article)
    assert article.text == "In Tuz"


BAD_ITEMS = [
    (line, code) for line, code in BAD_LINES if not line.startswith('{"text": "cut') and code != "depth"
]


@pytest.mark.parametrize(("item", "code"), BAD_ITEMS, ids=[f"{code}-{item[:24]}" for item, code in BAD_ITEMS])
def test_a_bad_item_of_an_array_is_refused_alone(tmp_path: Path, item: str, code: str) -> None:
    data = f'[{{"text": "first"}},\n {item} , {{"text": "last"}}]'
    found = read_bytes(tmp_path, data.encode(), "news.json")
    assert refused_lines(found) == [("2", code)]
    assert [one.text for one in articles(found)] == ["first", "last"]


@pytest.mark.parametrize(
    ("behind", "code"),
    [
        ("", "json"),
        (",", "json"),
        (', {"text": "cut', "json"),
        ('{"text": "no comma"}]', "json"),
        ("] more", "json"),
        (', {"a": ' + "[" * 200_000, "depth"),
    ],
    ids=["cut", "cut-behind-a-comma", "cut-within", "no-comma", "more", "depth"],
)
def test_an_array_that_breaks_off_keeps_what_came_before(tmp_path: Path, behind: str, code: str) -> None:
    *first, last = read_bytes(tmp_path, f'[{{"text": "first"}}{behind}'.encode(), "news.json")
    assert [one.text for one in articles(first)] == ["first"]
    assert only_refusal([last]).code == code


def test_an_array_of_any_size_is_read_item_by_item() -> None:
    item = b'{"text": "Kirkuk %d' + b" x" * 10_000 + b'"}'
    data = b"[" + b",\n".join(item % number for number in range(1000)) + b"]"
    assert len(data) > 20_000_000
    found = articles(list(read_stream(io.BytesIO(data), format="json")))
    assert [one.text.rstrip(" x") for one in found] == [f"Kirkuk {number}" for number in range(1000)]


def test_an_item_beyond_the_limit_ends_the_array(tmp_path: Path) -> None:
    data = b'[{"text": "first"}, {"text": "' + b"x" * (36 << 20) + b'"}]'
    found = read_bytes(tmp_path, data, "news.json")
    assert [type(one).__name__ for one in found] == ["Article", "Refusal"]


def test_damaged_letters_of_an_array_cost_one_item(tmp_path: Path) -> None:
    data = b'[{"text": "first"}, {"text": "\xff"}, {"text": "last"}]'
    found = read_bytes(tmp_path, data, "news.json")
    assert refused_lines(found) == [("2", "encoding")]
    assert len(articles(found)) == 2
