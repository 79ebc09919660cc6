"""Records from where they lie: those that the package carries, trusted; those from elsewhere, judged."""

from __future__ import annotations

from pathlib import Path

from conflictdata.canonical import MAX_DATASET_BYTES, Refused, read_bytes, read_object
from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding
from conflictdata.model import Document, Record, Records, type_of_kind
from conflictdata.resources import records_folder
from conflictdata.rules import check_record, check_records
from conflictdata.schema import judge, kind_of, unknown_schema
from conflictdata.store.folder import FOLDERS, judge_folder
from conflictdata.store.judging import faults, judge_bytes, judge_lines


class FaultyData(ConflictDataError):
    """Records that cannot be loaded; `findings` says what is wrong with them."""

    def __init__(self, findings: list[Finding]) -> None:
        more = f", and {len(findings) - 1} more; `conflictdata validate` lists them" if len(findings) > 1 else ""
        super().__init__(f"{findings[0]}{more}")
        self.findings = tuple(findings)


def load_bundled() -> Records:
    """The records that the package carries. They were judged when it was built, and are not judged again."""
    found: dict[str, list[Record]] = {}
    for name, kind in FOLDERS.items():
        read = type_of_kind[kind].model_validate_json
        found[name] = [read(path.read_bytes()) for path in sorted((records_folder() / name).glob("*.json"))]
    return Records.of(**found)  # type: ignore[arg-type]


def load_path(path: Path) -> Records:
    """The records of a folder, of a folder that holds `dataset.json`, or of a dataset document; else `FaultyData`."""
    records, findings = judge_path(path)
    if errors := faults(findings):
        raise FaultyData(errors)
    return records


def judge_path(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a folder or file, as far as they can be read, and everything that is wrong with them."""
    if path.is_dir():
        inner = path / "dataset.json"
        return judge_document(inner) if inner.is_file() else judge_folder(path)
    if path.suffix == ".jsonl":
        with path.open("rb") as stream:
            return Records.of(), list(judge_lines(stream, str(path)))
    return judge_document(path)


def judge_document(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a dataset document, or of a file that holds one record, and everything wrong with them."""
    file = str(path)
    try:
        data = read_bytes(path, max_bytes=MAX_DATASET_BYTES)
        obj = read_object(data, file, max_bytes=MAX_DATASET_BYTES)
    except Refused as refused:
        return Records.of(), [refused.finding]
    kind = kind_of(obj)
    if kind in type_of_kind:
        record, findings = judge_bytes(data, file)
        return Records.of(**({f"{kind}s": [record]} if record else {})), findings  # type: ignore[arg-type]
    if kind != "dataset":
        return Records.of(), [unknown_schema(obj, file)]
    if findings := judge(obj, kind, file):
        return Records.of(), findings
    document = Document.model_validate_json(data)
    places: dict[tuple[str, str], str] = {}
    for name, record_kind in FOLDERS.items():
        for n, record in enumerate(getattr(document, name)):
            # What is wrong with a record is said by its own pointers; where it lies in the document stands before them.
            here = f"{file}#/{name}/{n}"
            findings += check_record(record, here)
            first = places.setdefault((record_kind, record.id), here)
            if first != here:
                findings.append(Finding(here, "/id", Code.DUPLICATE_ID, f"{record.id} is also the id of {first}"))
    records = Records.of_document(document)
    findings += check_records(records, lambda kind, record_id: places[kind, record_id])
    return records, sorted(findings)
