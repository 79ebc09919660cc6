"""Verifying a release offline: every file, hash, count, schema and reference, and on request a rebuild."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from conflictdata import __version__
from conflictdata.canonical import read_lines, read_object
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.collector_pause import collector_paused
from conflictdata.errors import InvalidArchive, InvalidInput
from conflictdata.findings import MAX_FINDINGS, Code, Finding, not_as_released, truncate
from conflictdata.formats.json_document import validate_dataset
from conflictdata.model import Records
from conflictdata.model.codes import ChangeKind
from conflictdata.model.release import Manifest
from conflictdata.publishing.change import MAX_CHANGE, Change
from conflictdata.publishing.manifest import ACLED_ROWS, ACLED_SKIPPED, WORDS, acled_counts, completeness, counts
from conflictdata.publishing.program_files import view_of
from conflictdata.publishing.release_files import CHANGES, contents, is_carried, is_copied
from conflictdata.publishing.verify_hashes import hashed
from conflictdata.publishing.verify_program_files import not_rebuilt, verify_program_files
from conflictdata.publishing.zip_writer import YEARS
from conflictdata.release.archive import FileSet, Zip, passed_over
from conflictdata.release.catalog import DATASET, MANIFEST, is_whole, open_release
from conflictdata.release.checksums import SUMS, read_sums, sha256_of
from conflictdata.release.version import top_folder
from conflictdata.resources import INDEX, list_files
from conflictdata.resources import read_bytes as read_carried
from conflictdata.rules.references import claims_resolve, references_resolve
from conflictdata.schema import VERSION, urn
from conflictdata.schema.documents import BUNDLE, READABLE
from conflictdata.schema.validate import error_under, validate
from conflictdata.text import and_list, quote
from conflictdata.validation import errors_only

OWN_SCHEMA = "schema/bundle.schema.json"
"""The path in a release of the dataset's schema as one file."""

_SCHEMAS = frozenset(f"schema/{name}" for name in list_files("schema", ".schema.json"))
_LOOKED_INTO = _SCHEMAS | {DATASET, MANIFEST, CHANGES, ACLED_ROWS, ACLED_SKIPPED}


@dataclass(frozen=True, slots=True)
class Verified:
    """The result: the findings, the files looked into, and the manifest and changes if they could be read."""

    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    manifest: Manifest | None = None
    changes: tuple[Change, ...] = ()


def verify(path: Path, *, rebuild: bool = False) -> Verified:
    """All findings in a release folder or zip; nothing is written, and the network is not used.

    `rebuild` makes every derived file again and compares it, tables of other programs by what they hold.
    """
    if path.is_dir() and not is_whole(path):
        wrong = f"neither {SUMS} nor {INDEX} is there; give a release or a folder of releases"
        return Verified((Finding(f"{path}/{SUMS}", "", Code.FILE_MISSING, wrong),), {})
    try:
        return verify_files(open_release(path), rebuild=rebuild)
    except InvalidArchive as unusable:
        return Verified(unusable.findings, {})


@collector_paused()
def verify_files(files: FileSet, *, rebuild: bool = False) -> Verified:
    """The same for files that are already open."""
    try:
        sums = read_sums(files)
    except InvalidInput as refused:
        return Verified((refused.finding,), {})
    right, findings = hashed(files, sums, _LOOKED_INTO)
    held = right.files
    if MANIFEST not in held and (MANIFEST in files.paths or MANIFEST in sums):
        return Verified(tuple(findings), held)  # without a manifest there is no more to check
    try:
        manifest = _manifest(held, files.label)
    except InvalidInput as refused:
        return Verified((*findings, refused.finding), held)
    findings += _listed(manifest, right.sizes, sums, files.label)
    findings += _schemas(held, manifest, files.label)
    findings += _release(manifest, files)
    changes, wrong = _changes(held, manifest, files.label)
    findings += wrong
    if DATASET in held:
        findings += _dataset(held, manifest, changes, files.label, more=bool(findings))
    elif DATASET not in sums and DATASET not in files.paths:
        findings.append(
            not_as_released(f"{files.label}/{DATASET}", Code.FILE_MISSING, "the dataset document is missing")
        )
    if rebuild and not findings:
        findings += _rebuilt(manifest, changes, files, sums, held[DATASET])
    return Verified((*findings, *passed_over(files)), held, manifest, changes)


