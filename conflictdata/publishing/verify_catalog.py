"""Verifying a folder of releases: the index, each folder and zip, and the changes from each release to the next."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from conflictdata.atomic import is_file
from conflictdata.canonical import MAX_DATASET_BYTES, read_bytes
from conflictdata.errors import CannotApply, ConflictDataError, InvalidInput
from conflictdata.findings import Code, Finding, not_as_released
from conflictdata.formats.json_document import JSON
from conflictdata.model import Period, Release
from conflictdata.model.release import ListedRelease
from conflictdata.publishing.history_check import PastRelease
from conflictdata.publishing.patch import applied
from conflictdata.publishing.release_files import CHANGES
from conflictdata.publishing.verify import Verified, verify
from conflictdata.publishing.wheel import verify_wheel
from conflictdata.publishing.zip_writer import pack
from conflictdata.release.catalog import DATASET, index_of, is_whole, open_release
from conflictdata.release.version import is_version, top_folder
from conflictdata.resources import INDEX
from conflictdata.validation import errors_only


def verify_releases(folder: Path, version: str | None = None, *, rebuild: bool = False) -> Iterator[Finding]:
    """The findings in one release of a folder of releases, or in all of them and the index."""
    index = index_of(folder)
    listed = index.releases if index else ()
    past: PastRelease | None = None
    for one in listed:
        if version in (None, one.release.version):
            yield from verify_listed(folder, one, past, rebuild=rebuild)
        past = PastRelease(one, folder)
    if version is None:
        yield from _unlisted(folder, listed)


def absent(folder: Path, version: str | None = None) -> Iterator[Path]:
    """Of releases that lie there as folder, as zip or as wheel, what of that does not; it may have been left out."""
    index = index_of(folder)
    for one in index.releases if index else ():
        parts = {path: is_whole(path) for path in (folder / one.release.version, folder / one.archive)}
        if one.wheel is not None and any(parts.values()):
            parts[folder / one.wheel.file] = is_file(folder / one.wheel.file)
        if version in (None, one.release.version) and any(parts.values()):
            yield from (path for path, there in parts.items() if not there)


def verify_listed(folder: Path, one: ListedRelease, past: PastRelease | None, *, rebuild: bool) -> Iterator[Finding]:
    """The findings in a release that an index lists; `past` is the previous one."""
    place, zipped = folder / one.release.version, folder / one.archive
    if not place.is_dir() and not zipped.is_file():
        yield _mismatch(place, f"{INDEX} lists the release, but neither its folder nor its zip is here; fetch it again")
        return
    if not is_whole(place) and not zipped.is_file():
        yield from _carried(place / DATASET, one)
        return
    if zipped.is_file():
        data = read_bytes(zipped, max_bytes=4 * MAX_DATASET_BYTES, text=False)
        if (len(data), hashlib.sha256(data).hexdigest()) != (one.bytes, one.sha256):
            yield _mismatch(zipped, "the size or hash differs from the index; fetch the zip again")
    if one.wheel is not None and is_file(folder / one.wheel.file):
        yield from verify_wheel(folder / one.wheel.file, one, one.wheel)
    path = place if is_whole(place) else zipped
    verified = verify(path, rebuild=rebuild)
    yield from verified.findings
    if not errors_only(verified.findings):
        yield from _as_listed(verified, path, one)
        yield from _changes_apply(verified, path, past)


def _carried(document: Path, one: ListedRelease) -> Iterator[Finding]:
    """The findings for a release in the package, which has only the dataset document."""
    try:
        data = read_bytes(document, max_bytes=MAX_DATASET_BYTES)
    except InvalidInput as refused:
        yield refused.finding
    else:
        if hashlib.sha256(data).hexdigest() != one.dataset:
            yield _mismatch(document, "the hash differs from the index; fetch the release again")


def _as_listed(verified: Verified, path: Path, one: ListedRelease) -> Iterator[Finding]:
    """Whether folder and archive have the same files, and are the release in the index."""
    assert verified.manifest is not None
    found, schema = verified.manifest.release, verified.manifest.schema_version
    if (found, schema) != (one.release, one.schema_version):
        message = f"this is release {found.version} of {found.date} ({found.stage}) with schema {schema}"
        yield _mismatch(path, f"{message}, but the index lists another; fetch the release again")
    elif hashlib.sha256(verified.files[DATASET]).hexdigest() != one.dataset:
        yield _mismatch(path / DATASET, "the hash differs from the index; fetch the release again")
    elif _hash_packed(path, found) != one.sha256:
        yield _mismatch(path, "the files differ from the zip that the index lists; fetch the release again")


def _hash_packed(path: Path, release: Release) -> str:
    """The hash of the zip of a release's files, whether they are in a folder or in a zip."""
    with tempfile.TemporaryFile() as stream:
        pack(open_release(path), top_folder(release.version), release.date, stream)
        stream.seek(0)
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _period_in(dataset: bytes) -> Period | None:
    """The period that a dataset document names; like the release, it is no record that changes lead to."""
    period = json.loads(dataset).get("period")
    return Period.from_validated(period) if period is not None else None


def _changes_apply(verified: Verified, path: Path, past: PastRelease | None) -> Iterator[Finding]:
    """Whether the changes turn the previous release, if it is here, into this one byte for byte."""
    assert verified.manifest is not None
    if past is None or not past.is_here:
        return
    try:
        before = past.records()
    except ConflictDataError as error:
        yield _mismatch(path, f"release {past.version} before it cannot be read: {error}")
        return
    name = f"{path}/{CHANGES}"
    if before.release is None or before.release.version != verified.manifest.previous:
        other = verified.manifest.previous or "no release"
        yield not_as_released(str(path), Code.INDEX_MISMATCH, f"the manifest names {other} before it")
        return
    try:
        after = applied(verified.changes, before, verified.manifest.release, _period_in(verified.files[DATASET]))
    except (CannotApply, InvalidInput, ValueError) as error:
        yield Finding(name, "", Code.NOT_REPRODUCED, str(error).split("\n")[0])
        return
    if b"".join(JSON.content(after)) != verified.files[DATASET]:
        yield not_as_released(
            name, Code.NOT_REPRODUCED, f"the changes do not lead from release {before.release.version} to this one"
        )


def _unlisted(folder: Path, listed: tuple[ListedRelease, ...]) -> Iterator[Finding]:
    """Findings for folders and archives that look like releases but are not in the index."""
    known = {name for one in listed for name in (one.release.version, one.archive, one.wheel and one.wheel.file)}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and (is_version(path.name) or path.suffix in (".zip", ".whl")):
            yield _mismatch(path, f"{INDEX} does not list it; remove it, or build the release again")


def _mismatch(path: Path, why: str) -> Finding:
    return Finding(str(path), "", Code.INDEX_MISMATCH, why)
