import ast
import io
import socket
from pathlib import Path

import pytest

from pipeline.read import feed, read_stream
from pipeline.records import Article, Refusal
from tests.pipeline.read.building import SENTENCES, item, rss
from tests.pipeline.read.reading import articles, only_article, read_here, refusals


def read(data: bytes) -> list[Article | Refusal]:
    return list(read_stream(io.BytesIO(data)))


def test_the_content_of_an_entry_goes_before_its_summary() -> None:
    more = (
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "&lt;p&gt;All of it, in Tuz.&lt;/p&gt;</content:encoded>"
    )
    article = only_article(read(rss(item(description="A part…", more=more))))
    assert article.text == "Blast in Tuz\n\nAll of it, in Tuz."


def test_an_entry_without_text_is_its_title_and_says_so() -> None:
    article = only_article(read(rss("<item><title>Blast in Tuz</title></item>")))
    assert (article.text, article.flags) == ("Blast in Tuz", ("title-only",))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("AT&amp;T in 3 &lt; 5", "AT&T in 3 < 5"),
        ("&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;p&gt;three&lt;/p&gt;", "One & two\n\nthree"),
        ("<![CDATA[<p>One</p><script>alert(1)</script><p>two</p>]]>", "One\n\ntwo"),
        ("Line one\n\nline two", "Line one\n\nline two"),
        ("له\u200c هه\u200cولێر &amp;zwnj;", "له\u200c هه\u200cولێر \u200c"),
        ("![x](http://127.0.0.1/p.png) ${x}", "![x](http://127.0.0.1/p.png) ${x}"),
    ],
)
def test_html_in_an_entry_becomes_text_and_text_stays(written: str, text: str) -> None:
    assert only_article(read(rss(item(description=written)))).body == text


def test_hidden_text_in_an_entry_is_left_out_and_flagged() -> None:
    hidden = "&lt;p&gt;Blast&lt;/p&gt;&lt;p style='display:none'&gt;Basra&lt;/p&gt;"
    article = only_article(read(rss(item(description=hidden))))
    assert (article.body, article.flags) == ("Blast", ("hidden-text",))


@pytest.mark.parametrize(
    ("written", "published", "flags"),
    [
        ("Sun, 12 May 2024 23:30:00 +0300", "2024-05-12", ()),
        ("12 أيار 2024", "2024-05-12", ()),
        ("١٣/٥/٢٠٢٤", "2024-05-13", ()),
        ("Sun, 12 May 0000 10:00:00 GMT", None, ("date-unread",)),
        ("Sun, 12 May 9999 10:00:00 GMT", None, ("date-unread",)),
        ("yesterday", None, ("date-unread",)),
        ("", None, ()),
    ],
)
def test_the_day_of_an_entry_is_the_one_written_or_none(
    written: str, published: str | None, flags: tuple[str, ...]
) -> None:
    article = only_article(read(rss(item(more=f"<pubDate>{written}</pubDate>"))))
    assert (article.published, article.flags) == (published, flags)


@pytest.mark.parametrize(
    ("more", "url"),
    [
        ("<link>https://example.org/1</link>", "https://example.org/1"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<guid>https://example.org/2</guid>", "https://example.org/2"),
        ("<guid isPermaLink='false'>urn:7</guid>", None),
    ],
)
def test_an_entry_leads_to_the_web_or_nowhere(more: str, url: str | None) -> None:
    assert only_article(read(rss(item(more=more)))).url == url


def test_two_texts_of_one_identifier_are_two_articles() -> None:
    more = "<guid>https://example.org/2</guid>"
    ids = {one.id for one in articles(read(rss(item(more=more), item(description=SENTENCES[1], more=more))))}
    assert len(ids) == 2


@pytest.mark.parametrize(("codec", "declared"), [("windows-1256", "utf-8"), ("windows-1256", "windows-1256")])
def test_a_feed_is_decoded_by_what_it_is(codec: str, declared: str) -> None:
    text = "اندلع حريق في سوق خانقين مساء السبت، وسيطر الدفاع المدني عليه خلال ساعتين حسب الشرطة."
    data = rss(item(title="حريق في خانقين", description=text)).decode().replace('"utf-8"', f'"{declared}"')
    article = only_article(read(data.encode(codec)))
    assert (article.body, article.encoding) == (text, "windows-1256")


def test_what_feedparser_had_to_mend_is_flagged_on_each_entry() -> None:
    found = articles(read(rss(item(title="a & b"), item())))
    assert [one.flags for one in found] == [("feed-mended",), ("feed-mended",)]


def test_a_feed_cut_off_keeps_what_came_before_and_says_so() -> None:
    found = read(rss(item(), item(description=SENTENCES[1]), item())[:-150])
    assert [one.body for one in articles(found)][:2] == [SENTENCES[0], SENTENCES[1]]
    assert [one.code for one in refusals(found)] == ["truncated"]


@pytest.mark.parametrize("text", ["http://127.0.0.1:9/x", "/etc/hostname", "file:///etc/hostname"])
def test_a_file_that_is_an_address_is_neither_fetched_nor_opened(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    found = read_here(text.encode(), "a.rss", format="feed")
    assert [one.code for one in refusals(found)] == ["feed"]


def test_feedparser_is_given_streams_of_bytes_and_nothing_else() -> None:
    tree = ast.parse(Path(feed.__file__).read_text("utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "feedparser.parse"
    ]
    assert [ast.unparse(call.args[0]).partition("(")[0] for call in calls] == ["io.BytesIO"]
