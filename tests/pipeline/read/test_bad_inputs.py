"""What a hostile or broken file does to the readers: each is told by name, and costs nothing but itself."""

import gzip
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.read import Meter, read_path
from pipeline.records import Article, Refusal
from tests.pipeline.read.building import (
    SENTENCES,
    answer,
    bare_warc,
    chat,
    item,
    message,
    page,
    rss,
    zipped,
)

MEGABYTE = 1024**2
GOOD = page()
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))


@dataclass(frozen=True)
class Case:
    """A file and what must come of it: articles, refusals by code, and what was passed over."""

    name: str
    data: Callable[[], bytes]
    articles: int = 0
    refused: list[str] = field(default_factory=list)
    skipped: Mapping[str, int] = field(default_factory=dict)
    says: str = ""


def entity(definition: str, use: str) -> bytes:
    return rss(item(title=use), prologue=f"<!DOCTYPE rss [<!ENTITY {definition}>]>")


def cut_zip_member() -> bytes:
    whole = zipped({"a.txt": SENTENCES[0].encode(), "b.txt": SENTENCES[1].encode() * 50})
    place = whole.index(b"PK\x03\x04", 10)
    return whole[: place + 60] + b"\0" * 8 + whole[place + 68 :]


def lying_zip(size: int) -> bytes:
    """A member of 40 MB that claims fewer bytes, in both places."""
    true = 40 * MEGABYTE
    return zipped({"a.txt": b" " * true}).replace(struct.pack("<I", true), struct.pack("<I", size))


