"""A module imports only from a lower layer, each heavy library has one home, and importing the package stays light."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import conflictdata

PACKAGE = Path(conflictdata.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

LAYERS = (
    ("errors", "resources", "looking"),
    ("findings", "dates", "files", "codelists", "rings"),
    ("canonical",),
    ("schema",),
    ("model",),
    ("rules",),
    ("views",),
    ("dataset",),
    ("store",),
    ("",),  # the package itself, which puts the dataset and the store behind one name
    ("export",),
    ("release",),
    ("cli",),
    ("__main__",),
)
LAYER = {name: n for n, names in enumerate(LAYERS) for name in names}

HOMES = {
    "pydantic": "model",
    "jsonschema": "schema",
    "jsonschema_rs": "schema",
    "referencing": "schema",
    "orjson": "canonical",
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


def imported(path: Path) -> list[str]:
    return list(imports(path.read_text(encoding="utf-8"), home(path), is_package=path.name == "__init__.py"))


def part(dotted: str) -> str:
    """The part of the package that a dotted name is or lies in; empty for the package itself and the names it holds."""
    below = [*dotted.split("."), ""][1]
    return below if below in LAYER else ""


@pytest.mark.parametrize("path", MODULES, ids=home)
def test_a_module_imports_only_from_lower_layers_or_from_its_own_package(path):
    own = home(path)
    ours = [name for name in imported(path) if name.split(".")[0] == "conflictdata"]
    package = f"conflictdata.{part(own)}"
    upward = [
        name
        for name in ours
        if name != "conflictdata.__version__"
        and not (name.startswith(f"{package}.") and (PACKAGE / part(own)).is_dir())
        and LAYER[part(name)] >= LAYER[part(own)]
    ]
    assert upward == []


@pytest.mark.parametrize("path", MODULES, ids=home)
def test_each_library_is_imported_by_its_own_part_only(path):
    strangers = {name.split(".")[0] for name in imported(path)} & set(HOMES)
    assert {name for name in strangers if HOMES[name] != part(home(path))} == set()


@pytest.mark.parametrize("path", MODULES, ids=home)
def test_a_module_is_named_for_what_it_does(path):
    assert not set(path.relative_to(PACKAGE).with_suffix("").parts) & FORBIDDEN_NAMES


def test_every_module_of_the_package_has_a_layer():
    tops = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in MODULES}
    assert tops - {"__init__", "__main__"} <= set(LAYER)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import conflictdata.cli", "conflictdata.cli"),
        ("import conflictdata.cli.main as m", "conflictdata.cli.main"),
        ("from conflictdata import cli", "conflictdata.cli"),
        ("from conflictdata.cli import main", "conflictdata.cli.main"),
        ("from ..cli import main", "conflictdata.cli.main"),
        ("from .. import cli", "conflictdata.cli"),
        ("from . import folder", "conflictdata.formats.records_folder.folder"),
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
    assert list(imports("from .. import cli", "conflictdata.store", is_package=True)) == ["conflictdata.cli"]


@pytest.mark.parametrize("name", ["conflictdata.views", "conflictdata.views.rows.flat", "conflictdata.Dataset"])
def test_what_lies_higher_or_in_the_package_itself_is_higher_than_the_rules(name):
    assert LAYER[part(name)] > LAYER[part("conflictdata.rules.dates")] > LAYER[part("conflictdata.model")]


@pytest.mark.parametrize("library", [*HOMES, "pandas", "polars", "numpy", "duckdb"])
def test_importing_the_package_loads_nothing_heavy(library):
    assert importlib.util.find_spec(library) is not None, "the test proves nothing about what is not installed"
    assert library not in loaded_by("import conflictdata")


def test_loading_the_dataset_needs_nothing_that_judges():
    loaded = loaded_by("import conflictdata; conflictdata.load()")
    assert loaded & {"jsonschema", "jsonschema_rs", "conflictdata.rules", "conflictdata.schema"} == set()
    assert "pydantic" in loaded


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running the code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        check=True, capture_output=True, text=True, cwd=PACKAGE.parent,
    )  # fmt: skip
    return set(told.stdout.split())
