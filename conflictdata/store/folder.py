"""A folder of records: one JSON file each, in a folder for each kind, every fault of every file reported in one run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflictdata.canonical import Refused, read_bytes
from conflictdata.findings import Code, Finding
from conflictdata.model import Records
from conflictdata.rules import check_file
from conflictdata.store.gathering import FOLDERS, Gathering
from conflictdata.store.judging import judge_bytes

CHANGES, EXCLUSIONS = "changes", "exclusions.csv"
"""What else a folder of records may hold: a folder and a file."""

Found = tuple[Path, str]
"""A record file, and the kind that its folder is for."""


def judge_folder(folder: Path, *, fast: bool | None = None) -> tuple[Records, list[Finding]]:
    """The records of a folder, as far as they can be read, and every finding, the rules across records included."""
    gathering = Gathering()
    findings: list[Finding] = []
    for found in record_files(folder):
        if isinstance(found, Finding):
            findings.append(found)
            continue
        path, kind = found
        file = named(path)
        try:
            data = read_bytes(path)
        except Refused as refused:
            findings.append(refused.finding)
            gathering.refuse(kind, path.stem)
            continue
        record, said = judge_bytes(data, file, fast=fast)
        findings += said
        if record is None:
            gathering.refuse(kind, path.stem)
            continue
        findings += [*check_file(record, file, data), *gathering.add(record, file)]
        if (own := type(record).__name__.lower()) != kind:
            told = f"this is of kind {own}, and the folder {kind}s holds records of kind {kind}"
            findings.append(Finding(file, "/$schema", Code.WRONG_FOLDER, told))
    records = gathering.records()
    return records, sorted([*findings, *gathering.findings(records)])


def record_files(folder: Path) -> Iterator[Found | Finding]:
    """Each record file, in order, and each thing among them that would otherwise be passed over in silence.

    Names that begin with a dot are what systems and editors leave behind, and are passed over.
    """
    try:
        names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        root = folder.resolve(strict=True)
    except OSError as error:
        yield _unreadable(folder, error.strerror or str(error))
        return
    if not set(FOLDERS) & set(names):
        wanted = ", ".join(FOLDERS)
        yield Finding(named(folder), "", Code.EMPTY_INPUT, f"this folder holds no records; it has none of {wanted}")
        return
    for name in FOLDERS:
        if name in names:
            yield from _files_of_kind(folder / name, FOLDERS[name], root)
    for name in names:
        if name not in FOLDERS and not _may_lie_beside(folder / name):
            wanted = f"the folders {', '.join(FOLDERS)} and {CHANGES}, and the file {EXCLUSIONS}"
            yield _stray(folder / name, f"a folder of records holds {wanted}")


def _files_of_kind(folder: Path, kind: str, root: Path) -> Iterator[Found | Finding]:
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        yield _unreadable(folder, error.strerror or str(error))
        return
    for path in paths:
        if path.suffix != ".json":
            yield _stray(path, f"the folder {folder.name} holds one .json file for each {kind}")
        elif _leads_out(path, root):
            yield _unreadable(path, "it is a link that leads out of the folder, or nowhere")
        else:
            yield path, kind


def _may_lie_beside(path: Path) -> bool:
    return path.is_dir() if path.name == CHANGES else path.name == EXCLUSIONS and path.is_file()


def _leads_out(path: Path, root: Path) -> bool:
    try:
        return not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a link to nothing, or in a circle
        return True


def _stray(path: Path, wanted: str) -> Finding:
    return Finding(named(path), "", Code.STRAY_FILE, f"this is no record and is not read; {wanted}")


def _unreadable(path: Path, reason: str) -> Finding:
    return Finding(named(path), "", Code.UNREADABLE_FILE, f"cannot be read: {reason}")


def named(path: Path) -> str:
    """The path as it was given, with what no text can hold as escapes."""
    return str(path).encode(errors="backslashreplace").decode()
