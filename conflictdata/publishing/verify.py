"""Verifying a release offline: every file, hash, count, schema and reference, and on request every byte made anew."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from conflictdata.analysis.method import METHOD
from conflictdata.canonical import MAX_DATASET_BYTES, JsonObject, fits, read_lines, read_object
from conflictdata.errors import InvalidArchive, InvalidInput
from conflictdata.findings import MAX_FINDINGS, Code, Finding, truncate
from conflictdata.formats.json_document import validate_dataset
from conflictdata.model.codes import ChangeKind
from conflictdata.model.release import Manifest
from conflictdata.publishing.change import MAX_CHANGE, Change
from conflictdata.publishing.contents import CHANGES, contents, is_carried
from conflictdata.publishing.diff import KINDS
from conflictdata.publishing.hashing import hashed
from conflictdata.publishing.manifest import ACLED_ROWS, ACLED_SKIPPED, WORDS, completeness, counts
from conflictdata.publishing.zip_writer import YEARS
from conflictdata.release.archive import MAX_LISTING, FileSet, Zip
from conflictdata.release.catalog import DATASET, MANIFEST, is_whole, open_release
from conflictdata.release.checksums import SUMS, read_sums
from conflictdata.release.version import top_folder
from conflictdata.resources import INDEX, schema_folder
from conflictdata.schema import VERSION, urn
from conflictdata.schema.documents import READABLE
from conflictdata.schema.validate import validate
from conflictdata.validation import errors_only

Spec = Mapping[str, Any]

_STATED: Spec = {"claimant": "actor", "via": "actor", "evidence": {"source": "source"}}
_CLAIM: Spec = {
    **_STATED,
    "where": {"place": "place"},
    "conflicts_with": "claim",
    "count": {"of": {"actor": "actor"}, "by": "actor", "includes": "claim"},
    "control": {"place": "place", "holder": "actor", "from": "actor"},
    "movement": {"actor": "actor", "from": "place", "to": "place"},
    "responsibility": {"actors": "actor"},
    "result": {"actor": "actor"},
    "statement": {"about": "actor"},
}
NAMED: Mapping[str, Spec] = {
    "source": {"chain": {"by": "actor"}, "withdrawn": {"replaced_by": "source"}},
    "actor": {
        "names": {"sources": "source"},
        "relations": {**_STATED, "actor": "actor"},
        "withdrawn": {"replaced_by": "actor"},
    },
    "place": {"names": {"sources": "source"}, "within": "place", "withdrawn": {"replaced_by": "place"}},
    "event": {
        "part_of": "event",
        "where": {"place": "place"},
        "participants": {"actor": "actor"},
        "claims": _CLAIM,
        "distinct_from": {"event": "event"},
        "withdrawn": {"replaced_by": "event"},
    },
}
"""Where in each kind of record others are named, and of which kind; a test holds it to the rules on references."""


def read_document(data: bytes, file: str) -> JsonObject:
    """The object that a dataset document holds, or `Refused`; quickest where it is laid out as the export does."""
    lines = data.split(b"\n")
    try:
        return _laid_out(lines, file)
    except (InvalidInput, ValueError):  # faulty, or laid out otherwise
        return read_object(data, file, max_bytes=MAX_DATASET_BYTES)


def _laid_out(lines: list[bytes], file: str) -> JsonObject:
    """The same of lines each of which is a record or one mark; `Refused` or `ValueError` for any other."""
    ahead = iter(lines)

    def following() -> bytes:
        return next(ahead, b"")

    def expect(right: bool) -> None:
        if not right:
            raise ValueError

    expect(following() == b'{"$schema":"%s",' % urn("dataset").encode())
    document: JsonObject = {"$schema": urn("dataset")}
    line = following()
    if line.startswith(b'"release":') and line.endswith(b","):
        document["release"] = read_object(line[len(b'"release":') : -1], file)
        line = following()
    for kind in KINDS:
        after = b"}" if kind == KINDS[-1] else b","
        records: list[Any] = []
        document[f"{kind}s"] = records
        if line == b'"%ss":[]%s' % (kind.encode(), after):
            line = following()
            continue
        expect(line == b'"%ss":[' % kind.encode())
        more = True
        while more:
            line = following()
            records.append(read_object(line.removesuffix(b","), file))
            more = line.endswith(b",")
        expect(following() == b"]" + after)
        line = following()
    expect(line == b"" and next(ahead, None) is None)
    return document


def dangling(document: Mapping[str, Any]) -> Iterator[str]:
    """Every id that is named and that no record has, and every id that two records have, as kind/id."""
    found: dict[str, set[str]] = {kind: set() for kind in (*KINDS, "claim")}
    known: dict[str, set[str]] = {}
    for kind in KINDS:
        records = document[f"{kind}s"]
        known[kind] = {record["id"] for record in records}
        if len(known[kind]) != len(records):
            ids = sorted(str(record["id"]) for record in records)
            yield from (f"{kind}/{one}" for one, other in pairwise(ids) if one == other)
        for record in records:
            _gather(record, NAMED[kind], found)
    known["claim"] = {f"{event['id']}#{claim['id']}" for event in document["events"] for claim in event["claims"]}
    for kind, named in found.items():
        yield from (f"{kind}/{missing}" for missing in sorted(named - known[kind]))


def _gather(part: Mapping[str, Any], spec: Spec, found: Mapping[str, set[str]]) -> None:
    for name, inner in spec.items():
        value = part.get(name)
        if value is None:
            continue
        if isinstance(inner, str):
            if isinstance(value, str):
                found[inner].add(value)
            else:
                found[inner].update(value)
        elif isinstance(value, list):
            for item in value:
                _gather(item, inner, found)
        else:
            _gather(value, inner, found)


_SCHEMAS = frozenset(f"schema/{path.name}" for path in schema_folder().glob("*.schema.json"))
_LOOKED_INTO = _SCHEMAS | {DATASET, MANIFEST, CHANGES, ACLED_ROWS, ACLED_SKIPPED}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found in a release: the files asked for, and as far as they could be read its manifest and changes."""

    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    manifest: Manifest | None = None
    changes: tuple[Change, ...] = ()


