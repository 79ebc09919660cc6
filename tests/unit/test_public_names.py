"""What the package offers can be imported, is documented and type-checks; importing it loads nothing else."""

from __future__ import annotations

import inspect
import os
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import conflictdata
from conflictdata.dataset import Dataset
from tests.support.calling import ROOT

SCRIPT = """
import copy
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import conflictdata as cd

ds = cd.load()
other: cd.Dataset = cd.load(Path("records"))
first: cd.Event = ds.events[0]
same: cd.Event = ds.events["CD-0001"]
some: tuple[cd.Event, ...] = ds.events[:2]
claim: cd.Claim = ds.claims["CD-0001#c1"].claim
day: dt.date | None = first.when.first
who: tuple[str, ...] = ds.origins("CD-0001")
low = ds.figures("killed", by="status").low
text: str = ds.sentence("CD-0001")
for event in ds.find(actor="ISIS", place="raqqa", start="2016-01-01", end=dt.date(2017, 1, 1)):
    text += event.title + str(event.where.place if event.where else None)
held: bool = ds.control("raqqa", on="2016-06-15").known
version: str | None = ds.release.version if ds.release else None
frame = ds.to_pandas("events")
rows: int = ds.to_polars("claims").height
try:
    ds.positions("x")
except cd.ConflictDataError as error:
    text += str(error)
"""


def test_everything_public_has_a_docstring() -> None:
    for name, member in vars(Dataset).items():
        if not name.startswith("_"):
            assert inspect.getdoc(member), name
    for name in conflictdata.__all__:
        assert name == "__version__" or inspect.getdoc(getattr(conflictdata, name)), name


def test_the_help_of_the_package_names_everything_public() -> None:
    named = set(re.findall(r"`(\w+)", conflictdata.__doc__))
    assert set(conflictdata.__all__) - named == {"__version__"}


def test_importing_the_package_loads_nothing_but_itself() -> None:
    probe = "import sys; before = set(sys.modules); import conflictdata; print(*sorted(set(sys.modules) - before))"
    command = [sys.executable, "-S", "-c", probe]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__future__", "conflictdata"]


def test_every_public_name_can_be_had_and_no_other() -> None:
    assert set(conflictdata.__all__) <= set(dir(conflictdata))
    assert conflictdata.Dataset is Dataset
    with pytest.raises(AttributeError, match="nonsense"):
        conflictdata.nonsense  # noqa: B018


@pytest.mark.slow
def test_a_users_script_type_checks_strictly(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "script.py"]
    path = os.environ | {"MYPYPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Success: no issues found in 1 source file\n")


def test_the_help_of_every_public_name_can_be_read() -> None:
    for name in {*conflictdata.__all__} - {"__version__"}:
        assert pydoc.render_doc(getattr(conflictdata, name)), name
