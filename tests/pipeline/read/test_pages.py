import codecs
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read import find_files, read_stream
from pipeline.read.webpage import web_address
from pipeline.records import Article
from tests.pipeline.read.building import SENTENCES, page
from tests.pipeline.read.reading import only_article, only_refusal, read_bytes

ARABIC = (
    "أعلنت شرطة محافظة كركوك، اليوم الأحد، اعتقال ثلاثة مطلوبين في قضاء الحويجة خلال حملة تفتيش.",
    "وقال قائد الشرطة إن المعتقلين نقلوا إلى بغداد للتحقيق معهم، وإن الحملة ستستمر حتى نهاية الأسبوع.",
)
DATA = '<script type="application/ld+json">{"datePublished": "2024-05-12", "dateModified": "2024-06-01"}</script>'
ACCENTED = (
    "Kerkük'ün Tuzhurmatu ilçesinde yüzlerce kişi, günlerdir süren kesintileri protesto etti, şehir sakin."
)


def read(data: bytes) -> Article:
    (one,) = read_stream(io.BytesIO(data), format="html")
    assert isinstance(one, Article), one
    return one


def test_a_page_is_its_report_without_menus_and_comments() -> None:
    around = page().replace(b"<article>", b"<nav><a href='/basra'>Basra</a></nav><article>")
    around = around.replace(b"</article>", b"</article><div id='comments'><p>I was in Mosul then.</p></div>")
    article = read(around)
    assert article.text == "\n\n".join(["Blast in Tuz Khurmatu", *SENTENCES])
    assert article.body == "\n\n".join(SENTENCES)


def test_paragraphs_items_and_cells_are_parted_as_on_the_page() -> None:
    article = read(
        page(
            "Dead:<br>two in Tuz, <b>one</b> in <i>Amer</i>li.",
            "<ul><li>Kirkuk: 3</li><li>Mosul: 4</li></ul>",
            "<table><tr><td>Erbil</td><td>5</td></tr></table>",
            *SENTENCES,
        )
    )
    lines = [line for line in article.body.splitlines() if line]
    assert lines[:5] == ["Dead:", "two in Tuz, one in Amerli.", "Kirkuk: 3", "Mosul: 4", "Erbil 5"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet="سهکوی\u200c\u200d\u200e\u200f\u202b\u202c\u00ad\u2067\u2069\u0651\u0654", min_size=3
        ),
        min_size=3,
        max_size=12,
    )
)
def test_letters_come_through_verbatim_with_marks_of_no_width(words: list[str]) -> None:
    text = "ا" + " ".join(f"ب{word}ت" for word in words)
    assert text in read(page(text, *ARABIC)).text


def test_marks_written_as_entities_are_marks_too() -> None:
    article = read(page("له&zwnj;&#8204; هه&#x200c;ولێر &rlm;(٣)", *ARABIC))
    assert "له\u200c\u200c هه\u200cولێر \u200f(٣)" in article.text


@pytest.mark.parametrize(
    "control", ["\x00", "\x01", "\f", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "&#1;", "&#x0;", "&#xFFFF;"]
)
def test_a_control_letter_costs_no_page(control: str) -> None:
    article = read(page(f"له\u200c هه\u200cولێر{control} ئه\u200cمڕۆ", *ARABIC))
    assert article.text.count("له\u200c هه\u200cولێر") == 1
    assert "ئه\u200cمڕۆ" in article.text


def test_a_page_in_linear_b_keeps_its_letters() -> None:
    article = read(page("𐀀𐀁 ه\u200cه 𐀂", *ARABIC))
    assert "𐀀𐀁 ه\u200cه 𐀂" in article.text


