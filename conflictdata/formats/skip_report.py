"""The list of events that a format leaves out, as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflictdata.formats.csv_writer import csv_line
from conflictdata.formats.interface import Skip

SKIP_COLUMNS = ("event_id", "reason", "sentence")
"""The columns of the report."""


def skip_report(skips: Iterable[Skip]) -> Iterator[bytes]:
    """One row for each skipped event and reason: the event's id, the code of the reason, and a sentence."""
    yield csv_line(SKIP_COLUMNS)
    for skip in skips:
        yield csv_line((skip.event_id, skip.reason, skip.sentence))
