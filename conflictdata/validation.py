"""One record from bytes to model with all findings, and records collected with the findings between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from conflictdata.canonical import MAX_BYTES, JsonObject, fits, is_small, numbers_are_spelled, read_object, round_trip
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, Severity
from conflictdata.model import Event, Period, Record, Records, Release, Selection, type_of_kind
from conflictdata.rules import DATASET_RULES, DatasetRule, check_record, check_records
from conflictdata.rules.record_form import may_hide_text, texts_can_be_seen
from conflictdata.schema import kind_of, unknown_schema
from conflictdata.schema.validate import accelerated, fast_validator, validate

Validated = tuple[Record | None, list[Finding]]
"""A record, None if it could not be read, and all its findings."""


LISTING_NUMBERS = frozenset({"source"})
"""The kinds of records in which the schema allows lists of numbers."""


def validate_bytes(data: bytes, file: str, *, line: int = 1, fast: bool | None = None) -> Validated:
    """The record in these bytes and its findings. `line` is the number of its first line."""
    if fast is not False and (proved := _proved(data)) is not None:
        return _ruled(*proved, file, data)
    try:
        obj = read_object(data, file, line=line, fast=fast)
    except InvalidInput as refused:
        return None, [refused.finding]
    return validate_object(obj, file, data, fast=fast)


def _proved(data: bytes) -> tuple[JsonObject, str] | None:
    """Object and kind of compact text that certainly passes parser and schema; None where these two must decide.

    It asks for what the schema does not say already, which takes half of the time of both.
    """
    if not data.startswith(b'{"') or not accelerated() or not is_small(data):
        return None
    obj = round_trip(data)
    kind = kind_of(obj)
    if (
        kind is None
        or kind not in type_of_kind
        or not fast_validator(kind).is_valid(obj)
        or not numbers_are_spelled(data, in_lists=kind in LISTING_NUMBERS)
    ):
        return None
    return cast(JsonObject, obj), kind


def validate_object(obj: JsonObject, file: str, data: bytes, *, fast: bool | None = None) -> Validated:
    """The record in an object that was parsed from `data`, and its findings."""
    kind = kind_of(obj)
    if kind is None:
        return None, [unknown_schema(obj, file)]
    if kind not in type_of_kind:
        message = f"expected one record, found a {kind}; give single records here"
        return None, [Finding(file, "/$schema", Code.UNKNOWN_SCHEMA, message)]
    findings = validate(obj, kind, file, fast=fast)
    if not findings and not is_small(data):
        findings = oversized(obj, file)
    if findings:
        return None, findings
    return _ruled(obj, kind, file, data)


def _ruled(obj: JsonObject, kind: str, file: str, data: bytes) -> Validated:
    """The record in an object that obeys the schema, and what the rules find in it."""
    record = to_record(obj, kind)
    hidden = texts_can_be_seen(file, obj) if may_hide_text(data) else ()
    return record, [*hidden, *check_record(record, file)]


def oversized(obj: JsonObject, file: str, pointer: str = "") -> list[Finding]:
    """The finding for a record that would be too large as a file; every record must fit into every format."""
    if fits(obj):
        return []
    message = f"the record would be larger than {MAX_BYTES} bytes as a file, the maximum; split it"
    return [Finding(file, pointer, Code.TOO_LARGE, message)]


def to_record(obj: JsonObject, kind: str) -> Record:
    """The record of an object that has passed the schema."""
    return type_of_kind[kind].from_validated(obj)


def prefix_pointers(pointer: str, findings: Iterable[Finding]) -> list[Finding]:
    """Findings of a part, with pointers into the document that has it at `pointer`."""
    return [replace(finding, pointer=pointer + finding.pointer) for finding in findings]


def errors_only(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that are errors."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


FOLDERS = {f"{kind}s": kind for kind in type_of_kind}
"""By folder, the kind of its records. The folder's name is also that of their list in a dataset document."""

Known = tuple[str, str]
"""A record's kind and id."""


class RecordCollector:
    """Records by kind and id, and by the file and pointer where each was found."""

    def __init__(self) -> None:
        self._found: dict[str, list[Record]] = {kind: [] for kind in type_of_kind}
        self._where: dict[Known, tuple[str, str]] = {}
        self._context: list[Event] = []
        self._refused: set[Known] = set()

    def add(self, record: Record, file: str, pointer: str = "", *, context: bool = False) -> Iterator[Finding]:
        """Take a record in; one whose id is taken is reported and left out."""
        kind = type(record).__name__.lower()
        first, inside = self._where.setdefault((kind, record.id), (file, pointer))
        if (first, inside) == (file, pointer):
            if context and isinstance(record, Event):
                self._context.append(record)
            else:
                self._found[kind].append(record)
        else:
            message = f"{record.id} is also the id of {inside or first}; change or delete one of them"
            yield Finding(file, f"{pointer}/id", Code.DUPLICATE_ID, message)

    def refuse(self, kind: str, record_id: str) -> None:
        """Note a record that exists but could not be read."""
        self._refused.add((kind, record_id))

    def refused(self, kind: str) -> frozenset[str]:
        """The ids of a kind of record that exist but could not be read."""
        return frozenset(record_id for of, record_id in self._refused if of == kind)

    def records(
        self, release: Release | None = None, period: Period | None = None, selection: Selection | None = None
    ) -> Records:
        """All that was taken in."""
        tables: dict[str, Any] = {f"{kind}s": rows for kind, rows in self._found.items()}
        return Records.of(**tables, release=release, period=period, selection=selection, context=self._context)

    def findings(
        self,
        records: Records,
        rules: Iterable[DatasetRule] = DATASET_RULES,
        excluded: frozenset[str] | None = None,
    ) -> Iterator[Finding]:
        """The findings of the rules between records, of all rules or of some; `excluded` as in `check_records`."""
        refused = frozenset(self._refused)
        yield from check_records(
            records, lambda kind, record_id: self._where[kind, record_id], refused, rules, excluded
        )
