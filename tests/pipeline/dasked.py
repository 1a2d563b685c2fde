"""A Dask cluster on this machine, of real processes: a scheduler and its workers, ended when the test is over."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 60.0


@dataclass
class Dasked:
    """``address`` is the scheduler's; ``processes`` are the scheduler and then the workers."""

    folder: Path
    address: str = ""
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def scheduler(self) -> "subprocess.Popen[bytes]":
        return self.processes[0]

    @property
    def workers(self) -> Sequence["subprocess.Popen[bytes]"]:
        return self.processes[1:]

    def start(self, program: str, *arguments: str) -> None:
        command = [
            sys.executable,
            "-m",
            "dask",
            program,
            "--scheduler-file",
            str(self.folder / "scheduler.json"),
        ]
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        with log:
            started = subprocess.Popen([*command, *arguments], cwd=ROOT, stdout=log, stderr=log)
        self.processes.append(started)

    def start_worker(self) -> None:
        self.start(
            "worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self.folder),
        )  # fmt: skip

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def wait_for_address(self) -> str:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            file = self.folder / "scheduler.json"
            if file.exists() and (text := file.read_text("utf-8")).endswith("}"):
                return str(json.loads(text)["address"])
            time.sleep(0.05)
        raise TimeoutError((self.folder / "0.log").read_text("utf-8"))


@contextmanager
def cluster(folder: Path, *, workers: int = 2) -> Iterator[Dasked]:
    """A cluster whose files lie in the folder."""
    folder.mkdir(exist_ok=True)
    made = Dasked(folder)
    with ExitStack() as stack:
        stack.callback(made.end)
        made.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        for _ in range(workers):
            made.start_worker()
        made.address = made.wait_for_address()
        yield made