def _dataset(
    held: Mapping[str, bytes], manifest: Manifest, changes: tuple[Change, ...], label: str, *, more: bool
) -> Iterator[Finding]:
    """The findings in the dataset document; if there are none, those of its comparison with the manifest."""
    file = f"{label}/{DATASET}"
    # The other rules were applied when the release was built; they may be stricter now.
    records, findings = validate_dataset(held[DATASET], file, rules=(references_resolve, claims_resolve))
    errors = errors_only(findings) or [*_by_own_schema(held, manifest, label)]
    yield from errors
    if not errors and not more:
        yield from _counted(records, manifest, changes, held, label)


def _by_own_schema(held: Mapping[str, bytes], manifest: Manifest, label: str) -> Iterator[Finding]:
    """Whether a dataset of an older schema also follows the schema in the release, not only the present one."""
    if manifest.schema_version == VERSION or OWN_SCHEMA not in held:
        return
    try:
        own = read_object(held[OWN_SCHEMA], f"{label}/{OWN_SCHEMA}", max_bytes=MAX_LISTING)
    except InvalidInput as invalid:
        yield invalid.finding
        return
    if wrong := error_under(own, json.loads(held[DATASET])):
        pointer, message = wrong
        text = f"the dataset does not obey {OWN_SCHEMA} of this release: {quote(message)}"
        yield Finding(f"{label}/{DATASET}", pointer, Code.MANIFEST_MISMATCH, text)


def _manifest(held: Mapping[str, bytes], label: str) -> Manifest:
    file = f"{label}/{MANIFEST}"
    if MANIFEST not in held:
        raise InvalidInput(not_as_released(file, Code.FILE_MISSING, "the manifest is missing"))
    obj = read_object(held[MANIFEST], file, max_bytes=MAX_LISTING)
    for finding in validate(obj, "manifest", file):
        raise InvalidInput(finding)
    return Manifest.from_validated(obj)


def _listed(manifest: Manifest, sizes: Mapping[str, int], sums: Mapping[str, str], label: str) -> Iterator[Finding]:
    """Whether the manifest lists the files that SHA256SUMS lists, with the sizes that they have."""
    file = f"{label}/{MANIFEST}"
    seen: set[str] = set()
    for number, listed in enumerate(manifest.files):
        pointer = f"/files/{number}"
        if sums.get(listed.path) != listed.sha256 or listed.path in seen:
            yield not_as_released(file, Code.MANIFEST_MISMATCH, f"{listed.path} differs from {SUMS}", pointer)
        elif sizes.get(listed.path, listed.bytes) != listed.bytes:
            wrong = f"{listed.path} has {sizes[listed.path]} bytes, not {listed.bytes}"
            yield not_as_released(file, Code.MANIFEST_MISMATCH, wrong, f"{pointer}/bytes")
        seen.add(listed.path)
    for path in sorted(sums.keys() - seen - {MANIFEST}):
        yield not_as_released(file, Code.MANIFEST_MISMATCH, f"{path} is in {SUMS} but not in the manifest", "/files")
    tables = {f"{WORDS}{table.name}.csv": table.sha256 for table in manifest.number_words}
    if tables != {path: digest for path, digest in sums.items() if path.startswith(WORDS)}:
        yield not_as_released(
            file, Code.MANIFEST_MISMATCH, f"the tables differ from those under {WORDS}", "/number_words"
        )
    if manifest.schema_version not in READABLE:
        reads = f"conflictdata {__version__} reads {and_list(READABLE)}"
        wrong = f"the release has schema {manifest.schema_version}, but {reads}"
        yield Finding(file, "/schema", Code.UNKNOWN_SCHEMA, f"{wrong}; update conflictdata")


def _release(manifest: Manifest, files: FileSet) -> Iterator[Finding]:
    """Whether the folder name and the date fit the release in the manifest."""
    release = manifest.release
    if isinstance(files, Zip) and files.top not in ("", f"{top_folder(release.version)}/"):
        wrong = f"the folder is {quote(files.top)}, but the manifest is of release {release.version}"
        yield not_as_released(files.label, Code.MANIFEST_MISMATCH, wrong)
    if release.date.year not in YEARS:
        wrong = f"the date {release.date.isoformat()} is outside {YEARS[0]} to {YEARS[-1]}; correct it"
        yield Finding(f"{files.label}/{MANIFEST}", "/release/date", Code.MANIFEST_MISMATCH, wrong)


