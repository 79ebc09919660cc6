"""A folder of records: one JSON file for each record, in a folder for each kind.

All findings are reported in one run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from conflictdata.atomic import is_file, is_folder
from conflictdata.canonical import read_bytes, read_object
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, truncate, unreadable
from conflictdata.formats.records_folder.changes import FOLDER as CHANGES
from conflictdata.formats.records_folder.changes import validate_changes
from conflictdata.formats.records_folder.entries import EXCLUSIONS, astray, json_files, stray, visible
from conflictdata.model import Period, Records
from conflictdata.rules.context import ANY
from conflictdata.schema.validate import validate
from conflictdata.text import named
from conflictdata.validation import FOLDERS, RecordCollector, Validated, in_batches, validate_texts

PERIOD = "period.json"
"""The name of the file with the days that the dataset is about."""

NOT_READ = "this is not a record and is not read"
"""The message for a stray file."""

Found = tuple[Path, str]
"""A record file, and the kind that its folder is for."""


def validate_folder(folder: Path, *, fast: bool | None = None) -> tuple[Records, list[Finding]]:
    """The records of a folder, as far as they can be read, and all findings, also those between records."""
    gathering = RecordCollector()
    findings: list[Finding] = []
    files: list[Found] = []
    for found in record_files(folder):
        if isinstance(found, Finding):
            findings.append(found)
            _refuse(found, gathering)
        else:
            files.append(found)
    for path, kind, file, (record, wrong) in _validated(files, fast):
        findings += wrong
        if record is None:
            gathering.refuse(kind, path.stem)
            continue
        findings += gathering.add(record, file)
        if (own := type(record).__name__.lower()) != kind:
            message = f"the record is of kind {own}, but the folder {kind}s is for kind {kind}; move the file to {own}s"
            findings.append(Finding(file, "/$schema", Code.WRONG_FOLDER, message))
    period = None
    if is_file(folder / PERIOD):
        period, said = _read_period(folder / PERIOD, Path(os.path.realpath(folder)))
        findings += said
    records = gathering.records(period=period)
    findings += _validate_beside(folder, records, gathering.refused("source"))
    across = gathering.findings(records, excluded=_excluded_documents(folder))
    return records, sorted([*findings, *across])


def _validated(files: Iterable[Found], fast: bool | None) -> Iterator[tuple[Path, str, str, Validated]]:
    """Each file with the kind that it should hold, its name, and its record with all findings within the file."""
    for batch in in_batches(map(_read, files), lambda each: len(each[0]) if isinstance(each[0], bytes) else 0):
        texts = [(data, file, 1) for data, file, _ in batch if isinstance(data, bytes)]
        validated = validate_texts(texts, fast=fast, whole_files=True)
        for data, file, (path, kind) in batch:
            yield path, kind, file, next(validated) if isinstance(data, bytes) else (None, [data])


def _read(found: Found) -> tuple[bytes | Finding, str, Found]:
    """What is in a file, or why it cannot be read, with its name."""
    path, _ = found
    try:
        return read_bytes(path), named(path), found
    except InvalidInput as refused:
        return refused.finding, named(path), found


def _read_period(path: Path, root: Path) -> tuple[Period | None, list[Finding]]:
    """What the file of the period in the folder `root` says, or everything that is wrong with it."""
    if out := astray(path, root):
        return None, [out]
    try:
        obj = read_object(read_bytes(path), named(path))
    except InvalidInput as refused:
        return None, [refused.finding]
    findings = validate(obj, "period", named(path))
    return (None, findings) if findings else (Period.from_validated(obj), [])


def _excluded_documents(folder: Path) -> frozenset[str]:
    """The ids of the documents of which the list of exclusions says that they, or parts of them, were left out."""
    if not is_file(folder / EXCLUSIONS):
        return frozenset()
    from conflictdata.formats.records_folder.excluded_paragraphs import excluded_documents

    return excluded_documents(folder / EXCLUSIONS)


def _refuse(finding: Finding, gathering: RecordCollector) -> None:
    """Note the record, or all records of a folder, that could not be read."""
    path = Path(finding.file)
    if finding.code is not Code.UNREADABLE_FILE:
        return
    if path.name in FOLDERS:
        gathering.refuse(FOLDERS[path.name], ANY)
    elif path.parent.name in FOLDERS:
        gathering.refuse(FOLDERS[path.parent.name], path.stem)


def _validate_beside(folder: Path, records: Records, refused: Set[str]) -> Iterator[Finding]:
    """The findings in the files beside the records that go into a release."""
    root = Path(os.path.realpath(folder))
    if is_folder(folder / CHANGES):
        yield from validate_changes(folder / CHANGES, root)
    if is_file(folder / EXCLUSIONS):
        from conflictdata.formats.records_folder.excluded_paragraphs import validate_exclusions

        path = folder / EXCLUSIONS
        yield from truncate(validate_exclusions(path, root, records, refused), named(path))


def record_files(folder: Path) -> Iterator[Found | Finding]:
    """Each record file, in order, and a finding for anything else among them."""
    try:
        names = [path.name for path in visible(folder)]
        root = folder.resolve(strict=True)
    except OSError as error:
        yield unreadable(named(folder), error.strerror or str(error))
        return
    if not set(FOLDERS) & set(names):
        wanted = ", ".join(FOLDERS)
        yield Finding(
            named(folder), "", Code.EMPTY_INPUT, f"the folder has no records; it needs one of the folders {wanted}"
        )
        return
    for name in FOLDERS:
        if name in names:
            kind = FOLDERS[name]
            message = f"{NOT_READ}; the folder {name} holds one .json file for each {kind}"
            for found in json_files(folder / name, root, message):
                yield found if isinstance(found, Finding) else (found, kind)
    for name in names:
        if name not in FOLDERS and not _may_lie_beside(folder / name):
            wanted = f"the folders {', '.join(FOLDERS)} and {CHANGES}, and the files {EXCLUSIONS} and {PERIOD}"
            yield stray(folder / name, f"{NOT_READ}; a folder of records holds {wanted}")


def _may_lie_beside(path: Path) -> bool:
    return is_folder(path) if path.name == CHANGES else path.name in (EXCLUSIONS, PERIOD) and is_file(path)
