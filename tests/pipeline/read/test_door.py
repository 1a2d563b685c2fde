import io
import os
import stat
from pathlib import Path

import pytest

from pipeline.read import FORMATS, Meter, read_path, read_stream
from pipeline.read.door import printable, read_up_to
from tests.pipeline.read.reading import (
    articles,
    only_article,
    only_refusal,
    read_all,
    read_bytes,
    refusals,
)


def names(folder: Path) -> list[str]:
    return [Path(one.origin).name for one in read_all(folder)]


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/a.txt", "c/B.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Kirkuk")
    assert names(tmp_path) == ["a.txt", "b.txt", "B.txt", "a.txt"]


def test_hidden_files_and_notes_about_the_folder_are_left_out(tmp_path: Path) -> None:
    for name in (".DS_Store", "README.md", "SOURCES.md", "article.md", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Kirkuk")
    assert names(tmp_path) == ["article.md"]


def test_a_note_that_is_named_itself_is_read(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Kirkuk")
    assert only_article(read_all(tmp_path / "README.md")).text == "Kirkuk"


def test_a_missing_path_is_refused_in_one_line(tmp_path: Path) -> None:
    refusal = only_refusal(read_all(tmp_path / "nowhere.txt"))
    assert refusal.code == "missing"
    assert refusal.message == f"{tmp_path}/nowhere.txt: no such file or folder (missing): check the path"


def test_links_out_of_the_folder_are_refused_and_links_within_it_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "outside").mkdir()
    root = tmp_path / "in"
    root.mkdir()
    (root / "a.txt").write_text("Kirkuk")
    (root / "b.txt").symlink_to(root / "a.txt")
    (root / "c.txt").symlink_to(tmp_path / "secret.txt")
    (root / "d").symlink_to(tmp_path / "outside")
    (root / "e.txt").symlink_to(root / "e.txt")
    found = read_all(root)
    assert [one.text for one in articles(found)] == ["Kirkuk", "Kirkuk"]
    assert [(Path(one.origin).name, one.code) for one in refusals(found)] == [
        ("c.txt", "link"),
        ("d", "link"),
        ("e.txt", "unreadable"),
    ]


def test_a_link_to_a_folder_within_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text("Kirkuk")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("kind", ["pipe", "device", "socket"])
def test_what_is_no_regular_file_is_refused_and_never_waited_for(tmp_path: Path, kind: str) -> None:
    path = Path("/dev/zero") if kind == "device" else tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path)
    if kind == "socket":
        os.mknod(path, stat.S_IFSOCK | 0o600)
    assert only_refusal(read_all(path)).code in {"not-a-file", "unreadable"}


def test_a_file_that_grows_while_it_is_read_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Kirkuk"}\n' * 3)
    reading = read_path(path)
    first = next(reading)
    with path.open("ab") as file:
        file.write(b'{"text": "Mosul"}\n')
    assert 3 <= len([first, *reading]) <= 4


def test_a_pipe_in_a_folder_does_not_stop_the_walk(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    (tmp_path / "b.txt").write_text("Kirkuk")
    found = read_all(tmp_path)
    assert [one.code for one in refusals(found)] == ["not-a-file"]
    assert len(articles(found)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kirkuk")
    path.chmod(0)
    assert only_refusal(read_all(path)).code == "unreadable"


def test_a_file_that_vanishes_after_it_was_found_is_refused(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Kirkuk")
    reading = read_path(tmp_path)
    first = next(reading)
    (tmp_path / "b.txt").unlink()
    assert [first, *reading][1].origin.endswith("b.txt")
    assert only_refusal(read_all(tmp_path / "b.txt")).code == "missing"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("-rf.txt", "-rf.txt"),
        ("كركوك.txt", "كركوك.txt"),
        ("a\nb.txt", "a\\nb.txt"),
        ("exe.\u202etxt", "exe.\\u202etxt"),
        ("\x1b[31m.txt", "\\x1b[31m.txt"),
        ("<script>.txt", "<script>.txt"),
        ("=1+1%s{}.txt", "=1+1%s{}.txt"),
        (os.fsdecode(b"\xff.txt"), "\\udcff.txt"),
    ],
)
def test_a_hostile_name_is_read_and_shown_in_one_harmless_line(tmp_path: Path, name: str, shown: str) -> None:
    article = only_article(read_bytes(tmp_path, b"Kirkuk", name))
    assert article.origin == f"{tmp_path}/{shown}"
    assert printable(name) == shown


def test_standard_input_is_read_like_a_file() -> None:
    found = list(read_stream(io.BytesIO(b'{"text": "a"}\n{"text": "b"}\n')))
    assert [one.origin for one in found] == ["-:1", "-:2"]


def test_bytes_are_metered_to_the_last(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Kirkuk"}\n' * 40_000)
    meter = Meter()
    assert len(list(read_path(path, meter=meter))) == 40_000
    assert meter.done == path.stat().st_size


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path: Path) -> None:
    refusal = only_refusal(read_bytes(tmp_path, b"Kirkuk", format="word"))
    assert refusal.message.endswith(f"name one of {', '.join(row.name for row in FORMATS)}")


def test_every_format_says_its_name_endings_and_purpose_in_a_line() -> None:
    assert len({row.name for row in FORMATS}) == len(FORMATS)
    for row in FORMATS:
        assert row.help.isprintable()
        assert all(ending.startswith(".") and ending == ending.lower() for ending in row.endings)


@pytest.mark.parametrize(("size", "read"), [(0, 0), (9, 9), (10, 10), (11, 11), (500_000, 11)])
def test_no_more_is_read_than_tells_that_it_is_too_much(size: int, read: int) -> None:
    assert len(read_up_to(io.BytesIO(b"x" * size), 10)) == read


def test_what_may_be_read_costs_no_memory_where_it_is_not_there() -> None:
    assert read_up_to(io.BytesIO(b"few"), 1 << 60) == b"few"
