"""From values to findings: what no schema can say, one rule a function, listed in a tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conflictdata.findings import Finding
from conflictdata.model import Record, Records


def check_record(record: Record, file: str) -> Iterator[Finding]:
    """What is wrong within one record."""
    yield from ()


def check_records(records: Records, file_of: Callable[[str, str], str]) -> Iterator[Finding]:
    """What is wrong between records; `file_of` says where the record of a kind and an id lies."""
    yield from ()
