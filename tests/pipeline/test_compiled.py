"""The geocoder compiled and from its sources is one: the same answers, and never an old build."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus import reports
from benchmarks.gold import load_gold
from pipeline.compiled import HOUSE, SOURCES, UNCOMPILED_VARIABLE, current, folder
from pipeline.compiling import compile_sources
from pipeline.records import LANGS

ANSWERS = """
import json, sys
from pipeline import geocode, recognise
made = [[mention.as_dict() for mention in geocode(text, date=date)] for text, date in json.load(sys.stdin)]
json.dump({"from": recognise.__file__, "made": made}, sys.stdout)
"""
OFF_PAGE = "\u041ai\u0440kuk ﷺ – ١٢ كَركـوك\u200f، Kerkûk'te \ufeffßinjar 字"


def answers(texts: list[tuple[str, str | None]], **environment: str) -> dict[str, object]:
    """What a process of its own makes of texts, and where its geocoder came from."""
    done = subprocess.run(
        [sys.executable, "-c", ANSWERS],
        input=json.dumps(texts),
        env={**os.environ, **environment},
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def hostile(text: str) -> str:
    """A text with signs that the fold drops, or has no page for, between its words."""
    return text.replace(" ", f" {OFF_PAGE} ", 3).replace("\n", "\u200c\r\n")


@pytest.mark.skipif(current() is None, reason="not compiled: no C compiler here (make fast)")
def test_compiled_or_not_the_answers_are_the_same() -> None:
    texts = [(text.text, text.date) for text in load_gold()]
    texts += [(report.text, None) for lang in LANGS for report in reports(lang, 0.1)]
    texts += [(hostile(text), date) for text, date in texts[::3]]
    compiled, plain = answers(texts), answers(texts, **{UNCOMPILED_VARIABLE: "1"})
    assert str(compiled["from"]).startswith(str(current()))
    assert plain["from"] == str(HOUSE / "pipeline" / "recognise.py")
    assert compiled["made"] == plain["made"]


def test_every_module_that_decides_is_compiled() -> None:
    deciding = {path.relative_to(HOUSE).as_posix() for path in HOUSE.glob("pipeline/resolve/*.py")}
    assert deciding | {"pipeline/fold.py", "pipeline/recognise.py", "pipeline/geocoding.py"} <= set(SOURCES)


def copy_of_the_sources(tmp_path: Path) -> Path:
    for source in SOURCES:
        (tmp_path / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / source, tmp_path / source)
    return tmp_path


@pytest.mark.parametrize("source", ["pipeline/fold.py", "pipeline/resolve/cues.py"])
def test_an_edit_makes_what_was_compiled_before_unused(tmp_path: Path, source: str) -> None:
    house = copy_of_the_sources(tmp_path)
    before = folder(house)
    assert before.name == folder().name
    (house / source).write_text((house / source).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert folder(house) != before


def test_what_is_compiled_already_is_left_as_it_is(tmp_path: Path) -> None:
    house = copy_of_the_sources(tmp_path)
    folder(house).mkdir(parents=True)
    assert compile_sources(house) == folder(house)
    assert not list(folder(house).iterdir())


def test_a_refusal_says_what_the_compiler_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = copy_of_the_sources(tmp_path)
    monkeypatch.chdir(house)  # and back when the test is over
    (house / "pyproject.toml").write_text("[tool.mypy]\nexplicit_package_bases = true\n", encoding="utf-8")
    (house / "pipeline/kinds.py").write_text("a: int = ''\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="Incompatible types"):
        compile_sources(house)
    assert not list((house / ".cache" / "compiled").iterdir())