def verify(path: Path, *, rebuild: bool = False, whole: bool = False) -> Verified:
    """Everything that is wrong with a release folder or zip; nothing is written, and no network is asked.

    `rebuild` makes every derived file anew and compares it; `whole` keeps the bytes of all files that are right.
    """
    if path.is_dir() and not is_whole(path):
        wrong = f"the list of hashes is not there: this is no release, nor, without {INDEX}, a folder of releases"
        return Verified((Finding(f"{path}/{SUMS}", "", Code.FILE_MISSING, wrong),), {})
    try:
        return verify_files(open_release(path), rebuild=rebuild, whole=whole)
    except InvalidArchive as unusable:
        return Verified(unusable.findings, {})


def verify_files(files: FileSet, *, rebuild: bool = False, whole: bool = False) -> Verified:
    """The same of files that are open already."""
    try:
        sums = read_sums(files)
    except InvalidInput as refused:
        return Verified((refused.finding,), {})
    right, findings = hashed(files, sums, None if rebuild or whole else _LOOKED_INTO)
    held = right.files
    if MANIFEST not in held and (MANIFEST in files.paths or MANIFEST in sums):
        return Verified(
            tuple(findings), held
        )  # what is wrong with it is told, and without it there is no more to check
    try:
        manifest = _manifest(held, files.label)
    except InvalidInput as refused:
        return Verified((*findings, refused.finding), held)
    findings += _listed(manifest, right.sizes, sums, files.label)
    findings += _schemas(held, files.label)
    findings += _release(manifest, files)
    changes = _changes(held, manifest, files.label, findings)
    if DATASET in held:
        findings += _dataset(held, manifest, changes, files.label, more=bool(findings))
    elif DATASET not in sums and DATASET not in files.paths:
        findings.append(
            Finding(f"{files.label}/{DATASET}", "", Code.FILE_MISSING, "a release holds its dataset document")
        )
    if rebuild and not findings:
        findings += _rebuilt(manifest, changes, held, files.label)
    return Verified(tuple(findings), held, manifest, changes)


