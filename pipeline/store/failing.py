"""Step 6 of 6. What was refused → rows that name file, record and reason, in the order in which it came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.store.connection import Store, snapshot

_RECORD = re.compile(r"(?P<file>.+):(?P<record>[0-9]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was refused. ``record`` is the line of the file at which it starts, None for the whole file.

    ``reason`` says what is wrong and what to do; ``time`` is that of the run that met it first.
    """

    file: str
    record: int | None
    code: str
    reason: str
    time: str


def failures(store: Store, *, code: str | None = None) -> Iterator[Failure]:
    """All that was ever refused, or what was refused under one code, oldest first."""
    with snapshot(store, seconds=None) as db:
        rows = db.execute(
            "SELECT origin, code, message, started FROM failures AS f JOIN runs AS r ON r.id = f.run"
            " WHERE ?1 IS NULL OR code = ?1 ORDER BY f.id",
            (code,),
        )
        for origin, name, message, time in rows:
            parts = _RECORD.fullmatch(origin)
            yield Failure(
                file=parts["file"] if parts else origin,
                record=int(parts["record"]) if parts else None,
                code=name,
                reason=message.removeprefix(f"{origin}: "),
                time=time,
            )
