from pathlib import Path

import pytest

from tests.pipeline.read.reading import FIXTURES, only_article, only_refusal, read_all, read_bytes

ARABIC = "أعلنت شرطة محافظة كركوك، اليوم الأحد، اعتقال ثلاثة مطلوبين في قضاء الحويجة."


@pytest.mark.parametrize(
    ("fixture", "encoding", "language", "opening"),
    [
        ("windows-1256.txt", "windows-1256", "ar", "أعلنت شرطة محافظة كركوك، اليوم الأحد"),
        ("iso-8859-6.txt", "iso-8859-6", "ar", "أعلنت شرطة محافظة كركوك، اليوم الأحد"),
        ("utf-8-bom.txt", "utf-8-sig", "ar", "أعلنت شرطة محافظة كركوك، اليوم الأحد"),
        ("utf-16-bom.txt", "utf-16", "ar", "أعلنت شرطة محافظة كركوك، اليوم الأحد"),
        ("utf-16-le.txt", "utf-16-le", "ar", "أعلنت شرطة محافظة كركوك، اليوم الأحد"),
        ("utf-16-be.txt", "utf-16-be", "ar", "أعلنت شرطة محافظة كركوك، اليوم الأحد"),
        ("windows-1254-tr.txt", "windows-1254", "tr", "Kerkük'te iki kişi yaralandı"),
        ("windows-1254-kmr.txt", "windows-1254", "kmr", "Li Kerkûkê du kes birîndar bûn û li Xaneqînê şer"),
        ("windows-1252-en.txt", "windows-1254", "en", "Two people were wounded in Kirkuk"),
    ],
)
def test_text_in_the_encodings_of_the_field_is_read_right_and_the_encoding_recorded(
    fixture: str, encoding: str, language: str, opening: str
) -> None:
    article = only_article(read_all(FIXTURES / fixture))
    assert article.text.startswith(opening)
    assert (article.encoding, article.language) == (encoding, language)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert only_article(read_all(FIXTURES / "utf-8-bom.txt")).text[0] == "أ"


def test_typographic_quotes_of_a_western_file_are_kept() -> None:
    assert (
        "“We have arrested a suspect,” the governor’s"
        in only_article(read_all(FIXTURES / "windows-1252-en.txt")).text
    )


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"  \n\t\r\n", b"\0\0\0", b"\xef\xbb\xbf \n"], ids=repr
)
def test_a_file_without_text_is_refused_as_empty(tmp_path: Path, data: bytes) -> None:
    assert only_refusal(read_bytes(tmp_path, data)).code == "empty"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office document"),
        (b"SQLite format 3\x00", "an SQLite database or a GeoPackage"),
        (b"\x1f\x8b\x08\x00abc", "a gzip archive"),
        (bytes(range(256)) * 20, "no text"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_binary_is_refused_by_what_it_seems_to_be(tmp_path: Path, data: bytes, what: str) -> None:
    refusal = only_refusal(read_bytes(tmp_path, data))
    assert refusal.code == "binary"
    assert f"seems to be {what}" in refusal.message


def test_a_picture_named_as_text_is_refused() -> None:
    assert "a PNG picture" in only_refusal(read_all(FIXTURES / "pixel.png", format="text")).message


def test_utf8_cut_within_a_letter_is_refused_with_its_place(tmp_path: Path) -> None:
    whole = ARABIC[:-1].encode()
    refusal = only_refusal(read_bytes(tmp_path, whole[:-1]))
    assert refusal.code == "encoding"
    assert f"damaged UTF-8 at byte {len(whole) - 2}" in refusal.message


@pytest.mark.parametrize("bad", [b"\xed\xa0\xbd\xed\xb8\x80", b"\xc0\xaf"], ids=["cesu-8", "overlong"])
def test_bytes_that_only_lenient_decoders_take_are_refused(tmp_path: Path, bad: bytes) -> None:
    assert only_refusal(read_bytes(tmp_path, ARABIC.encode() + bad)).code == "encoding"


def test_letters_that_fit_no_encoding_for_sure_are_refused_and_not_guessed(tmp_path: Path) -> None:
    assert (
        only_refusal(read_bytes(tmp_path, "Δύο τραυματίες στο Κιρκούκ".encode("cp1253"))).code == "encoding"
    )


def test_a_nul_within_text_becomes_one_replacement_letter_and_is_flagged(tmp_path: Path) -> None:
    article = only_article(read_bytes(tmp_path, f"{ARABIC}\0{ARABIC}".encode()))
    assert article.text == f"{ARABIC}\ufffd{ARABIC}"
    assert article.flags == ("nul-replaced",)


def test_a_replacement_letter_that_stood_in_the_text_is_no_damage(tmp_path: Path) -> None:
    assert only_article(read_bytes(tmp_path, "Kirkuk \ufffd".encode())).encoding == "utf-8"
