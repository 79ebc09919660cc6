"""What `conflictdata validate PATH` reads: a folder, a document, tables, JSON Lines or a release, with all findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conflictdata.collector_pause import collector_paused
from conflictdata.errors import InvalidInput
from conflictdata.model import Records
from conflictdata.text import named

if TYPE_CHECKING:
    from conflictdata.findings import Finding


@collector_paused(loads=True)
def validate_path(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a folder or file, as far as they can be read, and all findings.

    For JSON Lines there are only findings: `validate_lines` reads any number of records one by one.
    """
    from conflictdata.findings import Code, Finding, unreadable
    from conflictdata.formats.records_folder.folder import validate_folder
    from conflictdata.validation import FOLDERS

    try:
        if path.suffix.lower() == ".zip" or (path / "SHA256SUMS").is_file():
            return validate_release(path)
        if path.is_dir():
            if any((path / kind).is_dir() for kind in FOLDERS):
                return validate_folder(path)
            from conflictdata.formats.csv_tables.names import DESCRIPTOR

            if (path / DESCRIPTOR).is_file() or (path / "claims.csv").is_file():
                from conflictdata.formats.csv_tables.reader import read_tables

                return read_tables(path)
            if (path / "manifest.json").is_file():
                return validate_release(path)  # the release reader reports the missing hashes
            inner = path / "dataset.json"
            return _validate_document(inner) if inner.is_file() else validate_folder(path)
    except OSError as error:  # a folder that may not be listed
        return Records.of(), [unreadable(named(path), error.strerror or str(error))]
    if is_lines(path):
        from conflictdata.formats.json_lines import validate_lines_of

        return Records.of(), list(validate_lines_of(path))
    if path.suffix.lower() == ".csv":
        message = "one table is not a dataset; give the folder that `conflictdata export tables` writes"
        return Records.of(), [Finding(named(path), "", Code.UNREADABLE_FILE, message)]
    return _validate_document(path)


def _validate_document(path: Path) -> tuple[Records, list[Finding]]:
    from conflictdata.formats.json_document import validate_document

    return validate_document(path)


def is_lines(path: Path) -> bool:
    """Whether the name of the file is that of JSON Lines."""
    return path.suffix.lower() == ".jsonl"


def line_files(folder: Path) -> list[Path]:
    """The files of a folder that holds JSON Lines and nothing else, in order of name; none for any other folder."""
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    return entries if all(path.name.endswith(".jsonl") for path in entries) else []


def validate_release(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a release folder or zip, checked against its own hashes, and all findings."""
    from conflictdata.formats.json_document import validate_dataset
    from conflictdata.release.archive import passed_over
    from conflictdata.release.catalog import dataset_of, open_release

    try:
        files = open_release(path)
        records, findings = validate_dataset(*dataset_of(files))
        return records, [*findings, *passed_over(files)]
    except InvalidInput as invalid:
        return Records.of(), [*invalid.findings]
