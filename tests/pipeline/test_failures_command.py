"""`pipeline failures`: what was refused, to be read by people, programs and spreadsheets."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.__main__ import cli
from pipeline.records import Refusal
from pipeline.store import add_batch, begin_run, open_store

REFUSED = (
    Refusal("news.jsonl:12", "json", "news.jsonl:12: no JSON (json): mend the line"),
    Refusal("=cmd|' /C calc'!A0.txt", "empty", "=cmd|' /C calc'!A0.txt: holds no text (empty): leave it out"),
    Refusal("[red]a[/red].txt", "empty", "[red]a[/red].txt: holds no text (empty): leave it out"),
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with open_store(tmp_path / "iraq.gpkg", mode="write") as opened:
        add_batch(opened, begin_run(opened, code_version="test", rules="rules"), [], REFUSED)
    return tmp_path / "iraq.gpkg"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["failures", *map(str, arguments)], env={"COLUMNS": "200"})


def test_a_table_tells_file_record_and_reason(store: Path) -> None:
    shown = call("--store", store).output
    (row,) = [line for line in shown.splitlines() if "news.jsonl" in line]
    assert [cell.strip() for cell in row.strip("│").split("│")][:4] == [
        "news.jsonl", "12", "json", "no JSON (json): mend the line",
    ]  # fmt: skip
    assert "[red]a[/red].txt" in shown
    assert shown.endswith("3 refused\n")


def test_json_is_a_line_each(store: Path) -> None:
    first, *_ = map(json.loads, call("--store", store, "--json").output.splitlines())
    assert first.pop("time").endswith("Z")
    reason = "no JSON (json): mend the line"
    assert first == {"file": "news.jsonl", "record": 12, "code": "json", "reason": reason}


def test_in_csv_nothing_is_a_formula(store: Path) -> None:
    rows = list(csv.reader(io.StringIO(call("--store", store, "--csv").output)))
    assert rows[0] == ["file", "record", "code", "reason", "time"]
    assert rows[2][0] == "'=cmd|' /C calc'!A0.txt"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_one_code_can_be_asked_for(store: Path) -> None:
    assert len(call("--store", store, "--json", "--code", "empty").output.splitlines()) == 2


def test_where_nothing_was_refused_that_is_said(tmp_path: Path) -> None:
    open_store(tmp_path / "iraq.gpkg", mode="write").close()
    assert call("--store", tmp_path / "iraq.gpkg").output == "0 refused\n"
