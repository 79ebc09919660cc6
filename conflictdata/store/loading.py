"""Records from elsewhere: judged the whole way, and loaded only where nothing is wrong with them."""

from __future__ import annotations

import shlex
from pathlib import Path

from conflictdata.canonical import Refused
from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding
from conflictdata.model import Records
from conflictdata.store.believing import believed
from conflictdata.store.document import judge_dataset, judge_document
from conflictdata.store.entries import named
from conflictdata.store.folder import judge_folder
from conflictdata.store.gathering import FOLDERS
from conflictdata.store.judging import faults
from conflictdata.store.lines import judge_lines_of
from conflictdata.store.tables import DESCRIPTOR, read_tables


class FaultyData(ConflictDataError):
    """Records that cannot be loaded; `findings` says what is wrong with them, of which `path` is where they lie."""

    def __init__(self, findings: list[Finding], path: Path) -> None:
        told = str(findings[0])
        if len(findings) > 1:
            command = f"conflictdata validate {shlex.quote(named(path))}"
            told = f"{told.removesuffix('.')}, and {len(findings) - 1} more; `{command}` lists them"
        super().__init__(told)
        self.findings = tuple(findings)


def load_path(path: Path) -> Records:
    """The records of a folder, of tables, of a release as folder or zip, or of a document; else `FaultyData`.

    They are the release that they name, unless the package carries that and it is another.
    """
    if is_lines(path):
        told = "cannot be loaded: JSON Lines hold single records, and no dataset; load a `json` or a `tables` export"
        raise FaultyData([Finding(named(path), "", Code.UNREADABLE_FILE, told)], path)
    records, findings = judge_path(path)
    if errors := faults(findings):
        raise FaultyData(errors, path)
    return believed(records)


def judge_path(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a folder or file, as far as they can be read, and everything that is wrong with them.

    Of records as JSON Lines there are findings only: `judge_lines` takes any number of them, one by one.
    """
    try:
        if path.suffix.lower() == ".zip" or (path / "SHA256SUMS").is_file():
            return judge_release(path)
        if path.is_dir():
            if any((path / kind).is_dir() for kind in FOLDERS):
                return judge_folder(path)
            if (path / DESCRIPTOR).is_file() or (path / "claims.csv").is_file():
                return read_tables(path)
            if (path / "manifest.json").is_file():
                return judge_release(path)  # which says that its hashes are not there
            inner = path / "dataset.json"
            return judge_document(inner) if inner.is_file() else judge_folder(path)
    except OSError as error:  # a folder that may not be looked into
        return Records.of(), [Finding(named(path), "", Code.UNREADABLE_FILE, f"cannot be read: {error.strerror}")]
    if is_lines(path):
        return Records.of(), list(judge_lines_of(path))
    if path.suffix.lower() == ".csv":
        told = "cannot be read: one table is no dataset; give the folder that `conflictdata export tables` writes"
        return Records.of(), [Finding(named(path), "", Code.UNREADABLE_FILE, told)]
    return judge_document(path)


def is_lines(path: Path) -> bool:
    """Whether a file is called as records in JSON Lines are."""
    return path.suffix.lower() == ".jsonl"


def judge_release(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a release folder or zip, proved by its own hashes, and everything wrong with them."""
    from conflictdata.store.fileset import Unusable
    from conflictdata.store.shelves import dataset_in

    try:
        return judge_dataset(*dataset_in(path))
    except Refused as refused:
        return Records.of(), [refused.finding]
    except Unusable as unusable:
        return Records.of(), [*unusable.findings]
