"""Errors and warnings as text, one JSON document or CSV."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from conflictdata.cli.output import say, write
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

    match form:
        case "json":
            write(_json(counted()))
        case "csv":
            print_table(_COLUMNS, (tuple(getattr(finding, name) for name in _COLUMNS) for finding in counted()), "csv")
        case _:
            for finding in counted():
                say(finding)
    return counts


def _json(findings: Iterable[Finding]) -> Iterator[bytes]:
    """One JSON document, in ASCII, because a finding may repeat any character of a faulty file."""
    between = b"["
    for finding in findings:
        members = {name: getattr(finding, name) for name in _COLUMNS if getattr(finding, name) is not None}
        yield between + b"\n" + json.dumps(members).encode()
        between = b","
    yield b"[]\n" if between == b"[" else b"\n]\n"
