"""A release has the same bytes wherever and whenever it is built."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.calling import ROOT
from tests.support.releases import files_of, records_folder, released

HOSTILE = """
import os, random, sys
os.umask(int(sys.argv[1], 8))
listed, scanned = os.listdir, os.scandir
class Backwards:
    def __init__(self, *where): self.entries = sorted(scanned(*where), key=lambda entry: entry.name, reverse=True)
    def __iter__(self): return iter(self.entries)
    def __next__(self): return next(iter(self.entries))
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass
os.listdir = lambda *where: sorted(listed(*where), reverse=True)
os.scandir = Backwards
import time
for clock in ("time", "time_ns", "localtime", "gmtime", "strftime", "ctime"):
    setattr(time, clock, lambda *given, clock=clock: sys.exit(f"time.{clock} was asked"))
import locale
if sys.argv[2]: locale.setlocale(locale.LC_ALL, sys.argv[2])
import datetime as dt
from pathlib import Path
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import history_check
from conflictdata.publishing.build import build
into, records = Path(sys.argv[3]), Path(sys.argv[4])
history_check.releases_folder = lambda: into / "none"
build("2026.11.0", dt.date(2026, 11, 20), ReleaseStage.FINAL, into, records=records, first=True)
"""


@pytest.mark.parametrize(
    ("seed", "zone", "locale", "umask"),
    [("1", "Pacific/Kiritimati", "C", "077"), ("42", "America/Nome", "C.UTF-8", "000")],
)
def test_hostile_surroundings_give_the_same_bytes(real, tmp_path, seed, zone, locale, umask):
    plain = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
    plain |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-W", "error", "-c", HOSTILE, umask, locale, tmp_path / "out"]
    words.append(real.folder.parents[1] / "records")
    built = subprocess.run(words, env=plain, cwd=tmp_path, capture_output=True, check=False)
    assert built.returncode == 0, built.stderr.decode()
    assert files_of(tmp_path / "out") == files_of(real.folder.parent)


def test_the_order_of_files_and_members_on_disk_does_not_matter(tmp_path):
    released(tmp_path / "one")
    folder = records_folder(tmp_path / "other")
    for path in sorted(folder.rglob("*.json"), reverse=True):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    released(tmp_path / "other")
    assert files_of(tmp_path / "one" / "releases") == files_of(tmp_path / "other" / "releases")