def encrypted_zip() -> bytes:
    whole = bytearray(zipped({"a.txt": b"Kirkuk", "b.txt": SENTENCES[0].encode()}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(sign) + flags] |= 1
    return bytes(whole)


def chunked_bomb() -> bytes:
    packed = gzip.compress(b"<html>" + b" " * (100 * MEGABYTE), 9)
    return answer(packed, headers=[("Content-Encoding", "gzip")])


def arc() -> bytes:
    fields = b"1 0 x\nURL IP-address Archive-date Content-type Archive-length\n"
    answered = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + GOOD
    return b"filedesc://a.arc 0.0.0.0 20240601000000 text/plain %d\n%s\n" % (
        len(fields),
        fields,
    ) + b"https://news.example.org/a 0.0.0.0 20240601000000 text/html %d\n%s\n" % (len(answered), answered)


CASES = {
    "20-html-nested-in-an-entry": Case(
        "a.rss",
        lambda: rss(item(description="&lt;div&gt;" * 100_000 + "x"), item()),
        articles=1,
        refused=["depth"],
    ),
    "20-xml-nested": Case("a.rss", lambda: rss("<a>" * 100_000), refused=["depth"]),
    "16-billion-laughs": Case(
        "a.rss",
        lambda: rss(item(title="&j;"), prologue=f'<!DOCTYPE rss [<!ENTITY a "ha">{LAUGHS}]>'),
        refused=["entities"],
    ),
    "16-laughs-behind-an-error": Case(
        "a.xml",
        lambda: b"<?x?>" + rss(item(title="&j;"), prologue=f"<!DOCTYPE rss [{LAUGHS}]>"),
        refused=["entities"],
    ),
    "17-quadratic-entity": Case(
        "a.rss", lambda: entity(f'a "{"x" * 50_000}"', "&a;" * 5000), refused=["entities"]
    ),
    "18-external-file": Case(
        "a.rss", lambda: entity('a SYSTEM "file:///etc/hostname"', "&a;"), refused=["entities"]
    ),
    "18-external-address": Case(
        "a.rss", lambda: entity('a SYSTEM "http://127.0.0.1:9/x"', "&a;"), refused=["entities"]
    ),
    "18-parameter-entity": Case(
        "a.rss", lambda: entity('% a SYSTEM "http://127.0.0.1:9/x.dtd"> %a; <!ENTITY b ""', ""), refused=["entities"]
    ),
    "18-an-old-doctype-is-no-attack": Case(
        "a.rss",
        lambda: rss(item(), prologue='<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'),
        articles=1,
    ),
    "21-control-letter-in-a-feed": Case("a.rss", lambda: rss(item(title="a \x08 b")), articles=1),
    "21-page-served-as-a-feed": Case("a.rss", lambda: GOOD, articles=1),
    "21-feed-without-entries": Case("a.rss", rss, refused=["feed"]),
    "21-xml-that-is-no-feed": Case("a.rss", lambda: b"<?xml version='1.0'?><a>Kirkuk</a>", refused=["format"]),
    "21-feed-cut-off": Case(
        "a.rss", lambda: rss(item(), item())[:-90], articles=2, refused=["truncated"]
    ),
    "24-page-of-200000-paragraphs": Case(
        "a.html", lambda: page(*["Kirkuk and Mosul."] * 200_000), refused=["too-large"]
    ),
    "24-page-of-endless-tags": Case(
        "a.html", lambda: GOOD.replace(b"<p>", b"<meta " * 10_000 + b"><p>", 1), articles=1
    ),
    "24-page-of-endless-styles": Case(
        "a.html",
        lambda: GOOD.replace(b"<p>", b"<p style='" + b"color:#fff;" * 100_000 + b"background:#000'>", 1),
        articles=1,
    ),
    "24-page-of-empty-elements": Case(
        "a.html", lambda: GOOD.replace(b"</p>", b"<b> </b>" * 40_000 + b"</p>", 1), refused=["too-large"]
    ),
    "24-page-of-comments": Case(
        "a.html", lambda: b"<!-- a -->" * 6000 + b"<x>" + GOOD, articles=1
    ),
    "24-page-nested": Case(
        "a.html", lambda: GOOD.replace(b"<article>", b"<article>" + b"<div>" * 100_000), refused=["depth"]
    ),
    "25-page-of-one-line": Case("a.html", lambda: b"<html>" + b"x" * (20 * MEGABYTE), refused=["size"]),
    "25-page-of-one-shorter-line": Case(
        "a.html", lambda: b"<html><body><script>" + b"x" * (8 * MEGABYTE), refused=["no-text"]
    ),
    "25-page-without-text": Case("a.html", lambda: b"<html><body></body></html>", refused=["no-text"]),
    "25-empty-page": Case("a.html", lambda: b"", refused=["empty"]),
    "25-picture-named-page": Case(
        "a.html", lambda: b"\x89PNG\r\n\x1a\n", refused=["binary"], says="a PNG picture"
    ),
    "30-bomb-in-a-record": Case(
        "a.warc.gz",
        lambda: answer() + answer(b"<html>" + b" " * (100 * MEGABYTE)) + answer(),
        articles=2,
        refused=["too-large"],
    ),
    "30-bomb-in-a-packed-answer": Case("a.warc.gz", chunked_bomb, refused=["too-large"]),
    "31-cut-in-the-last-record": Case(
        "a.warc.gz", lambda: answer() + answer()[:-300], articles=1, refused=["truncated"]
    ),
    "31-cut-behind-the-first-bytes": Case(
        "a.warc.gz", lambda: answer() + answer()[:14], articles=1, refused=["truncated"]
    ),
    "31-cut-and-not-compressed": Case(
        "a.warc", lambda: bare_warc(GOOD) + bare_warc(GOOD)[:-200], articles=1, refused=["truncated"]
    ),
    "32-length-beyond-the-file": Case(
        "a.warc", lambda: bare_warc(b"<html>Kirkuk", length=10**9), refused=["length"]
    ),
    "32-length-that-swallows-others": Case(
        "a.warc",
        lambda: bare_warc(GOOD) + bare_warc(GOOD, length=10**9) + bare_warc(GOOD),
        articles=2,
        refused=["length"],
    ),
    "32-length-below-zero": Case(
        "a.warc", lambda: bare_warc(GOOD, length=-5) + bare_warc(GOOD), articles=1, refused=["length"]
    ),
    "32-length-too-short": Case(
        "a.warc", lambda: bare_warc(GOOD, length=100) + bare_warc(GOOD), articles=1, refused=["length"]
    ),
    "32-length-that-is-no-number": Case(
        "a.warc", lambda: bare_warc(GOOD, length="many") + bare_warc(GOOD), articles=1, refused=["length"]
    ),
    "33-garbage-between-records": Case(
        "a.warc.gz", lambda: answer() + b"garbage" * 99 + answer(), articles=2, refused=["warc"]
    ),
    "33-garbage-member": Case(
        "a.warc.gz", lambda: answer() + gzip.compress(b"garbage") + answer(), articles=2, refused=["warc"]
    ),
    "33-damaged-member": Case(
        "a.warc.gz",
        lambda: answer() + answer()[:200] + b"\0" * 40 + answer()[240:] + answer(),
        articles=2,
        refused=["warc"],
    ),
    "34-tampered": Case(
        "a.warc",
        lambda: answer(packed=False) + answer(packed=False).replace(b"Tuz Kh", b"Tal Af") + answer(packed=False),
        articles=2,
        refused=["digest"],
    ),
    "35-kinds-that-are-no-pages": Case(
        "a.warc.gz",
        lambda: (
            answer(kind="request")
            + answer(b"x: y", kind="metadata", mime="application/warc-fields")
            + answer(b"", kind="revisit")
            + answer(status="404 Not Found")
            + answer(b"\x89PNG", mime="image/png")
            + answer(b"{}", mime="hostile\x1b[31m/thing")
            + answer()
        ),
        articles=1,
        skipped={
            "WARC request record": 1,
            "WARC metadata record": 1,
            "WARC revisit record": 1,
            "answer 404": 1,
            "image/* file that is no page": 1,
            "file of another type": 1,
        },
    ),
    "35-nothing-but-pictures": Case(
        "a.warc.gz",
        lambda: answer(b"\x89PNG", mime="image/png"),
        refused=["empty"],
        skipped={"image/* file that is no page": 1},
        says="holds no article, only 1 × image/* file that is no page",
    ),
    "35-old-version": Case(
        "a.warc", lambda: bare_warc(GOOD).replace(b"WARC/1.0", b"WARC/0.18"), articles=1
    ),
    "35-arc": Case("a.arc", arc, articles=1, skipped={"WARC warcinfo record": 1}),
    "35-many-empty-members": Case(
        "a.warc.gz", lambda: answer() + gzip.compress(b"") * 50_000 + answer(), articles=2
    ),
    "36-zip-of-a-bomb": Case("a.zip", lambda: zipped({"a.txt": b" " * (100 * MEGABYTE)}), refused=["too-large"]),
    "36-zip-that-lies-about-its-size": Case("a.zip", lambda: lying_zip(1000), refused=["archive"]),
    "36-gzip-bomb": Case("a.csv.gz", lambda: gzip.compress(b"x" * (100 * MEGABYTE), 9), refused=["too-large"]),
    "36-zip-in-a-zip": Case(
        "a.zip", lambda: zipped({"a.txt": SENTENCES[0].encode(), "b.zip": zipped({"c.txt": b"Kirkuk"})}),
        articles=1, refused=["nested"],
    ),
    "36-damaged-member": Case("a.zip", cut_zip_member, articles=1, refused=["archive"]),
    "36-encrypted-member": Case("a.zip", encrypted_zip, articles=1, refused=["encrypted"]),
    "36-empty-zip": Case("a.zip", lambda: zipped({}), refused=["empty"]),
    "36-gzip-cut-off": Case(
        "a.txt.gz", lambda: gzip.compress(SENTENCES[0].encode() * 99)[:-12], refused=["truncated"]
    ),
    "36-gzip-of-other-content": Case(
        "a.txt.gz",
        lambda: gzip.compress(SENTENCES[0].encode())[:-8] + struct.pack("<II", zlib.crc32(b"x"), 1),
        refused=["archive"],
    ),
    "38-zip-and-junk": Case("a.zip", lambda: b"PK\x03\x04" + b"junk" * 99, refused=["archive"]),
    "38-zip-by-name-only": Case("a.zip", lambda: b"Kirkuk", refused=["archive"]),
    "38-rtf-named-page": Case("a.html", lambda: b"{\\rtf1 Kirkuk}", refused=["binary"], says="an RTF document"),
    "38-parquet-and-junk": Case("a.parquet", lambda: b"PAR1" + b"junk" * 99, refused=["parquet"]),
    "10-telegram-cut-off": Case(
        "result.json",
        lambda: chat(*[message(f"Kirkuk {number} " + "x" * 9000) for number in range(3)])[:-500],
        articles=2,
        refused=["truncated"],
    ),
    "10-telegram-nested": Case(
        "result.json",
        lambda: chat(message(), message([[0]])).replace(b"[[0]]", b"[" * 200_000),
        articles=1, refused=["depth"],
    ),
    "10-telegram-nested-beside-messages": Case(
        "result.json", lambda: chat(message()).replace(b'"id"', b'"x": ' + b"[" * 200_000, 1), refused=["depth"]
    ),
    "10-telegram-number-beyond-measure": Case(
        "result.json", lambda: chat(message()).replace(b"1001", b"9" * 5000), refused=["json"]
    ),
    "11-telegram-link-is-text": Case(
        "result.json",
        lambda: chat(message([{"type": "text_link", "text": "Kirkuk", "href": "javascript:alert(1)"}])),
        articles=1,
    ),
    "mhtml-without-a-page": Case(
        "a.mhtml",
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\ntext\r\n--x--",
        refused=["no-text"],
    ),
    "mhtml-nested": Case(
        "a.mhtml",
        lambda: b"".join(
            b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5000)
        ),
        refused=["depth"],
    ),
}  # fmt: skip


def read(path: Path) -> tuple[list[Article], list[Refusal], Meter]:
    meter = Meter()
    found = list(read_path(path, meter=meter))
    articles = [one for one in found if isinstance(one, Article)]
    return articles, [one for one in found if isinstance(one, Refusal)], meter


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_bad_file_is_told_by_name_and_costs_nothing_but_itself(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.data())
    articles, refusals, meter = read(path)
    assert [one.code for one in refusals] == case.refused, [one.message for one in refusals]
    assert len(articles) == case.articles
    assert dict(meter.skipped) == case.skipped
    assert all(one.message.isprintable() and one.message.startswith(str(path)) for one in refusals)
    assert any(case.says in one.message for one in refusals) or not case.says
    assert not any("javascript" in (one.url or "") or "root:" in one.text for one in articles)
