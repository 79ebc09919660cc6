"""The wheel of a release: the package with that release in it; building it again gives the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from conflictdata.canonical import MAX_DATASET_BYTES, read_bytes
from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding
from conflictdata.model.release import ListedRelease, ListedWheel
from conflictdata.publishing.history_check import PastRelease
from conflictdata.publishing.release_files import CHANGES
from conflictdata.release.archive import FileSet, read
from conflictdata.release.catalog import DATASET, index_bytes, open_release
from conflictdata.release.checksums import read_listed, read_sums
from conflictdata.resources import INDEX

_CARRIED = (DATASET, CHANGES)
"""The files of each release that a wheel contains."""

_PARTS = (
    "conflictdata",
    "schema",
    "LICENSES",
    "LICENSE",
    "README.md",
    "CHANGELOG.md",
    "pyproject.toml",
    ".gitignore",
    ".ci",
)
"""The parts of a checkout from which the wheel is built; the releases are put beside them."""


class Wheel(NamedTuple):
    """A wheel as a file: its name and its bytes."""

    name: str
    data: bytes

    @property
    def listed(self) -> ListedWheel:
        """Its entry in the index of releases."""
        return ListedWheel(file=self.name, bytes=len(self.data), sha256=hashlib.sha256(self.data).hexdigest())


def build_wheel(checkout: Path, releases: Mapping[str, bytes], day: dt.date) -> Wheel:
    """The wheel of a checkout with these files of `releases`, all dated midnight of the day.

    It is built from a copy, so that it contains no other file of the checkout's releases.
    """
    with tempfile.TemporaryDirectory(prefix="conflictdata-") as folder:
        stage, target = Path(folder, "checkout"), Path(folder, "dist")
        for part in _PARTS:
            if (checkout / part).is_dir():
                shutil.copytree(checkout / part, stage / part, ignore=shutil.ignore_patterns("__pycache__"))
            elif (checkout / part).is_file():
                (stage / part).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(checkout / part, stage / part)
        for path, data in releases.items():
            (stage / "releases" / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / "releases" / path).write_bytes(data)
        midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
        done = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
            cwd=stage,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))},
            capture_output=True,
            text=True,
            check=False,
        )
        built = [*target.glob("*.whl")]
        if done.returncode or len(built) != 1:
            raise ConflictDataError(f"the wheel could not be built; hatchling says: {done.stderr.strip()[-1000:]}")
        return Wheel(built[0].name, built[0].read_bytes())


def carried_releases(past: Sequence[PastRelease], entry: ListedRelease, files: FileSet) -> dict[str, bytes]:
    """The release files in the wheel of a release: the index, and the dataset and the changes of it and every earlier
    one.

    That index does not list the wheel itself, because its hash is not known before it is built.
    """
    carried = {INDEX: index_bytes((*(one.listed for one in past), entry))}
    carried |= {f"{entry.release.version}/{name}": read(files, name) for name in _CARRIED}
    for one in past:
        carried |= {f"{one.version}/{name}": data for name, data in _files_of(one)}
    return carried


def _files_of(past: PastRelease) -> Iterator[tuple[str, bytes]]:
    folder = past.folder / past.version
    if all((folder / name).is_file() for name in _CARRIED):
        yield from ((name, read_bytes(folder / name, max_bytes=MAX_DATASET_BYTES)) for name in _CARRIED)
        return
    archive = open_release(past.folder / past.listed.archive)
    sums = read_sums(archive)
    yield from ((name, read_listed(archive, name, sums)) for name in _CARRIED)


def verify_wheel(path: Path, listed: ListedRelease, wheel: ListedWheel) -> Iterator[Finding]:
    """The findings in the wheel of a release: other bytes than listed, or another dataset in it."""
    data = read_bytes(path, max_bytes=4 * MAX_DATASET_BYTES, text=False)
    if (len(data), hashlib.sha256(data).hexdigest()) != (wheel.bytes, wheel.sha256):
        message = "the size or hash differs from the index; fetch the wheel again"
        yield Finding(str(path), "", Code.INDEX_MISMATCH, message)
        return
    inner = f"conflictdata/_releases/{listed.release.version}/{DATASET}"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = hashlib.sha256(archive.read(inner)).hexdigest()
    except (zipfile.BadZipFile, KeyError):
        found = ""
    if found != listed.dataset:
        message = f"the wheel does not carry the dataset of release {listed.release.version}; build the release again"
        yield Finding(str(path), "", Code.INDEX_MISMATCH, message)
