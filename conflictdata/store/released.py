"""The records of a released version, from where it lies nearest: the package, a folder, the cache, or afar."""

from __future__ import annotations

from pathlib import Path

from conflictdata.findings import Code, Finding
from conflictdata.model import Records
from conflictdata.resources import releases_folder
from conflictdata.store.document import judge_dataset
from conflictdata.store.judging import faults
from conflictdata.store.loading import FaultyData
from conflictdata.store.opening import load_trusted
from conflictdata.store.shelves import (
    DATASET,
    UnknownRelease,
    at_hand,
    configured,
    dataset_in,
    is_url,
    is_whole,
    known_releases,
    listed_in,
)
from conflictdata.store.sums import sha256_of
from conflictdata.store.version import order


def load_version(version: str) -> Records:
    """The records of a released version, exactly as they were released.

    Raises `BadVersion`, `UnknownRelease`, or what is wrong with the release where it lies.
    """
    order(version)
    if (document := releases_folder() / version / DATASET).is_file() and listed_in(releases_folder(), version):
        return load_trusted(document.read_bytes())
    path = path_of(version)
    data, file = dataset_in(path)
    own = listed_in(releases_folder(), version)
    if own is not None and sha256_of(iter([data]))[0] == own.dataset:
        return load_trusted(data)
    records, findings = judge_dataset(data, file)
    if records.release is None or records.release.version != version:
        findings.append(Finding(file, "/release", Code.MANIFEST_MISMATCH, f"this is not release {version}"))
    if errors := faults(findings):
        raise FaultyData(errors, path)
    return records


def path_of(version: str) -> Path:
    """The folder or zip of a released version; fetched, if it has to be, from where the environment says."""
    order(version)
    for known in at_hand():
        if known.version == version and is_whole(known.path):
            return known.path
    named = configured()
    if named is None or not is_url(named):
        raise UnknownRelease(version, tuple(known.version for known in known_releases()))
    from conflictdata.store.remote import fetch

    return fetch(version, named)
