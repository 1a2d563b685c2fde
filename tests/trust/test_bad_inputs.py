"""Every bad input has the outcome that its row says, and the process that reads it lives on.

`python -m tests.trust.badinputs` runs the same table at full limits, each input in a process of its own, and
prints what happened with seconds and memory.
"""

import resource
from pathlib import Path

import pytest

from pipeline.read.apart import Limits, children
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


def test_no_child_ever_held_more_than_a_gibibyte() -> None:
    """Of all that were ended so far in this run; in kilobytes."""
    children.close_children()
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 20
