"""Changes the core in every small way and counts the changes that no test notices.

Run it with `python -m tests.robustness.mutation [AREA ...]`.

Needs `pip install -e ".[test,mutation]"`, and takes from minutes to an hour an area. What survives is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.calling import ROOT

LEAST = 0.9
"""The share of changes that the tests have to notice, of each area."""


LEFT_OUT = (
    *("takes_long", "killed_at_any_call", "croissant", "hostile_surroundings", "bomb", "data_package_is_valid"),
    *("however_deep", "largest_records", "come_before_its_next"),
)
"""Tests that take seconds, or that measure time, which says nothing of a program that is watched at every call."""


class Area(NamedTuple):
    """Modules to change, and the tests that are asked to notice."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


def _tests(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/{name}" for name in names)


def _in(folder: str, names: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}" for name in names.split())


AREAS = {
    "canonical": Area(("canonical/*",), _tests("unit/canonical")),
    "schema": Area(("schema/*",), _tests("unit/schema", "unit/rules/test_rules.py", "laws/test_validators_agree.py")),
    "rules": Area(
        ("rules/*",),
        _tests("unit/rules", "unit/test_graphs.py")
        + _tests(*_in("laws", "test_rules_laws.py test_date_rules_laws.py test_duplicates_laws.py"))
        + _tests("laws/test_included_counts_laws.py"),
    ),
    "figures": Area(
        ("analysis/figures/*", *_in("analysis", "disputes grades origins")),
        _tests("unit/analysis", "laws/test_figures_laws.py"),
    ),
    "diff": Area(
        ("formats/records_folder/changes", *_in("publishing", "patch change compare diff change_reasons")),
        _tests(*_in("unit/publishing", "test_diff.py test_change_reasons.py test_build.py"))
        + _tests("integration/test_committed_releases.py"),
    ),
    "release": Area(
        _in("publishing", "build hashing history verify_catalog verify"),
        _tests(*_in("unit/publishing", "test_build.py test_verify.py test_verify_findings.py"))
        + _tests("integration/test_committed_releases.py"),
    ),
    "contents": Area(
        _in("publishing", "contents croissant manifest release_notes zip_writer"),
        _tests(*_in("unit/publishing", "test_contents.py test_verify_findings.py"))
        + _tests("integration/test_committed_releases.py"),
    ),
}


class Survivor(NamedTuple):
    """A change that no test notices: the function, its line as it is, and as it might be."""

    function: str
    line: str
    changed: str


def run(area: Area, home: Path) -> tuple[int, list[Survivor]]:
    """How many changes were tried in a copy of the project in `home`; what survived."""
    left = shutil.ignore_patterns(".git", ".hypothesis", "mutants", "__pycache__", ".*_cache", "dist")
    shutil.copytree(ROOT, home, ignore=left, dirs_exist_ok=True)
    own = {"conflictdata", "tests", "pyproject.toml"}
    settings = {
        "source_paths": ["conflictdata"],
        "only_mutate": [f"conflictdata/{module}.py" for module in area.modules],
        "also_copy": sorted({path.name for path in home.iterdir()} - own),
        "pytest_add_cli_args_test_selection": list(area.tests),
        "pytest_add_cli_args": [
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.robustness.mutation.apart",
            "-n",
            "0",
            "-k",
            f"not ({' or '.join(LEFT_OUT)})",
        ],
        # Types are part of the check: what they refuse is noticed, and need not be run.
        "type_check_command": ["mypy", "--output=json", "--config-file=", "--no-incremental", "conflictdata"],
    }
    with (home / "pyproject.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n[tool.mutmut]\n")
        stream.writelines(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    env = os.environ | {"CONFLICTDATA_EXAMPLES": os.environ.get("CONFLICTDATA_EXAMPLES", "10")}
    with (home / "mutation.log").open("wb") as log:
        command = [sys.executable, "-m", "mutmut", "run"]
        subprocess.run(command, cwd=home, env=env, stdout=log, stderr=log, check=False)
    told = subprocess.run(
        [sys.executable, "-c", _TELL], cwd=home, env=env, capture_output=True, text=True, check=True
    ).stdout
    tried, survived = json.loads(told)
    if not tried or None in survived:
        raise SystemExit((home / "mutation.log").read_text(encoding="utf-8", errors="replace")[-3000:])
    return tried, [Survivor(*one) for one in survived]


# The library keeps its results for its own use; the names below are read in its own process, beside its own files.
_TELL = """
import json
import sys
from pathlib import Path
from mutmut.mutation.diff_apply import get_diff_for_mutant
tried, survived = 0, []
for path in sorted(Path("mutants").rglob("*.meta")):
    for name, status in json.loads(path.read_text())["exit_code_by_key"].items():
        tried += 1
        if status is None:
            survived.append(None)
        elif status in (0, 5, 33, 34):
            lines = [line for line in get_diff_for_mutant(name).splitlines() if not line.startswith(("+++", "---"))]
            module, _, function = name.rpartition("__mutmut_")[0].removeprefix("conflictdata.").rpartition(".")
            function = function.removeprefix("x_") if "ǁ" not in function else function[2:].replace("ǁ", ".")
            line, changed = ("\\n".join(l[1:].strip() for l in lines if l[0] == mark) for mark in "-+")
            survived.append([module + ":" + function, line, changed])
print(json.dumps([tried, survived]))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each area and what survived; 1 if too much did."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.robustness.mutation", description="Mutation testing of the core."
    )
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"of {', '.join(AREAS)}; by default all")
    options = parser.parse_args(arguments)
    failed = False
    for name in options.areas or AREAS:
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as home:
            tried, survived = run(AREAS[name], Path(home))
        killed = 1 - len(survived) / tried
        sys.stdout.write(f"{name}: {tried} changes, {len(survived)} survived, {killed:.1%} killed")
        sys.stdout.write(f" ({time.monotonic() - started:.0f} s)\n")
        for one in dict.fromkeys(survived):
            sys.stdout.write(f"  {one.function}\n    - {one.line}\n    + {one.changed}\n")
        sys.stdout.flush()
        failed |= killed < LEAST
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
