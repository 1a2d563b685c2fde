from pathlib import Path

import pytest

from pipeline.read.fields import join
from tests.pipeline.read.reading import FIXTURES, only_article, only_refusal, read_all, read_bytes

SEED = FIXTURES / "seed.txt"


def test_a_seed_is_title_source_and_body_and_its_text_is_the_whole_file() -> None:
    article = only_article(read_all(SEED))
    assert article.text == SEED.read_bytes().decode()
    assert article.title == "هجوم على نقطة تفتيش قرب داقوق"
    assert article.source == "واع"
    assert article.body.startswith("أفاد مصدر أمني")
    assert article.body.endswith("كركوك.\r\nولم تتبن أي جهة الهجوم.\n")


def test_the_seed_of_the_project_is_read() -> None:
    article = only_article(read_all(Path("seeds/000_dbb5ca02ce4d1233.txt")))
    assert (article.source, article.language, article.published) == ("الحياة العراقية", "ar", None)
    assert article.title.startswith("تعاون استخباري بين بغداد وأربيل")


@pytest.mark.parametrize(
    "text",
    [
        "A blast hit Kirkuk.\nPolice said two people were wounded in it.\nThe governor visited the place.\n",
        "عاجل\nكركوك – واع\nأعلنت شرطة كركوك اعتقال ثلاثة مطلوبين.\n",
        "One line only",
        "Title\nShafaq News\nShort",
    ],
)
def test_what_is_no_seed_is_plain_text_without_a_source(tmp_path: Path, text: str) -> None:
    article = only_article(read_bytes(tmp_path, text.encode()))
    assert (article.source, article.text) == (None, text)


def test_a_first_line_before_a_blank_one_is_the_title_of_plain_text(tmp_path: Path) -> None:
    article = only_article(read_bytes(tmp_path, b"Blast in Tuz\r\n\r\nA blast hit Tuz.\r\n"))
    assert (article.title, article.body) == ("Blast in Tuz", "A blast hit Tuz.\r\n")


def test_plain_text_without_a_title_is_all_body(tmp_path: Path) -> None:
    article = only_article(read_bytes(tmp_path, b"A blast hit Tuz.\nTwo were wounded."))
    assert (article.title, article.body) == ("", "A blast hit Tuz.\nTwo were wounded.")


def test_a_file_read_as_a_seed_that_is_none_is_refused_with_what_to_do(tmp_path: Path) -> None:
    refusal = only_refusal(read_bytes(tmp_path, b"One line only", format="seed"))
    assert refusal.code == "format"
    assert refusal.message.endswith("read it as --format text")


@pytest.mark.parametrize(
    "markup",
    [
        b"<html lang='ar'>",
        b"<?xml version='1.0'?><rss/>",
        b"<?xml version='1.0'?><tei>Kirkuk</tei>",
        b"{\\rtf1 Kirkuk}",
    ],
)
def test_markup_without_an_article_is_refused_and_its_tags_are_none(tmp_path: Path, markup: bytes) -> None:
    assert only_refusal(read_bytes(tmp_path, markup)).code in {"no-text", "feed", "format", "binary"}


def test_the_title_stands_before_the_body() -> None:
    assert join("Blast in Tuz", "A blast hit Tuz.") == ("Blast in Tuz\n\nA blast hit Tuz.", 12, 14)


@pytest.mark.parametrize(
    ("body", "text", "body_start"),
    [
        ("Blast in Tuz\nA blast hit Tuz.", "Blast in Tuz\nA blast hit Tuz.", 13),
        ("  Blast in Tuz: two dead", "Blast in Tuz: two dead", 12),
        ("Blast in Tuz", "Blast in Tuz", 12),
    ],
)
def test_a_title_that_the_body_repeats_stands_once(body: str, text: str, body_start: int) -> None:
    assert join("Blast in Tuz", body) == (text, 12, body_start)


def test_a_body_that_begins_with_a_longer_word_does_not_repeat_the_title() -> None:
    assert join("Blast", "Blasts in Tuz") == ("Blast\n\nBlasts in Tuz", 5, 7)


def test_line_breaks_within_a_title_are_spaces_and_those_of_a_body_are_kept() -> None:
    assert join(" Blast\nin Tuz ", "a\r\nb\n") == ("Blast in Tuz\n\na\r\nb\n", 12, 14)
