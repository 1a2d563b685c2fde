"""Port and store → the guarded app, running until it is told to stop."""

import errno
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from streamlit.starlette import App

from pipeline.errors import ProjectError, StoreError
from server.guard import Door, Guard, new_door

ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8501
STORE_VARIABLE = "IRAQ_MAP_STORE"
DASHBOARD = Path(__file__).resolve().parent.parent / "dashboard.py"

_GRACE_SECONDS = 3


class PortError(ProjectError):
    """The port that was asked for is in use, or not ours to open."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            f"port {port} of {ADDRESS}: {reason}: leave --port out to take a free one, or name another"
        )


def require_store(path: Path) -> None:
    """Raise StoreError unless there is a store to show."""
    if not path.is_file():
        to_do = "make one with `python -m pipeline run seeds`, or name it with --store"
        raise StoreError(path=str(path), what="no store there", to_do=to_do)


def open_port(port: int | None) -> socket.socket:
    """Port, None for the default or else any free one → a socket that listens on it, on this machine only.

    Raises PortError if `port` was asked for and cannot be had.
    """
    if port is not None:
        return _listen(port)
    try:
        return _listen(DEFAULT_PORT)
    except PortError:
        return _listen(0)


def serve(listening: socket.socket, *, store: Path, ready: Callable[[Door], None]) -> None:
    """A listening socket and a store → the guarded dashboard; returns when stopped (Ctrl-C or SIGTERM).

    `ready` is told the door as soon as a request would be answered.
    """
    os.environ[STORE_VARIABLE] = str(store.resolve())
    door = new_door(listening.getsockname()[1])
    server = uvicorn.Server(_settings(Guard(App(DASHBOARD), door=door)))
    ready(door)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # uvicorn has shut everything down and hands the signal on
    finally:
        listening.close()


def _settings(app: Guard) -> uvicorn.Config:
    """No access log: its first line would hold the token.

    The logger is disabled as well, for Streamlit gives every logger of uvicorn a handler of its own.
    """
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Config(
        app,
        host=ADDRESS,
        ws="websockets-sansio",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # there it would let two servers share one port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen()
    except OSError as error:
        listening.close()
        reason = "already in use" if error.errno == errno.EADDRINUSE else str(error.strerror)
        raise PortError(port, reason) from error
    return listening
