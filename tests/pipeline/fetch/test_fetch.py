"""Feeds are fetched politely, within limits, and every page is kept as it was sent."""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from pipeline.__main__ import cli
from pipeline.errors import FetchRefused, ProjectError
from pipeline.fetch import FetchReport, fetch_feeds
from pipeline.fetch.manners import Manners
from pipeline.read import read_path
from pipeline.records import Article
from tests.pipeline.fetch.outlet import QUICK, Outlet, page, raw


def fetch(outlet: Outlet, into: Path, *urls: str, most: int = 100) -> tuple[FetchReport, list[FetchRefused]]:
    refusals: list[FetchRefused] = []
    report = fetch_feeds(
        urls or [outlet.url("/feed")],
        into=into,
        reach=outlet.reach,
        limits=QUICK,
        delay=0,
        most=most,
        on_refusal=refusals.append,
    )
    return report, refusals


def kept(into: Path) -> dict[str, bytes]:
    """Address → body of every answer kept, digests checked."""
    found = {}
    for path in sorted((into / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                if record.rec_type == "response":
                    found[record.rec_headers.get_header("WARC-Target-URI")] = record.content_stream().read()
    return found


def test_the_pages_of_a_feed_are_kept_as_sent_with_feed_request_and_address(
    outlet: Outlet, tmp_path: Path
) -> None:
    outlet.feed("/1", "/2")
    report, refusals = fetch(outlet, tmp_path)
    assert (report.feeds, report.pages, report.refused, report.left) == (1, 2, 0, 0)
    assert not refusals
    assert kept(tmp_path).keys() == {outlet.url("/feed"), outlet.url("/1"), outlet.url("/2")}
    assert "كركوك /1" in kept(tmp_path)[outlet.url("/1")].decode()
    assert report.warc
    with report.warc.open("rb") as file:
        records = [(r.rec_type, r.rec_headers.get_header("WARC-IP-Address")) for r in ArchiveIterator(file)]
    assert records.count(("request", "127.0.0.1")) == 3
    assert records[0][0] == "warcinfo"


def test_what_was_kept_is_read_like_any_other_web_archive(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1")
    outlet.pages["/1"] = page(
        "أعلنت شرطة كركوك القبض على متهمين في قضاء الحويجة بعد متابعة استمرت أسابيع. " * 4
    )
    fetch(outlet, tmp_path)
    (article,) = read_path(tmp_path / "warc")
    assert isinstance(article, Article)
    assert article.url == outlet.url("/1")
    assert "قضاء الحويجة" in article.body
    assert article.published is None  # the day of the fetch is no day of publication


def test_a_second_fetch_asks_for_nothing_that_is_done(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1", "/2", ETag='"a"')
    fetch(outlet, tmp_path)
    outlet.asked.clear()
    report, _ = fetch(outlet, tmp_path)
    assert (report.unchanged, report.pages, report.warc) == (1, 0, None)
    assert outlet.paths == ["/robots.txt", "/feed"]
    assert outlet.asked[-1][1]["If-None-Match"] == '"a"'


def test_a_new_page_of_a_known_feed_is_fetched_alone(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1", ETag='"a"')
    fetch(outlet, tmp_path)
    outlet.feed("/2", "/1", ETag='"b"')
    outlet.asked.clear()
    assert fetch(outlet, tmp_path)[0].pages == 1
    assert outlet.paths == ["/robots.txt", "/feed", "/2"]


def test_what_is_left_over_is_fetched_the_next_time(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1", "/2", "/3", ETag='"a"')
    assert [fetch(outlet, tmp_path, most=2)[0].left for _ in range(2)] == [1, 0]
    assert len(kept(tmp_path)) == 4


def test_a_page_that_failed_for_now_is_tried_again_and_one_that_is_gone_is_not(
    outlet: Outlet, tmp_path: Path
) -> None:
    outlet.feed("/busy", "/gone")
    outlet.pages["/busy"], outlet.pages["/gone"] = (500, {}, b""), (410, {}, b"")
    report, refusals = fetch(outlet, tmp_path)
    assert (report.refused, report.left) == (2, 1)
    assert {error.code for error in refusals} == {"status", "gone"}
    outlet.pages["/busy"] = page("now")
    outlet.asked.clear()
    assert fetch(outlet, tmp_path)[0].pages == 1
    assert outlet.paths == ["/robots.txt", "/feed", "/busy"]


def test_robots_txt_is_obeyed_for_feed_and_page_and_at_a_redirect(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/open", "/closed/1", "/moved")
    outlet.pages["/moved"] = (302, {"Location": "/closed/2"}, b"")
    outlet.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /closed/\n")
    report, refusals = fetch(outlet, tmp_path)
    assert report.pages == 1
    assert [error.code for error in refusals] == ["robots", "robots"]
    assert not any(path.startswith("/closed") for path in outlet.paths)


@pytest.mark.parametrize("status", [500, 503])
def test_where_robots_txt_cannot_be_had_nothing_is_fetched(
    outlet: Outlet, tmp_path: Path, status: int
) -> None:
    outlet.feed("/1")
    outlet.pages["/robots.txt"] = (status, {}, b"")
    report, refusals = fetch(outlet, tmp_path)
    assert (report.pages, refusals[0].code) == (0, "robots")
    assert outlet.paths == ["/robots.txt"]


def test_requests_to_one_server_keep_their_distance_and_robots_may_ask_for_more(outlet: Outlet) -> None:
    outlet.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    outlet.pages["/1"] = outlet.pages["/2"] = page("x")
    slept: list[float] = []
    manners = Manners(outlet.reach, QUICK, 2.0, sleep=slept.append, clock=lambda: 100.0)
    manners.get(outlet.url("/1"))
    manners.get(outlet.url("/2"))
    manners.get(outlet.url("/1", "other.example"))
    assert slept == [2.0, 9.0, 2.0]


def test_a_server_that_asks_for_a_pause_is_left_alone(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1", "/2")
    outlet.pages["/1"] = (429, {"Retry-After": "60"}, b"")
    report, refusals = fetch(outlet, tmp_path)
    assert [error.code for error in refusals] == ["status", "busy"]
    assert report.left == 2
    assert "/2" not in outlet.paths


def test_chunks_are_put_together_and_their_header_is_renamed_in_the_evidence(
    outlet: Outlet, tmp_path: Path
) -> None:
    outlet.feed("/1")
    body = b"<p>\xd8\xa8</p>"
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    outlet.pages["/1"] = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    )
    fetch(outlet, tmp_path)
    assert kept(tmp_path)[outlet.url("/1")] == body


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page("no feed at all"), "feed"),
        ((404, {}, b""), "status"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "compression"),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 20_000_000)), "too-large"),
    ],
    ids=["page", "missing", "no-gzip", "bomb"],
)
def test_what_is_no_feed_is_refused_and_the_next_feed_is_fetched(
    outlet: Outlet, tmp_path: Path, answer: tuple[int, dict[str, str], bytes], code: str
) -> None:
    outlet.feed("/1")
    outlet.pages["/bad"] = answer
    report, refusals = fetch(outlet, tmp_path, outlet.url("/bad"), outlet.url("/feed"))
    assert [error.code for error in refusals] == [code]
    assert (report.feeds, report.pages) == (2, 1)


def test_a_feed_that_was_compressed_unasked_is_read(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1")
    status, headers, body = outlet.pages["/feed"]  # type: ignore[misc]
    outlet.pages["/feed"] = (status, {**headers, "Content-Encoding": "gzip"}, gzip.compress(body))
    assert fetch(outlet, tmp_path)[0].pages == 1


def test_what_is_no_page_is_not_kept(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/film")
    outlet.pages["/film"] = (200, {"Content-Type": "video/mp4"}, b"..")
    assert fetch(outlet, tmp_path)[1][0].code == "kind"
    assert kept(tmp_path).keys() == {outlet.url("/feed")}


def test_a_feed_of_no_new_pages_is_no_fault(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed()
    assert fetch(outlet, tmp_path) == (FetchReport(feeds=1, warc=next((tmp_path / "warc").iterdir())), [])


def test_a_damaged_memory_of_a_feed_is_told_with_its_file(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1")
    fetch(outlet, tmp_path)
    (state,) = (tmp_path / "state").iterdir()
    state.write_text("{")
    _, refusals = fetch(outlet, tmp_path)
    assert refusals[0].code == "state"
    assert str(state) in str(refusals[0])


def test_a_folder_that_cannot_be_written_ends_the_fetch_with_one_line(outlet: Outlet, tmp_path: Path) -> None:
    outlet.feed("/1")
    (tmp_path / "warc").write_text("a file")
    with pytest.raises(ProjectError, match=r"name another folder with --into"):
        fetch(outlet, tmp_path)


def test_the_command_refuses_this_machine_and_says_so_in_one_line(outlet: Outlet, tmp_path: Path) -> None:
    listing = tmp_path / "feeds.txt"
    listing.write_text(f"# ours\nhttp://127.0.0.1:{outlet.port}/feed  # a note\nhttp://localhost/feed\n")
    result = CliRunner().invoke(
        cli, ["fetch", "--list", str(listing), "--into", str(tmp_path)], standalone_mode=False
    )
    assert result.return_value == 1 or result.exit_code == 1
    assert "(port)" in result.output
    assert f"refused: http://127.0.0.1:{outlet.port}/feed: " in result.output
    assert "refused: http://localhost/feed: the host localhost leads to " in result.output
    assert "2 feeds, 0 of them unchanged: 0 pages kept, 2 refused" in result.output
    assert not outlet.asked


def test_the_command_wants_a_feed() -> None:
    result = CliRunner().invoke(cli, ["fetch"])
    assert isinstance(result.exception, ProjectError)
