import gzip
import io
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ReadRefused
from pipeline.read import Meter, read_path, read_stream
from pipeline.read.source import Source
from pipeline.read.spool import seekable
from tests.pipeline.read.building import SENTENCES, answer, item, page, rss, zipped
from tests.pipeline.read.reading import articles, only_article, only_refusal, read_bytes, refusals

TEXT = SENTENCES[0].encode()


def test_each_member_is_read_by_its_own_format(tmp_path: Path) -> None:
    members = {
        "a.html": page(),
        "b": rss(item()),
        "c.warc.gz": answer(),
        "d.csv": b"title,text\nBlast,In Tuz\n",
        "e.txt": TEXT,
    }
    found = articles(read_bytes(tmp_path, zipped(members), "a.zip"))
    names = [one.origin.removeprefix(f"{tmp_path}/a.zip/") for one in found]
    assert names == ["a.html", "b:1", "c.warc.gz:1", "d.csv:2", "e.txt"]


def test_folders_notes_and_hidden_members_are_left_out(tmp_path: Path) -> None:
    members = {
        "x/": b"",
        "x/README.md": TEXT,
        ".hidden": TEXT,
        ".git/config": TEXT,
        "__MACOSX/._a.txt": TEXT,
        "x/a.txt": TEXT,
    }
    assert only_article(read_bytes(tmp_path, zipped(members), "a.zip")).origin.endswith("a.zip/x/a.txt")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/x.txt", "../../etc/x.txt"),
        ("/etc/x.txt", "/etc/x.txt"),
        ("C:\\x.txt", "C:\\x.txt"),
        ("a\nb.txt", "a\\nb.txt"),
        ("exe.\u202etxt", "exe.\\u202etxt"),
        ("<script>.txt", "<script>.txt"),
        ("=1+1%s{}.txt", "=1+1%s{}.txt"),
        ("-rf", "-rf"),
        ("n" * 255, "n" * 255),
    ],
)
def test_a_hostile_name_of_a_member_is_shown_and_never_a_path(tmp_path: Path, name: str, shown: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    article = only_article(read_bytes(folder, zipped({name: TEXT}), "a.zip"))
    assert article.origin == f"{folder}/a.zip/{shown}"
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert only_refusal(read_bytes(tmp_path, out.getvalue(), "a.zip")).code == "link"


def test_two_members_over_the_same_bytes_are_refused(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT, "b.txt": TEXT})
    directory = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", directory + 1)
    overlapping = data[: second + 42] + b"\0\0\0\0" + data[second + 46 :]
    found = read_bytes(tmp_path, overlapping, "a.zip")
    assert [one.code for one in refusals(found)] == ["archive"]
    assert len(articles(found)) == 1


def test_a_table_that_is_packed_is_read_and_named_by_its_file(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, gzip.compress(b"title;text\nBlast;In Tuz\n"), "a.csv.gz")
    assert only_article(found).origin == f"{tmp_path}/a.csv.gz:2"


def test_the_ending_before_gz_counts(tmp_path: Path) -> None:
    refusal = only_refusal(read_bytes(tmp_path, gzip.compress(b"Kirkuk, Diyala"), "a.jsonl.gz"))
    assert refusal.code == "json"


def test_honest_text_that_packs_well_is_read(tmp_path: Path) -> None:
    rows = b'{"text": "Two people were wounded in Kirkuk."}\n' * 4000
    assert len(rows) / len(gzip.compress(rows)) > 100
    assert len(read_bytes(tmp_path, gzip.compress(rows), "a.jsonl.gz")) == 4000


def test_an_archive_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    rows = "".join(f'{{"text": "{number} in Kirkuk"}}\n' for number in range(8000)).encode()
    found = read_bytes(tmp_path, gzip.compress(rows)[:-2000], "a.jsonl.gz")
    assert [one.code for one in refusals(found)][-1] == "truncated"
    assert len(articles(found)) > 1000


def test_the_meter_counts_the_bytes_of_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(TEXT * 100_000))
    meter = Meter()
    list(read_path(path, meter=meter))
    assert 0 < meter.done <= 2 * path.stat().st_size


@pytest.mark.parametrize(
    "data", [zipped({"a.txt": TEXT}), answer(), gzip.compress(TEXT)], ids=["zip", "warc", "gzip"]
)
def test_a_pipe_is_read_like_a_file_and_leaves_nothing(
    data: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = io.BufferedReader(OneWay(data))
    assert len(articles(list(read_stream(source)))) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_longer_than_the_limit_is_refused() -> None:
    source = Source(origin="-", stream=io.BufferedReader(OneWay(b"x" * 3000)))
    with pytest.raises(ReadRefused, match="too-large"), seekable(source, limit=2999):
        pass
    again = Source(origin="-", stream=io.BufferedReader(OneWay(b"x" * 3000)))
    with seekable(again, limit=3000) as file:
        assert len(file.read()) == 3000


class OneWay(io.RawIOBase):
    """Bytes that come once, as from a pipe."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._data.readinto(buffer)
