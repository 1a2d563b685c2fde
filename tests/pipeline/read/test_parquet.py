import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from pipeline.read import parquet as reader
from pipeline.read import read_stream
from pipeline.records import Article, Refusal
from tests.pipeline.read.building import SENTENCES
from tests.pipeline.read.reading import (
    articles,
    only_article,
    only_refusal,
    read_bytes,
    read_here,
    refusals,
    refused_lines,
)


def table(rows: Sequence[Mapping[str, object]], *, group: int = 1000) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(rows)), out, row_group_size=group)
    return out.getvalue()


def read(data: bytes, columns: Mapping[str, str] | None = None) -> list[Article | Refusal]:
    return list(read_stream(io.BytesIO(data), columns=columns))


def test_a_row_is_an_article_under_the_column_names_of_csv() -> None:
    row = {"Headline": "Blast", "Full Text": SENTENCES[0], "media_name": "Shafaq", "n": 7}
    article = only_article(read(table([row])))
    assert (article.title, article.body, article.source) == ("Blast", SENTENCES[0], "Shafaq")
    assert (article.origin, article.encoding) == ("-:1", "utf-8")


@pytest.mark.parametrize(
    "day",
    [date(2024, 5, 12), datetime(2024, 5, 12, 23, 59, tzinfo=UTC), "2024-05-12", "12 May 2024"],
    ids=["date", "time", "iso", "words"],
)
def test_a_day_is_read_from_every_type_it_is_kept_in(day: object) -> None:
    assert only_article(read(table([{"text": "Kirkuk", "date": day}]))).published == "2024-05-12"


def test_a_row_without_text_is_refused_alone() -> None:
    found = read(table([{"text": "Kirkuk"}, {"text": None}, {"text": " "}, {"text": "Mosul"}]))
    assert refused_lines(found) == [("2", "empty"), ("3", "empty")]
    assert [one.text for one in articles(found)] == ["Kirkuk", "Mosul"]


def test_columns_named_by_the_user_are_read_and_others_are_not() -> None:
    data = table([{"beitrag": "Kirkuk", "title": "T", "secret": "x"}])
    assert only_article(read(data, {"text": "Beitrag"})).text == "T\n\nKirkuk"
    assert "--column text=NAME" in only_refusal(read(table([{"beitrag": "Kirkuk"}]))).message


def test_a_text_that_is_no_string_is_refused() -> None:
    assert only_refusal(read(table([{"text": ["Kirkuk"]}]))).code == "text"


def test_rows_beyond_one_batch_and_one_group_come_in_order() -> None:
    rows = [{"text": f"Kirkuk {number}"} for number in range(1000)]
    assert [one.text for one in articles(read(table(rows, group=300)))] == [row["text"] for row in rows]


def test_a_group_too_big_for_memory_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MAX_ROW_GROUP", 1000)
    found = read_here(table([{"text": str(number) * 9} for number in range(999)]))
    assert [one.code for one in refusals(found)] == ["too-large"]


def test_damage_behind_a_row_keeps_what_came_before(tmp_path: Path) -> None:
    data = bytearray(table([{"text": f"{number} Kirkuk" * 50} for number in range(900)], group=300))
    middle = len(data) // 2
    data[middle : middle + 400] = b"\xff" * 400
    *before, last = read_bytes(tmp_path, bytes(data), "a.parquet")
    assert isinstance(last, Refusal)
    assert last.code == "parquet"
    assert f"behind row {len(before)}" in last.message
