"""No address from outside leads to this machine, its network or a cloud's inside, however it is spelled."""

from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FetchRefused
from pipeline.fetch.address import Reach, check, is_public, printable_url, resolve


def names(*addresses: str) -> Reach:
    """A reach in which every host has these addresses."""
    return Reach(resolve=lambda *_: addresses)


def refused(url: str, reach: Reach) -> str:
    with pytest.raises(FetchRefused) as caught:
        check(url, reach)
    assert str(caught.value).count("\n") == 0
    return caught.value.code


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    assert refused("http://news.example/", names(address)) == "address"


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_a_public_address_is_taken(address: str) -> None:
    assert check("https://news.example/a?b=c#d", names(address)).address == address


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    assert refused("http://news.example/", names("93.184.216.34", "10.0.0.1")) == "address"


@pytest.mark.parametrize(
    "spelling", ["0xA9FEA9FE", "2852039166", "0251.0376.0251.0376", "127.1", "0", "[::1]", "localhost"]
)
def test_an_odd_spelling_of_an_inner_address_is_seen_through(spelling: str) -> None:
    assert refused(f"http://{spelling}/latest/meta-data", Reach(resolve=resolve)) in ("address", "unresolved")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "scheme"),
        ("gopher://news.example/", "scheme"),
        ("ftp://news.example/", "scheme"),
        ("//news.example/", "scheme"),
        ("news.example", "scheme"),
        ("", "scheme"),
        ("http://", "url"),
        ("http://user:secret@news.example/", "url"),
        ("http://news.example@10.0.0.1/", "url"),
        ("http://news.example:22/", "port"),
        ("http://news.example:8501/", "port"),
        ("http://news.example:99999/", "url"),
        ("http://news.example/a b", "url"),
        ("http://news.example/\r\nHost: inner", "url"),
        ("http://news.example/\u202egnp", "url"),
        ("http://[::1", "url"),
        ("http://\u00ad/", "url"),
        ("http://news.example/" + "a" * 5000, "url"),
    ],
)
def test_what_is_no_plain_web_address_is_refused_by_name(url: str, code: str) -> None:
    assert refused(url, names("93.184.216.34")) == code


def test_a_host_without_an_address_is_refused() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError(host, port)

    assert refused("http://nobody.example/", Reach(resolve=unknown)) == "unresolved"


def test_letters_of_other_scripts_are_written_as_servers_expect_them() -> None:
    target = check("https://كركوك.example/أخبار?س=1", names("93.184.216.34"))
    assert target.host.startswith("xn--")
    assert target.path == "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?%D8%B3=1"
    assert target.authority == target.host


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_target_or_refused(url: str) -> None:
    try:
        target = check(url, names("93.184.216.34"))
    except FetchRefused:
        return
    assert target.scheme in ("http", "https")


def test_a_long_or_hostile_address_is_told_in_one_short_line() -> None:
    shown = printable_url("http://x/\n\x1b[31m\u202e" + "a" * 1000)
    assert shown.isprintable()
    assert len(shown) < 250
