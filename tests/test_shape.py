"""How the code must look: short functions, small modules, public names explained, nothing of one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
CODE = ("geo", "pipeline", "panels", "server", "benchmarks", "dashboard.py")

LONGEST_FUNCTION = 40  # lines of code
LONGEST_MODULE = 300  # lines

# What is longer, each with the reason.
LONGER_FUNCTIONS: Mapping[str, str] = {}
LONGER_MODULES: Mapping[str, str] = {
    "tests/pipeline/read/test_bad_inputs.py": "one table of bad inputs, a row each",
}

# What a command line or a measurement prints is its product.
PRINTERS = re.compile(r"(^|/)__main__\.py$|^benchmarks/")

TOP_LEVEL = {
    *(
        ".ci",
        ".gitignore",
        ".streamlit",
        "Makefile",
        "pyproject.toml",
        "requirements.txt",
        "requirements-dask.txt",
        "requirements-dev.txt",
        "requirements-peers.txt",
    ),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "docs"),
    *("seeds", "geo", "pipeline", "dashboard.py", "panels", "static", "server", "benchmarks", "tests"),
}

# Hosts of package registries, and folders of one machine. The groups keep the pattern from matching itself.
MACHINE = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b|\bdeb\.(?:debian)\.org\b"
    r"|(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|\.\./(?:shared)\b"
)


def tracked() -> list[str]:
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("not a git checkout")
    return [name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules(*, tests: bool = True) -> list[Path]:
    tops = [*CODE, *(["tests"] if tests else [])]
    return sorted(
        path for top in tops for path in [*(ROOT / top).rglob("*.py"), ROOT / top] if path.is_file()
    )


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", node


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef, source: list[str]) -> int:
    """A function → its lines of code: from `def`, without docstring, comments and blank lines."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if not body:
        return 1
    header = range(node.lineno, node.body[0].lineno)
    rest = range(body[0].lineno, (node.end_lineno or node.lineno) + 1)
    return sum(
        bool(source[n - 1].strip()) and not source[n - 1].strip().startswith("#") for n in {*header, *rest}
    )


def lengths() -> dict[str, int]:
    return {
        name: code_lines(node, path.read_text(encoding="utf-8").splitlines())
        for path in modules()
        for name, node in functions(path)
    }


def test_functions_are_short() -> None:
    measured = lengths()
    long = {n: size for n, size in measured.items() if size > LONGEST_FUNCTION and n not in LONGER_FUNCTIONS}
    assert not long, (
        f"more than {LONGEST_FUNCTION} lines of code (median here {median(measured.values())}): {long}"
    )


def test_modules_are_small() -> None:
    sizes = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules()}
    big = {n: size for n, size in sizes.items() if size > LONGEST_MODULE and n not in LONGER_MODULES}
    assert not big, f"more than {LONGEST_MODULE} lines: {big}"


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    measured = lengths()
    assert [n for n in LONGER_FUNCTIONS if measured.get(n, 0) <= LONGEST_FUNCTION] == []
    assert [n for n in LONGER_MODULES if not (ROOT / n).is_file()] == []
    assert all([*LONGER_FUNCTIONS.values(), *LONGER_MODULES.values()])


def test_every_module_and_every_public_name_says_what_it_is() -> None:
    silent = []
    for path in modules(tests=False):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        public = [node for node in named if not node.name.startswith("_") and not ast.get_docstring(node)]
        silent += [f"{path.relative_to(ROOT)}:{node.name}" for node in public]
        if tree.body and not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
    assert not silent, f"no docstring: {silent}"


def test_the_six_steps_are_numbered_where_they_are_done() -> None:
    steps: dict[int, list[str]] = {}
    for path in modules(tests=False):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if found := re.match(r"Step (\d) of 6\. ", docstring):
            steps.setdefault(int(found[1]), []).append(str(path.relative_to(ROOT)))
    assert set(steps) >= {1, 2, 3, 4, 5, 6}, f"steps found: {steps}"


def test_only_command_lines_and_measurements_print() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules(tests=False)
        if not PRINTERS.search(path.relative_to(ROOT).as_posix())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not faults, f"print outside a command line: {faults}"


def test_nothing_at_the_top_but_what_the_readme_explains() -> None:
    assert {name.split("/")[0] for name in tracked()} - TOP_LEVEL == set()


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    faults = []
    for name in tracked():
        try:
            lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        faults += [
            f"{name}:{n}: {found[0]}" for n, line in enumerate(lines, 1) if (found := MACHINE.search(line))
        ]
    assert not faults, "\n".join(faults)


def test_what_is_measured_is_what_is_written() -> None:
    source = 'def f(\n    a: int,\n) -> int:\n    """Says."""\n    # why\n\n    return a\n'
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.FunctionDef)
    assert code_lines(node, source.splitlines()) == 4


@pytest.mark.parametrize(
    ("separator", "parts"),
    [("/", ("see ", "work", "main")), (".", ("https://pypi", "org")), ("/", ("", "home", "ann", "x"))],
)
def test_a_path_of_a_machine_or_a_registry_is_seen(separator: str, parts: tuple[str, ...]) -> None:
    assert MACHINE.search(separator.join(parts))


@pytest.mark.parametrize("text", ["network/work/x", "homework/", "../static/fonts", "a/home/b"])
def test_an_ordinary_path_is_left_alone(text: str) -> None:
    assert not MACHINE.search(text)
