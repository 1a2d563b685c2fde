"""Step 6 of 6. A path → an open store: pragmas, transactions, and what SQLite's errors mean in words.

SQLite is apsw's own: the one that Python brings has the WAL-reset bug, which loses committed writes.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote

import apsw

from pipeline.errors import StoreError

Mode = Literal["read", "write"]
Terms = tuple[tuple[str, ...], ...]  # every term must occur; a term occurs in any of its spellings

WRITE_WAIT_MS = 30_000  # a correction waits for a running batch
READ_WAIT_MS = 5_000
READ_SECONDS = 10.0  # no view of a store runs longer
WRITE_CACHE_KIB = 262_144
_READ_CACHE_KIB = 16_384
_PROGRESS_STEPS = 100_000
_MAGIC = b"SQLite format 3\0"
RUN_FIRST = "run `python -m pipeline run` first"
_OTHER_FILE = "name another file, or move this one away"


@dataclass(slots=True)
class Store:
    """An open store; a context manager. ``expand`` turns typed text into the folded terms to search for.

    It may be handed from thread to thread, but two threads must not use it at the same moment.
    """

    path: Path
    db: apsw.Connection
    mode: Mode
    expand: Callable[[str], Terms]

    def close(self) -> None:
        """Let go of the file; the store is of no use afterwards. Whatever was committed stays, even if this fails."""
        with explained(self.path):
            self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(path: Path, *, mode: Mode) -> apsw.Connection:
    """Path → connection with its pragmas set; raises StoreError. "write" creates a missing file."""
    with explained(path):
        if mode == "write":
            _create_private(path)
        elif not path.exists():
            raise StoreError(path=str(path), what="no store here", to_do=RUN_FIRST, code="missing")
        _require_database(path)
        db = _open(path.absolute(), mode)
        try:
            _configure(db, mode)
        except BaseException:
            db.close()
            raise
        return db


def _open(path: Path, mode: Mode) -> apsw.Connection:
    """To read a WAL store SQLite writes beside it; where it may not, nobody changes the file either."""
    if mode == "write":
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    if os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists():
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    address = f"file:{quote(str(path))}?immutable=1"
    return apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


def _create_private(path: Path) -> None:
    """Articles and corrections are nobody else's: a new folder is 0700, a new file 0600, and so its WAL."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _require_database(path: Path) -> None:
    """SQLite itself would take a very short file for an empty database, and write over it."""
    if not path.is_file():
        raise StoreError(path=str(path), what="this is no file", to_do=_OTHER_FILE)
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
    if head not in (b"", _MAGIC):
        raise StoreError(path=str(path), what="this is no GeoPackage", to_do=_OTHER_FILE, code="damaged")


def _configure(db: apsw.Connection, mode: Mode) -> None:
    db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    db.set_busy_timeout(WRITE_WAIT_MS if mode == "write" else READ_WAIT_MS)
    db.pragma("trusted_schema", False)  # noqa: FBT003 - a pragma's value
    db.pragma("cell_size_check", True)  # noqa: FBT003
    if mode == "read":
        db.pragma("temp_store", "MEMORY")
        db.pragma("query_only", True)  # noqa: FBT003
        db.pragma("cache_size", -_READ_CACHE_KIB)
        return
    db.pragma("temp_store", "FILE")  # what a statement could need to undo itself grows with the tables
    db.pragma("cache_size", -WRITE_CACHE_KIB)


@contextmanager
def transaction(store: Store, *, durable: bool = False) -> Iterator[apsw.Connection]:
    """Everything inside is written, or nothing of it.

    BEGIN IMMEDIATE, for a transaction that starts as a reader fails at once when another writes. ``durable``
    syncs at the end, so that what a person said survives a power cut once this returns; machine output
    can be made again.
    """
    if store.mode == "read":
        raise StoreError(
            path=str(store.path), what="opened for reading only", to_do='open it with mode="write"'
        )
    with explained(store.path):
        store.db.pragma("synchronous", "FULL" if durable else "NORMAL")
        store.db.execute("BEGIN IMMEDIATE")
        try:
            yield store.db
            store.db.execute("COMMIT")
        except BaseException:
            if store.db.in_transaction:
                store.db.execute("ROLLBACK")
            raise


def settle(store: Store) -> None:
    """Bring what was committed into the main file, as far as no reader needs it where it is.

    So the file can be copied alone, and GDAL, which looks at its first bytes, knows it for a GeoPackage.
    """
    with explained(store.path), suppress(apsw.BusyError):  # then another is at it
        store.db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)


@contextmanager
def snapshot(store: Store, *, seconds: float | None = READ_SECONDS) -> Iterator[apsw.Connection]:
    """Everything inside sees one state of the store; raises StoreError after ``seconds``."""
    if store.db.in_transaction:
        yield store.db
        return
    with explained(store.path):
        if seconds is not None:
            deadline = time.monotonic() + seconds
            store.db.set_progress_handler(lambda: time.monotonic() > deadline, _PROGRESS_STEPS)
        store.db.execute("BEGIN")
        try:
            yield store.db
        finally:
            store.db.set_progress_handler(None)
            if not store.db.getautocommit():  # an interrupt may have ended it already
                store.db.execute("ROLLBACK")


def utc_now() -> str:
    """The time as the store writes it: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_CHECK = (
    "run `python -m pipeline check` on it; a damaged store is built anew from seeds and exported corrections"
)
_MEANINGS: tuple[tuple[tuple[type[Exception], ...], str, str, str], ...] = (
    (
        (apsw.FullError,),
        "unreadable",
        "the disk is full",
        "free some space and run again: nothing of the batch in flight was kept",
    ),
    (
        (apsw.BusyError, apsw.LockedError),
        "locked",
        "another process is writing to it",
        "wait until it has ended, then try again",
    ),
    ((apsw.NotADBError,), "damaged", "this is no GeoPackage", _OTHER_FILE),
    ((apsw.CorruptError,), "damaged", "the store is damaged", _CHECK),
    (
        (apsw.ReadOnlyError, apsw.PermissionsError, PermissionError),
        "unreadable",
        "the file or its folder may not be written",
        "check the owner and the rights of both",
    ),
    (
        (apsw.CantOpenError, OSError),
        "unreadable",
        "it cannot be opened",
        "check that folder and file exist and are yours",
    ),
    ((apsw.InterruptError,), "slow", "the view took too long and was stopped", "narrow the selection"),
    (
        (apsw.IOError,),
        "unreadable",
        "the disk could not be read or written",
        "check the disk, then run again",
    ),
)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors → StoreError that says what to do."""
    try:
        yield
    except (apsw.Error, OSError) as error:
        raise _meaning(path, error) from error


def _meaning(path: Path, error: Exception) -> StoreError:
    for kinds, code, what, to_do in _MEANINGS:
        if isinstance(error, kinds):
            return StoreError(path=str(path), what=f"{what} ({error})", to_do=to_do, code=code)
    return StoreError(path=str(path), what=f"SQLite refuses ({error})", to_do=_CHECK, code="damaged")
