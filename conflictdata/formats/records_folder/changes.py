"""The files under `changes/` beside the records, with a curator's reasons for the changes of a release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflictdata.canonical import read_bytes, read_object
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.formats.records_folder.entries import json_files
from conflictdata.model.release import Changes
from conflictdata.schema.validate import validate
from conflictdata.text import named

FOLDER = "changes"
"""What their folder is called."""


def read_changes(path: Path) -> tuple[Changes | None, list[Finding]]:
    """The content of a file of changes, and all its findings; a missing reason does not hide the others."""
    file = named(path)
    try:
        data = read_bytes(path, max_bytes=MAX_LISTING)
        obj = read_object(data, file, max_bytes=MAX_LISTING)
        findings = validate(obj, "changes", file)
    except InvalidInput as refused:
        return None, [refused.finding]
    if any(finding.code is not Code.EMPTY_STRING for finding in findings):
        return None, findings
    changes = Changes.from_validated(obj)
    if path.name != f"{changes.version}.json":
        message = f"the file name does not match the version; rename the file to {changes.version}.json"
        return None, [Finding(file, "/version", Code.WRONG_FILE_NAME, message)]
    return changes, findings


def validate_changes(folder: Path, root: Path) -> Iterator[Finding]:
    """The findings in a folder of such files in the folder of records `root`."""
    message = (
        f"the file is not read; the folder {folder.name} holds one .json file for each release, named VERSION.json"
    )
    for found in json_files(folder, root, message):
        if isinstance(found, Finding):
            yield found
        else:
            yield from read_changes(found)[1]
