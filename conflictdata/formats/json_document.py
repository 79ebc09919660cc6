"""The whole dataset as one JSON document, written and read; also reads a file with one record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from conflictdata.canonical import MAX_DATASET_BYTES, JsonObject, dump_line, is_small, read_bytes, read_object
from conflictdata.errors import InvalidInput
from conflictdata.findings import MAX_FINDINGS, Finding, truncate
from conflictdata.formats.document_lines import ProvedDocument, prove_document
from conflictdata.formats.interface import Chosen, FileFormat, selected
from conflictdata.model import Period, Record, Records, Release, Selection, Table, type_of_kind
from conflictdata.model.record_base import Frozen
from conflictdata.model.references import ids_in, references_of
from conflictdata.rules import DATASET_RULES, DatasetRule, check_file, check_record
from conflictdata.rules.record_form import may_hide_text, texts_can_be_seen
from conflictdata.rules.references import dangling, references_resolve
from conflictdata.schema import kind_of, unknown_schema
from conflictdata.schema.documents import urn
from conflictdata.schema.validate import validate
from conflictdata.text import fold_text, named
from conflictdata.validation import (
    FOLDERS,
    RecordCollector,
    errors_only,
    oversized,
    prefix_pointers,
    to_record,
    validate_object,
)

_ONE_RECORD = re.compile(
    rb'\s*\{\s*"\$schema"\s*:\s*"urn:conflictdata:schema:[0-9.]+:(?:%b)"' % "|".join(type_of_kind).encode()
)
_LISTS = {**FOLDERS, "context": "event"}
"""Each list of a document and the kind of its records."""

_ABOUT: dict[str, type[Frozen]] = {"release": Release, "selection": Selection, "period": Period}
"""What a document says of the dataset as a whole."""

_IN_RECORD = re.compile(rf"/({'|'.join(_LISTS)})/([0-9]+)(?:/|$)")


def validate_document(path: Path, *, fast: bool | None = None) -> tuple[Records, list[Finding]]:
    """The records of a dataset document, or of a file with one record, and all findings."""
    try:
        data = read_bytes(path, max_bytes=MAX_DATASET_BYTES)
    except InvalidInput as refused:
        return Records.of(), [refused.finding]
    return validate_dataset(data, named(path), fast=fast)


def holds_one_record(path: Path) -> bool:
    """Whether a file begins like a single record; rules between records are not applied to it."""
    try:
        with path.open("rb") as stream:
            return _ONE_RECORD.match(stream.read(200)) is not None
    except OSError:
        return False


def validate_dataset(
    data: bytes, file: str, *, fast: bool | None = None, rules: Collection[DatasetRule] = DATASET_RULES
) -> tuple[Records, list[Finding]]:
    """The records in these bytes, a dataset document or a single record, and all findings.

    `rules` are the rules between records to apply.
    """
    provable = fast is not False and len(data) <= MAX_DATASET_BYTES
    if provable and (proved := prove_document(data, file, _LISTS)) is not None:
        return _validate_proved(proved, file, rules)
    try:
        obj: Any = read_object(data, file, max_bytes=MAX_DATASET_BYTES, fast=fast)
    except InvalidInput as refused:
        return Records.of(), [refused.finding]
    kind = kind_of(obj)
    if kind in type_of_kind:
        return _validate_record(obj, data, file, fast)
    if kind != "dataset":
        return Records.of(), [unknown_schema(obj, file)]
    return _validate_records(obj, data, file, validate(obj, kind, file, fast=fast), rules)


def _validate_record(obj: JsonObject, data: bytes, file: str, fast: bool | None) -> tuple[Records, list[Finding]]:
    gathering = RecordCollector()
    record, findings = validate_object(obj, file, data, fast=fast)
    if record is not None:
        findings += [*gathering.add(record, file), *check_file(record, file, data)]
    return gathering.records(), sorted(findings)


def _validate_records(
    obj: Any, data: bytes, file: str, findings: list[Finding], rules: Collection[DatasetRule]
) -> tuple[Records, list[Finding]]:
    """The records without errors of the schema, and the findings of the schema and the rules."""
    inside = [_IN_RECORD.match(finding.pointer) for finding in findings]
    faulty = {(place[1], int(place[2])) for place in inside if place is not None}
    outside = {finding.pointer for finding, place in zip(findings, inside, strict=True) if place is None}
    if any(pointer == "" or pointer[1:] in _LISTS for pointer in outside):
        return Records.of(), findings  # a list is missing, or is none that could be looked into
    about = {name for name in _ABOUT if name in obj and not any(pointer.startswith(f"/{name}") for pointer in outside)}
    gathering = RecordCollector()
    named = (
        (kind, item["id"], item.get("name"))
        for name, kind in _LISTS.items()
        for item in obj.get(name, ())
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    )
    ids = _Ids(named) if references_resolve in rules else None
    found = chain(findings, _gathered(obj, data, file, faulty, gathering, ids))
    return _concluded(found, {name: obj[name] for name in about}, gathering, file, rules, ids)


def _validate_proved(
    proved: ProvedDocument, file: str, rules: Collection[DatasetRule]
) -> tuple[Records, list[Finding]]:
    """The same for a document that obeys the schema, and whose records are read."""
    gathering = RecordCollector()
    named = (
        (kind, record.id, getattr(record, "name", None))
        for name, kind in _LISTS.items()
        for record, _ in proved.lists.get(name, ())
    )
    ids = _Ids(named) if references_resolve in rules else None
    found = (
        finding
        for name in _LISTS
        for n, (record, obj) in enumerate(proved.lists.get(name, ()))
        for finding in _added(record, obj, file, (name, n), gathering, ids)
    )
    about = {name: proved.frame[name] for name in _ABOUT if name in proved.frame}
    return _concluded(found, about, gathering, file, rules, ids)


def _concluded(
    found: Iterable[Finding],
    about: Mapping[str, Any],
    gathering: RecordCollector,
    file: str,
    rules: Collection[DatasetRule],
    ids: _Ids | None,
) -> tuple[Records, list[Finding]]:
    """The records that are gathered while findings are `found`, and these with the findings between records."""
    rules = [rule for rule in rules if rule is not references_resolve]  # applied to each record as it is read
    findings = truncate(found, file)
    if len(errors_only(findings)) > MAX_FINDINGS:
        return Records.of(), sorted(findings)  # what lies behind the last of them was not looked at
    whole: dict[str, Any] = {name: _ABOUT[name].from_validated(obj) for name, obj in about.items()}
    records = gathering.records(**whole)
    between = gathering.findings(records, rules, ids_in=ids.in_record if ids is not None else ids_in)
    return records, sorted(truncate(chain(findings, between), file))


def _gathered(
    obj: Any, data: bytes, file: str, faulty: set[tuple[str, int]], gathering: RecordCollector, ids: _Ids | None
) -> Iterator[Finding]:
    """Collect the records without known errors, and yield the findings within each, and those of `ids`."""
    small, may_hide = is_small(data), may_hide_text(data)
    for name, kind in _LISTS.items():
        for n, item in enumerate(obj.get(name, ())):
            pointer = f"/{name}/{n}"
            large = [] if small or (name, n) in faulty else oversized(item, file, pointer)
            yield from large
            if large or (name, n) in faulty:
                if isinstance(item, dict):
                    gathering.refuse(kind, str(item.get("id")))
                continue
            yield from _added(to_record(item, kind), item if may_hide else None, file, (name, n), gathering, ids)


def _added(
    record: Record,
    obj: JsonObject | None,
    file: str,
    place: tuple[str, int],
    gathering: RecordCollector,
    ids: _Ids | None,
) -> Iterator[Finding]:
    """Collect a record from its place in a list; its findings, with `obj` also those on texts that are hidden in it."""
    name, n = place
    pointer = f"/{name}/{n}"
    yield from gathering.add(record, file, pointer, context=name == "context")
    hidden = texts_can_be_seen(file, obj) if obj is not None else ()
    missing = ids.missing(record, file) if ids is not None else ()
    if found := [*hidden, *check_record(record, file), *missing]:
        yield from prefix_pointers(pointer, found)


class _Ids:
    """Kinds, ids and names in a document before its rules are applied, which end early if many references dangle."""

    def __init__(self, named: Iterable[tuple[str, str, Any]]) -> None:
        self._named = [*named]
        self._ids: dict[str, set[str]] = {kind: set() for kind in type_of_kind}
        for kind, record_id, _ in self._named:
            self._ids[kind].add(record_id)
        self._found: dict[tuple[type[Record], str], dict[str, set[str]]] = {}

    def in_record(self, record: Record) -> dict[str, set[str]]:
        """The ids that a record refers to, after its findings were asked for."""
        return self._found[type(record), record.id]

    def missing(self, record: Record, file: str) -> Iterator[Finding]:
        """A finding for each id, other than of a claim, that is in no list of the document."""
        ids = ids_in(record)
        self._found.setdefault((type(record), record.id), ids)  # of two with one id, only the first is taken
        if all(some <= self._ids[kind] for kind, some in ids.items() if kind != "claim"):
            return
        for reference in references_of(record):
            if reference.kind != "claim" and reference.id not in self._ids[reference.kind]:
                yield Finding(file, *dangling(reference, self._by_spelling))

    @cached_property
    def _by_spelling(self) -> dict[tuple[str, str], str]:
        return {
            (kind, fold_text(text)): record_id
            for kind, record_id, name in self._named
            for text in (record_id, name)
            if isinstance(text, str)
        }


def document(records: Records, events: Chosen | None = None) -> Iterator[bytes]:
    """A document that obeys the dataset's schema, of all records or of a selection that stands by itself."""
    records = selected(records, events)
    yield b'{"$schema":"%s"' % urn("dataset").encode()
    for name in _ABOUT:
        if (about := getattr(records, name)) is not None:
            yield b',\n"%s":' % name.encode() + dump_line(about.to_object()).rstrip(b"\n")
    tables: dict[str, Table[Any]] = {name: getattr(records, name) for name in FOLDERS}
    if records.context:
        tables["context"] = records.context
    for name, table in tables.items():
        yield b',\n"%s":[' % name.encode()
        for position, record in enumerate(table):
            yield (b",\n" if position else b"\n") + dump_line(record.to_object()).rstrip(b"\n")
        yield b"\n]" if table else b"]"
    yield b"}\n"


JSON = FileFormat(
    name="json",
    description="The whole dataset as one JSON document that follows its schema and loads back without loss.",
    file="dataset",
    extension=".json",
    chunks=document,
)
