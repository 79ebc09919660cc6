"""Builds a release and every export under many Pythons, locales, time zones and hash seeds.

Run it with `python -m tests.robustness.determinism`.

Give other interpreters that have the package's requirements as arguments. Locales are compiled where `localedef` is.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.calling import ROOT

LOCALES = (
    "tr_TR.UTF-8",
    "az_AZ.UTF-8",
    "fa_IR.UTF-8",
    "ar_IQ.UTF-8",
    "de_DE.ISO-8859-1",
    "ja_JP.EUC-JP",
    "zh_CN.GB18030",
)
"""Of other letters, digits, decimal marks, orders and encodings."""
ZONES = ("UTC", "Pacific/Kiritimati", "America/Nome", "Asia/Kathmandu", "")

_MAKE = """
import datetime as dt, hashlib, json, locale, random, sys, tempfile
from pathlib import Path
locale.setlocale(locale.LC_ALL, "")
import conflictdata as cd
from conflictdata.formats.registry import FORMATS
from conflictdata.model import Records
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import history_check
from conflictdata.publishing.build import build
from conflictdata.resources import records_folder
whole = cd.load(records_folder()).records
mixed = [list(table) for table in (whole.sources, whole.actors, whole.places, whole.events)]
for table in mixed:
    random.Random(sys.argv[1]).shuffle(table)
whole = Records.of(*mixed)
made = {}
for name, form in FORMATS.items():
    files = form.contents(whole) if name == "tables" else [("", form.content(whole))]
    made |= {f"{name}/{file}": hashlib.sha256(b"".join(chunks)).hexdigest() for file, chunks in files}
with tempfile.TemporaryDirectory() as home:
    history_check.releases_folder = lambda: Path(home, "none")  # so that no change needs a reason
    build("2091.1.0", dt.date(2091, 1, 1), ReleaseStage.FINAL, Path(home), first=True)
    for path in sorted(Path(home).rglob("*")):
        if path.is_file():
            made[path.relative_to(home).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
print(json.dumps([f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}", made]))
"""


def compiled(folder: Path) -> list[str]:
    """The names of the locales that could be compiled into the folder, after those that are everywhere."""
    names = ["C", "POSIX", "C.UTF-8"]
    for name in LOCALES if shutil.which("localedef") else ():
        source, _, charset = name.partition(".")
        words = ["localedef", "-i", source, "-f", charset, str(folder / name)]
        if subprocess.run(words, capture_output=True, check=False).returncode == 0:
            names.append(name)
    return names


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was tried, and every file that is not the same everywhere; 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.determinism", description=__doc__)
    parser.add_argument("pythons", nargs="*", default=[sys.executable], metavar="PYTHON")
    options = parser.parse_args(arguments)
    first: dict[str, str] | None = None
    versions, runs, differing = set(), 0, set()
    with tempfile.TemporaryDirectory() as folder:
        locales = compiled(Path(folder))
        for python in options.pythons:
            for number, locale in enumerate(locales):
                env = {
                    "PATH": os.environ["PATH"],
                    "HOME": folder,
                    "PYTHONPATH": str(ROOT),
                    "PYTHONUTF8": "0",
                    "PYTHONCOERCECLOCALE": "0",
                    "PYTHONHASHSEED": str(random.Random(f"{python} {locale}").randrange(2**32)),
                    "LC_ALL": locale,
                    "LOCPATH": folder,
                    "TZ": ZONES[number % len(ZONES)],
                }
                words = [python, "-W", "error", "-c", _MAKE, locale]
                done = subprocess.run(words, env=env, cwd=folder, capture_output=True, text=True, check=False)
                if done.returncode:
                    sys.stdout.write(f"{python}, {locale}: {done.stderr}")
                    return 1
                version, made = json.loads(done.stdout)
                first = first or made
                runs += 1
                versions.add(version)
                different = {name for name in first.keys() | made.keys() if first.get(name) != made.get(name)}
                differing |= different
                for name in sorted(different):
                    sys.stdout.write(f"Python {version}, {locale}, {env['TZ'] or 'no'} zone: {name} is another\n")
    sys.stdout.write(
        f"{runs} runs of {len(first or ())} files over Python {', '.join(sorted(versions))} and the locales"
        f" {', '.join(locales)}: {len(differing)} files differ\n"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
