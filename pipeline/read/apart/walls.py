"""The walls around a child that reads untrusted files; raised by the child itself before anything else.

Run as a script, and so before any library has started a thread: a process of several threads cannot leave the
network. It imports nothing of ours, and then runs the module that it is told to.

The kernel's own (memory, computing time, size of a file, no core) hold for every parser. The network is left
by way of an empty network namespace where the system lets an ordinary user have one (Linux, unless the
administrator forbids it); a hook refuses sockets, programs and writing to whatever runs in Python as well,
which alone remains elsewhere. macOS does not enforce the limit of memory.
"""

import ctypes
import os
import resource
import runpy
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of linux/sched.h
_FORBIDDEN = (
    *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
    *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
    *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
)
_DISK = 1 << 30
"""Bytes of a nameless temporary file, the only one that may be written: a member of an archive, kept aside."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. ``memory`` is bytes of address space.

    ``cpu`` (of computing) and ``wall`` (of waiting) are seconds for a step: from one record to the next, or
    from one MiB of the file to the next. So a long archive may take its time, and a short file may not.
    """

    memory: int = 1 << 30
    cpu: int = 20
    wall: int = 30


def raise_walls(memory: int) -> list[str]:
    """Confine this process, for good → which of memory, disk, core and network the system has confined.

    What it does not offer is left out: the hook on what runs in Python holds everywhere.
    """
    kernel = {
        "memory": _lower(resource.RLIMIT_AS, memory),
        "disk": _lower(resource.RLIMIT_FSIZE, _DISK),
        "core": _lower(resource.RLIMIT_CORE, 0),
        "network": _leave_network(),
    }
    tempfile.gettempdir()  # is found by writing, and remembered
    sys.addaudithook(_refuse)
    return [wall for wall, stands in kernel.items() if stands]


def _lower(kind: int, most: int) -> bool:
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):  # an inherited limit is lower still, or the system knows none
        return False
    return True


def renew_computing_time(seconds: int) -> None:
    """Let this process compute for so many seconds more, then be killed by SIGXCPU."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, most))


def _leave_network() -> bool:
    """Move this process into a namespace without network → whether the system allowed it."""
    try:
        return bool(ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET) == 0)
    except (AttributeError, OSError):
        return False


def _refuse(event: str, args: Iterable[object]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"a reader of untrusted files may not do this: {event}")
    if event == "open":
        path, _, flags = args
        if isinstance(flags, int) and flags & _WRITING and not _is_nameless(path):
            raise PermissionError("a reader of untrusted files may not write")


def _is_nameless(path: object) -> bool:
    """Whether writing there leaves nothing: a folder is opened so only for a file without a name."""
    return path == os.devnull or (isinstance(path, str) and Path(path).is_dir())


if __name__ == "__main__":
    # WALLS, or MODULE NUMBER MEMORY CPU as `children` gives them.
    standing = raise_walls(int(sys.argv[3]) if len(sys.argv) > 3 else Limits().memory)
    if sys.argv[1] == "walls":
        sys.stdout.write(" ".join(standing))
    else:
        del sys.argv[0]
        runpy.run_module(sys.argv[0], run_name="__main__")
