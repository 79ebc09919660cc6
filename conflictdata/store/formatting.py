"""Records rewritten in their one spelling."""

from __future__ import annotations

from pathlib import Path

from conflictdata.canonical import Refused, dump, read_bytes
from conflictdata.files import write_bytes
from conflictdata.findings import Code, Finding
from conflictdata.store.folder import named, record_files
from conflictdata.store.judging import judge_bytes


def format_folder(path: Path, *, check: bool = False) -> tuple[list[Path], list[Finding]]:
    """The files of a folder, or the one file, that were not in the one spelling, rewritten unless `check`.

    A file that does not pass the schema is left alone, and what is wrong with it is among the findings.
    """
    changed: list[Path] = []
    findings: list[Finding] = []
    for found in record_files(path) if path.is_dir() else [(path, "")]:
        if isinstance(found, Finding):
            findings.append(found)
            continue
        record_file, _ = found
        spelled = _respelled(record_file)
        if isinstance(spelled, bytes):
            changed.append(record_file)
            if not check:
                write_bytes(record_file, spelled)
        else:
            findings += spelled
    return changed, findings


def _respelled(path: Path) -> bytes | list[Finding]:
    """The file's bytes in the one spelling if they are others, or what prevents it, or nothing."""
    try:
        data = read_bytes(path)
    except Refused as refused:
        return [refused.finding]
    record, findings = judge_bytes(data, named(path))
    if record is None:
        return findings
    try:
        spelled = dump(record.to_object())
    except ValueError:
        told = "in its one spelling the record would be larger than a record can be; split it"
        return [Finding(named(path), "", Code.TOO_LARGE, told)]
    return spelled if spelled != data else []
