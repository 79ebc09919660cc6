"""What tests ask of findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from conflictdata.findings import Finding


def told(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """The file, the place and the code of each finding, in order."""
    return [(Path(finding.file).name, finding.pointer, finding.code) for finding in findings]
