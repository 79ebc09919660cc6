"""The files of a release except its lists: those derived from the records, and those that are copied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from conflictdata.analysis.citation import citation
from conflictdata.analysis.credits import credited_works
from conflictdata.atomic import is_taken
from conflictdata.canonical import read_bytes
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.codelists import FOLDER as CODELISTS
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.formats.acled.writer import ACLED
from conflictdata.formats.csv_flat import CSV
from conflictdata.formats.csv_tables.writer import TABLES
from conflictdata.formats.json_document import JSON
from conflictdata.formats.json_lines import JSON_LINES
from conflictdata.formats.records_folder.entries import EXCLUSIONS
from conflictdata.formats.skip_report import skip_report
from conflictdata.model import Records, Release
from conflictdata.publishing.change import Change
from conflictdata.publishing.croissant import croissant
from conflictdata.publishing.manifest import ACLED_ROWS, ACLED_SKIPPED, counts, manifest, spelled
from conflictdata.publishing.release_notes import notes
from conflictdata.release.catalog import DATASET, MANIFEST
from conflictdata.release.checksums import SUMS, sums_of
from conflictdata.resources import list_files
from conflictdata.resources import read_bytes as read_carried

CHANGES = "CHANGES.jsonl"
CHANGELOG = "CHANGELOG.md"
TABLES_FOLDER = "tables/"
EXPORTS = {DATASET: JSON, "events.jsonl": JSON_LINES, "events.csv": CSV, ACLED_ROWS: ACLED}
"""The files that are exports, by path."""
DERIVED = (
    *EXPORTS,
    ACLED_SKIPPED,
    "CITATION.cff",
    CHANGES,
    "NOTES.md",
    "croissant.json",
    MANIFEST,
    SUMS,
)
"""The files that are made again when a release is rebuilt, beside the tables; all others are copied."""


def carried_files(records_folder: Path) -> dict[str, bytes]:
    """What a release carries along: schema, codelists and codebook, licences, changelog, and what was left out."""
    tables = f"{CODELISTS}/number-words"
    folders = {"schema": (".json", ".md"), CODELISTS: (".csv",), tables: (".csv",), "LICENSES": (".txt",)}
    named = [f"{folder}/{name}" for folder, suffix in folders.items() for name in list_files(folder, suffix)]
    files = {path: read_carried(path) for path in [*named, CHANGELOG, "LICENSE"]}
    if is_taken(records_folder / EXCLUSIONS):
        files[EXCLUSIONS] = read_bytes(records_folder / EXCLUSIONS, max_bytes=MAX_LISTING)
    return files


def is_carried(path: str) -> bool:
    """Whether a file of a release is made before the lists: copied, or for other programs."""
    return path not in DERIVED and not path.startswith(TABLES_FOLDER)


def is_copied(path: str) -> bool:
    """Whether a file of a release is of the kinds that are copied, not derived from the records."""
    return path in (CHANGELOG, "LICENSE", EXCLUSIONS) or path.startswith(("schema/", "LICENSES/", f"{CODELISTS}/"))


def contents(
    records: Records, release: Release, carried: Mapping[str, bytes], changes: Iterable[Change], previous: str | None
) -> dict[str, bytes]:
    """Every file of a release by path, from its records, the copied files and the changes since the previous release.

    `InvalidInput` if a copied file cannot be read.
    """
    records = replace(records, release=release)
    changes = tuple(changes)
    files = dict(carried)
    for path, form in EXPORTS.items():
        files[path] = b"".join(form.content(records))
    files[ACLED_SKIPPED] = b"".join(skip_report(ACLED.skips(records)))
    files |= {f"{TABLES_FOLDER}{name}": b"".join(chunks) for name, chunks in TABLES.contents(records)}
    files["CITATION.cff"] = citation(records, form="cff", others=credited_works(records)).encode()
    files[CHANGES] = b"".join(change.to_line() for change in changes)
    changelog = _text(CHANGELOG, files.get(CHANGELOG, b""))
    files["NOTES.md"] = notes(records, release, counts(records, files), changes, previous, changelog)
    files["croissant.json"] = croissant(records, release, files)
    files[MANIFEST] = spelled(manifest(records, release, files, changes, previous))
    files[SUMS] = sums_of({path: hashlib.sha256(data).hexdigest() for path, data in files.items()})
    return files


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise InvalidInput(Finding(path, "", Code.ENCODING, message, error.start)) from error
