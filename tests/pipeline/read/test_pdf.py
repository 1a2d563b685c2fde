"""A PDF keeps where letters stand; what comes out must be what a reader reads."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.pdf import MAX_PAGES, read_pdf
from pipeline.read.source import Source
from pipeline.read.visual import is_backwards, to_letters, to_text
from pipeline.records import Article
from tests.pipeline.read.pdfs import Drawn, as_drawn, pdf
from tests.pipeline.read.reading import FIXTURES, only_article, only_refusal, read_all, read_bytes

AR = "قتل شخصان في كركوك والحويجة"


def read(data: bytes) -> Article:
    return only_article(list(read_pdf(Source(origin="a.pdf", stream=io.BytesIO(data)))))


def text_of(*lines: Drawn) -> str:
    return read(pdf(lines)).text


@pytest.mark.parametrize(
    ("name", "title", "language", "sentences"),
    [
        (
            "chromium-ar.pdf",
            "انفجار قرب داقوق",
            "ar",
            [
                "شخصان وأصيب ثلاثة آخرون في انفجار",
                "يوم الأحد 5 كانون الثاني 2024، بحسب",
                "طوزخورماتو وكركوك، وإن",
                "(بنسبة 90%)",
            ],
        ),
        (
            "chromium-ckb.pdf",
            "تەقینەوە لە نزیک داقوق",
            "ckb",
            ["باشووری پارێزگای کەرکووک لە ڕۆژی یەکشەممە.", "لە شەنگال و خانەقین و مەخموور."],
        ),
        (
            "chromium-tr.pdf",
            "Dakuk yakınlarında patlama",
            "tr",
            ["Kerkük'ün güneyindeki Dakuk ilçesi", "Şırnak, Iğdır ve İstanbul'daki"],
        ),
    ],
)
def test_a_page_printed_by_a_browser_is_read_as_it_was_written(
    name: str, title: str, language: str, sentences: list[str]
) -> None:
    article = only_article(read_all(FIXTURES / name))
    assert (article.title, article.language, article.flags) == (title, language, ())
    assert [sentence for sentence in sentences if sentence not in article.text] == []
    assert article.published is None


def test_arabic_is_read_from_right_to_left_in_whatever_order_it_was_drawn() -> None:
    drawn = Drawn(as_drawn(AR), x=72, y=700)
    backwards = Drawn(list(AR), x=72 + (len(AR) - 1) * 7.2, y=700, step=-0.6)
    assert text_of(drawn) == text_of(backwards) == AR


def test_shapes_become_letters_and_a_ligature_stays_in_its_order() -> None:
    shapes = ["ﻙ", "ﺭ", "ﻛ", "ﻮ", "ﻙ", " ", "لا", "ﻟ", "ﺶ"]
    assert text_of(Drawn(shapes[::-1], x=72, y=700)) == "كركوك لالش"


def test_the_last_heh_is_a_vowel_in_sorani_and_a_consonant_in_arabic() -> None:
    assert to_letters("ﻛﻪرﻛﻮوﻙ ڕۆژێ", sorani=True).startswith("كەركووك")
    assert to_letters("وجﻪ", sorani=False) == "وجه"


@pytest.mark.parametrize(
    ("shown", "read_"),
    [
        ("2024 ماع يف", "في عام 2024"),
        (".(UNAMI) ةدحتملا", "المتحدة (UNAMI)."),
        ("(%90 ةبسنب)", "(بنسبة 90%)"),
        ("18:42 ةعاسلا", "الساعة 18:42"),
        ("2024/01/05 موي", "يوم 2024/01/05"),
        ("F-16 ةرئاط", "طائرة F-16"),
        ("«كوكرك» ةفيحص", "صحيفة «كركوك»"),
        ("١٢\u066b٥ ةبسنب", "بنسبة ١٢\u066b٥"),
    ],
)
def test_numbers_latin_words_and_brackets_within_arabic_are_read_in_their_place(
    shown: str, read_: str
) -> None:
    assert to_text(list(shown), rtl=True) == read_


def test_arabic_within_a_latin_line_is_turned_alone() -> None:
    assert to_text(list("The town (كوكرك) of 900,000 in بوزلا ريد 2017"), rtl=False) == (
        "The town (كركوك) of 900,000 in دير الزوب 2017"
    )


@given(st.text(alphabet="ابتثكوق", min_size=1), st.text(alphabet="abc 123", max_size=8))
def test_a_line_of_one_script_is_turned_whole_or_not_at_all(arabic: str, latin: str) -> None:
    assert to_text(list(arabic), rtl=True) == arabic[::-1]
    assert to_text(list(latin), rtl=False) == latin


def test_arabic_that_was_drawn_backwards_is_found_out_and_flagged() -> None:
    sentence = "قال المصدر في المدينة القديمة إن القوات العراقية دخلت الحويجة"
    article = read(pdf([Drawn(list(sentence), x=40, y=700, size=10)]))
    assert article.text == sentence
    assert article.flags == ("reversed",)


@pytest.mark.parametrize(
    ("text", "expected"), [("المدينة القديمة", False), ("ةنيدملا ةميدقلا", True), ("Kirkuk", False)]
)
def test_words_tell_whether_they_stand_backwards(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_backwards(text) is expected


def test_vowel_marks_stay_on_their_letters() -> None:
    letters = Drawn(as_drawn("قتل"), x=72, y=700)
    mark = Drawn(["\u064f"], x=72 + 2 * 7.2 + 1, y=704)
    assert text_of(letters, mark) == "ق\u064fتل"


def test_a_word_drawn_twice_to_look_bold_is_one_word() -> None:
    assert text_of(Drawn("Kirkuk", x=72, y=700), Drawn("Kirkuk", x=72.3, y=700)) == "Kirkuk"


def test_a_gap_is_a_space_and_lines_of_a_paragraph_are_one_line() -> None:
    lines = [
        Drawn("Tuz", x=72, y=700),
        Drawn("Khurmatu", x=100, y=700),
        Drawn("was hit in Khur-", x=72, y=686),
        Drawn("matu by a blast.", x=72, y=672),
        Drawn("Police came.", x=72, y=630),
    ]
    assert text_of(*lines) == "Tuz Khurmatu was hit in Khurmatu by a blast.\nPolice came."


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("abc", "xyz", ["abc", "abc", "abc", "xyz", "xyz", "xyz"]),
        ("كبا", "موي", ["موي", "موي", "موي", "كبا", "كبا", "كبا"]),
    ],
)
def test_columns_are_read_one_after_the_other_the_right_one_first_in_arabic(
    left: str, right: str, expected: list[str]
) -> None:
    lines = [
        Drawn(as_drawn(text) if text > "z" else text, x=x, y=y)
        for y in (700, 650, 600)
        for x, text in ((72, left), (320, right))
    ]
    assert text_of(*lines).split("\n") == expected


def test_running_titles_and_page_numbers_are_left_out_and_other_text_at_the_edge_is_kept() -> None:
    pages = [
        [
            Drawn("The Kirkuk Weekly 12", x=72, y=820, size=8),
            Drawn(f"Text of page {number} on Tuz.", x=72, y=600),
            Drawn(f"Page {number} of 3", x=72, y=20, size=8),
            *([Drawn("A note at the foot.", x=72, y=40)] if number == 2 else []),
        ]
        for number in (1, 2, 3)
    ]
    assert read(pdf(*pages)).text.split("\n") == [
        "Text of page 1 on Tuz.",
        "Text of page 2 on Tuz.",
        "A note at the foot.",
        "Text of page 3 on Tuz.",
    ]


@pytest.mark.parametrize(
    ("footer", "url"),
    [
        ("https://example.com/kirkuk/1 1/2", "https://example.com/kirkuk/1"),
        ("https://example.com/a-long-a… 1/2", None),
        ("file:///home.html 1/1", None),
    ],
)
def test_the_address_printed_at_the_foot_of_a_page_is_its_address(footer: str, url: str | None) -> None:
    lines = [
        Drawn("11/24/26, 11:55 AM", x=72, y=825, size=8),
        Drawn("A blast hit Tuz.", x=72, y=600),
        Drawn(footer, x=72, y=15, size=8),
    ]
    article = read(pdf(lines))
    assert (article.text, article.url) == ("A blast hit Tuz.", url)


PAGE = (
    Drawn("Blast in Tuz", x=72, y=760, size=20),
    Drawn("By Ann Lee", x=72, y=720),
    Drawn("5 January 2024", x=72, y=690),
    Drawn("A blast hit Tuz Khurmatu, and two people were killed.", x=72, y=660),
    Drawn("Police closed the road to Kirkuk.", x=72, y=646),
)


def test_what_a_pdf_states_of_itself_is_believed_where_the_page_agrees() -> None:
    info = {"Title": "Blast in Tuz", "Author": "Ann Lee", "CreationDate": "D:20240105101500Z"}
    article = read(pdf(PAGE, info=info))
    assert (article.title, article.author, article.published) == ("Blast in Tuz", "Ann Lee", "2024-01-05")


def test_what_a_pdf_states_of_itself_alone_is_not_believed() -> None:
    info = {"Title": "Microsoft Word - doc1", "Author": "user1", "CreationDate": "D:20261124101500Z"}
    article = read(pdf(PAGE, info=info))
    assert (article.title, article.author, article.published) == ("Blast in Tuz", None, None)


def test_a_page_of_letters_of_one_size_has_no_title() -> None:
    assert read(pdf(PAGE[1:])).title == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf([], image=True), "no-text"),
        (pdf([Drawn("1", x=290, y=20)], image=True), "no-text"),
        (pdf([]), "no-text"),
        (pdf([Drawn(AR, x=72, y=700)], coded=False), "garbled"),
        (pdf([Drawn("\ue001\ue002\ue003" * 8, x=72, y=700)]), "garbled"),
        (pdf(PAGE)[:1500], "truncated"),
        (b"%PDF-1.7\njunk\nstartxref\n0\n%%EOF", "damaged"),
    ],
    ids=[
        "scanned",
        "scanned-and-numbered",
        "blank",
        "font-without-letters",
        "private-letters",
        "cut",
        "junk",
    ],
)
def test_a_pdf_without_text_is_refused_by_the_reason(tmp_path: Path, data: bytes, code: str) -> None:
    refusal = only_refusal(read_bytes(tmp_path, data, "a.pdf"))
    assert refusal.code == code


def test_a_scanned_page_among_others_is_flagged() -> None:
    assert read(pdf(PAGE, [], image=True)).flags == ("pages-without-text",)


def test_pages_beyond_the_limit_are_flagged() -> None:
    article = read(pdf(*([Drawn(f"Page {n} tells of Tuz", x=72, y=400)] for n in range(MAX_PAGES + 1))))
    assert article.flags == ("pages-cut",)
    assert article.text.count("\n") == MAX_PAGES - 1
