"""Releases by version: which are available, where each is, and its records, checked against the released hashes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from conflictdata.atomic import expand_home, is_file, is_folder
from conflictdata.canonical import read_bytes, read_object
from conflictdata.canonical.dump import dump
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.errors import DataNotFound, InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.model import Release
from conflictdata.model.release import Index, ListedRelease, Manifest
from conflictdata.release.archive import FileSet, Folder, Zip
from conflictdata.release.checksums import SUMS, read_listed, read_sums
from conflictdata.release.version import archive_name, parse_version
from conflictdata.resources import CACHE, INDEX, RELEASES, is_carried, releases_folder
from conflictdata.resources import read_bytes as read_carried
from conflictdata.schema import urn
from conflictdata.schema.validate import validate

MANIFEST = "manifest.json"
DATASET = "dataset.json"


@dataclass(frozen=True, slots=True)
class KnownRelease:
    """A release that can be loaded without the network, and where it is: in the package, a folder or the cache."""

    version: str
    date: str
    stage: str
    where: str
    path: Path


def cache_folder() -> Path:
    """The folder for downloaded releases: CONFLICTDATA_CACHE, or the cache folder of the system.

    Raises `DataNotFound`.
    """
    if named := os.environ.get(CACHE):
        return Path(expand_home(named))
    try:
        return _system_cache()
    except RuntimeError as error:  # the home folder is not known
        raise DataNotFound(f"there is no home folder for the cache; set {CACHE} to a folder") from error


def _system_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "conflictdata" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "conflictdata"
    return Path(expand_home(os.environ.get("XDG_CACHE_HOME", "")) or Path.home() / ".cache") / "conflictdata"


def configured() -> str | None:
    """The folder or web address in CONFLICTDATA_RELEASES; None if it is not set."""
    return expand_home(os.environ.get(RELEASES, "")) or None


def is_url(where: str) -> bool:
    """Whether a place is a web address."""
    return "://" in where


def read_index(data: bytes, file: str) -> Index:
    """The index of releases in these bytes; `InvalidInput` if it is not one."""
    obj = read_object(data, file, max_bytes=MAX_LISTING)
    for finding in validate(obj, "index", file):
        raise InvalidInput(finding)
    index = Index.from_validated(obj)
    versions = [listed.release.version for listed in index.releases]
    if versions != sorted(set(versions), key=parse_version):
        why = "the releases are not in order of version, or one occurs twice; fetch the index again"
        raise InvalidInput(Finding(file, "/releases", Code.INDEX_MISMATCH, why))
    return index


def index_bytes(releases: Iterable[ListedRelease]) -> bytes:
    """The file of an index, the oldest release first."""
    return dump({"$schema": urn("index"), "releases": [one.to_object() for one in releases]})


def index_of(folder: Path) -> Index | None:
    """The index of a folder of releases, None if it has none; `InvalidInput` if the file is not an index."""
    path = folder / INDEX
    return read_index(read_bytes(path, max_bytes=MAX_LISTING), str(path)) if is_file(path) else None


def carried_index() -> Index | None:
    """The index of the releases that the package carries; None where it carries none."""
    path = f"releases/{INDEX}"
    return read_index(read_carried(path), path) if is_carried(path) else None


def carried_listing(version: str) -> ListedRelease | None:
    """What the index of the releases that the package carries says of a version."""
    index = carried_index()
    return next((one for one in index.releases if one.release.version == version), None) if index else None


def listed_in(folder: Path, version: str) -> ListedRelease | None:
    """The entry for a version in the index of a folder; None if there is none."""
    index = index_of(folder)
    return next((one for one in index.releases if one.release.version == version), None) if index else None


def known_releases() -> tuple[KnownRelease, ...]:
    """Every available release, in order of version; one that is in several places is listed once, at the first of them.

    Raises `DataNotFound`.
    """
    found: dict[str, KnownRelease] = {}
    for known in iter_local_releases():
        found.setdefault(known.version, known)
    return tuple(sorted(found.values(), key=lambda known: parse_version(known.version)))


def iter_local_releases() -> Iterator[KnownRelease]:
    """Every release in every place, those of the package first; raises `DataNotFound`."""
    named = configured()
    index = carried_index()
    for listed in index.releases if index else ():
        version = listed.release.version
        if is_carried(f"releases/{version}/{DATASET}"):
            yield _known(listed.release, "carried", releases_folder() / version)
    if named and not is_url(named):
        folder = Path(named)
        index = index_of(folder)
        if index is None:
            raise DataNotFound(f"{RELEASES} names {folder}, but it has no {INDEX}; correct the variable")
        for listed in index.releases:
            path = folder / listed.release.version
            if not is_folder(path):
                path = folder / listed.archive
            if is_folder(path) or is_file(path):
                yield _known(listed.release, "folder", path)
    for path in _cached():
        try:
            archive = Zip(path)
            release = read_manifest(archive, read_sums(archive)).release
        except InvalidInput:
            continue  # reported when that version is loaded by name
        yield _known(release, "cache", path)


def _cached() -> list[Path]:
    """The archives in the cache; none if there is no cache, or it may not be listed."""
    try:
        return sorted(cache_folder().glob(archive_name("*")))
    except (DataNotFound, OSError):
        return []


def _known(release: Release, where: str, path: Path) -> KnownRelease:
    return KnownRelease(release.version, release.date.isoformat(), str(release.stage), where, path)


def open_release(path: Path) -> FileSet:
    """The files of a release folder or zip; raises `InvalidArchive`."""
    return Folder(path) if is_folder(path) else Zip(path)


def read_manifest(files: FileSet, hashes: dict[str, str]) -> Manifest:
    """The manifest of a release; `InvalidInput` if it is missing or cannot be read."""
    data = read_listed(files, MANIFEST, hashes)
    file = f"{files.label}/{MANIFEST}"
    obj = read_object(data, file, max_bytes=MAX_LISTING)
    for finding in validate(obj, "manifest", file):
        raise InvalidInput(finding)
    return Manifest.from_validated(obj)


def dataset_in(path: Path) -> tuple[bytes, str]:
    """The dataset document of a release folder or zip, checked against the release's own hashes, and its name.

    Raises `InvalidInput` or `InvalidArchive`.
    """
    return dataset_of(open_release(path))


def dataset_of(files: FileSet) -> tuple[bytes, str]:
    """The same of files that are open already."""
    return read_listed(files, DATASET, read_sums(files)), f"{files.label}/{DATASET}"


def is_whole(path: Path) -> bool:
    """Whether all files of a release are there; the package has only those needed to load and compare it."""
    return is_file(path / SUMS) or (path.suffix.lower() == ".zip" and is_file(path))
