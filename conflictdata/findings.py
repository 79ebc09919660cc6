"""What is wrong with data: each finding has a place, a code, a severity and a message that says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors make `validate` exit with status 1; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Mirrors `schema/codelists/finding-codes.csv`, where each code is described; a test holds the two equal."""

    # Parsing: bytes that are not one well-formed JSON object.
    UNREADABLE_FILE = "unreadable-file"
    EMPTY_INPUT = "empty-input"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    BYTE_ORDER_MARK = "byte-order-mark"
    JSON_SYNTAX = "json-syntax"
    NOT_AN_OBJECT = "not-an-object"
    DUPLICATE_MEMBER = "duplicate-member"
    NUMBER_SPELLING = "number-spelling"
    LONE_SURROGATE = "lone-surrogate"
    TOO_DEEP = "too-deep"
    # The schema.
    UNKNOWN_SCHEMA = "unknown-schema"
    MISSING_MEMBER = "missing-member"
    UNKNOWN_MEMBER = "unknown-member"
    WRONG_TYPE = "wrong-type"
    NOT_IN_CODELIST = "not-in-codelist"
    BAD_FORMAT = "bad-format"
    EMPTY_STRING = "empty-string"
    TOO_LONG = "too-long"
    OUT_OF_RANGE = "out-of-range"
    COUNT_TOO_LARGE = "count-too-large"
    TOO_FEW_ITEMS = "too-few-items"
    TOO_MANY_ITEMS = "too-many-items"
    REPEATED_ITEM = "repeated-item"
    NOT_ALLOWED_HERE = "not-allowed-here"
    WRONG_COMBINATION = "wrong-combination"
    # Rules within one record.
    NOT_CANONICAL = "not-canonical"
    WRONG_FILE_NAME = "wrong-file-name"
    WRONG_FOLDER = "wrong-folder"
    STRAY_FILE = "stray-file"
    WINDOW_REVERSED = "window-reversed"
    REPEATED_ID = "repeated-id"
    RANGE_REVERSED = "range-reversed"
    BOUND_MISMATCH = "bound-mismatch"
    PARTS_EXCEED_TOTAL = "parts-exceed-total"
    TOTAL_ON_INCIDENT = "total-on-incident"
    KIND_TYPE_MISMATCH = "kind-type-mismatch"
    UNKNOWN_CLAIM = "unknown-claim"
    SELF_REFERENCE = "self-reference"
    STATED_ON_MISMATCH = "stated-on-mismatch"
    CHAIN_OUT_OF_ORDER = "chain-out-of-order"
    LAYOUT_NAME_OVERLAP = "layout-name-overlap"
    REPLACEMENT_CHARACTER = "replacement-character"
    LOOK_ALIKE_LETTERS = "look-alike-letters"
    POINT_AT_ZERO = "point-at-zero"
    TWO_VALUES = "two-values"
    # Rules across records.
    DUPLICATE_ID = "duplicate-id"
    DANGLING_REFERENCE = "dangling-reference"
    REFERENCE_CYCLE = "reference-cycle"
    WITHDRAWN_REFERENCE = "withdrawn-reference"
    PARAGRAPH_OUT_OF_RANGE = "paragraph-out-of-range"
    FURNITURE_CITED = "furniture-cited"
    DIGEST_CONFLICT = "digest-conflict"
    EVENT_AFTER_DOCUMENT = "event-after-document"
    LAST_DAY_AFTER_DOCUMENT = "last-day-after-document"
    OUTSIDE_PERIOD = "outside-period"
    RELEASE_BEFORE_RECORDS = "release-before-records"
    TOTAL_REPEATED = "total-repeated"
    PART_OF_INCIDENT = "part-of-incident"
    OUTSIDE_OPERATION = "outside-operation"
    CONFLICT_NOT_LATER = "conflict-not-later"
    POSSIBLE_DUPLICATE = "possible-duplicate"
    NAME_CLASH = "name-clash"
    POINT_OUTSIDE_COUNTRY = "point-outside-country"
    POINT_OUTSIDE_PARENT = "point-outside-parent"
    COUNTRY_MISMATCH = "country-mismatch"
    ATTRIBUTION_MISMATCH = "attribution-mismatch"
    UNUSED_RECORD = "unused-record"
    # The texts that the records were read from.
    TEXT_MISSING = "text-missing"
    TEXT_CHANGED = "text-changed"
    PARAGRAPH_CHANGED = "paragraph-changed"
    # CSV tables.
    CSV_SYNTAX = "csv-syntax"
    DIALECT = "dialect"
    TITLE_ROW = "title-row"
    UNKNOWN_COLUMN = "unknown-column"
    MISSING_COLUMN = "missing-column"
    RAGGED_ROW = "ragged-row"
    CELL_MISMATCH = "cell-mismatch"
    CSV_REPAIRED = "csv-repaired"
    PASSED_OVER = "passed-over"
    MORE_WARNINGS = "more-warnings"
    ESTIMATES_OUT_OF_ORDER = "estimates-out-of-order"
    # Archives and folders of files.
    DAMAGED_ARCHIVE = "damaged-archive"
    ENCRYPTED_ARCHIVE = "encrypted-archive"
    NESTED_ARCHIVE = "nested-archive"
    UNSAFE_PATH = "unsafe-path"
    CLASHING_PATHS = "clashing-paths"
    SPECIAL_FILE = "special-file"
    # Releases.
    FILE_MISSING = "file-missing"
    FILE_ADDED = "file-added"
    FILE_RENAMED = "file-renamed"
    FILE_ALTERED = "file-altered"
    MANIFEST_MISMATCH = "manifest-mismatch"
    INDEX_MISMATCH = "index-mismatch"
    NOT_REPRODUCED = "not-reproduced"
    NOT_REBUILT = "not-rebuilt"
    NOT_READY = "not-ready"
    # Changes from one release to the next.
    CHANGE_WITHOUT_REASON = "change-without-reason"
    REASON_WITHOUT_CHANGE = "reason-without-change"
    RELEASED_ID_LOST = "released-id-lost"
    RELEASED_ID_REUSED = "released-id-reused"


