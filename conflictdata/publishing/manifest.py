"""The manifest of a release: what it is, its counts, its completeness, and every file with its hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from conflictdata import __version__
from conflictdata.analysis.method import METHOD
from conflictdata.canonical import read_object
from conflictdata.canonical.dump import dump
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.errors import InvalidInput
from conflictdata.findings import Finding
from conflictdata.formats.csv_reader import Cell, read_rows
from conflictdata.model import Records, Release
from conflictdata.model.building import member as name_in_json
from conflictdata.model.codes import ChangeKind, EventKind
from conflictdata.model.record_base import Frozen
from conflictdata.model.release import ReleasedFile
from conflictdata.publishing.change import Change
from conflictdata.publishing.diff import KINDS, table_of
from conflictdata.schema import VERSION, urn
from conflictdata.schema.documents import schema

ACLED_ROWS, ACLED_SKIPPED = "acled.csv", "acled-skipped.csv"
"""The files of the ACLED column layout: its rows, and the events without one."""

WORDS = "schema/codelists/number-words/"
"""The folder of the tables of number words in a release."""

_OBJECTS: Mapping[str, tuple[str, ...]] = {
    "source": ("source",),
    "actor": ("actor",),
    "relation": ("actor", "$defs", "relation"),
    "place": ("place",),
    "event": ("event",),
    "claim": ("claim",),
    "count": ("claim", "$defs", "count"),
}


def manifest(
    records: Records,
    release: Release,
    files: Collection[ReleasedFile],
    counted: Mapping[str, int],
    schemas: Mapping[str, bytes],
    changes: Iterable[Change],
    previous: str | None,
) -> dict[str, Any]:
    """The manifest of a release of this dataset and these files, with the previous release and the changes since.

    `counted` is what `counts` gives; `schemas` are the files of the release among which its schema is.
    """
    kinds = Counter(change.kind for change in changes)
    listed = sorted(files, key=lambda file: file.path)
    members: dict[str, Any] = {
        "$schema": urn("manifest"),
        "release": release.to_object(),
        "previous": previous,
        "schema": VERSION,
        "method": METHOD,
        "number_words": [
            {"name": file.path.removeprefix(WORDS).removesuffix(".csv"), "sha256": file.sha256}
            for file in listed
            if file.path.startswith(WORDS)
        ],
        "counts": dict(counted),
        "completeness": [*completeness(records, schemas)],
        "changes": {kind.value: kinds[kind] for kind in ChangeKind},
        "files": [file.to_object() for file in listed],
        "software": __version__,
    }
    return {name: value for name, value in members.items() if value is not None}


def spelled(members: Mapping[str, Any]) -> bytes:
    """The manifest as a file."""
    return dump(members, max_bytes=MAX_LISTING)


def counts(records: Records, *, rows: int, skipped: int) -> dict[str, int]:
    """The numbers of records and claims in the dataset, and of its events with and without rows in the ACLED layout."""
    claims = [placed.claim for placed in records.claims]
    relations = [relation for actor in records.actors for relation in actor.relations]
    incidents = sum(event.kind is EventKind.INCIDENT for event in records.events)
    tables = {kind: table_of(records, kind) for kind in KINDS}
    return {
        **{f"{kind}s": len(table) for kind, table in tables.items()},
        "incidents": incidents,
        "operations": len(records.events) - incidents,
        "claims": len(claims),
        "evidence": sum(len(one.evidence) for one in claims) + sum(len(one.evidence) for one in relations),
        "relations": len(relations),
        "withdrawn": sum(record.withdrawn is not None for table in tables.values() for record in table),
        "acled_rows": rows,
        "acled_skipped": skipped,
    }


def acled_counts(files: Mapping[str, bytes]) -> dict[str, int]:
    """How many rows the files of the ACLED column layout have, and how many events they leave out, for `counts`.

    `InvalidInput` if one of these files is not CSV.
    """
    rows = sum(1 for _ in _rows(files, ACLED_ROWS))
    return {"rows": rows, "skipped": len({row[0] for row in _rows(files, ACLED_SKIPPED)})}


def _rows(files: Mapping[str, bytes], path: str) -> Iterator[list[Cell]]:
    """The rows of a CSV file below its heading."""
    for number, row in enumerate(read_rows(files.get(path, b""), path)):
        if isinstance(row, Finding):
            raise InvalidInput(row)
        if number:
            yield row


def completeness(records: Records, files: Mapping[str, bytes]) -> Iterator[dict[str, str | int]]:
    """For each optional member of the schema among the files: how many objects have it, and how many there are."""
    objects: dict[str, list[Frozen]] = {kind: [*table_of(records, kind)] for kind in KINDS}
    objects["claim"] = [placed.claim for placed in records.claims]
    objects["count"] = [placed.claim.count for placed in records.claims if placed.claim.count is not None]
    objects["relation"] = [relation for actor in records.actors for relation in actor.relations]
    for name, (kind, *steps) in _OBJECTS.items():
        path = f"schema/{kind}.schema.json"
        part: dict[str, Any] = read_object(files[path], path, max_bytes=MAX_LISTING) if path in files else schema(kind)
        for step in steps:
            part = part[step]
        for member in part["properties"]:
            if member not in part["required"]:
                present = _present(member, objects[name])
                yield {"object": name, "member": member, "present": present, "of": len(objects[name])}


def _present(member: str, objects: Sequence[Frozen]) -> int:
    """How many of these objects of one class have a member."""
    for field in fields(objects[0]) if objects else ():  # type: ignore[arg-type]
        if name_in_json(field.name) == member:
            return len(objects) - [getattr(one, field.name) for one in objects].count(field.default)
    return 0
