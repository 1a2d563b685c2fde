"""Bad names, and what is no file."""

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.trust.badinputs.case import Bad, refused, taken

TEXT = b"A blast hit Tuz Khurmatu."


def named(name: str) -> Bad:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(TEXT)

    return Bad(make, taken())


def beside(make: Callable[[Path], None], code: str) -> Bad:
    """What is no file beside one that is: it is refused, and the other is read."""

    def both(folder: Path) -> None:
        make(folder)
        (folder / "good.txt").write_bytes(TEXT)

    return Bad(both, refused(code, articles=1))


def bind(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket may not be long
        try:
            bound.bind("a.sock")
        finally:
            os.chdir(here)


def nest(folder: Path) -> None:
    inner = folder.joinpath(*["a"] * 200)
    inner.mkdir(parents=True)
    (inner / "a.txt").write_bytes(TEXT)


FILES: Mapping[str, Bad] = {
    "44 name that begins with a dash": named("-rf.txt"),
    "44 name with a line break": named("a\nrefused: b.txt"),
    "44 name with markup": named("<script>alert(1)<!--.txt"),
    "44 name that turns the reading order": named("exe.\u202etxt"),
    "44 name with an escape of the terminal": named("\x1b[31mred.txt"),
    "44 name that is no UTF-8": named(os.fsdecode(b"\xff\xfe.txt")),
    "44 name of 255 bytes": named("x" * 251 + ".txt"),
    "44 name that is a formula": named("=1+1%s{}.txt"),
    "44 name of a device elsewhere": named("NUL"),
    "45 link to a file outside": beside(lambda folder: (folder / "a.txt").symlink_to("/etc/passwd"), "link"),
    "45 link to a folder outside": beside(lambda folder: (folder / "a").symlink_to("/etc"), "link"),
    "45 link to itself": beside(lambda folder: (folder / "a.txt").symlink_to(folder / "a.txt"), "unreadable"),
    "45 link to nothing": beside(
        lambda folder: (folder / "a.txt").symlink_to(folder / "gone.txt"), "missing"
    ),
    "45 link to an endless device": beside(lambda folder: (folder / "a.txt").symlink_to("/dev/zero"), "link"),
    "45 pipe that nobody writes to": beside(lambda folder: os.mkfifo(folder / "a.txt"), "not-a-file"),
    "45 socket": beside(bind, "unreadable"),
    "45 file two hundred folders down": Bad(nest, taken()),
}
