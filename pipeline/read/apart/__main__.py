"""The child: open files come in over a socket, what they hold goes out, until the other end is gone.

Started by `walls`, behind its walls.
"""

import io
import os
import resource
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.read.apart.walls import renew_computing_time
from pipeline.read.apart.wire import Frame, receive, send, to_frame
from pipeline.read.door import Meter, open_stream
from pipeline.read.reading import Wish, read_opened

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_STEP = 1 << 20
"""Bytes of a file that count as progress."""
_SPENT = 2 / 3
"""Share of the memory allowed after which a child has had its day: what a file left behind is not the next one's."""


class _Followed(io.FileIO):
    """A file that tells how far it was read. Going back and reading again is no progress."""

    def __init__(self, number: int, tell: Callable[[int], None]) -> None:
        super().__init__(number, "rb")
        self._tell, self.told = tell, 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(-1 if size is None else size)
        self._follow()
        return data

    def readinto(self, buffer: "WriteableBuffer") -> int:
        count = super().readinto(buffer)
        self._follow()
        return count

    def _follow(self) -> None:
        if (place := self.tell()) >= self.told + _STEP:
            self.told = place
            self._tell(place)


def main(number: int, memory: int, cpu: int) -> None:
    """Serve files at the socket of this number until it is closed."""
    line = socket.socket(fileno=number)
    send(line, {"ready": True})
    while True:
        _, files, _, _ = socket.recv_fds(line, 1, 1)
        if not files:
            return
        end = _serve(line, files[0], cpu=cpu)
        fresh = _held() < memory * _SPENT
        send(line, {**end, "end": fresh} if "failed" not in end else end)
        if not fresh or "failed" in end:
            return


def _held() -> int:
    """Bytes of address space that this process holds, which is what is limited.

    Where the system does not tell, the most memory it ever held, which counts in what its parent held at its start.
    """
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _serve(line: socket.socket, file: int, *, cpu: int) -> Frame:
    """Read one file and send what it holds → {} or {"failed": why}, both without the records sent."""

    def progress(frame: Frame) -> None:
        send(line, frame)
        renew_computing_time(cpu)

    renew_computing_time(cpu)
    wish, size = receive(line), os.fstat(file).st_size
    with _Followed(file, lambda place: progress({"done": place})) as raw:
        try:
            raw.seek(0)
            opened = open_stream(raw, origin=wish["origin"], suffix=wish["suffix"], meter=Meter())
            asked = Wish(wish["format"], wish["columns"], lambda: progress({"done": raw.told}))
            for found in read_opened(opened, asked):
                progress(to_frame(found))
            progress({"done": size})
        except MemoryError:
            return {"failed": "memory"}
        except RecursionError:
            return {"failed": "depth"}
        except Exception as error:  # noqa: BLE001  the edge of the child: parsers raise what they like
            return {"failed": type(error).__name__}
    return {}


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
