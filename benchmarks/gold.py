"""tests/gold/dev.jsonl → annotated texts, and which part of them each belongs to."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import DataError
from pipeline.records import Lang, Level, Role

GOLD = Path(__file__).parents[1] / "tests" / "gold"

Part = Literal["dev", "held", "test"]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One place as marked by hand; offsets as in `pipeline.records.Mention`.

    ``level`` or ``district`` None asks nothing of a prediction; ``also_level`` is a second level that is right too.
    """

    start: int
    end: int
    place_id: str
    level: Level | None
    governorate: str | None
    district: str | None
    role: Role
    optional: bool = False
    also_level: Level | None = None


@dataclass(frozen=True, slots=True)
class GoldText:
    """One annotated report; ``date`` is YYYY-MM-DD, or None for today.

    Those who write rules may look at the part dev only. ``held`` is a third of dev.jsonl, ``test`` was written by
    others and is kept for testing.
    """

    id: str
    lang: Lang
    topic: str
    text: str
    date: str | None
    mentions: tuple[GoldMention, ...]
    part: Part


def part_of(text_id: str) -> Part:
    """Id → "held" for a third of all ids, the same third on every machine and day."""
    return "held" if int(sha256(text_id.encode()).hexdigest(), 16) % 3 == 0 else "dev"


def load_gold(folder: Path = GOLD) -> list[GoldText]:
    """Folder of annotated texts → all of them, in the files' order; DataError with every fault of a file.

    dev.jsonl is split by id; ``own/*.jsonl`` are dev, ``test/*.jsonl`` are test.
    """
    texts = _load_file(folder / "dev.jsonl", None)
    for path in sorted(folder.glob("own/*.jsonl")):
        texts += _load_file(path, "dev")
    for path in sorted(folder.glob("test/*.jsonl")):
        texts += _load_file(path, "test")
    return texts


def _load_file(path: Path, part: Part | None) -> list[GoldText]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    faults = [f"{row['id']}: {fault}" for row in rows for fault in _faults(row)]
    if faults:
        raise DataError(path=str(path), faults=faults)
    return [_text(row, part or part_of(row["id"])) for row in rows]


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    text = row["text"]
    for mention in row["mentions"]:
        found = text[mention["start"] : mention["end"]]
        if found != mention["surface"]:
            yield f"{mention['start']}-{mention['end']} is {found!r} in the text, not {mention['surface']!r}"


def _text(row: Mapping[str, Any], part: Part) -> GoldText:
    mentions = tuple(_mention(mention) for mention in row["mentions"])
    return GoldText(row["id"], row["lang"], row["topic"], row["text"], row.get("date"), mentions, part)


def _mention(row: Mapping[str, Any]) -> GoldMention:
    return GoldMention(
        start=row["start"],
        end=row["end"],
        place_id=row["place"],
        level=row["level"],
        governorate=row["governorate"],
        district=row["district"],
        role=row["role"],
        optional=bool(row.get("optional")),
        also_level=row.get("also_level"),
    )
