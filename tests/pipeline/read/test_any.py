"""Whatever bytes come, each record is an article or a refusal, and nothing is raised."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read import FORMATS, read_stream
from pipeline.records import Article, Refusal
from tests.pipeline.read.reading import FIXTURES, articles, refusals


def read(data: bytes, name: str | None = None) -> list[Article | Refusal]:
    return list(read_stream(io.BytesIO(data), format=name))


@pytest.mark.parametrize("name", [None, *(row.name for row in FORMATS)])
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_end_in_articles_and_refusals(name: str | None, data: bytes) -> None:
    for one in read(data, name):
        if isinstance(one, Article):
            assert one.text.strip()
            assert not one.text.encode("utf-8", "surrogatepass").count(b"\0")
            assert 0 <= one.title_end <= one.body_start <= len(one.text)
        else:
            assert one.message.isprintable()


FORMAT_FILES = sorted(path for path in (FIXTURES / "formats").iterdir() if path.is_file())


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FORMAT_FILES), st.data())
def test_a_spoilt_file_of_any_format_ends_in_articles_and_refusals(path: Path, data: st.DataObject) -> None:
    spoilt = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(spoilt)))
        spoilt[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    found = read(bytes(spoilt))
    assert found
    for one in found:
        assert one.origin.isprintable()
        assert isinstance(one, Article) or one.message.isprintable()


@pytest.mark.parametrize("data", [b"title,text\n", b"[]", b"\xef\xbb\xbftitle;text\r\n\r\n"], ids=repr)
def test_a_file_of_no_records_is_refused_and_never_nothing(data: bytes) -> None:
    assert [one.code for one in refusals(read(data))] == ["empty"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet='ab,"\n', max_size=12), max_size=8))
def test_a_row_is_never_lost_to_the_quotes_of_another(rows: list[str]) -> None:
    data = "\n".join(["id,text", "1,first", *rows, "2,last"])
    found = read(data.encode(), "csv")
    assert articles(found)[0].text == "first"
    breaks = sum(one.text.count("\n") for one in articles(found))
    assert len(found) + breaks <= data.count("\n")
    assert refusals(found) or articles(found)[-1].text.endswith("last")


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=4), st.integers(min_value=0, max_value=60))
def test_a_spoilt_line_costs_at_most_the_lines_it_touches(spoilt: bytes, place: int) -> None:
    lines = [b'{"text": "Two people were wounded in Kirkuk."}'] * 3
    middle = lines[1][:place] + spoilt + lines[1][place + len(spoilt) :]
    found = read(b"\n".join([lines[0], middle, lines[2]]), "jsonl")
    assert len(articles(found)) >= 2
    assert len(found) >= 3 or not middle.strip()
