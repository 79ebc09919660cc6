"""Rewriting records in canonical format."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from conflictdata.atomic import write_bytes
from conflictdata.canonical import read_bytes
from conflictdata.canonical.dump import dump
from conflictdata.errors import CannotWrite, InvalidInput
from conflictdata.findings import Finding
from conflictdata.formats.records_folder.folder import record_files
from conflictdata.text import named
from conflictdata.validation import validate_bytes


@dataclass(slots=True)
class Formatted:
    """The files that were not in canonical format, the findings in others, and the files that could not be written."""

    changed: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failed: list[CannotWrite] = field(default_factory=list)


def format_folder(path: Path, *, check: bool = False) -> Formatted:
    """The files of a folder, or the one file, in canonical format, rewritten unless `check`.

    A file that does not pass the schema is not changed, nor is one that cannot be written or that somebody changes at
    the same time; all others are rewritten.
    """
    done = Formatted()
    for found in record_files(path) if path.is_dir() else [(path, "")]:
        if isinstance(found, Finding):
            done.findings.append(found)
            continue
        record_file, _ = found
        try:
            data = read_bytes(record_file)
            spelled = _reformatted(record_file, data)
            if isinstance(spelled, bytes):
                if not check:
                    _replace(record_file, data, spelled)
                done.changed.append(record_file)
            else:
                done.findings += spelled
        except InvalidInput as refused:
            done.findings.append(refused.finding)
        except CannotWrite as error:
            done.failed.append(error)
    return done


def _replace(path: Path, data: bytes, spelled: bytes) -> None:
    if read_bytes(path) != data:
        raise CannotWrite(path, "another program has just changed it; run the command again")
    write_bytes(path, spelled)


def _reformatted(path: Path, data: bytes) -> bytes | list[Finding]:
    """The file's bytes in canonical format if they differ, else the errors that prevent it."""
    record, findings = validate_bytes(data, named(path))
    if record is None:
        return findings
    spelled = dump(record.to_object())
    return spelled if spelled != data else []
