"""What README.md and CONTRIBUTING.md say is so: commands run, and what they name exists."""

import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.__main__ import main as geo_commands
from pipeline.__main__ import cli as pipeline_commands

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md")
MINUTE = 60

RUN_HERE = re.compile(r"^```sh test\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MAKE_TARGET = re.compile(r"(?:`|^    )make ([a-z]+)", re.MULTILINE)
MODULE = re.compile(r"python -m ([\w.]+)(?: ([a-z]+)\b)?")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#]+)\)")
NAMED_PATH = re.compile(r"`([\w.-]+/[\w./-]*|[\w-]+\.(?:py|toml|md|csv|txt))`")
COMMAND_GROUPS = {"geo": geo_commands, "pipeline": pipeline_commands}
MADE_LATER = ("corpus/", ".venv/")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> list[str]:
    return [line for block in RUN_HERE.findall(page("README.md")) for line in block.splitlines() if line]


def start(command: str) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    assert program == "python", f"{command}: only Python commands are run by a test"
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=MINUTE, check=False
    )


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_runs(command: str) -> None:
    done = start(command)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_readme_shows_commands_that_run_here() -> None:
    assert len(commands()) >= 3


@pytest.mark.parametrize("name", PAGES)
def test_every_make_target_named_exists(name: str) -> None:
    makefile = page("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(MAKE_TARGET.findall(page(name))) - targets == set()


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  make ([a-z]+)", shown, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", page("Makefile"), re.MULTILINE)
    assert phony
    assert listed == set(phony[1].split())


@pytest.mark.parametrize("name", PAGES)
def test_every_module_and_subcommand_named_exists(name: str) -> None:
    for module, subcommand in MODULE.findall(page(name)):
        found = find_spec(module)
        assert found, f"{name} names python -m {module}"
        assert not found.submodule_search_locations or find_spec(f"{module}.__main__")
        if module in COMMAND_GROUPS and subcommand:
            shown = CliRunner().invoke(COMMAND_GROUPS[module], [subcommand, "--help"])
            assert shown.exit_code == 0, f"{name} names python -m {module} {subcommand}"


@pytest.mark.parametrize("name", PAGES)
def test_every_file_named_exists(name: str) -> None:
    text = page(name)
    named = {*LINK.findall(text), *NAMED_PATH.findall(text)}
    here = {path for path in named if not path.startswith(("http", *MADE_LATER))}
    assert [path for path in sorted(here) if not (ROOT / path).exists()] == []


def test_every_folder_of_the_project_is_explained() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    folders = {line.split("/")[0] for line in tracked.stdout.splitlines() if "/" in line}
    explained = page("README.md")
    assert [f for f in sorted(folders) if not f.startswith(".") and f"`{f}/`" not in explained] == []


def test_the_changelog_knows_the_version() -> None:
    version = re.search(r'^version = "(.*)"$', page("pyproject.toml"), re.MULTILINE)
    assert version
    assert f"## [{version[1]}]" in page("CHANGELOG.md")
