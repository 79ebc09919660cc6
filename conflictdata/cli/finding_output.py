"""Errors and warnings as text, one JSON document or CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from conflictdata.cli.output import say
from conflictdata.cli.table_output import print_table

if TYPE_CHECKING:
    from conflictdata.findings import Finding

_COLUMNS = ("severity", "code", "file", "pointer", "offset", "message")


def print_findings(findings: Iterable[Finding], form: str) -> Counter[str]:
    """Print the findings as they come; how many there are of each severity, and how many of them are repairs."""
    from conflictdata.findings import REPAIRS

    counts: Counter[str] = Counter()

    def counted() -> Iterator[Finding]:
        for finding in findings:
            counts[finding.severity] += 1
            counts["repair"] += finding.code in REPAIRS
            yield finding

    if form == "text":
        for finding in counted():
            say(finding)
    else:
        print_table(_COLUMNS, (tuple(getattr(finding, name) for name in _COLUMNS) for finding in counted()), form)
    return counts
