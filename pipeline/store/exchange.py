"""Step 6 of 6. Corrections ↔ JSON Lines: the only part of a store that cannot be made again."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import apsw

from pipeline.errors import DataError
from pipeline.store.connection import Store, explained, transaction
from pipeline.store.correcting import (
    Correction,
    append,
    apply,
    corrections,
    find_fault,
    latest_revision,
)

_FIELDS: dict[str, tuple[type, ...]] = {
    "time": (str,),
    "author": (str,),
    "article_id": (str,),
    "start": (int,),
    "end": (int,),
    "surface": (str,),
    "action": (str,),
    "value": (str, type(None)),
}


def export_corrections(store: Store, path: Path) -> int:
    """Write every correction, a JSON object a line in the order in which they were said → how many.

    The file is nobody else's (0600), and is there as a whole or not at all.
    """
    said = corrections(store)
    part = path.with_name(path.name + ".part")
    with explained(path):
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as out:
            out.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in said)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    return len(said)


def import_corrections(store: Store, path: Path) -> int:
    """Take in what ``export_corrections`` wrote, of this store or another → how many were new.

    They are said anew in the order of the file, after those that are here; those of articles that are not
    here yet wait for them. One that is here already, word for word, is passed over. Raises DataError with
    every faulty line, and then takes nothing.
    """
    with explained(path):
        lines = path.read_bytes().splitlines()
    with transaction(store, durable=True) as db:
        fresh = _fresh(corrections(store), _parse(db, path, lines))
        for said in fresh:
            append(db, replace(said, base_revision=latest_revision(db, said.article_id, said.span)))
        articles = json.dumps(sorted({said.article_id for said in fresh}))
        stored = "SELECT fid FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        for fid in [row[0] for row in db.execute(stored, (articles,))]:
            apply(db, fid)
    return len(fresh)


def _fresh(here: Iterable[Correction], read: Iterable[Correction]) -> list[Correction]:
    known = {_words(said) for said in here}
    return list({_words(said): said for said in read if _words(said) not in known}.values())


def _words(said: Correction) -> Correction:
    """Without its place in one store's log."""
    return replace(said, sequence=0, base_revision=0)


def _parse(db: apsw.Connection, path: Path, lines: Iterable[bytes]) -> list[Correction]:
    read: list[Correction] = []
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            said = _correction(json.loads(line))
        except (ValueError, TypeError) as error:
            faults.append(f"line {number}: no correction: {error}")
            continue
        if fault := find_fault(db, said.action, said.value):
            faults.append(f"line {number}: {fault}")
        read.append(said)
    if faults:
        raise DataError(path=str(path), faults=faults)
    return read


def _correction(value: Any) -> Correction:
    """A JSON value → Correction; raises ValueError naming the field that is missing or of a wrong kind."""
    if not isinstance(value, dict):
        raise TypeError("an object is wanted")
    for name, kinds in _FIELDS.items():
        if type(value.get(name)) not in kinds:
            raise ValueError(f"{name} is {value.get(name)!r}")
    return Correction(sequence=0, base_revision=0, **{name: value[name] for name in _FIELDS})