def _dataset(
    held: Mapping[str, bytes], manifest: Manifest, changes: tuple[Change, ...], label: str, *, more: bool
) -> Iterator[Finding]:
    """What is wrong with the dataset document by itself, and where nothing is, with what the manifest says of it."""
    file = f"{label}/{DATASET}"
    try:
        document: Any = read_document(held[DATASET], file)
    except InvalidInput as refused:
        yield refused.finding
        return
    findings = validate(document, "dataset", file)
    if not findings and (any(dangling(document)) or not all(map(fits, _records(document)))):
        findings = errors_only(validate_dataset(held[DATASET], file)[1])  # the rules say where
    yield from findings
    if not findings and not more:
        yield from _counted(document, manifest, changes, held, label)


def _records(document: Any) -> Iterator[Any]:
    for kind in KINDS:
        yield from document[f"{kind}s"]


def _manifest(held: Mapping[str, bytes], label: str) -> Manifest:
    file = f"{label}/{MANIFEST}"
    if MANIFEST not in held:
        raise InvalidInput(Finding(file, "", Code.FILE_MISSING, "without its manifest nothing more can be checked"))
    for finding in validate(read_object(held[MANIFEST], file, max_bytes=MAX_LISTING), "manifest", file):
        raise InvalidInput(finding)
    return Manifest.model_validate_json(held[MANIFEST])


def _listed(manifest: Manifest, sizes: Mapping[str, int], sums: Mapping[str, str], label: str) -> Iterator[Finding]:
    """Whether the manifest lists the files that SHA256SUMS lists, with the sizes that they have."""
    file = f"{label}/{MANIFEST}"
    seen: set[str] = set()
    for number, listed in enumerate(manifest.files):
        pointer = f"/files/{number}"
        if sums.get(listed.path) != listed.sha256 or listed.path in seen:
            yield Finding(file, pointer, Code.MANIFEST_MISMATCH, f"{listed.path} is not so in {SUMS}")
        elif sizes.get(listed.path, listed.bytes) != listed.bytes:
            wrong = f"{listed.path} has {sizes[listed.path]} bytes, not {listed.bytes}"
            yield Finding(file, f"{pointer}/bytes", Code.MANIFEST_MISMATCH, wrong)
        seen.add(listed.path)
    for path in sorted(sums.keys() - seen - {MANIFEST}):
        yield Finding(file, "/files", Code.MANIFEST_MISMATCH, f"{path} is in {SUMS} and not here")
    tables = {f"{WORDS}{table.name}.csv": table.sha256 for table in manifest.number_words}
    if tables != {path: digest for path, digest in sums.items() if path.startswith(WORDS)}:
        yield Finding(file, "/number_words", Code.MANIFEST_MISMATCH, f"not the tables that lie under {WORDS}")
    if manifest.schema_version not in READABLE:
        wrong = f"the release obeys schema {manifest.schema_version}, and this version of conflictdata reads {VERSION}"
        yield Finding(file, "/schema", Code.UNKNOWN_SCHEMA, wrong)


def _release(manifest: Manifest, files: FileSet) -> Iterator[Finding]:
    """Whether this can be the release that the manifest names."""
    release = manifest.release
    if isinstance(files, Zip) and files.top not in ("", f"{top_folder(release.version)}/"):
        wrong = f"its folder is {files.top!r}, and the manifest is of release {release.version}"
        yield Finding(files.label, "", Code.MANIFEST_MISMATCH, wrong)
    if release.date.year not in YEARS:
        wrong = f"no release is dated {release.date.isoformat()}; the years are {YEARS[0]} to {YEARS[-1]}"
        yield Finding(f"{files.label}/{MANIFEST}", "/release/date", Code.MANIFEST_MISMATCH, wrong)


