"""One record from bytes to model with all findings, and records collected with the findings between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from conflictdata.canonical import (
    MAX_BYTES,
    JsonObject,
    JsonValue,
    fits,
    is_compact,
    is_small,
    is_spelled,
    lay_out,
    read_loosely,
    read_object,
)
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding, Severity
from conflictdata.model import Event, Period, Place, Point, Record, Records, Release, Selection, type_of_kind
from conflictdata.model.references import ids_in
from conflictdata.rules import DATASET_RULES, DatasetRule, check_file, check_record, check_records
from conflictdata.rules.context import IdsIn
from conflictdata.rules.record_form import may_hide_text, texts_can_be_seen
from conflictdata.schema import kind_of, unknown_schema
from conflictdata.schema.validate import accelerated, fast_validator, validate

T = TypeVar("T")

Validated = tuple[Record | None, list[Finding]]
"""A record, None if it could not be read, and all its findings."""


_CURATED = b'{\n  "'
"""The beginning of a curated file. Such a file is proved only if it is in canonical format."""


def validate_bytes(data: bytes, file: str, *, line: int = 1, fast: bool | None = None) -> Validated:
    """The record in these bytes and its findings. `line` is the number of its first line."""
    return next(validate_texts([(data, file, line)], fast=fast))


def validate_texts(
    texts: Sequence[tuple[bytes, str, int]], *, fast: bool | None = None, whole_files: bool = False
) -> Iterator[Validated]:
    """The record and its findings in each of some texts, given with the file and the number of its first line.

    If they are `whole_files`, the findings include those about a file.
    """
    proofs = [None] * len(texts) if fast is False else prove([data for data, _, _ in texts])
    for (data, file, line), proof in zip(texts, proofs, strict=True):
        if proof is not None:
            record, findings = _ruled(*proof, file, data)
        else:
            record, findings = _validate_unproved(data, file, line, fast)
        if whole_files and record is not None:
            canonical = proof is not None and data.startswith(_CURATED)
            findings += check_file(record, file, data, canonical=canonical)
        yield record, findings


def _validate_unproved(data: bytes, file: str, line: int, fast: bool | None) -> Validated:
    try:
        obj = read_object(data, file, line=line, fast=fast)
    except InvalidInput as refused:
        return None, [refused.finding]
    return validate_object(obj, file, data, fast=fast)


BATCH_BYTES = 1 << 15
"""About as many bytes of texts are proved together: ten to fifteen events."""


def in_batches(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in lists of about BATCH_BYTES each; one without bytes ends its list, or a million would be one list."""
    batch: list[T] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item) or BATCH_BYTES
        if total >= BATCH_BYTES:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


Proof = tuple[Record, JsonObject]
"""A record, and the object that it was read from."""


def prove(texts: Sequence[bytes]) -> list[Proof | None]:
    """The record in each compact line or canonical file that certainly passes parser and schema; None for any other.

    It asks for what the schema does not say already, which takes half of the time of both. Each step is taken for all
    texts before the next: while the code of one step stays in the processor's cache, lines take a fifth less time.
    """
    if not accelerated():
        return [None] * len(texts)
    objects = [read_loosely(data) if _may_be_proved(data) else None for data in texts]
    # Compact text that is written again without a change has no duplicate members, unusual escapes or spaces.
    objects = [
        obj if data.startswith(_CURATED) or is_compact(data, obj) else None
        for data, obj in zip(texts, objects, strict=True)
    ]
    kinds = [_kind_if_valid(obj) for obj in objects]
    proofs = [
        _exact(cast(JsonObject, obj), kind) if kind is not None else None
        for obj, kind in zip(objects, kinds, strict=True)
    ]
    return [
        proof if proof is None or not data.startswith(_CURATED) or lay_out(proof[0].to_object()) == data else None
        for data, proof in zip(texts, proofs, strict=True)
    ]


def _may_be_proved(data: bytes) -> bool:
    """Whether a text begins like a compact line or a canonical file, and is no larger than a file may be."""
    return (data.startswith(b'{"') and is_small(data)) or (data.startswith(_CURATED) and len(data) <= MAX_BYTES)


def _kind_if_valid(obj: JsonValue) -> str | None:
    """The kind of record in an object that obeys the schema of its kind; else None."""
    kind = kind_of(obj)
    try:
        return kind if kind in type_of_kind and fast_validator(kind).is_valid(obj) else None
    except ValueError:  # nested deeper than jsonschema-rs looks
        return None


def _exact(obj: JsonObject, kind: str) -> Proof | None:
    """The record of a valid object; None if a number in it may not be in canonical form.

    The schema limits the digits of whole numbers.
    """
    try:
        record = to_record(obj, kind)
    except ValueError:  # a whole number with a decimal point
        return None
    return (record, obj) if all(is_spelled(repr(number)) for number in _fractions(record)) else None


def _fractions(record: Record) -> list[float]:
    """The numbers with a decimal point in a record. The schema lets only those of points and counts have one."""
    points: list[Point | None] = []
    numbers: list[float | None] = []
    if isinstance(record, Place):
        points = [record.point]
    elif isinstance(record, Event):
        points = [record.where.point] if record.where is not None else []
        for claim in record.claims:
            if claim.count is not None:
                numbers += (claim.count.low, claim.count.high)
            if claim.where is not None:
                points.append(claim.where.point)
    for point in points:
        if point is not None:
            numbers += (point.lat, point.lon)
    return [number for number in numbers if type(number) is float]


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
    return _ruled(to_record(obj, kind), obj, file, data)


def _ruled(record: Record, obj: JsonObject, file: str, data: bytes) -> Validated:
    """The record, and what the rules find in it and in the object and the text that it was read from."""
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
        ids_in: IdsIn = ids_in,
    ) -> Iterator[Finding]:
        """The findings of the rules between records, of all or some; `excluded` and `ids_in` as in `check_records`."""
        refused = frozenset(self._refused)
        yield from check_records(
            records, lambda kind, record_id: self._where[kind, record_id], refused, rules, excluded, ids_in
        )
