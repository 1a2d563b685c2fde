"""Each file of fixtures/read/formats through the real door, against what must come of it to the letter.

A change in any of the expected files is a change that users notice: it belongs in CHANGELOG.md.
"""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.langid import tell_language
from pipeline.read import FORMATS, Meter, read_path, read_stream
from pipeline.records import Article, Refusal
from tests.pipeline.read.reading import FIXTURES, articles, only_article, read_all, read_bytes

FORMAT_FILES = FIXTURES / "formats"
COLUMNS = {"columns.tsv": {"text": "Beitrag", "source": "Quelle"}}
FILES = sorted(path.name for path in FORMAT_FILES.iterdir() if path.is_file())
LANGUAGES = {"ar", "ckb", "kmr", "en", "tr"}


def shown(read: Article) -> dict[str, object]:
    one = tell_language(read)
    return {
        "origin": Path(one.origin).name if ".zip/" not in one.origin else one.origin.partition(".zip/")[2],
        "title": one.title,
        "body": one.body,
        "source": one.source,
        "url": one.url,
        "published": one.published,
        "language": one.language,
        "author": one.author,
        "encoding": one.encoding,
        "flags": list(one.flags),
    }


def outcome(found: list[Article | Refusal], meter: Meter) -> dict[str, object]:
    return {
        "articles": [shown(one) for one in found if isinstance(one, Article)],
        "refused": [[one.code, Path(one.origin).name] for one in found if isinstance(one, Refusal)],
        "passed over": dict(meter.skipped),
    }


@pytest.mark.parametrize("name", FILES)
def test_a_file_yields_what_stands_beside_it(name: str) -> None:
    meter = Meter()
    found = list(read_path(FORMAT_FILES / name, columns=COLUMNS.get(name), meter=meter))
    expected = json.loads((FORMAT_FILES / "expected" / f"{name}.json").read_text("utf-8"))
    assert outcome(found, meter) == expected


@pytest.mark.parametrize("name", FILES)
def test_from_standard_input_comes_the_same_as_from_the_file(name: str) -> None:
    data = (FORMAT_FILES / name).read_bytes()
    columns, path = COLUMNS.get(name), FORMAT_FILES / name
    form = "csv" if columns else None  # names that nobody knows tell a table by its ending alone
    piped = io.BufferedReader(Piped(data))
    found = list(read_stream(piped, origin=str(path), columns=columns, format=form))
    assert found == list(read_path(path, columns=columns))


class Piped(io.RawIOBase):
    """Bytes that come once, as from a pipe."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._data.readinto(buffer[:1000])


@pytest.mark.parametrize("name", FILES)
def test_content_tells_the_format_whatever_the_ending_says(name: str, tmp_path: Path) -> None:
    if name in COLUMNS:
        pytest.skip("a table of names that nobody knows is one by its ending alone")
    (tmp_path / "renamed").write_bytes((FORMAT_FILES / name).read_bytes())
    renamed, given = read_all(tmp_path / "renamed"), read_all(FORMAT_FILES / name)
    assert [one.text for one in articles(renamed)] == [one.text for one in articles(given)]


def test_the_five_languages_stand_in_files_of_every_kind() -> None:
    for name in ("feed.rss", "planet.atom", "crawl.warc.gz", "telegram-channel.json", "table.parquet"):
        assert {one.language for one in articles(read_all(FORMAT_FILES / name))} == LANGUAGES, name
    pages = [read_all(FORMAT_FILES / f"page-{language}.html") for language in LANGUAGES]
    assert {only_article(page).language for page in pages} == LANGUAGES


def test_a_format_named_holds_for_what_lies_in_an_archive(tmp_path: Path) -> None:
    table = (FORMAT_FILES / "bundle.zip").read_bytes()
    texts = [one.text for one in articles(read_bytes(tmp_path, table, "a.zip", format="text"))]
    assert any(text.startswith("<!DOCTYPE html>") for text in texts)


def test_every_binary_format_stands_before_those_judged_by_letters() -> None:
    kinds = [row.binary for row in FORMATS]
    assert kinds == sorted(kinds, reverse=True)


JUDGE = """
import sys
from pathlib import Path
from pipeline.read import read_path
from pipeline.read.door import Meter, open_file
from pipeline.read.formats import identify
for path in sorted(Path("tests/fixtures/read/formats").glob("*.*")):
    print(identify(open_file(path, meter=Meter()))[0].name)
print(len(list(read_path(Path("seeds")))), "read")
heavy = ("pdfminer", "pyarrow", "numpy", "trafilatura", "lxml", "feedparser", "warcio", "ijson")
print([name for name in heavy if name in sys.modules])
"""


def test_files_are_judged_and_plain_ones_read_without_the_libraries_of_untrusted_formats() -> None:
    done = subprocess.run([sys.executable, "-c", JUDGE], capture_output=True, text=True, check=True)
    *names, read, heavy = done.stdout.splitlines()
    assert {"html", "mhtml", "feed", "warc", "parquet", "telegram", "zip", "gzip", "csv"} == set(names)
    assert (read, heavy) == ("1 read", "[]")
