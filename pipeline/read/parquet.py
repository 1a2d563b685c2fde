"""Parquet → an Article a row, by the column names that CSV goes by; batch by batch in constant memory."""

from collections.abc import Iterator
from datetime import date, datetime

import pyarrow as pa
from pyarrow import parquet

from pipeline.errors import ReadRefused
from pipeline.read.door import refusal
from pipeline.read.fields import article_from_record, map_names
from pipeline.read.source import MAX_TEXT, Source, too_long
from pipeline.read.spool import seekable
from pipeline.records import Article, Refusal

_BATCH = 256
_MAX_ROW_GROUP = 512 * 1024**2
"""Bytes that the wanted columns of a group of rows may claim to unpack to: a group is held as a whole."""


def read_parquet(source: Source) -> Iterator[Article | Refusal]:
    """Rows → their articles or refusals, counted from 1. Raises ReadRefused: parquet, header or too-large."""
    with seekable(source) as file:
        number = 0
        try:
            table = parquet.ParquetFile(file)
            columns = _columns(table, source)
            for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield _article(row, source, number)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _damaged(source, number) from error


def _columns(table: parquet.ParquetFile, source: Source) -> list[str]:
    """The columns to read. Raises ReadRefused "header" or "too-large"."""
    known = map_names(table.schema_arrow.names, columns=source.columns)
    if not {"text", "title"} & known.keys():
        what, to_do = "no column is named text, body or content", "name it: --column text=NAME"
        raise ReadRefused(origin=source.origin, code="header", what=what, to_do=to_do)
    wanted = list(known.values())
    for group in range(table.num_row_groups):
        parts = table.metadata.row_group(group)
        columns = (parts.column(number) for number in range(parts.num_columns))
        size = sum(one.total_uncompressed_size for one in columns if one.path_in_schema in wanted)
        if size > _MAX_ROW_GROUP:
            what = f"a group of rows of more than {_MAX_ROW_GROUP // 1024**2} MB"
            to_do = "write it with smaller groups of rows"
            raise ReadRefused(origin=source.origin, code="too-large", what=what, to_do=to_do)
    return wanted


def _article(row: dict[str, object], source: Source, number: int) -> Article | Refusal:
    origin = source.record(number)
    try:
        values = {name: _plain(value) for name, value in row.items()}
        if any(isinstance(value, str) and len(value) > MAX_TEXT for value in values.values()):
            raise too_long(origin)
        return article_from_record(values, origin=origin, encoding="utf-8", columns=source.columns)
    except ReadRefused as error:
        return refusal(error)


def _plain(value: object) -> object:
    """A date or time → as it would be written; everything else as it is."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _damaged(source: Source, number: int) -> ReadRefused:
    return ReadRefused(
        origin=source.origin,
        code="parquet",
        what=f"no Parquet file, or damaged behind row {number}",
        to_do="write it again at its source",
    )
