"""The manifest of a release: what it is, how much is in it, how complete that is, and every file with its hash."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from conflictdata.analysis.method import METHOD
from conflictdata.canonical.dump import dump
from conflictdata.errors import InvalidInput
from conflictdata.findings import Finding
from conflictdata.formats.csv_reader import Cell, read_rows
from conflictdata.model import Records, Release
from conflictdata.model.codes import ChangeKind
from conflictdata.publishing.change import Change
from conflictdata.publishing.diff import KINDS, table_of
from conflictdata.release.archive import MAX_LISTING
from conflictdata.schema import VERSION, urn
from conflictdata.schema.documents import schema

Document = Mapping[str, Any]
"""The dataset document as an object."""

ACLED_ROWS, ACLED_SKIPPED = "acled.csv", "acled-skipped.csv"
"""The files of the ACLED column layout: its rows, and the events without one."""

WORDS = "schema/codelists/number-words/"
"""Where the tables of number words lie in a release."""

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
    document: Document, release: Release, files: Mapping[str, bytes], changes: Iterable[Change], previous: str | None
) -> dict[str, Any]:
    """The manifest of a release of this dataset and these files, which is the one before it and what changed since."""
    kinds = Counter(change.kind for change in changes)
    members: dict[str, Any] = {
        "$schema": urn("manifest"),
        "release": release.to_object(),
        "previous": previous,
        "schema": VERSION,
        "method": METHOD,
        "number_words": [
            {"name": path.removeprefix(WORDS).removesuffix(".csv"), "sha256": _sha256(files[path])}
            for path in sorted(files)
            if path.startswith(WORDS)
        ],
        "counts": counts(document, files),
        "completeness": [*completeness(document)],
        "changes": {kind.value: kinds[kind] for kind in ChangeKind},
        "files": [{"path": path, "bytes": len(files[path]), "sha256": _sha256(files[path])} for path in sorted(files)],
    }
    return {name: value for name, value in members.items() if value is not None}


def spelled(members: Mapping[str, Any]) -> bytes:
    """The manifest's file."""
    return dump(members, max_bytes=MAX_LISTING)


def document_of(records: Records) -> Document:
    """The dataset document of the records, as an object."""
    return {f"{kind}s": [record.to_object() for record in table_of(records, kind)] for kind in KINDS}


def counts(document: Document, files: Mapping[str, bytes]) -> dict[str, int]:
    """How many of each there are in the dataset document, and in the files of the ACLED column layout.

    `Refused` where one of these files is no CSV.
    """
    events = document["events"]
    incidents = sum(event["kind"] == "incident" for event in events)
    claims = [claim for event in events for claim in event["claims"]]
    relations = [relation for actor in document["actors"] for relation in actor.get("relations", ())]
    return {
        **{f"{kind}s": len(document[f"{kind}s"]) for kind in KINDS},
        "incidents": incidents,
        "operations": len(events) - incidents,
        "claims": len(claims),
        "evidence": sum(len(statement["evidence"]) for statement in (*claims, *relations)),
        "relations": len(relations),
        "withdrawn": sum("withdrawn" in record for kind in KINDS for record in document[f"{kind}s"]),
        "acled_rows": sum(1 for _ in _rows(files, ACLED_ROWS)),
        "acled_skipped": len({row[0] for row in _rows(files, ACLED_SKIPPED)}),
    }


def _rows(files: Mapping[str, bytes], path: str) -> Iterator[list[Cell]]:
    """The rows of a CSV file below its heading."""
    for number, row in enumerate(read_rows(files.get(path, b""), path)):
        if isinstance(row, Finding):
            raise InvalidInput(row)
        if number:
            yield row


def completeness(document: Document) -> Iterator[dict[str, str | int]]:
    """For each member that not all objects of its sort need have: how many have it, of how many."""
    objects: dict[str, list[dict[str, Any]]] = {kind: document[f"{kind}s"] for kind in KINDS}
    objects["claim"] = [claim for event in objects["event"] for claim in event["claims"]]
    objects["count"] = [claim["count"] for claim in objects["claim"] if "count" in claim]
    objects["relation"] = [relation for actor in objects["actor"] for relation in actor.get("relations", ())]
    for name, (kind, *steps) in _OBJECTS.items():
        part: dict[str, Any] = schema(kind)
        for step in steps:
            part = part[step]
        seen = Counter(chain.from_iterable(objects[name]))
        for member in part["properties"]:
            if member not in part["required"]:
                yield {"object": name, "member": member, "present": seen[member], "of": len(objects[name])}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
