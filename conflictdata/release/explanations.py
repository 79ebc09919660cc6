"""Why a release differs from the one before, as the curator wrote it beside the records."""

from __future__ import annotations

from pathlib import Path

from conflictdata.findings import Finding
from conflictdata.looking import is_file
from conflictdata.release.reasons import Reason, reasons_in
from conflictdata.store.changes import FOLDER, read_changes


def reasons_for(version: str, records: Path) -> tuple[tuple[Reason, ...], list[Finding]]:
    """The reasons for a version in a folder of records, none where there is no file, and what is wrong with it."""
    path = records / FOLDER / f"{version}.json"
    if not is_file(path):
        return (), []
    changes, findings = read_changes(path)
    return (reasons_in(changes, str(path)) if changes else ()), findings
