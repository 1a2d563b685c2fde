"""A child whose only format does what the words of its file say, one after the other."""

import ctypes
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.read import formats
from pipeline.read.apart import __main__ as child
from pipeline.read.fields import make_article
from pipeline.read.formats import Format
from pipeline.read.source import Found, Source


def say(source: Source, text: str) -> Iterator[Found]:
    yield make_article(text, title_end=0, body_start=0, origin=source.record(1), encoding="utf-8")


def spin(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def eat() -> None:
    hoard = [bytearray(64 << 20) for _ in range(1000)]
    assert not hoard


HELD: list[bytearray] = []


def hold() -> None:
    HELD.append(
        bytearray(512 << 20)
    )  # with what a child holds anyway, between two thirds of the limit and all of it


def recurse() -> None:
    recurse()


def attempt(deed: Callable[[], object]) -> str:
    try:
        return f"did it: {deed()}"
    except OSError as error:
        return f"refused: {type(error).__name__}"


def write_file() -> None:
    (Path(tempfile.gettempdir()) / "written-by-a-child").write_text("x")


def keep_aside() -> int:
    with tempfile.TemporaryFile() as file:
        return file.write(b"x" * 1000)


DEEDS: Mapping[str, Callable[[], object]] = {
    "spin": lambda: spin(60),
    "compute": lambda: spin(0.6),
    "sleep": lambda: time.sleep(60),
    "eat": eat,
    "hold": hold,
    "recurse": recurse,
    "fault": lambda: TOLD["missing"],
    "exit": lambda: os._exit(3),
    "segfault": lambda: ctypes.string_at(0),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
}
TOLD: Mapping[str, Callable[[], str]] = {
    "pid": lambda: f"pid {os.getpid()}",
    "group": lambda: f"group {os.getpgid(0)}",
    "environment": lambda: " ".join(sorted(os.environ)),
    "folder": lambda: attempt((Path(tempfile.gettempdir()) / "made-by-a-child").mkdir),
    "connect": lambda: attempt(lambda: socket.create_connection(("127.0.0.1", 9))),
    "interfaces": lambda: attempt(lambda: [name for _, name in socket.if_nameindex()]),
    "run": lambda: attempt(lambda: os.system("true")),  # noqa: S605
    "write": lambda: attempt(write_file),
    "keep": lambda: attempt(keep_aside),
}


def obey(source: Source) -> Iterator[Found]:
    """Words of the first line are done or told, the rest of the file is read a MiB at a time, computing."""
    for word in source.stream.readline().decode().split():
        if deed := DEEDS.get(word):
            deed()
        yield from say(source, TOLD[word]() if word in TOLD else word)
    while source.stream.read(1 << 20):
        spin(0.6)


ROW = Format(
    name="obedient",
    endings=(".do",),
    structured=True,
    help="does what it says",
    sniff=lambda _: True,
    read=obey,
    binary=True,
)

if __name__ == "__main__":
    formats.FORMATS = (ROW,)
    child.main(*(int(word) for word in sys.argv[1:4]))
