"""The annotated texts: whole, and their held-out third the same for everybody."""

import json
from pathlib import Path

import pytest

from benchmarks.gold import GOLD, load_gold, part_of
from geo.places import load_gazetteer
from pipeline.errors import DataError


def test_every_text_is_there_once_and_every_mention_says_what_stands_in_the_text() -> None:
    texts = load_gold()
    assert len({text.id for text in texts}) == len(texts)


def test_every_marked_place_is_in_the_gazetteer() -> None:
    places = load_gazetteer().places
    marked = {m.place_id for text in load_gold() for m in text.mentions if m.role != "name"}
    assert marked - places.keys() == set()


def test_the_held_out_third_is_the_listed_one() -> None:
    listed = (GOLD / "held_ids.txt").read_text(encoding="utf-8").split()
    assert sorted(text.id for text in load_gold() if text.part == "held") == listed


def test_the_part_of_an_id_never_changes() -> None:
    assert [part_of(text_id) for text_id in ("ar-001", "ar-002", "ar-003", "ar-004")] == [
        "dev",
        "dev",
        "held",
        "dev",
    ]


def test_a_file_with_faults_names_all_of_them(tmp_path: Path) -> None:
    mention = {"start": 0, "end": 3, "surface": "Ana"}
    rows = [{"id": "en-1", "text": "Hit", "mentions": [mention, mention | {"end": 1, "surface": "H"}]}]
    rows.append({"id": "en-2", "text": "Ana", "mentions": [mention | {"start": 1}]})
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_gold(tmp_path)
    assert raised.value.faults == [
        "en-1: 0-3 is 'Hit' in the text, not 'Ana'",
        "en-2: 1-3 is 'na' in the text, not 'Ana'",
    ]
