"""The command that measures the geocoder, and the floors that its figures must not fall below."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import accuracy
from benchmarks import floors as pinned
from benchmarks.accuracy import README, floor_groups, grouped, main, measure, readme_section
from benchmarks.floors import load_floors, losses
from benchmarks.gold import GoldText, load_gold
from pipeline.records import Mention
from tests.benchmarks.claims import claim_of


def oracle(text: GoldText) -> Sequence[Mention]:
    """What somebody who knows the answers would say, always a little unsure."""
    return [claim_of(mention, text.text, confidence=0.95) for mention in text.mentions]


def silent(_text: GoldText) -> Sequence[Mention]:
    return []


@pytest.fixture
def _knowing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "ours", oracle)


@pytest.fixture
def _copies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Floors and README that a test may write."""
    readme = tmp_path / "README.md"
    readme.write_text("# Map\n" + readme_section(load_floors()) + "\n## Limits\n", encoding="utf-8")
    monkeypatch.setattr(accuracy, "README", readme)
    monkeypatch.setattr(pinned, "FLOORS", tmp_path / "floors.toml")


def test_no_figure_of_the_geocoder_is_below_its_floor() -> None:
    assert losses(load_floors(), floor_groups(measure(load_gold()))) == []


def test_every_language_and_the_held_out_part_have_floors() -> None:
    languages = ("ar", "ckb", "kmr", "en", "tr", "all")
    apart = {("held", "all"), ("test", "all")}
    assert set(load_floors().rows) == apart | {("all", lang) for lang in languages}


def test_the_readme_shows_the_floors() -> None:
    assert readme_section(load_floors()) in README.read_text(encoding="utf-8")


def test_one_who_knows_the_answers_is_right_everywhere() -> None:
    figures = grouped(measure(load_gold(), oracle))["all", "all"]
    assert (figures.f1, figures.role_macro_f1, figures.district_accuracy) == (1.0, 1.0, 1.0)
    assert figures.calibration_error == pytest.approx(0.05)


def test_one_who_finds_nothing_has_no_recall_and_no_precision() -> None:
    figures = grouped(measure(load_gold(), silent))["held", "kmr"]
    assert (figures.recall, figures.precision, figures.predicted) == (0.0, None, 0)


def test_the_parts_add_up_to_all_texts() -> None:
    groups = grouped(measure(load_gold(), silent))
    parts = sum(groups[part, "all"].gold for part in ("dev", "held", "test"))
    assert parts == groups["all", "all"].gold
    assert list(groups)[-6:] == [("all", lang) for lang in ("ar", "ckb", "kmr", "en", "tr", "all")]


@pytest.mark.usefixtures("_knowing")
def test_the_command_prints_both_parts_and_how_far_confidence_holds() -> None:
    lines = CliRunner().invoke(main, []).output.splitlines()
    assert {"dev all", "held all", "all all"} <= {" ".join(line.split()[:2]) for line in lines}
    assert any(line.startswith("0.9 to 1.0") and line.endswith("1.000") for line in lines)


@pytest.mark.usefixtures("_knowing")
def test_the_command_groups_by_topic_and_speaks_json() -> None:
    output = CliRunner().invoke(main, ["--by", "topic", "--split", "held", "--json"]).output
    groups = json.loads(output)["groups"]
    assert {group["part"] for group in groups} == {"held"}
    assert "metonymy" in {group["name"] for group in groups}


def test_errors_of_the_held_out_part_are_listed_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "ours", silent)

    def shown(*arguments: str) -> set[str]:
        output = CliRunner().invoke(main, ["--errors", "--json", *arguments]).output
        return {error["text_id"] for error in json.loads(output)["errors"]}

    held = {text.id for text in load_gold() if text.part == "held"}
    assert shown().isdisjoint(held)
    assert shown("--split", "held") <= held


@pytest.mark.usefixtures("_knowing", "_copies")
def test_raising_writes_floors_and_readme_at_once_and_leaves_the_rest_of_it() -> None:
    assert CliRunner().invoke(main, ["--raise-floors"]).exit_code == 0
    floors = load_floors(pinned.FLOORS)
    text = accuracy.README.read_text(encoding="utf-8")
    assert floors.rows["all", "tr"]["f1"] == 1.0
    assert readme_section(floors) in text
    assert text.startswith("# Map\n")
    assert text.endswith("\n## Limits\n")


@pytest.mark.usefixtures("_copies")
def test_raising_alone_keeps_a_floor_that_is_not_reached_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "ours", oracle)
    CliRunner().invoke(main, ["--raise-floors"])
    monkeypatch.setattr(accuracy, "ours", silent)
    output = CliRunner().invoke(main, ["--raise-floors"]).output
    assert "not lowered: all ar: recall is 0.000, the floor is 1.000" in output
    CliRunner().invoke(main, ["--lower", "the oracle has left"])
    floors = load_floors(pinned.FLOORS)
    assert floors.rows["all", "ar"]["recall"] == 0.0
    assert {entry.reason for entry in floors.lowered} == {"the oracle has left"}