MAX_FINDINGS = 1000
"""The most errors that are reported for one document."""

WARNINGS = frozenset(
    {
        Code.REPLACEMENT_CHARACTER,
        Code.LOOK_ALIKE_LETTERS,
        Code.TWO_VALUES,
        Code.LAST_DAY_AFTER_DOCUMENT,
        Code.TOTAL_REPEATED,
        Code.POINT_OUTSIDE_PARENT,
        Code.POSSIBLE_DUPLICATE,
        Code.NAME_CLASH,
        Code.UNUSED_RECORD,
        Code.FURNITURE_CITED,
        Code.CSV_REPAIRED,
        Code.PASSED_OVER,
        Code.MORE_WARNINGS,
        Code.NOT_REBUILT,
        Code.ESTIMATES_OUT_OF_ORDER,
    }
)


REPAIRS = frozenset({Code.CSV_REPAIRED, Code.PASSED_OVER})
"""Warnings that something was read as something else, or not read; `--strict` takes them for errors."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One error or warning. The message says what is wrong and, after a semicolon, what to do.

    `file` is the file as the user named it (with `:LINE` for JSON Lines). `pointer` is an RFC 6901 JSON pointer, empty
    for the whole document. `offset` is the byte at which reading stopped, for errors found before there is a pointer.
    """

    file: str
    pointer: str
    code: Code
    message: str
    offset: int | None = None

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def description(self) -> str:
        """Place, message and code, without the severity."""
        place = f"@{self.offset}" if self.offset is not None else self.pointer or "/"
        return f"{self.file}:{place}: {self.message} [{self.code}]"

    def __str__(self) -> str:
        return f"{self.severity}: {self.description}"


def unreadable(file: str, reason: str, advice: str = "check the path and its permissions") -> Finding:
    """The finding for a file or folder that cannot be read."""
    return Finding(file, "", Code.UNREADABLE_FILE, f"cannot be read: {reason}; {advice}")


def not_as_released(file: str, code: Code, wrong: str, pointer: str = "") -> Finding:
    """The finding for a part of a release that is not as it was published."""
    return Finding(file, pointer, code, f"{wrong}; fetch the release again")


def truncate(findings: Iterable[Finding], file: str, *, more: bool = False) -> list[Finding]:
    """The first MAX_FINDINGS errors of a document and as many warnings, and a finding more where some were left out."""
    return [*limited(findings, file, more=more)]


def limited(findings: Iterable[Finding], file: str, *, more: bool = False) -> Iterator[Finding]:
    """The same one by one; the search ends after the last error that is reported."""
    left = {Severity.ERROR: MAX_FINDINGS, Severity.WARNING: MAX_FINDINGS}
    for finding in findings:
        severity = finding.severity
        left[severity] -= 1
        if left[severity] >= 0:
            yield finding
        elif severity is Severity.ERROR:
            break
    for severity, count in left.items():
        if count < 0 or (more and severity is Severity.ERROR):
            yield _more(file, severity)


def _more(file: str, severity: Severity) -> Finding:
    code = Code.TOO_MANY_ITEMS if severity is Severity.ERROR else Code.MORE_WARNINGS
    advice = "correct them and validate again"
    return Finding(file, "", code, f"more than {MAX_FINDINGS} {severity}s, of which these are the first; {advice}")
