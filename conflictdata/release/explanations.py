"""The files under `records/changes/`, in which a curator says why a release differs from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflictdata.canonical import Refused, read_bytes, read_object
from conflictdata.findings import Code, Finding
from conflictdata.model.releases import Changes
from conflictdata.release.reasons import Reason, reasons_in
from conflictdata.schema import judge
from conflictdata.store.fileset import MAX_LISTING

FOLDER = "changes"


def read_changes(path: Path) -> tuple[Changes | None, list[Finding]]:
    """What a file of changes says, or everything that is wrong with it."""
    file = str(path)
    try:
        data = read_bytes(path, max_bytes=MAX_LISTING)
        findings = judge(read_object(data, file, max_bytes=MAX_LISTING), "changes", file)
    except Refused as refused:
        return None, [refused.finding]
    if findings:
        return None, findings
    changes = Changes.model_validate_json(data)
    if path.name != f"{changes.version}.json":
        told = f"the changes of {changes.version} stand in {changes.version}.json"
        return None, [Finding(file, "/version", Code.WRONG_FILE_NAME, told)]
    return changes, []


def reasons_for(version: str, records: Path) -> tuple[tuple[Reason, ...], list[Finding]]:
    """The reasons for a version in a folder of records, none where there is no file, and what is wrong with it."""
    path = records / FOLDER / f"{version}.json"
    if not path.is_file():
        return (), []
    changes, findings = read_changes(path)
    return (reasons_in(changes, str(path)) if changes else ()), findings


def judge_changes(records: Path) -> Iterator[Finding]:
    """What is wrong with any file of changes in a folder of records."""
    for path in sorted((records / FOLDER).glob("*")):
        if path.name.startswith("."):
            continue
        if path.suffix == ".json":
            yield from read_changes(path)[1]
        else:
            told = f"this is not read; the folder {FOLDER} holds one .json file for each release, called by its version"
            yield Finding(str(path), "", Code.STRAY_FILE, told)