@pytest.mark.parametrize(
    ("codec", "declared", "encoding"),
    [
        ("windows-1256", "windows-1256", "windows-1256"),
        ("windows-1256", "utf-8", "windows-1256"),
        ("windows-1256", "iso-8859-1", "windows-1256"),
        ("iso-8859-6", "iso-8859-6", "iso-8859-6"),
        ("utf-8", "windows-1256", "utf-8"),
        ("utf-8", "no-such-charset", "utf-8"),
        ("utf-16", "utf-16", "utf-16"),
    ],
)
def test_arabic_is_decoded_whatever_is_declared(codec: str, declared: str, encoding: str) -> None:
    html = (
        page(*ARABIC, title="حملة تفتيش في الحويجة")
        .decode()
        .replace("charset='utf-8'", f"charset={declared}")
    )
    article = read(html.encode(codec))
    assert article.body == "\n\n".join(ARABIC)
    assert article.encoding == encoding


@pytest.mark.parametrize("declared", ["iso-8859-9", "windows-1254"])
def test_turkish_of_before_utf8_is_read_as_declared(declared: str) -> None:
    html = page(ACCENTED, ACCENTED).decode().replace("charset='utf-8'", f"charset={declared}")
    article = read(html.encode("windows-1254"))
    assert article.body.startswith(ACCENTED)
    assert article.encoding == "windows-1254"


def test_a_byte_order_mark_before_a_page_does_no_harm(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, codecs.BOM_UTF8 + page(), "a.txt")
    assert only_article(found).encoding == "utf-8-sig"


@pytest.mark.parametrize(
    "hiding",
    [
        "hidden",
        'style="display:none"',
        'style="DISPLAY : NONE"',
        'style="visibility:hidden"',
        'style="font-size:0"',
        'style="font-size:1px;"',
        'style="color:#fff"',
        'style="opacity:0"',
        'style="position:absolute;left:-9999px"',
    ],
)
def test_text_that_the_page_hides_is_left_out_and_flagged(hiding: str) -> None:
    article = read(page(*SENTENCES, f"<span {hiding}>Ramadi Falluja Basra Amara</span>"))
    assert "Ramadi" not in article.text
    assert "hidden-text" in article.flags


@pytest.mark.parametrize(
    "shown",
    ['style="color:#fff;background:#000"', 'style="display:block"', 'style="font-size:12px"', 'style="opacity:0.9"'],
)  # fmt: skip
def test_text_that_is_shown_is_kept(shown: str) -> None:
    article = read(page(*SENTENCES, f"<span {shown}>Ramadi and Falluja were calm on Sunday.</span>"))
    assert "Ramadi" in article.text
    assert article.flags == ()


def test_a_page_hidden_until_a_script_runs_is_read() -> None:
    assert read(page().replace(b"<body>", b'<body style="opacity:0">')).body == "\n\n".join(SENTENCES)


@pytest.mark.parametrize(
    ("head", "published", "flags"),
    [
        ('<meta property="article:published_time" content="2024-05-12T21:40:00+03:00">', "2024-05-12", ()),
        ('<meta name="DC.date.issued" content="2024-05">', "2024-05", ()),
        ('<meta name="pubdate" content="٢٠٢٤/٥/١٢">', "2024-05-12", ()),
        (
            f'<meta name="date" content="2020-01-01">{DATA}',
            "2024-05-12",
            (),
        ),
        ('<link rel="canonical" href="https://example.org/2024/05/12/blast">', "2024-05-12", ("date-inferred",)),
        ('<meta property="article:modified_time" content="2024-06-01">', None, ()),
        ('<meta property="article:published_time" content="soon">', None, ()),
        ("", None, ()),
    ],
    ids=["published", "month", "arabic-digits", "data", "address", "modified", "no-date", "none"],
)  # fmt: skip
def test_the_day_is_the_one_the_page_declares(
    head: str, published: str | None, flags: tuple[str, ...]
) -> None:
    article = read(page(head=head))
    assert (article.published, article.flags) == (published, flags)


