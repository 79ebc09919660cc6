"""A module imports only from a lower level, each heavy library has one home, and importing the package stays light."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import conflictdata

PACKAGE = Path(conflictdata.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

LEVELS = {
    "findings": 0,
    "collector_pause": 0,
    "graphs": 0,
    "text": 0,
    "errors": 1,
    "atomic": 2,
    "date_windows": 2,
    "resources": 2,
    "extras": 2,
    "atomic_folders": 3,
    "codelists": 3,
    "canonical": 3,
    "schema": 4,
    "model": 5,
    "rules": 6,
    "analysis": 6,
    "release": 6,
    "tables": 7,
    "validation": 7,
    "formats": 8,
    "plots": 8,
    "record_tables": 8,
    "validate_path": 9,
    "loading": 10,
    "dataset_outputs": 10,
    "dataset": 11,
    "": 12,  # the package itself, which puts the dataset and what loads it behind one name
    "publishing": 13,
    "curation": 13,
    "cli": 14,
    "__main__": 15,
}
"""Each room of the package and its level: a module imports from its own room and from lower levels."""

HOMES = {
    "jsonschema": "schema",
    "jsonschema_rs": "schema",
    "referencing": "schema",
    "orjson": "canonical",
    "pooch": "release",
    "click": "cli",
    "rich": "cli",
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "misc"}


def home(path: Path) -> str:
    """The dotted name of a module of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, *, is_package: bool) -> Iterator[str]:
    """The dotted name of everything that the source imports, at any depth and in any form."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=named, names=names, level=level):
                parts = module.split(".")
                above = parts[: len(parts) - level + is_package] if level else []
                stem = ".".join([*above, *([named] if named else [])])
                yield from (f"{stem}.{alias.name}" for alias in names)
            case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
                if isinstance(node.args[0], ast.Constant):
                    yield str(node.args[0].value)


@cache
def imported(path: Path) -> list[str]:
    return list(imports(path.read_text(encoding="utf-8"), home(path), is_package=path.name == "__init__.py"))


def room(dotted: str) -> str:
    """The room of the package that a dotted name is or lies in; empty for the package itself and the names it holds."""
    below = [*dotted.split("."), ""][1]
    return below if below in LEVELS else ""


def own(path: Path) -> Iterator[str]:
    """What a module imports from this package."""
    names = (name for name in imported(path) if name.split(".")[0] == "conflictdata")
    yield from (name for name in names if name != "conflictdata.__version__")


def test_a_module_imports_only_from_lower_levels_or_from_its_own_room():
    upward = []
    for path in MODULES:
        here = room(home(path))
        others = [name for name in own(path) if room(name) != here or not here]
        upward += [(home(path), name) for name in others if LEVELS[room(name)] >= LEVELS[here]]
    assert upward == []


def test_no_modules_import_each_other_in_a_cycle():
    """Not even within functions or for types only; a package imports what its `__init__.py` does."""
    modules = {home(path): path for path in MODULES}
    graph = {}
    for name, path in modules.items():
        if name != "conflictdata":  # which imports what is loaded when it is first used
            found = (each if each in modules else each.rpartition(".")[0] for each in own(path))
            graph[name] = {each for each in found if each != "conflictdata"}
    assert list(TopologicalSorter(graph).static_order())


def test_each_library_is_imported_by_its_own_part_only():
    used = {(home(path), name.split(".")[0]) for path in MODULES for name in imported(path)}
    assert {(module, name) for module, name in used if name in HOMES and HOMES[name] != room(module)} == set()


def test_a_module_is_named_for_what_it_does():
    assert {
        part for path in MODULES for part in path.relative_to(PACKAGE).with_suffix("").parts
    } & FORBIDDEN_NAMES == set()


def test_no_room_bears_a_name_that_the_package_gives_to_something_else():
    """Importing a module binds its name in the package, in the place of whatever was called so."""
    assert set(LEVELS) & set(conflictdata.__all__) == set()


def test_every_module_of_the_package_has_a_level():
    tops = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in MODULES}
    assert tops - {"__init__", "__main__"} <= set(LEVELS)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import conflictdata.cli", "conflictdata.cli"),
        ("import conflictdata.cli.main as m", "conflictdata.cli.main"),
        ("from conflictdata import cli", "conflictdata.cli"),
        ("from conflictdata.cli import main", "conflictdata.cli.main"),
        ("from ..cli import main", "conflictdata.cli.main"),
        ("from .. import cli", "conflictdata.cli"),
        ("from . import interface", "conflictdata.formats.interface"),
        ("def f():\n    from conflictdata import cli", "conflictdata.cli"),
        ("class C:\n    if True:\n        import click", "click"),
        ("from importlib import import_module\nimport_module('conflictdata.cli')", "conflictdata.cli"),
        ("import importlib\nx = importlib.import_module('click')", "click"),
        ("x = __import__('click')", "click"),
    ],
)
def test_every_form_of_import_is_seen(source, seen):
    assert seen in list(imports(source, "conflictdata.formats.json_lines", is_package=False))


def test_a_relative_import_in_a_package_counts_from_the_package():
    assert list(imports("from . import cli", "conflictdata", is_package=True)) == ["conflictdata.cli"]
    assert list(imports("from .. import cli", "conflictdata.formats", is_package=True)) == ["conflictdata.cli"]


@pytest.mark.parametrize("name", ["conflictdata.tables", "conflictdata.tables.events.FLAT", "conflictdata.Dataset"])
def test_what_lies_higher_or_in_the_package_itself_is_higher_than_the_rules(name):
    assert LEVELS[room(name)] > LEVELS[room("conflictdata.rules.dates")] > LEVELS[room("conflictdata.model")]


def test_importing_the_package_loads_nothing_heavy():
    heavy = {*HOMES, "pydantic", "pandas", "polars", "numpy", "duckdb"}
    missing = {library for library in heavy if importlib.util.find_spec(library) is None}
    assert missing == set(), "the test proves nothing about what is not installed"
    assert heavy & loaded_by("import conflictdata") == set()


def test_loading_the_dataset_needs_nothing_that_validates():
    loaded = loaded_by("import conflictdata; conflictdata.load()")
    assert loaded & {"jsonschema", "jsonschema_rs", "conflictdata.rules", "conflictdata.schema"} == set()
    slow_to_import = {"pydantic", "dataclasses", "inspect", "pathlib", "orjson"}
    assert loaded & slow_to_import == set()


def test_validating_a_folder_of_records_needs_neither_the_analysis_nor_the_tables():
    folder = Path(__file__).parents[1] / "cases" / "valid" / "exampleton"
    loaded = loaded_by(f"from conflictdata.cli import main; main(['validate', {str(folder)!r}], standalone_mode=False)")
    assert "conflictdata.rules" in loaded
    assert [name for name in loaded if name.startswith(("conflictdata.analysis.", "conflictdata.tables"))] == []


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running the code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        check=True, capture_output=True, text=True, cwd=PACKAGE.parent,
    )  # fmt: skip
    return set(told.stdout.split())
