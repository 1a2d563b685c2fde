"""Whatever a reader of untrusted files does, only its own file suffers."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.read import Meter, formats, read_path, read_stream
from pipeline.read.apart import Limits, children, close_children, walls
from pipeline.records import Article, Refusal
from tests.pipeline.read.reading import articles, only_article, only_refusal, read_bytes, refusals
from tests.trust.misbehaving import ROW

PATIENT = Limits(memory=768 << 20, cpu=20, wall=120)
"""What a test of something else allows: on a busy machine a sound child waits long for its turn."""
COMPUTING = replace(PATIENT, cpu=1)
WAITING = replace(PATIENT, wall=8)


@pytest.fixture(autouse=True)
def misbehaving_child(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    close_children()
    monkeypatch.setattr(children, "MODULE", "tests.trust.misbehaving")
    monkeypatch.setattr(children, "LIMITS", PATIENT)
    monkeypatch.setattr(formats, "FORMATS", (ROW,))
    yield
    close_children()


def told(folder: Path, words: str) -> list[str]:
    return [one.text if isinstance(one, Article) else one.code for one in read_bytes(folder, words.encode())]


@pytest.mark.parametrize(
    ("deed", "limits", "code", "what"),
    [
        ("spin", COMPUTING, "timeout", "took more than 1 s of computing without a result"),
        ("sleep", WAITING, "timeout", "went 8 s without a result"),
        ("eat", PATIENT, "memory", "needs more than 768 MB of memory to be read"),
        ("recurse", PATIENT, "depth", "is nested too deeply"),
        ("segfault", PATIENT, "crashed", "broke its reader (SIGSEGV)"),
        ("exit", PATIENT, "crashed", "broke its reader (exit code 3)"),
        ("fault", PATIENT, "crashed", "broke its reader (KeyError)"),
        ("killed", PATIENT, "memory", "the system ended its reader"),
    ],
)
def test_a_death_is_one_refusal_and_harms_neither_what_came_before_nor_the_next_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, limits: Limits, code: str, what: str
) -> None:
    monkeypatch.setattr(children, "LIMITS", limits)
    (tmp_path / "a.do").write_text(f"first second {deed} never")
    (tmp_path / "b.do").write_text("next")
    found = list(read_path(tmp_path))
    assert [one.text for one in articles(found)] == ["first", "second", "next"]
    refused = only_refusal(list(refusals(found)))
    assert (refused.code, refused.origin) == (code, str(tmp_path / "a.do"))
    assert what in refused.message
    assert "what was read before, 2 of its records, is kept" in refused.message


def test_a_child_is_kept_for_the_next_file_and_replaced_when_it_has_died(tmp_path: Path) -> None:
    first, second = told(tmp_path, "pid"), told(tmp_path, "pid")
    assert first == second
    assert told(tmp_path, "exit") == ["crashed"]
    assert told(tmp_path, "pid") != first


def test_a_child_that_holds_most_of_what_it_may_is_replaced_before_the_next_file(tmp_path: Path) -> None:
    first = told(tmp_path, "pid hold")[0]
    assert told(tmp_path, "pid")[0] != first


def test_a_child_that_died_while_it_waited_costs_no_file(tmp_path: Path) -> None:
    (pid,) = told(tmp_path, "pid")
    os.kill(int(pid.removeprefix("pid ")), signal.SIGKILL)
    children._idle[0].process.wait()
    assert told(tmp_path, "next") == ["next"]


def test_limits_of_time_begin_anew_with_each_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LIMITS", COMPUTING)
    assert told(tmp_path, "compute compute compute compute") == ["compute"] * 4


def test_limits_of_time_begin_anew_with_each_mebibyte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "LIMITS", COMPUTING)
    data = b"first\n" + bytes(4 << 20)
    assert only_article(read_bytes(tmp_path, data)).text == "first"


def test_whoever_stops_asking_in_the_middle_leaves_no_child_at_work(tmp_path: Path) -> None:
    (tmp_path / "a.do").write_text("pid sleep")
    reading = read_path(tmp_path)
    first = next(reading)
    assert isinstance(first, Article)
    reading.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.text.removeprefix("pid ")), 0)
    assert told(tmp_path, "next") == ["next"]


def test_two_files_can_be_read_at_once(tmp_path: Path) -> None:
    for name in ("a.do", "b.do"):
        (tmp_path / name).write_text(f"{name} end")
    one, other = read_path(tmp_path / "a.do"), read_path(tmp_path / "b.do")
    assert [found.text for found in (next(one), next(other), *one, *other) if isinstance(found, Article)] == [
        *("a.do", "b.do"),
        *("end", "end"),
    ]


def test_a_stream_that_is_no_file_is_read_too() -> None:
    found = list(read_stream(io.BytesIO(b"Kirkuk")))
    assert [(one.origin, one.text) for one in articles(found)] == [("-:1", "Kirkuk")]


def test_bytes_read_by_a_child_are_metered_to_the_last(tmp_path: Path) -> None:
    path = tmp_path / "a.do"
    path.write_bytes(b"first\n" + bytes(3 << 20))
    meter = Meter()
    list(read_path(path, meter=meter))
    assert meter.done == path.stat().st_size


@pytest.mark.parametrize("deed", ["connect", "run", "write", "folder"])
def test_a_child_reaches_nothing_and_writes_nothing(tmp_path: Path, deed: str) -> None:
    assert told(tmp_path, deed) == ["refused: PermissionError"]


@pytest.mark.skipif("network" not in walls(), reason="this system lets no process leave the network")
def test_a_child_sees_no_network_but_a_loopback_of_its_own(tmp_path: Path) -> None:
    assert told(tmp_path, "interfaces") == ["did it: ['lo']"]


def test_a_child_may_keep_bytes_aside_in_a_file_without_a_name(tmp_path: Path) -> None:
    assert told(tmp_path, "keep") == ["did it: 1000"]


def test_a_child_knows_no_secret_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    (environment,) = told(tmp_path, "environment")
    assert "PYTHONPATH" in environment
    assert "SECRET_TOKEN" not in environment
    assert "HOME" not in environment


def test_a_child_hears_no_interrupt_of_the_terminal(tmp_path: Path) -> None:
    assert told(tmp_path, "group") != [f"group {os.getpgid(0)}"]


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "a.do").write_text("pid")
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from pipeline.read import formats, read_path\n"
        "from pipeline.read.apart import children\n"
        "from tests.trust.misbehaving import ROW\n"
        "children.MODULE, formats.FORMATS = 'tests.trust.misbehaving', (ROW,)\n"
        "print(*(one.text for one in read_path(Path(sys.argv[1]))), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    pid = int(parent.stdout.readline().removeprefix("pid "))
    parent.kill()
    parent.communicate()
    for _ in range(600):
        if not is_running(pid):
            return
        time.sleep(0.1)
    pytest.fail(f"the child {pid} outlived its parent")


def is_running(pid: int) -> bool:
    """A zombie waits for nobody here: its new parent may be slow to bury it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


def test_a_refusal_of_the_reader_itself_comes_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    found = read_bytes(tmp_path, b"", "a.do")
    assert isinstance(found[0], Refusal)
    assert found[0].code == "empty"
