"""Curated CSV files → rows that know where they stand, and every fault of form at once.

``curated/`` holds what people edit. A row keeps its file and line so that a fault can be found again.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

CURATED = Path(__file__).resolve().parent / "curated"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "places.csv": (
        *("id", "level", "name_en", "name_ar", "name_ckb", "name_kmr", "name_tr", "lat", "lon"),
        *("parent_id", "layer_name", "shape_id", "note", "source", "seat_id"),
    ),
    "names.csv": ("id", "name", "lang", "kind", "ambiguous", "reason", "source"),
    "changes.csv": (
        *("id", "unit_id", "what", "level", "parent_id", "layer_district_id"),
        *("valid_from", "valid_to", "decided_by", "status", "source", "note"),
    ),
    "disputed.csv": (
        *("list", "place_id", "name_in_source", "layer_name", "shape_id"),
        *("extent", "part_id", "source", "source_date", "note"),
    ),
    "areas.csv": ("area_id", "place_id", "extent", "note"),
    "press.csv": ("id", "lang", "name", "seen_at"),
    "known.csv": (
        *("governorate_id", "level", "parent", "name", "place_id"),
        *("source", "source_date", "note"),
    ),
}


class GeoDataError(Exception):
    """Faults in the curated files, all of them, each with its file, its line and what to do."""

    def __init__(self, *, folder: Path, faults: list[str]) -> None:
        self.folder, self.faults = folder, faults
        lines = "\n".join(f"  - {fault}" for fault in faults)
        super().__init__(f"{folder.name}: {len(faults)} fault(s), mend the rows named:\n{lines}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a curated file; ``row["column"]`` is its text, "" where the cell is empty."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, what: str) -> str:
        """What is wrong, and what to do → the line of a report."""
        return f"{self.file} line {self.line}: {what}"


@dataclass(frozen=True, slots=True)
class Tables:
    """All curated files as read. ``digest`` is the sha256 over their bytes; ``faults`` those of form."""

    rows: Mapping[str, tuple[Row, ...]]
    digest: str
    faults: tuple[str, ...]

    def __getitem__(self, file: str) -> tuple[Row, ...]:
        return self.rows[file]


def read_tables(folder: Path) -> Tables:
    """Folder of curated files → their rows.

    A malformed row is a fault and left out; so is a file that is missing or has other columns, as a whole.
    """
    rows: dict[str, tuple[Row, ...]] = {}
    faults: list[str] = []
    digest = sha256()
    for file, columns in COLUMNS.items():
        path = folder / file
        if not path.is_file():
            faults.append(f"{file}: is missing: put it back")
            continue
        raw = path.read_bytes()
        digest.update(file.encode() + b"\0" + raw)
        lines = _lines(file, raw, faults)
        if lines and lines[0] != ",".join(columns):
            faults.append(f"{file} line 1: the columns must be {','.join(columns)}")
        elif lines:
            rows[file] = tuple(_rows(file, lines, faults))
    return Tables(rows=rows, digest=digest.hexdigest(), faults=tuple(faults))


def _lines(file: str, raw: bytes, faults: list[str]) -> list[str]:
    """Bytes → lines, the header first; none where they are no text."""
    if b"\r" in raw or not raw.endswith(b"\n"):
        faults.append(f"{file}: line ends are not LF, or the last is missing: save it with Unix line ends")
    try:
        return raw.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        faults.append(f"{file}: byte {error.start} is not UTF-8: save it as UTF-8")
        return []


def _rows(file: str, lines: list[str], faults: list[str]) -> Iterator[Row]:
    columns = COLUMNS[file]
    reader = csv.reader(lines)
    next(reader)
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(columns):
            faults.append(f"{file} line {line}: {len(cells)} fields, not {len(columns)}: check its commas")
            continue
        row = Row(file, line, dict(zip(columns, cells, strict=True)))
        if any(cell != cell.strip() or "  " in cell for cell in cells):
            faults.append(row.fault("has a stray space: take it out"))
        yield row
