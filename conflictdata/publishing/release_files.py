"""The files of a release except its lists: those derived from the records, and those that are copied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
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
from conflictdata.formats.interface import Skip
from conflictdata.formats.json_document import JSON
from conflictdata.formats.json_lines import JSON_LINES
from conflictdata.formats.records_folder.entries import EXCLUSIONS
from conflictdata.formats.skip_report import skip_report
from conflictdata.model import Records, Release
from conflictdata.model.release import ReleasedFile
from conflictdata.publishing.change import Change
from conflictdata.publishing.croissant import croissant
from conflictdata.publishing.manifest import ACLED_ROWS, ACLED_SKIPPED, counts, manifest, spelled
from conflictdata.publishing.release_notes import notes
from conflictdata.release.catalog import DATASET, MANIFEST
from conflictdata.release.checksums import SUMS, sums_of
from conflictdata.resources import list_files
from conflictdata.resources import read_bytes as read_carried

Carried = Iterable[tuple[str, Iterable[bytes]]]
"""Paths of files that are made before the lists, each with its bytes in chunks."""

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


def copied_files(records_folder: Path) -> dict[str, bytes]:
    """What a release copies: schema, codelists and codebook, licences, changelog, and what was left out."""
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
    records: Records, release: Release, carried: Carried, changes: Iterable[Change], previous: str | None
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Every file of a release and its bytes in chunks, from its records, the files it carries, and its changes.

    Each file's chunks must be read to their end before the next file is asked for, because the last files list the
    sizes and hashes of the others. So no file is held in memory. `InvalidInput` if a copied file cannot be read.
    """
    records = replace(records, release=release)
    changes = tuple(changes)
    made: dict[str, ReleasedFile] = {}
    copied: dict[str, bytes] = {}

    def measured(path: str, chunks: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
        return path, _measured(path, chunks, made)

    for path, chunks in carried:
        if is_copied(path):
            copied[path] = b"".join(chunks)
            chunks = [copied[path]]
        yield measured(path, chunks)
    for path, form in EXPORTS.items():
        yield measured(path, form.content(records))
    skipped: set[str] = set()
    yield measured(ACLED_SKIPPED, skip_report(_noted(ACLED.skips(records), skipped)))
    for name, chunks in TABLES.contents(records):
        yield measured(f"{TABLES_FOLDER}{name}", chunks)
    yield measured("CITATION.cff", [citation(records, form="cff", others=credited_works(records)).encode()])
    yield measured(CHANGES, (change.to_line() for change in changes))
    # An event has either a row or a reason for having none.
    counted = counts(records, rows=len(records.events) - len(skipped), skipped=len(skipped))
    changelog = _text(CHANGELOG, copied.get(CHANGELOG, b""))
    yield measured("NOTES.md", [notes(records, release, counted, changes, previous, changelog)])
    yield measured("croissant.json", [croissant(records, release, made.values())])
    listed = manifest(records, release, made.values(), counted, copied, changes, previous)
    yield measured(MANIFEST, [spelled(listed)])
    yield SUMS, iter([sums_of({path: file.sha256 for path, file in made.items()})])


def _noted(skips: Iterable[Skip], events: set[str]) -> Iterator[Skip]:
    """The skips, with the id of each skipped event put into `events`."""
    for skip in skips:
        events.add(skip.event_id)
        yield skip


def _measured(path: str, chunks: Iterable[bytes], made: dict[str, ReleasedFile]) -> Iterator[bytes]:
    """The chunks; after the last one the file is in `made`."""
    digest = hashlib.sha256()
    size = 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        yield chunk
    made[path] = ReleasedFile(path=path, bytes=size, sha256=digest.hexdigest())


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise InvalidInput(Finding(path, "", Code.ENCODING, message, error.start)) from error
