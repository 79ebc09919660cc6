"""The manifest of a release: what it is, how much is in it, how complete that is, and every file with its hash."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from conflictdata.canonical import dump
from conflictdata.export.acled import ACLED
from conflictdata.model import Records, Release
from conflictdata.model.codes import ChangeKind, EventKind
from conflictdata.release.change import Change
from conflictdata.release.diffing import KINDS, table_of
from conflictdata.schema import VERSION, urn
from conflictdata.schema.documents import schema
from conflictdata.views.method import METHOD

WORDS = "schema/codelists/number-words/"
"""Where the tables of number words lie in a release."""

MAX_BYTES = 16 << 20
"""Bytes of a manifest, at most."""

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
    records: Records, release: Release, files: Mapping[str, bytes], changes: Iterable[Change], previous: str | None
) -> dict[str, Any]:
    """The manifest of a release of these records and files, which is the one before it and what changed since."""
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
        "counts": counts(records),
        "completeness": [*completeness(records)],
        "changes": {kind.value: kinds[kind] for kind in ChangeKind},
        "files": [{"path": path, "bytes": len(files[path]), "sha256": _sha256(files[path])} for path in sorted(files)],
    }
    return {name: value for name, value in members.items() if value is not None}


def spelled(members: Mapping[str, Any]) -> bytes:
    """The manifest's file."""
    return dump(members, max_bytes=MAX_BYTES)


def counts(records: Records) -> dict[str, int]:
    """How many of each there are."""
    events = records.events
    incidents = sum(event.kind is EventKind.INCIDENT for event in events)
    relations = [relation for actor in records.actors for relation in actor.relations]
    evidence = [point for placed in records.claims for point in placed.claim.evidence]
    evidence += [point for relation in relations for point in relation.evidence]
    skipped = {skip.event_id for skip in ACLED.skips(records)}
    return {
        "sources": len(records.sources),
        "actors": len(records.actors),
        "places": len(records.places),
        "events": len(events),
        "incidents": incidents,
        "operations": len(events) - incidents,
        "claims": len(records.claims),
        "evidence": len(evidence),
        "relations": len(relations),
        "withdrawn": sum(record.withdrawn is not None for kind in KINDS for record in table_of(records, kind)),
        "acled_rows": len(events) - len(skipped),
        "acled_skipped": len(skipped),
    }


def completeness(records: Records) -> Iterator[dict[str, str | int]]:
    """For each member that not all objects of its sort need have: how many have it, of how many."""
    objects: dict[str, list[dict[str, Any]]] = {
        kind: [record.to_object() for record in table_of(records, kind)] for kind in KINDS
    }
    objects["claim"] = [claim for event in objects["event"] for claim in event["claims"]]
    objects["count"] = [claim["count"] for claim in objects["claim"] if "count" in claim]
    objects["relation"] = [relation for actor in objects["actor"] for relation in actor.get("relations", ())]
    for name, (document, *steps) in _OBJECTS.items():
        part: dict[str, Any] = schema(document)
        for step in steps:
            part = part[step]
        seen = Counter(member for each in objects[name] for member in each)
        for member in part["properties"]:
            if member not in part["required"]:
                yield {"object": name, "member": member, "present": seen[member], "of": len(objects[name])}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
