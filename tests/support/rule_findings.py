"""What the rules find in records, in a form that tests compare."""

from __future__ import annotations

import datetime as dt

from conflictdata.model import Records
from conflictdata.rules import check_records

FEW_DAYS = [dt.date(2016, 2, day).isoformat() for day in range(1, 6)]


def sorted_findings(records: Records, excluded: frozenset[str] | None = None) -> list[tuple[str, str, str, str]]:
    """File, pointer, code and message of each finding between the records."""
    found = check_records(records, lambda kind, record_id: (f"{kind} {record_id}", ""), excluded=excluded)
    return sorted((finding.file, finding.pointer, finding.code, finding.message) for finding in found)
