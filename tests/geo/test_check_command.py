"""`python -m geo check`: counts, every fault, an exit code."""

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from geo.__main__ import main

Damage = Callable[..., Path]


def test_a_sound_gazetteer_is_counted_and_passes() -> None:
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 0
    assert "governorate 19" in done.output
    assert "unami-2009 15" in done.output
    assert "  IQ-KI 4 of 4 districts, 12 of 12 sub-districts, 0 more here\n" in done.output
    assert done.output.splitlines()[-1] == "0 faults"


def test_every_fault_is_printed_and_fails(damage: Damage) -> None:
    folder = damage(
        ("areas.csv", "garmian,kalar-district", "kalar,kalar-district"),
        ("disputed.csv", ",part,mandali,", ",part,mandli,"),
    )
    done = CliRunner().invoke(main, ["check", "--curated", str(folder)])
    assert done.exit_code == 1
    assert re.sub(r"line \d+", "line N", done.output).splitlines()[-4:] == [
        "the polygons were not looked at: mend these first",
        "FAULT disputed.csv line N: part_id mandli does not exist: name a place of places.csv",
        "FAULT areas.csv line N: area_id kalar is no area of places.csv: name one",
        "2 faults",
    ]


def test_a_file_that_is_missing_is_counted_as_such(damage: Damage) -> None:
    folder = damage()
    (folder / "areas.csv").unlink()
    done = CliRunner().invoke(main, ["check", "--curated", str(folder)])
    assert done.exit_code == 1
    assert "FAULT areas.csv: is missing: put it back" in done.output


def test_rows_edited_after_the_build_make_the_polygons_stale(damage: Damage) -> None:
    akre = "36.66801,43.94458,IQ-NI,Aqra"
    folder = damage(("places.csv", akre, akre.replace("IQ-NI", "IQ-DA")))
    done = CliRunner().invoke(main, ["check", "--curated", str(folder)])
    assert done.exit_code == 1
    assert "FAULT districts: ids, parents or polygons are not those of places.csv" in done.output


def test_expectations_that_cannot_be_read_are_a_fault(damage: Damage) -> None:
    folder = damage(("expected.toml", "[area]", "[areas]"))
    done = CliRunner().invoke(main, ["check", "--curated", str(folder)])
    assert done.exit_code == 1
    assert "FAULT expected.toml: " in done.output
