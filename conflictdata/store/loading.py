"""Records from where they lie: those that the package carries, trusted; those from elsewhere, judged."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from conflictdata import __version__
from conflictdata.canonical import MAX_DATASET_BYTES, Refused, read_bytes, read_object
from conflictdata.errors import ConflictDataError
from conflictdata.findings import Code, Finding
from conflictdata.model import Document, Record, Records, type_of_kind
from conflictdata.resources import records_folder, releases_folder
from conflictdata.rules import check_record, check_records
from conflictdata.schema import judge, kind_of, unknown_schema
from conflictdata.store.folder import FOLDERS, judge_folder
from conflictdata.store.judging import faults, judge_bytes, judge_lines
from conflictdata.store.version import is_version, release_of


class FaultyData(ConflictDataError):
    """Records that cannot be loaded; `findings` says what is wrong with them."""

    def __init__(self, findings: list[Finding]) -> None:
        more = f", and {len(findings) - 1} more; `conflictdata validate` lists them" if len(findings) > 1 else ""
        super().__init__(f"{findings[0]}{more}")
        self.findings = tuple(findings)


def load(what: str | PathLike[str] | None = None) -> Records:
    """The records that the package carries, of a released version by its number, or of a path."""
    if what is None:
        return load_bundled()
    if isinstance(what, str) and is_version(what):
        from conflictdata.store.released import load_version

        return load_version(what)
    return load_path(Path(what))


def load_bundled() -> Records:
    """The records that the package carries, of the release that its version names where it names one.

    They were judged when it was built, and are not judged again.
    """
    release = release_of(__version__)
    if release is not None and (document := releases_folder() / release / "dataset.json").is_file():
        return load_trusted(document.read_bytes())
    found: dict[str, list[Record]] = {}
    for name, kind in FOLDERS.items():
        read = type_of_kind[kind].model_validate_json
        found[name] = [read(path.read_bytes()) for path in sorted((records_folder() / name).glob("*.json"))]
    return Records.of(**found)  # type: ignore[arg-type]


def load_trusted(data: bytes) -> Records:
    """The records of a dataset document that was judged before and is known to be the same."""
    return Records.of_document(Document.model_validate_json(data))


def load_path(path: Path) -> Records:
    """The records of a folder, of a release as folder or zip, or of a dataset document; else `FaultyData`."""
    records, findings = judge_path(path)
    if errors := faults(findings):
        raise FaultyData(errors)
    return records


def judge_path(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a folder or file, as far as they can be read, and everything that is wrong with them."""
    if path.suffix.lower() == ".zip" or (path / "SHA256SUMS").is_file():
        return judge_release(path)
    if path.is_dir():
        inner = path / "dataset.json"
        return judge_document(inner) if inner.is_file() else judge_folder(path)
    if path.suffix == ".jsonl":
        with path.open("rb") as stream:
            return Records.of(), list(judge_lines(stream, str(path)))
    return judge_document(path)


def judge_document(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a dataset document, or of a file that holds one record, and everything wrong with them."""
    try:
        return judge_dataset(read_bytes(path, max_bytes=MAX_DATASET_BYTES), str(path))
    except Refused as refused:
        return Records.of(), [refused.finding]


def judge_release(path: Path) -> tuple[Records, list[Finding]]:
    """The records of a release folder or zip, proved by its own hashes, and everything wrong with them."""
    from conflictdata.store.fileset import Unusable
    from conflictdata.store.shelves import dataset_in

    try:
        return judge_dataset(*dataset_in(path))
    except Refused as refused:
        return Records.of(), [refused.finding]
    except Unusable as unusable:
        return Records.of(), [*unusable.findings]


def judge_dataset(data: bytes, file: str) -> tuple[Records, list[Finding]]:
    """The records that these bytes hold, a dataset document's or a single record's, and everything wrong with them."""
    try:
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
