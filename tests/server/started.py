"""The server as a user starts it: `python -m server` in a process of its own."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Started:
    """A server that runs, and the address that it printed."""

    process: subprocess.Popen[str]
    address: str

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]

    @property
    def port(self) -> int:
        return int(re.findall(r":(\d+)$", self.origin)[0])

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "server", "--no-browser", *map(str, arguments)]


@contextmanager
def started(*arguments: str | Path) -> Iterator[Started]:
    """Runs until the context ends, then is stopped as by Ctrl-C."""
    with subprocess.Popen(
        command(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Started(process, _printed_address(process))
        finally:
            process.send_signal(signal.SIGINT)


def _printed_address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return line.strip()
    raise AssertionError(f"the server printed no address: {process.communicate()[1]}")
