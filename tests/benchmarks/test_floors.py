"""Floors only go up, unless someone says why."""

from dataclasses import replace
from pathlib import Path

from benchmarks.floors import Floors, load_floors, losses, lowered, raised, save_floors
from benchmarks.report import readme_table
from benchmarks.score import Figures, figures

NOTHING = figures([])
GROUP = ("all", "ckb")


def measured(*, f1: float = 0.9, false_there: int = 1, ece: float = 0.05) -> dict[tuple[str, str], Figures]:
    return {GROUP: replace(NOTHING, f1=f1, false_in_empty=false_there, calibration_error=ece)}


FLOORS = raised(Floors(), measured())


def test_a_figure_is_pinned_to_its_own_disadvantage() -> None:
    row = raised(Floors(), measured(f1=0.98765, ece=0.01234)).rows[GROUP]
    assert (row["f1"], row["calibration_error"]) == (0.987, 0.013)


def test_a_figure_with_nothing_to_divide_by_has_no_floor() -> None:
    assert "recall" not in FLOORS.rows[GROUP]


def test_what_was_pinned_is_not_lost_by_measuring_it_again() -> None:
    again = measured(f1=0.29, ece=0.29)
    assert losses(raised(Floors(), again), again) == []


def test_less_than_the_floor_is_a_loss_that_names_figure_and_language() -> None:
    assert losses(FLOORS, measured(f1=0.88)) == ["all ckb: f1 is 0.880, the floor is 0.900"]


def test_more_false_mentions_or_worse_calibration_is_a_loss() -> None:
    lines = losses(FLOORS, measured(false_there=2, ece=0.06))
    assert lines == [
        "all ckb: false_in_empty is 2, the floor is 1",
        "all ckb: calibration_error is 0.060, the floor is 0.050",
    ]


def test_a_language_that_is_no_longer_measured_is_a_loss() -> None:
    assert "all ckb: f1 is 0.000, the floor is 0.900" in losses(FLOORS, {})


def test_raising_never_lowers() -> None:
    row = raised(FLOORS, measured(f1=0.8, ece=0.01)).rows[GROUP]
    assert (row["f1"], row["calibration_error"]) == (0.9, 0.01)


def test_lowering_keeps_the_reason_and_touches_only_what_was_lost(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    after = lowered(FLOORS, measured(f1=0.8), 'gold text "ckb-7"\nwas wrong')
    save_floors(after, path)
    again = load_floors(path)
    assert again.rows[GROUP] == {"f1": 0.8, "false_in_empty": 1, "calibration_error": 0.05}
    (entry,) = again.lowered
    assert (entry.figure, entry.old, entry.new) == ("all.ckb.f1", 0.9, 0.8)
    assert entry.reason == 'gold text "ckb-7" was wrong'


def test_floors_survive_the_file_and_no_file_means_no_floors(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    assert load_floors(path) == Floors()
    save_floors(FLOORS, path)
    assert load_floors(path) == FLOORS


def test_the_readme_table_says_what_the_floors_say() -> None:
    assert list(readme_table(FLOORS))[-1] == "| all texts, Sorani | 0.900 | - | - | - | 0.050 |"
