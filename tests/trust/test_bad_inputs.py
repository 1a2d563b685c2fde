"""Every bad input has the outcome that its row says, and the process that reads it lives on.

`python -m tests.trust.badinputs` runs the same table at full limits, each input in a process of its own, and
prints what happened with seconds and memory.
"""

from pathlib import Path

import pytest

from pipeline.read.apart import Limits, children
from tests.trust.badinputs.__main__ import CHILD_MB, run
from tests.trust.badinputs.case import happened
from tests.trust.badinputs.table import ALL, MADE


@pytest.fixture(autouse=True)
def quick_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LIMITS", Limits(cpu=4, wall=20))


@pytest.mark.parametrize("name", MADE)
def test_a_bad_input_ends_as_its_row_says(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    MADE[name].make(folder)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert happened(folder) == MADE[name].expected
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_there_are_at_least_sixty_bad_inputs() -> None:
    assert len(ALL) >= 60


@pytest.mark.parametrize("name", [name for name, bad in ALL.items() if "memory" in bad.expected.refused])
def test_a_child_that_asks_for_all_memory_holds_a_gibibyte_at_most(name: str) -> None:
    """In a process of its own: this one may have other children. (Its memory counts as that of the one it starts.)"""
    outcome, _, _, child = run(name)
    assert outcome is not None
    assert child <= CHILD_MB
