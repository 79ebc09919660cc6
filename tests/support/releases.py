"""What the tests of releases share: small worlds as folders of records, and releases built of them."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from conflictdata.canonical.dump import dump
from conflictdata.model import Records
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing.build import Built, build
from conflictdata.publishing.change import Change
from conflictdata.publishing.release_files import contents
from conflictdata.publishing.verify import verify
from conflictdata.publishing.zip_writer import pack
from conflictdata.release.checksums import SUMS, sha256_of, sums_of
from conflictdata.schema import urn
from tests.support.calling import write_records
from tests.support.small import small

DAY = dt.date(2026, 11, 20)
FIRST, SECOND, THIRD = "2091.11.0", "2091.12.0", "2092.1.0"
"""Versions that nobody will ever release."""
REAL = "2026.11.0"
"""A version that CHANGELOG.md has a section for."""


def records_folder(home: Path) -> Path:
    """The small world as a folder of records."""
    folder = home / "records"
    write_records(folder, small())
    return folder


def rewritten(folder: Path, record: str, **members: Any) -> None:
    """Give a record, such as event/CD-0002, other members; those that are None go."""
    kind, record_id = record.split("/")
    path = folder / f"{kind}s" / f"{record_id}.json"
    changed = json.loads(path.read_bytes()) | members
    path.write_bytes(dump({name: value for name, value in changed.items() if value is not None}))


def reasoned(folder: Path, version: str, *entries: dict[str, Any]) -> None:
    """Write the reasons for a version."""
    (folder / "changes").mkdir(exist_ok=True)
    members = {"$schema": urn("changes"), "version": version, "changes": [*entries]}
    (folder / "changes" / f"{version}.json").write_bytes(dump(members))


def released(
    home: Path, version: str = FIRST, day: dt.date = DAY, stage: str = "final", *, views: bool = False
) -> Built:
    """A release of the records in `home`, into the folder of releases there."""
    folder = home / "records" if (home / "records").is_dir() else records_folder(home)
    into = home / "releases"
    first = not (into / "index.json").is_file()
    return build(version, day, ReleaseStage(stage), into, records=folder, first=first, views=views)


def first_of(records: Path, into: Path, version: str = FIRST, day: dt.date = DAY) -> Built:
    """A release of any folder of records, as if neither the package nor `into` had one before it."""
    with patch("conflictdata.publishing.history_check.releases_folder", lambda: into / "none"):
        return build(version, day, ReleaseStage.FINAL, into, records=records, first=True)


def two_releases(home: Path) -> Path:
    """A folder of two releases, of which the second corrects the first."""
    released(home)
    rewritten(home / "records", "event/CD-0002", title="The mill district changes hands")
    reasoned(
        home / "records", SECOND, {"kind": "corrected", "records": ["event/CD-0002"], "reason": "The title said more."}
    )
    released(home, SECOND)
    return home / "releases"


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def found_in(path: Path, **how: Any) -> set[tuple[str, str]]:
    """The code and the file of each finding in a release."""
    return {(found.code, found.file.removeprefix(f"{path}").lstrip("/")) for found in verify(path, **how).findings}


def relisted(folder: Path, place: int, **members: Any) -> None:
    """Give a release other members in the index."""
    index = json.loads((folder / "index.json").read_bytes())
    index["releases"][place] |= members
    (folder / "index.json").write_bytes(dump(index))


def put(target: Path, files: dict[str, bytes]) -> None:
    """Write files, by their paths, into a folder."""
    for path, data in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)


def signed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with hashes that fit them, as whoever alters a release on purpose would make them."""
    manifest = json.loads(files["manifest.json"])
    rest = {path: data for path, data in files.items() if path not in (SUMS, "manifest.json")}
    manifest["files"] = [
        {"path": path, "bytes": len(data), "sha256": sha256_of(iter([data]))[0]} for path, data in sorted(rest.items())
    ]
    words = "schema/codelists/number-words/"
    manifest["number_words"] = [
        {"name": path[len(words) : -4], "sha256": sha256_of(iter([data]))[0]}
        for path, data in sorted(rest.items())
        if path.startswith(words)
    ]
    rest["manifest.json"] = dump(manifest)
    return rest | {SUMS: sums_of({path: sha256_of(iter([data]))[0] for path, data in rest.items()})}


class Held:
    """Files that are held in memory, as a set of files."""

    label, left_by_systems = "held", ()

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.paths = tuple(sorted(files))
        self._files = files

    def chunks(self, path: str) -> Iterator[bytes]:
        """A file's bytes."""
        return iter([self._files[path]])


def packed(files: Mapping[str, bytes], top: str, day: dt.date) -> bytes:
    """The bytes of a zip of these files as a release has it."""
    stream = io.BytesIO()
    pack(Held(files), top, day, stream)
    return stream.getvalue()


def contents_of(
    records: Records, carried: Mapping[str, bytes], changes: Iterable[Change] = (), previous: str | None = None
) -> dict[str, bytes]:
    """Every file of a release of these records, which name it."""
    assert records.release is not None
    pairs = ((path, [data]) for path, data in carried.items())
    made = contents(records, records.release, pairs, changes, previous)
    return {path: b"".join(chunks) for path, chunks in made}


def zipped(path: Path, files: dict[str, bytes], version: str = FIRST) -> Path:
    """A zip of the files as a release has it."""
    path.write_bytes(packed(files, f"conflictdata-{version}", DAY))
    return path
