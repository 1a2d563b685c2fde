"""The code imports as `tests/arrows.py` says: data flows one way, and each library has its place."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.arrows import MAY_IMPORT, NEVER_IN, ONLY_IN

ROOT = Path(__file__).parents[1]
OURS = ("geo", "pipeline", "panels", "server", "benchmarks", "dashboard")

SQL = re.compile(
    r"\b(SELECT .+ FROM|INSERT INTO|UPDATE .+ SET|DELETE FROM|CREATE TABLE|PRAGMA \w+)\b", re.DOTALL
)
# geo.layer reads a published package that is an SQLite file; the benchmark asks what the store is measured against.
SQL_HOMES = ("pipeline.store", "geo.layer", "benchmarks.store")


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the module that imports, file and line, and the module or library imported."""

    importer: str
    place: str
    imported: str


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources() -> list[Path]:
    packages = (path for name in OURS for path in (ROOT / name).rglob("*.py"))
    return sorted([*packages, *ROOT.glob("*.py")])


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def imported_names(node: ast.AST, importer: Path) -> Iterator[str]:
    """An import statement → dotted module names: geo.places for `from geo import places` as well."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            package = module_name(importer.parent / "__init__.py").split(".")
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [base])])
        for alias in node.names:
            inner = f"{base}.{alias.name}"
            yield inner if inner.split(".", 1)[0] in OURS and is_module(inner) else base


def imports_of(path: Path) -> Iterator[Import]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for name in imported_names(node, path):
            yield Import(module_name(path), f"{path.relative_to(ROOT)}:{node.lineno}", name)  # type: ignore[attr-defined]


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def longest(name: str, table: Mapping[str, object]) -> str | None:
    return max((row for row in table if within(name, row)), key=len, default=None)


def own_import_fault(found: Import) -> str | None:
    row = longest(found.importer, MAY_IMPORT)
    if row is None:
        return f"{found.place}: {found.importer} has no row in MAY_IMPORT: add one that says what it may see"
    allowed, why = MAY_IMPORT[row]
    # "pipeline" is the package itself, which shows geocode, and not every module in it.
    if found.imported in allowed or any(within(found.imported, n) for n in {row, *allowed} - {"pipeline"}):
        return None
    return (
        f"{found.place}: {found.importer} imports {found.imported}. {row} may import "
        f"{', '.join(allowed) or 'nothing of ours'}: {why}"
    )


def library_fault(found: Import) -> str | None:
    for library, (homes, why) in ONLY_IN.items():
        if within(found.imported, library) and not any(within(found.importer, home) for home in homes):
            return f"{found.place}: {library} only in {', '.join(homes) or 'no module'}: {why}"
    for part, libraries in NEVER_IN.items():
        if within(found.importer, part) and any(within(found.imported, library) for library in libraries):
            return f"{found.place}: {part} is pure and never sees {', '.join(libraries)}"
    return None


def all_imports() -> list[Import]:
    return list(dict.fromkeys(found for path in sources() for found in imports_of(path)))


def test_no_module_imports_against_the_arrows() -> None:
    ours = [found for found in all_imports() if found.imported.split(".")[0] in OURS]
    faults = [fault for found in ours if (fault := own_import_fault(found))]
    assert not faults, "\n".join(faults)


def test_each_library_is_seen_only_where_it_belongs() -> None:
    faults = [fault for found in all_imports() if (fault := library_fault(found))]
    assert not faults, "\n".join(faults)


def test_only_the_store_speaks_sql() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}: SQL belongs in pipeline/store: {node.value.strip()[:60]!r}"
        for path in sources()
        if not any(within(module_name(path), home) for home in SQL_HOMES)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert not faults, "\n".join(faults)


def test_nobody_imports_the_dashboard_or_the_tests() -> None:
    faults = [f"{f.place} imports {f.imported}" for f in all_imports() if within(f.imported, "dashboard")]
    faults += [f"{f.place} imports {f.imported}" for f in all_imports() if within(f.imported, "tests")]
    assert not faults, "\n".join(faults)


def test_every_library_in_use_is_pinned() -> None:
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned += (ROOT / "requirements-dask.txt").read_text(encoding="utf-8")
    pinned += (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    known = {line.split("==")[0].lower().replace("-", "_") for line in pinned.splitlines() if "==" in line}
    named_otherwise = {
        "ahocorasick": "pyahocorasick",
        "lingua": "lingua_language_detector",
        "mypyc": "mypy",
        "pdfminer": "pdfminer.six",
        "sklearn": "scikit_learn",
    }
    used = {found.imported.split(".")[0] for found in all_imports()}
    foreign = used - set(sys.stdlib_module_names) - set(OURS) - {"_typeshed", ""}
    assert {named_otherwise.get(name, name) for name in foreign} - known == set()


def test_every_row_of_the_tables_names_a_module_that_exists() -> None:
    named = {*MAY_IMPORT, *NEVER_IN, *(name for allowed, _ in MAY_IMPORT.values() for name in allowed)}
    named |= {home for homes, _ in ONLY_IN.values() for home in homes}
    assert [name for name in sorted(named) if not is_module(name)] == []


@pytest.mark.parametrize(
    ("importer", "imported", "expected"),
    [
        ("geo.places", "pipeline.records", "nothing of ours"),
        ("pipeline.fold", "geo.places", "knows letters, and no place"),
        ("pipeline.resolve.role", "pipeline.store", "never the database"),
        ("pipeline.run", "panels.labels", "the order of the steps"),
        ("server.guard", "pipeline.store", "knows panels at most"),
        ("pipeline.new", "pipeline.store", "pipeline may import"),
        ("tools.new", "geo", "has no row"),
    ],
)
def test_an_import_against_an_arrow_is_told_with_what_is_allowed(
    importer: str, imported: str, expected: str
) -> None:
    assert expected in (own_import_fault(Import(importer, "x.py:1", imported)) or "")


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("panels.map", "sqlite3"),
        ("panels.figures.legend", "streamlit.components"),
        ("geo.build", "urllib.request"),
    ],
)
def test_a_library_out_of_its_place_is_told(importer: str, imported: str) -> None:
    assert library_fault(Import(importer, "x.py:1", imported)) is not None
