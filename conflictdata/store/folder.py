"""A folder of records: one JSON file each, in a folder for each kind, every fault of every file reported in one run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflictdata.canonical import Refused, dump, read_bytes
from conflictdata.files import write_bytes
from conflictdata.findings import Code, Finding
from conflictdata.model import Record, Records, type_of_kind
from conflictdata.rules import check_records
from conflictdata.store.judging import judge_bytes

FOLDERS = {f"{kind}s": kind for kind in type_of_kind}
"""The folder of each kind of record."""

BESIDE = frozenset({"changes", "exclusions.csv"})
"""What else a folder of records may hold."""


def judge_folder(folder: Path, *, fast: bool | None = None) -> tuple[Records, list[Finding]]:
    """The records of a folder, as far as they can be read, and every finding, the rules across records included."""
    found: dict[str, list[Record]] = {kind: [] for kind in type_of_kind}
    files: dict[tuple[str, str], str] = {}
    findings = list(_strays(folder))
    for path, kind in _record_files(folder):
        file = str(path)
        try:
            data = read_bytes(path)
        except Refused as refused:
            findings.append(refused.finding)
            continue
        record, said = judge_bytes(data, file, fast=fast)
        findings += said
        if record is None:
            continue
        findings += _filed(record, data, path, kind)
        if isinstance(record, type_of_kind[kind]):
            first = files.setdefault((kind, record.id), file)
            if first != file:
                findings.append(Finding(file, "/id", Code.DUPLICATE_ID, f"{record.id} is also the id of {first}"))
            else:
                found[kind].append(record)
    records = Records.of(**{f"{kind}s": rows for kind, rows in found.items()})  # type: ignore[arg-type]
    findings += check_records(records, lambda kind, record_id: files[kind, record_id])
    return records, sorted(findings)


def misspelt(folder: Path) -> Iterator[tuple[Path, bytes | list[Finding]]]:
    """Each record file that is not in the one spelling, with its right bytes, or with the findings that prevent it."""
    for path, _ in _record_files(folder):
        try:
            data = read_bytes(path)
        except Refused as refused:
            yield path, [refused.finding]
            continue
        record, findings = judge_bytes(data, str(path))
        if record is None:
            yield path, findings
        elif (right := dump(record.to_object())) != data:
            yield path, right


def format_folder(folder: Path, *, check: bool = False) -> tuple[list[Path], list[Finding]]:
    """The files that were not in the one spelling, rewritten unless `check`, and the faults of those that cannot be."""
    changed: list[Path] = []
    findings: list[Finding] = []
    for path, right in misspelt(folder):
        if isinstance(right, bytes):
            if not check:
                write_bytes(path, right)
            changed.append(path)
        else:
            findings += right
    return changed, findings


def _record_files(folder: Path) -> Iterator[tuple[Path, str]]:
    for name, kind in FOLDERS.items():
        if (folder / name).is_dir():
            yield from ((path, kind) for path in sorted((folder / name).iterdir()) if path.suffix == ".json")


def _strays(folder: Path) -> Iterator[Finding]:
    """What lies in the folder and is no record, so that nothing is left out in silence."""
    if not any((folder / name).is_dir() for name in FOLDERS):
        wanted = ", ".join(FOLDERS)
        yield Finding(str(folder), "", Code.UNREADABLE_FILE, f"this folder holds no records; it has none of {wanted}")
        return
    for path in sorted(folder.iterdir()):
        if path.name in FOLDERS:
            for inner in sorted(path.iterdir()):
                if inner.suffix != ".json" and not inner.name.startswith("."):
                    yield _stray(inner)
        elif path.name not in BESIDE and not path.name.startswith("."):
            yield _stray(path)


def _stray(path: Path) -> Finding:
    return Finding(
        str(path), "", Code.WRONG_FILE_NAME, "this is no record: a record is a .json file in its kind's folder"
    )


def _filed(record: Record, data: bytes, path: Path, kind: str) -> Iterator[Finding]:
    """Whether the file lies where it should, under the record's id, in the one spelling."""
    if not isinstance(record, type_of_kind[kind]):
        yield Finding(
            str(path), "/$schema", Code.WRONG_FILE_NAME, f"the folder {kind}s holds records of kind {kind} only"
        )
    elif path.stem != record.id:
        yield Finding(str(path), "/id", Code.WRONG_FILE_NAME, f"the file of {record.id} is called {record.id}.json")
    if data != dump(record.to_object()):
        yield Finding(str(path), "", Code.NOT_CANONICAL, "not in the one spelling; `conflictdata format` writes it")
