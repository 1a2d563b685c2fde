import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.declared import HEAD, declared_in_header, declared_in_markup


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<html><head><meta charset="windows-1256">', "windows-1256"),
        (b"<META CHARSET = utf-8 />", "utf-8"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-6">', "iso-8859-6"),
        (b"<meta content='text/html;charset=windows-1254' http-equiv=Content-Type>", "windows-1254"),
        (b'<?xml version="1.0" encoding="windows-1256"?><rss>', "windows-1256"),
        (b"\n <?xml version='1.0' encoding='UTF-8' standalone='yes'?><feed>", "UTF-8"),
        (b'<?xml version="1.0"?><html><head><meta charset="utf-8">', "utf-8"),
        (b'<!-- <meta charset="utf-8"> --><meta charset="windows-1256">', "windows-1256"),
        (b'<!-- <meta charset="utf-8">', None),
        (b"<html><head><title>charset=utf-8</title>", None),
        (b'<meta name="description" content="news">', None),
        (b" " * HEAD + b'<meta charset="utf-8">', None),
        (b"", None),
    ],
)
def test_a_page_or_a_feed_names_its_encoding_in_its_head(head: bytes, name: str | None) -> None:
    assert declared_in_markup(head) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("text/html; charset=windows-1256", "windows-1256"),
        ('text/html; CharSet="UTF-8"; boundary=x', "UTF-8"),
        ("text/html", None),
        ("text/html; charset=", None),
        ("", None),
    ],
)
def test_a_header_names_the_encoding_behind_charset(header: str, name: str | None) -> None:
    assert declared_in_header(header) == name


@given(st.binary(), st.text())
def test_no_bytes_and_no_header_break_the_search(head: bytes, header: str) -> None:
    assert (declared_in_markup(head) or "x").isascii()
    assert declared_in_header(header) is None or "charset" in header.casefold()


@pytest.mark.parametrize("piece", [b"<meta ", b"<!--", b"<?xml ", b"<meta charset='", b"<meta charset=\xff"])
def test_a_head_made_to_be_searched_for_ever_is_not(piece: bytes) -> None:
    assert declared_in_markup(piece * 100_000) is None