def test_a_day_shown_above_the_text_is_inferred_and_one_in_the_text_is_not() -> None:
    day = '<span class="post-date">12 أيار 2024</span>'
    for place in ("</h1>", "<h1>"):
        shown = page().replace(place.encode(), f"{place if place == '</h1>' else ''}{day}<h1>".encode(), 1)
        assert (read(shown).published, read(shown).flags) == ("2024-05-12", ("date-inferred",))
    assert (
        read(page("Tuz was calm on 12 May 2024, and on 13 May 2024 as well.", *SENTENCES)).published is None
    )


@pytest.mark.parametrize("around", ["aside", "footer", "nav", "li", "a", "div"])
def test_the_day_of_a_teaser_is_not_that_of_the_page(around: str) -> None:
    teaser = f'<{around}><span class="date">12 May 2024</span></{around}>'.encode()
    assert read(page().replace(b"</article>", b"</article>" + teaser)).published is None
    if around != "div":
        assert read(page().replace(b"</article>", teaser + b"</article>")).published is None


def test_site_author_and_address_are_the_ones_the_page_names() -> None:
    head = (
        '<meta property="og:site_name" content="شفق نيوز"><meta name="author" content="Jane Doe">'
        '<link rel="canonical" href="https://example.org/a?b=1">'
    )
    article = read(page(head=head))
    assert (article.source, article.author, article.url) == (
        "شفق نيوز",
        "Jane Doe",
        "https://example.org/a?b=1",
    )


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (" http://example.org/خبر ", "http://example.org/خبر"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("/relative", ""),
        ("https://exa\u202emple.org/", ""),
        ("https://[", ""),
        ("https://", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_are_addresses(written: str | None, address: str) -> None:
    assert web_address(written) == address


def test_what_looks_like_code_in_a_title_stays_text() -> None:
    title = "&lt;script&gt;alert(1)&lt;/script&gt; ${7*7} {{7*7}} `x` ]]&gt; :red[x] $x$"
    article = read(page(title=title))
    assert article.title == "<script>alert(1)</script> ${7*7} {{7*7}} `x` ]]> :red[x] $x$"


def test_a_fragment_named_as_a_page_is_read_as_one(tmp_path: Path) -> None:
    fragment = f"<div><p>{'</p><p>'.join(SENTENCES)}</p></div>".encode()
    assert only_article(read_bytes(tmp_path, fragment, "a.htm")).text == "\n\n".join(SENTENCES)


def test_a_page_read_as_text_keeps_its_tags(tmp_path: Path) -> None:
    assert only_article(read_bytes(tmp_path, page(), "a.html", format="text")).text.startswith("<!DOCTYPE")


def test_the_parts_of_a_saved_page_are_no_articles(tmp_path: Path) -> None:
    (tmp_path / "Blast_files").mkdir()
    (tmp_path / "Blast_files" / "ads.js").write_text("var kirkuk = 1")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "a.txt").write_text("Kirkuk")
    found = [*read_bytes(tmp_path, page(), "Blast.html")]
    assert only_article(found).title == "Blast in Tuz Khurmatu"
    assert [path.name for path in find_files(tmp_path) if isinstance(path, Path)] == ["Blast.html", "a.txt"]


def test_a_saved_page_of_several_parts_is_its_first_page(tmp_path: Path) -> None:
    parts = b"--b\r\nContent-Type: text/html; charset=windows-1256\r\nContent-Location: https://example.org/p\r\n\r\n"
    header = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    html = page(*ARABIC).decode().replace("<meta charset='utf-8'>", "").encode("windows-1256")
    article = only_article(read_bytes(tmp_path, header + parts + html + b"\r\n--b--\r\n", "a.txt"))
    assert (article.body, article.url) == ("\n\n".join(ARABIC), "https://example.org/p")


def test_a_damaged_letter_refuses_the_page_with_its_place(tmp_path: Path) -> None:
    refusal = only_refusal(read_bytes(tmp_path, page(*ARABIC).replace("أ".encode(), b"\xd8", 1), "a.html"))
    assert refusal.code == "encoding"
