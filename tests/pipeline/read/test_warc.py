import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.read import read_stream
from pipeline.read.warc_records import Damage, read_records
from pipeline.records import Article, Refusal
from tests.pipeline.read.building import SENTENCES, URL, answer, bare_warc, page
from tests.pipeline.read.reading import articles, only_article, read_bytes, refusals

CHECKSUM = 8  # bytes that gzip puts behind the content
BODY = "\n\n".join(SENTENCES)


def read(data: bytes) -> list[Article | Refusal]:
    return list(read_stream(io.BytesIO(data)))


@pytest.mark.parametrize("write", [answer, bare_warc])
def test_a_page_has_the_address_it_was_fetched_from(write: Callable[[bytes], bytes]) -> None:
    head = '<link rel="canonical" href="https://elsewhere.example/">'
    article = only_article(read(write(page(head=head))))
    assert (article.body, article.url, article.origin) == (BODY, URL, "-:1")


def test_the_day_of_the_crawl_is_no_day_of_publication() -> None:
    assert only_article(read(answer())).published is None


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "urn:x"])
def test_a_record_of_no_web_address_has_none(url: str) -> None:
    article = only_article(read(bare_warc(page()).replace(URL.encode(), url.encode())))
    assert article.url is None


def test_the_charset_of_the_answer_goes_before_that_of_the_page() -> None:
    text = "أعلنت شرطة محافظة كركوك، اليوم الأحد، اعتقال ثلاثة مطلوبين في قضاء الحويجة خلال حملة تفتيش واسعة."
    html = (
        page(text, text + ".")
        .decode()
        .replace("charset='utf-8'", "charset='iso-8859-6'")
        .encode("windows-1256")
    )
    article = only_article(read(answer(html, mime="text/html; Charset=Windows-1256")))
    assert article.body.startswith(text)
    assert article.encoding == "windows-1256"


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (gzip.compress(page()), [("Content-Encoding", "gzip")]),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(page()), page()), [("Transfer-Encoding", "chunked")]),
        (page(), [("Transfer-Encoding", "chunked")]),
        (page(), [("Content-Encoding", "gzip")]),
    ],
    ids=["packed", "chunked", "said-chunked", "said-packed"],
)
def test_an_answer_is_taken_out_of_its_wrapping(payload: bytes, headers: list[tuple[str, str]]) -> None:
    assert only_article(read(answer(payload, headers=headers))).body == BODY


def test_a_resource_record_is_a_page_as_well() -> None:
    assert only_article(read(answer(kind="resource", mime="text/html"))).body == BODY


def test_a_page_of_no_declared_type_is_known_by_its_content() -> None:
    untyped = bare_warc(page()).replace(b"Content-Type: text/html\r\n", b"")
    assert only_article(read(untyped)).body == BODY


def test_a_page_without_a_report_is_refused_by_its_record() -> None:
    found = read(answer() + answer(b"<html><body></body></html>") + answer())
    assert [(one.origin, one.code) for one in refusals(found)] == [("-:2", "no-text")]
    assert len(articles(found)) == 2


def test_what_lies_behind_damage_is_read_and_flagged() -> None:
    found = read(answer() + b"garbage" * 9 + answer())
    assert [one.flags for one in articles(found)] == [(), ("after-damage",)]
    assert [one.origin for one in found] == ["-:1", "-:2", "-:3"]


def test_damage_is_told_with_its_place() -> None:
    first = answer()
    (refusal,) = refusals(read(first + b"garbage" * 9 + answer()))
    assert f"the record at byte {len(first)}: no WARC record" in refusal.message


def test_a_record_hidden_in_a_page_is_no_record() -> None:
    forged = answer(page("Forged in Mosul."), url="https://trusted.example/")
    found = read(answer(page() + forged) + answer(page() + bare_warc(page("Forged in Mosul."))))
    assert {one.url for one in articles(found)} == {URL}
    assert len(found) == 2


@pytest.mark.parametrize("cut", range(1, 400, 23))
def test_wherever_a_file_is_cut_the_cut_is_told(cut: int) -> None:
    whole = [answer(), answer(page("Tuz was calm.", *SENTENCES))]
    found = read(b"".join(whole)[:-cut])
    assert [one.code for one in refusals(found)] == ["truncated"]
    assert len(articles(found)) == (1 if cut > CHECKSUM else 2)


def test_records_that_are_whole_have_their_places() -> None:
    parts = [answer(), answer(b"x", mime="image/png"), answer()]
    found = list(read_records(io.BytesIO(b"".join(parts))))
    assert not [one for one in found if isinstance(one, Damage)]
    assert [one.offset for one in found] == [0, len(parts[0]), len(parts[0]) + len(parts[1])]


def test_nothing_is_printed_about_damage(capfd: pytest.CaptureFixture[str]) -> None:
    read(answer() + b"garbage" * 9 + answer()[:200] + b"\0" * 99 + bare_warc(page(), length=7))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", [None, "warc"])
def test_one_gzip_around_many_records_is_unpacked_first(tmp_path: Path, name: str | None) -> None:
    whole = gzip.compress(bare_warc(page()) + bare_warc(page(*reversed(SENTENCES))))
    found = read_bytes(tmp_path, whole, "a.warc.gz", format=name)
    assert [one.origin for one in articles(found)] == [f"{tmp_path}/a.warc.gz:{number}" for number in (1, 2)]


def test_a_file_of_nothing_but_damage_is_given_up_and_says_so() -> None:
    found = read(answer() + b"WARC/1.0\r\nx\r\n" * 300)
    assert [one.code for one in refusals(found)][-1] == "given-up"
    assert len(articles(found)) == 1
    assert len(found) < 110
