"""What some geocoder said of the annotated texts: a file, a past revision of this project, or a peer → mentions.

A predictions file is what `python -m pipeline geocode` writes: a JSON object a line, {"id", "mentions": [{"start",
"end", "place_id", "level", "governorate", "district", "role", "confidence"?, …}]}. A text without a line counts as
one in which nothing was found.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from click import ClickException

from benchmarks.gold import GoldText
from pipeline.errors import DataError
from pipeline.records import LEVELS, ROLES, Mention, Reason

Predictions = Mapping[str, Sequence[Mention]]

ROOT = Path(__file__).parents[1]


def predictions_of(source: str, texts: Sequence[GoldText]) -> Predictions:
    """A predictions file, or a git revision whose rules are run over the texts → mentions by text id."""
    path = Path(source)
    return read_predictions(path, texts) if path.is_file() else _of_revision(source, texts)


def read_predictions(path: Path, texts: Sequence[GoldText]) -> Predictions:
    """Predictions file → mentions by text id; DataError that names every line that cannot be scored."""
    known = {text.id: text.text for text in texts}
    found: dict[str, Sequence[Mention]] = {}
    faults: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                text = known[row["id"]]
                found[row["id"]] = [_mention(mention, text) for mention in row["mentions"]]
            except (ValueError, KeyError, TypeError) as error:
                faults.append(f"line {number}: {type(error).__name__}: {error}")
    if faults:
        raise DataError(path=path.name, faults=faults)
    return found


def _mention(row: Mapping[str, Any], text: str) -> Mention:
    start, end = row["start"], row["end"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"offsets {start}-{end} are not within the text's {len(text)} code points")
    if row["role"] not in ROLES or row["level"] not in LEVELS:
        raise ValueError(f"no role {row['role']!r} at level {row['level']!r}")
    return Mention(
        start=start,
        end=end,
        surface=text[start:end],
        place_id=row["place_id"],
        level=row["level"],
        governorate=row["governorate"],
        district=row["district"],
        role=row["role"],
        literal=row.get("literal"),
        confidence=float(row.get("confidence", 1.0)),
        reason=Reason(name=text[start:end], name_lang=""),
    )


def _of_revision(revision: str, texts: Sequence[GoldText]) -> Predictions:
    """Git revision → what its geocoder says of today's texts, run in a checkout of its own that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "then"
        _git("worktree", "add", "--quiet", "--detach", str(checkout), revision)
        try:
            given, answer = Path(folder) / "texts.jsonl", Path(folder) / "predictions.jsonl"
            given.write_text("".join(_lines(texts)), encoding="utf-8")
            with answer.open("wb") as out:
                command = [sys.executable, "-m", "pipeline", "geocode", str(given)]
                done = subprocess.run(command, cwd=checkout, stdout=out, check=False)  # noqa: S603 - our own command
            if done.returncode:
                raise ClickException(f"{revision}: its `pipeline geocode` failed; name a later revision")
            return read_predictions(answer, texts)
        finally:
            _git("worktree", "remove", "--force", str(checkout))


def _lines(texts: Iterable[GoldText]) -> Iterable[str]:
    for text in texts:
        row = {"id": text.id, "text": text.text} | ({"date": text.date} if text.date else {})
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _git(*arguments: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=False)  # noqa: S603, S607 - the developer's git
    if done.returncode:
        raise ClickException(f"git {' '.join(arguments)} failed: name a revision or a predictions file")