def _schemas(held: Mapping[str, bytes], label: str) -> Iterator[Finding]:
    """Whether the schema in the release is the one of that version, whose bytes never change once it is released."""
    for path in sorted(_SCHEMAS):
        if path in held and held[path] != (schema_folder() / path.rpartition("/")[2]).read_bytes():
            wrong = f"not the schema {VERSION} that this version of conflictdata knows"
            yield Finding(f"{label}/{path}", "", Code.FILE_ALTERED, wrong)


def _changes(held: Mapping[str, bytes], manifest: Manifest, label: str, findings: list[Finding]) -> tuple[Change, ...]:
    """The changes since the release before; the first release has none, and every other has a reason for each."""
    file = f"{label}/{CHANGES}"
    found: list[Change] = []
    wrong: list[Finding] = []
    for number, line in read_lines(io.BytesIO(held.get(CHANGES, b"")), file, max_bytes=MAX_CHANGE):
        try:
            if isinstance(line, Finding):
                raise InvalidInput(line)
            change = Change.of_object(line, f"{file}:{number}")
            if change.kind is None or not change.reason or manifest.previous is None:
                why = f"{change.path} is changed without a reason, or in a release that follows none"
                raise InvalidInput(Finding(f"{file}:{number}", "", Code.CHANGE_WITHOUT_REASON, why))
            found.append(change)
        except InvalidInput as refused:
            wrong.append(refused.finding)
        if len(wrong) > MAX_FINDINGS:
            break
    findings += truncate(wrong, file)
    return tuple(found)


def _counted(
    document: Any, manifest: Manifest, changes: tuple[Change, ...], held: Mapping[str, bytes], label: str
) -> Iterator[Finding]:
    """Whether the manifest says of the dataset what the dataset is."""
    kinds = Counter(change.kind for change in changes)
    said = manifest.to_object()
    try:
        counted = counts(document, held)
    except InvalidInput as refused:
        yield _inside(label, refused)
        return
    actual = {
        "release": document.get("release"),
        "counts": counted,
        "completeness": [*completeness(document)],
        "changes": {kind.value: kinds[kind] for kind in ChangeKind},
    }
    for member, value in actual.items():
        if said[member] != value:
            wrong = f"`{member}` is not what the dataset gives"
            yield Finding(f"{label}/{MANIFEST}", f"/{member}", Code.MANIFEST_MISMATCH, wrong)


def _rebuilt(
    manifest: Manifest, changes: tuple[Change, ...], held: Mapping[str, bytes], label: str
) -> Iterator[Finding]:
    """What the rules say of the dataset, or the files that building them again from it does not give."""
    records, findings = validate_dataset(held[DATASET], f"{label}/{DATASET}")
    if errors := errors_only(findings):
        yield from errors
        return
    carried = {path: data for path, data in held.items() if is_carried(path)}
    try:
        again = contents(records, manifest.release, carried, changes, manifest.previous)
    except InvalidInput as refused:
        yield _inside(label, refused)
        return
    other = f"; it was made by method {manifest.method}, and this is {METHOD}" if manifest.method != METHOD else ""
    for path in sorted((again.keys() | held.keys()) - {SUMS}):
        if again.get(path) != held.get(path):
            wrong = "building it again gives nothing of that name" if path not in again else "it comes out otherwise"
            yield Finding(f"{label}/{path}", "", Code.NOT_REPRODUCED, f"{wrong}{other}")


def _inside(label: str, refused: InvalidInput) -> Finding:
    """Why a file of the release was refused, told of where the release lies."""
    return replace(refused.finding, file=f"{label}/{refused.finding.file}")
