"""Errors and warnings as text, one JSON document or CSV."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from conflictdata.cli.output import say, write

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
            write(_csv(counted()))
        case _:
            for finding in counted():
                say(finding)
    return counts


def _json(findings: Iterable[Finding]) -> Iterator[bytes]:
    between = b"["
    for finding in findings:
        members = {name: getattr(finding, name) for name in _COLUMNS if getattr(finding, name) is not None}
        yield between + b"\n" + json.dumps(members).encode()
        between = b","
    yield b"[]\n" if between == b"[" else b"\n]\n"


def _csv(findings: Iterable[Finding]) -> Iterator[bytes]:
    from conflictdata.formats.csv_writer import csv_line

    yield csv_line(_COLUMNS)
    for finding in findings:
        cells = (getattr(finding, name) for name in _COLUMNS)
        yield csv_line("" if cell is None else str(cell) for cell in cells)
