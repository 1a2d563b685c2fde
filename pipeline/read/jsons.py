"""JSON Lines, and a JSON array or object → an Article a record.

Read strictly: what two readers would understand differently (a key twice, NaN, a number beyond measure) is
refused by record, as is what would exhaust the parser.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import ReadRefused
from pipeline.read.door import refusal
from pipeline.read.fields import article_from_record
from pipeline.read.json_items import read_items
from pipeline.read.source import Head, Line, Source, check_decoded, read_lines, too_long
from pipeline.records import Article, Refusal

_DIGITS = 300
_ARRAY = re.compile(r"\s*\[\s*[{\]]")
_OBJECT = re.compile(r"\s*\{")
_LINE = re.compile(r"\s*\{[^\r\n]*\}[ \t]*(?:[\r\n]|\Z)")


class _ValueFaultError(ValueError):
    """What is wrong with a JSON value: the code of the failures table, and in words."""

    def __init__(self, code: str, what: str) -> None:
        self.code = code
        super().__init__(what)


def is_json(head: Head) -> bool:
    """Whether a text opens as one JSON array of objects or as one object on several lines."""
    return bool(_ARRAY.match(head.letters) or (_OBJECT.match(head.letters) and not _LINE.match(head.letters)))


def is_json_lines(head: Head) -> bool:
    """Whether a text opens with a JSON object."""
    return bool(_OBJECT.match(head.letters))


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object as it stands in its line; ``origin`` names file and line."""

    origin: str
    values: dict[str, object]


def read_records(source: Source) -> Iterator[Record | Refusal]:
    """One object a line → it, or why it is refused; blank lines are passed over. Constant memory."""
    for line in read_lines(source):
        if line.text is not None and not line.text.strip():
            continue
        try:
            yield _record(line, source)
        except ReadRefused as error:
            yield refusal(error)


def read_json_lines(source: Source) -> Iterator[Article | Refusal]:
    """One object a line → its article or its refusal."""
    for record in read_records(source):
        if isinstance(record, Refusal):
            yield record
        else:
            yield _article_or_refusal(record.values, source, origin=record.origin)


def _article_or_refusal(value: object, source: Source, *, origin: str) -> Article | Refusal:
    try:
        record = _object(value, origin)
        return article_from_record(record, origin=origin, encoding=source.encoding, columns=source.columns)
    except ReadRefused as error:
        return refusal(error)


def _record(line: Line, source: Source) -> Record:
    """A line → the object in it. Raises ReadRefused: size, encoding, json, depth, number or keys."""
    origin = source.record(line.number)
    if line.text is None:
        raise too_long(origin)
    check_decoded(line.text, origin=origin, encoding=source.encoding)
    return Record(origin, _object(parse(line.text, origin=origin), origin))


def read_json(source: Source) -> Iterator[Article | Refusal]:
    """An array of objects, or one object → an article each, counted from 1; an array may be of any size.

    Raises ReadRefused where no further item can be told: json, depth, size or encoding.
    """
    for number, text in enumerate(read_items(source), start=1):
        origin = source.record(number)
        try:
            check_decoded(text, origin=origin, encoding=source.encoding)
            value = parse(text, origin=origin)
        except ReadRefused as error:
            yield refusal(error)
        else:
            yield _article_or_refusal(value, source, origin=origin)


def parse(text: str, *, origin: str) -> object:
    """JSON → its value. Raises ReadRefused: json, depth, number or keys."""
    try:
        return _DECODER.decode(text.lstrip("\ufeff"))
    except _ValueFaultError as fault:
        code, what = fault.code, str(fault)
    except json.JSONDecodeError as error:
        code, what = "json", f"no valid JSON, {error.msg} at letter {error.pos + 1}"
    except RecursionError:
        code, what = "depth", "nested too deeply"
    raise ReadRefused(origin=origin, code=code, what=what, to_do="mend the record at its source")


def _object(value: object, origin: str) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    raise ReadRefused(
        origin=origin,
        code="json",
        what="not a JSON object",
        to_do='write {"title": …, "text": …} for each article',
    )


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _ValueFaultError("keys", f"the key {twice[:40]!a} stands twice")
    return record


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise _ValueFaultError("number", f"a number of {len(digits)} digits")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _ValueFaultError("number", f"the number {digits[:40]} is out of range")
    return number


def _constant(name: str) -> float:
    raise _ValueFaultError("number", f"{name} is no JSON number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_integer, parse_float=_finite, parse_constant=_constant
)
