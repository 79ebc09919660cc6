"""`period.json` beside the records: the days that the dataset is about."""

from __future__ import annotations

from pathlib import Path

from conflictdata.canonical import read_bytes, read_object
from conflictdata.errors import InvalidInput
from conflictdata.findings import Finding
from conflictdata.formats.records_folder.entries import astray
from conflictdata.model import Period
from conflictdata.schema.validate import validate
from conflictdata.text import named

PERIOD = "period.json"
"""What the file is called."""


def read_period(path: Path, root: Path) -> tuple[Period | None, list[Finding]]:
    """What the file in the folder of records `root` says, or everything that is wrong with it."""
    if out := astray(path, root):
        return None, [out]
    try:
        data = read_bytes(path)
        obj = read_object(data, named(path))
    except InvalidInput as refused:
        return None, [refused.finding]
    findings = validate(obj, "period", named(path))
    return (None, findings) if findings else (Period.from_validated(obj), [])
