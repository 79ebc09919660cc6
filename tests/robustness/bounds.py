"""The stated bounds of dependencies, tried: python -m tests.robustness.bounds --resolution lowest-direct

It installs the package with its extras into an environment of its own, once with the lowest versions that
`pyproject.toml` states and once with the newest, and runs tests there. It needs uv and a package index.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.calling import ROOT

RESOLUTIONS = ("lowest-direct", "highest")
SAMPLE = (
    "tests/cli/test_group.py", "tests/cli/test_questions.py", "tests/cli/test_export.py", "tests/formats",
    "tests/unit/schema/test_documents.py", "tests/unit/test_dataset.py", "tests/laws/test_roundtrips.py",
    "tests/unit/release",
)  # fmt: skip
"""Tests that use every library; with `tests` all of them are run."""

LIGHT = ("tests/cli/test_group.py", "tests/cli/test_questions.py", "tests/formats/test_layout_files.py")
"""Tests that fail if a bound is too low, in about a minute."""


def tried(python: str, resolution: str, tests: Sequence[str]) -> int:
    """The exit status of the tests with one Python and one set of versions; prints what was installed and how long."""
    with tempfile.TemporaryDirectory(prefix="conflictdata-") as folder:
        begun = time.monotonic()
        own = Path(folder, "venv", "Scripts" if os.name == "nt" else "bin", "python")
        subprocess.run(["uv", "venv", "-q", "--python", python, str(Path(folder, "venv"))], check=True)
        install = ["uv", "pip", "install", "-q", "--python", str(own), "--resolution", resolution, f"{ROOT}[test]"]
        if subprocess.run(install, check=False).returncode:
            sys.stdout.write(f"Python {python}, {resolution}: not installed\n")
            return 1
        words = [str(own), "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        done = subprocess.run(words, cwd=ROOT, check=False, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
        state = "passed" if done.returncode == 0 else "failed"
        sys.stdout.write(f"Python {python}, {resolution}: {state} in {time.monotonic() - begun:.0f} s\n")
        return done.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every Python with every set of versions; 1 if any test fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.bounds", description=__doc__)
    parser.add_argument("--python", action="append", help="a version or a path, may be given again; default: this one")
    parser.add_argument("--resolution", action="append", choices=RESOLUTIONS, help="default: both")
    parser.add_argument("--light", action="store_true", help="few tests, for each check of the project")
    parser.add_argument("tests", nargs="*", help="default: a sample")
    given = parser.parse_args(arguments)
    tests = given.tests or (LIGHT if given.light else SAMPLE)
    pythons, resolutions = given.python or [sys.executable], given.resolution or RESOLUTIONS
    failed = [tried(python, resolution, tests) for python in pythons for resolution in resolutions]
    return 1 if any(failed) else 0


if __name__ == "__main__":
    raise SystemExit(main())
