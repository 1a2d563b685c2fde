from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadRefused
from pipeline.read.encoding import GUESSED, Decided, codec_of, decide_encoding, find_encoding
from tests.pipeline.read.reading import FIXTURES, only_article, only_refusal, read_all, read_bytes

SHORT = 40
"""Letters of a text below which a refusal is no fault."""
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
        ("windows-1252-en.txt", "windows-1252", "en", "Two people were wounded in Kirkuk"),
    ],
)
def test_text_in_the_encodings_of_the_field_is_read_right_and_the_encoding_recorded(
    fixture: str, encoding: str, language: str, opening: str
) -> None:
    article = only_article(read_all(FIXTURES / fixture))
    assert article.text.startswith(opening)
    assert (article.encoding, article.language) == (encoding, language)
    assert ("encoding-guessed" in article.flags) == (encoding in GUESSED)


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
        (b"SQLite format 3\x00", "an SQLite database or a GeoPackage"),
        (b"BZh91AY&SY", "a bzip2 archive"),
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


def decide(data: bytes, declared: str | None = None) -> Decided:
    return decide_encoding(data, whole=True, origin="a.html", declared=declared)


@pytest.mark.parametrize(
    ("written_in", "declared", "encoding", "flags"),
    [
        ("utf-8", "windows-1256", "utf-8", ()),
        ("utf-8-sig", "windows-1256", "utf-8-sig", ()),
        ("utf-16", "utf-8", "utf-16", ()),
        ("windows-1256", "windows-1256", "windows-1256", ("encoding-declared",)),
        ("windows-1256", " 'CP1256' ", "windows-1256", ("encoding-declared",)),
        ("windows-1256", None, "windows-1256", ("encoding-guessed",)),
        ("windows-1256", "x-unknown", "windows-1256", ("encoding-guessed",)),
        ("windows-1256", "iso-8859-1", "windows-1256", ("encoding-guessed", "encoding-misdeclared")),
        ("windows-1256", "iso-8859-6", "windows-1256", ("encoding-guessed", "encoding-misdeclared")),
        ("iso-8859-6", "windows-1256", "iso-8859-6", ("encoding-guessed", "encoding-misdeclared")),
        ("iso-8859-6", "iso-8859-6", "iso-8859-6", ("encoding-declared",)),
        ("utf-16-le", "utf-16", "utf-16-le", ("encoding-declared",)),
        ("utf-16-le", "utf-8", "utf-16-le", ("encoding-guessed", "encoding-misdeclared")),
    ],
)
def test_bytes_that_prove_themselves_come_first_then_what_is_declared_then_what_it_looks_like(
    written_in: str, declared: str | None, encoding: str, flags: tuple[str, ...]
) -> None:
    data = ARABIC.encode(written_in)
    decided = decide(data, declared)
    assert decided == Decided(encoding, flags)
    assert data.decode(decided.encoding) == ARABIC


def test_an_encoding_that_is_none_of_ours_is_believed_where_it_is_declared_and_fits() -> None:
    russian = "Три человека ранены в Киркуке, сообщила полиция."
    assert decide(russian.encode("koi8-r"), "koi8-r") == Decided("koi8-r", ("encoding-declared",))
    with pytest.raises(ReadRefused, match="cannot be told"):
        decide(russian.encode("koi8-r"))


def test_a_declared_encoding_in_which_bytes_are_no_text_is_not_believed() -> None:
    with pytest.raises(ReadRefused, match="cannot be told"):
        decide("Три человека ранены в Киркуке".encode("cp866"), "iso-8859-5")


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("ISO-8859-1", "windows-1252"),
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("iso-8859-9", "windows-1254"),
        ("UTF8", "utf-8"),
        ("arabic", "iso-8859-6"),
        ("mac_arabic", "mac-arabic"),
        ("base64", None),
        ("unicode_escape", None),
        ("rot13", None),
        ("idna", None),
        ("utf-7", None),
        ("no-such", None),
        ("\0", None),
        ("", None),
    ],
)
def test_a_declared_name_means_what_browsers_mean_by_it_and_only_a_text_encoding(
    declared: str, codec: str | None
) -> None:
    assert codec_of(declared) == codec


@pytest.mark.parametrize("letters", [20, 40, 80, 400])
@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
def test_the_two_arabic_encodings_are_never_taken_for_each_other(encoding: str, letters: int) -> None:
    text = "قال مدير الدائرة إن القرار مؤقت ويعتمد على أمطار الموسم وطالب فلاحون بحفر آبار بديلة " * 5
    refused = 0
    for start in range(0, 80, 7):
        part = text[start : start + letters]
        try:
            found = find_encoding(part.encode(encoding), whole=True, origin="a")
        except ReadRefused:
            refused += 1
        else:
            assert part.encode(encoding).decode(found) == part
    assert refused <= (2 if letters < SHORT else 0)


@given(
    st.binary(max_size=200), st.none() | st.sampled_from(["utf-8", "windows-1256", "utf-16", "x", "koi8-r"])
)
def test_any_bytes_have_a_known_encoding_or_are_refused(data: bytes, declared: str | None) -> None:
    try:
        decided = decide(data, declared)
    except ReadRefused:
        return
    assert codec_of(decided.encoding) or decided.encoding == "utf-8-sig"
    if decided.flags == ("encoding-declared",):
        assert data.decode(decided.encoding)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_a_text_in_utf8_is_read_as_such_whatever_is_declared(text: str) -> None:
    data = f"{ARABIC}{text}".encode()
    assert decide(data, "windows-1256") == Decided("utf-8")
