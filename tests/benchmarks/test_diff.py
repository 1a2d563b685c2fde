"""A change of rules, another tool's answers, and peers are told in figures and sentences."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import accuracy, diff
from benchmarks.gold import GoldText, load_gold
from benchmarks.peers import flashgeotext, mentions_at
from benchmarks.predictions import read_predictions
from pipeline import geocode
from pipeline.errors import DataError

TEXTS = [text for text in load_gold() if text.id in ("ar-006", "en-012", "tr-008")]


def written(folder: Path, name: str, texts: list[GoldText]) -> Path:
    """The geocoder's answers for these texts, as `pipeline geocode` writes them."""
    rows = [{"id": t.id, "mentions": [m.as_dict() for m in geocode(t.text, date=t.date)]} for t in texts]
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    found = read_predictions(written(tmp_path, "all.jsonl", TEXTS), TEXTS)
    for text in TEXTS:
        again = [(m.start, m.end, m.place_id, m.role, m.confidence) for m in found[text.id]]
        assert again == [
            (m.start, m.end, m.place_id, m.role, m.confidence) for m in geocode(text.text, date=text.date)
        ]


def test_another_tool_is_scored_on_the_same_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "load_gold", lambda: TEXTS)
    path = written(tmp_path, "some.jsonl", TEXTS[:1])
    lines = (
        CliRunner().invoke(accuracy.main, ["--predicted", str(path), "--split", "all"]).output.splitlines()
    )
    whole = next(line for line in lines if line.startswith("all all"))
    found, right = whole.split()[4:6]
    assert found == str(len(geocode(TEXTS[0].text, date=TEXTS[0].date)))
    assert int(right) <= int(found)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 1: JSONDecodeError"),
        ('{"id": "nowhere", "mentions": []}', "line 1: KeyError: 'nowhere'"),
        ('{"id": "en-012", "mentions": [{"start": 5, "end": 5}]}', "offsets 5-5"),
        (
            '{"id": "en-012", "mentions": [{"start": 0, "end": 1, "role": "x", "level": "town"}]}',
            "no role 'x'",
        ),
    ],
)
def test_a_line_that_cannot_be_scored_is_named(line: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match=fault.replace("(", "\\(")):
        read_predictions(path, TEXTS)


def test_a_change_of_rules_shows_what_it_won_and_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diff, "load_gold", lambda: TEXTS)
    before = written(tmp_path, "before.jsonl", [])
    output = CliRunner().invoke(diff.main, [str(before), "--split", "all"]).output
    assert "gained, errors that are gone: 0" not in output
    assert "missed: IQ-SD" in output
    assert "lost, errors that are new: 0" in output


def test_a_revision_that_is_none_is_told_in_a_line() -> None:
    answer = CliRunner().invoke(diff.main, ["no-such-revision"])
    assert answer.exit_code == 1
    assert "name a revision or a predictions file" in answer.output
    assert "Traceback" not in answer.output


def test_a_peer_s_span_is_the_highest_unit_of_its_name() -> None:
    text = "A fire in Kirkuk."
    assert [(m.surface, m.place_id, m.role) for m in mentions_at(text, [(10, 16), (2, 6)])] == [
        ("Kirkuk", "IQ-KI", "place")
    ]


def test_flashgeotext_finds_what_is_spelled_as_listed() -> None:
    text = GoldText("x", "en", "plain", "A fire in Kirkuk, a flood in kirkuk.", None, (), "dev")
    assert [m.start for m in flashgeotext()(text)] == [10]
