"""A released dataset document read back quickly: strictly, a record a line as it was written, and without models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from conflictdata.canonical import MAX_DATASET_BYTES, JsonObject, Refused, read_object
from conflictdata.release.diffing import KINDS
from conflictdata.schema import urn

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
    except (Refused, ValueError):  # faulty, or laid out otherwise
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