def _schemas(held: Mapping[str, bytes], manifest: Manifest, label: str) -> Iterator[Finding]:
    """Whether the schema in the release is the version in the manifest, and unchanged if it is the present one."""
    version = manifest.schema_version
    if OWN_SCHEMA in held and f'"{urn(BUNDLE, version)}"'.encode() not in held[OWN_SCHEMA]:
        wrong = f"{OWN_SCHEMA} is not of schema {version}"
        yield not_as_released(f"{label}/{MANIFEST}", Code.MANIFEST_MISMATCH, wrong, "/schema")
    for path in sorted(_SCHEMAS) if version == VERSION else ():
        if path in held and held[path] != read_carried(path):
            wrong = f"the file differs from schema {VERSION} of conflictdata {__version__}"
            yield not_as_released(f"{label}/{path}", Code.FILE_ALTERED, wrong)


def _changes(held: Mapping[str, bytes], manifest: Manifest, label: str) -> tuple[tuple[Change, ...], list[Finding]]:
    """The changes since the previous release, and what is wrong with their list; each must have a reason."""
    file = f"{label}/{CHANGES}"
    found: list[Change] = []
    wrong: list[Finding] = []
    for number, line in read_lines(io.BytesIO(held.get(CHANGES, b"")), file, max_bytes=MAX_CHANGE):
        try:
            if isinstance(line, Finding):
                raise InvalidInput(line)
            change = Change.of_object(line, f"{file}:{number}")
            if change.kind is None or not change.reason or manifest.previous is None:
                why = f"the change of {change.path} has no reason, or the manifest names no previous release"
                raise InvalidInput(not_as_released(f"{file}:{number}", Code.CHANGE_WITHOUT_REASON, why))
            found.append(change)
        except InvalidInput as refused:
            wrong.append(refused.finding)
        if len(wrong) > MAX_FINDINGS:
            break
    return tuple(found), truncate(wrong, file)


def _counted(
    records: Records, manifest: Manifest, changes: tuple[Change, ...], held: Mapping[str, bytes], label: str
) -> Iterator[Finding]:
    """Whether release, counts, completeness and changes in the manifest are those of the dataset."""
    kinds = Counter(change.kind for change in changes)
    stated = manifest.to_object()
    try:
        actual = {
            "release": records.release.to_object() if records.release else None,
            "counts": counts(records, **acled_counts(held)),
            "completeness": [*completeness(records, held)],
            "changes": {kind.value: kinds[kind] for kind in ChangeKind},
        }
    except InvalidInput as invalid:
        yield _inside(label, invalid)
        return
    for member, value in actual.items():
        if stated[member] != value:
            wrong = f"`{member}` differs from what {DATASET} gives"
            yield not_as_released(f"{label}/{MANIFEST}", Code.MANIFEST_MISMATCH, wrong, f"/{member}")


def _rebuilt(
    manifest: Manifest, changes: tuple[Change, ...], files: FileSet, sums: Mapping[str, str], dataset: bytes
) -> Iterator[Finding]:
    """Findings for files that differ when they are built again, checked only by the version that built the release.

    All files are known to have the hashes in `sums`, so one file after another is made again and only hashed.
    """
    maker, label = manifest.maker, files.label
    if maker != __version__:
        way = (
            "install its wheel, which is beside the archive of the release, and run `release verify --rebuild` with it"
            if manifest.software
            else "no wheel of that version was kept, so rely on the hashes, which were checked"
        )
        message = (
            f"the derived files were not built again, because conflictdata {maker} built this release and this is"
            f" {__version__}; {way}"
        )
        yield Finding(label, "", Code.NOT_REBUILT, message)
        return
    records, _ = validate_dataset(dataset, f"{label}/{DATASET}")
    carried = [path for path in sums if is_carried(path)]
    with_bytes = ((path, files.chunks(path)) for path in carried)
    again: dict[str, str] = {}
    try:
        for path, chunks in contents(records, manifest.release, with_bytes, changes, manifest.previous):
            again[path], _ = sha256_of(chunks)
    except InvalidInput as invalid:
        yield _inside(label, invalid)
        return
    for path in sorted((again.keys() | sums.keys()) - {SUMS}):
        if again.get(path) != sums.get(path):
            wrong = "no such file is built from the records" if path not in again else "other bytes are built"
            yield not_as_released(f"{label}/{path}", Code.NOT_REPRODUCED, wrong)
    yield from verify_program_files(replace(records, release=manifest.release), files)
    unknown = [path for path in carried if not is_copied(path) and view_of(path) is None]
    if unknown:
        yield not_rebuilt(label, unknown, f"conflictdata {maker} builds no such file; compare it with its maker's")


def _inside(label: str, refused: InvalidInput) -> Finding:
    """The finding for a refused file, with the place of the release in its path."""
    return replace(refused.finding, file=f"{label}/{refused.finding.file}")
