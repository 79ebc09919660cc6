"""Bytes to object and back: strict parsing, and the canonical form of what passes it."""

from conflictdata.canonical.diagnose import NUL, misspelt, other_kind
from conflictdata.canonical.dump import WIDTH, dump_line, fits, is_small, lay_out
from conflictdata.canonical.limits import (
    MAX_BYTES,
    MAX_DATASET_BYTES,
    MAX_DECIMALS,
    MAX_DEPTH,
    MAX_INTEGER_DIGITS,
    MAX_LISTING,
    MAX_TEXT_BYTES,
    JsonObject,
    JsonValue,
    is_spelled,
)
from conflictdata.canonical.parse import (
    is_compact,
    read_bytes,
    read_file,
    read_lines,
    read_loosely,
    read_object,
    split_lines,
)
from conflictdata.errors import InvalidInput

__all__ = [
    "MAX_BYTES",
    "MAX_DATASET_BYTES",
    "MAX_DECIMALS",
    "MAX_DEPTH",
    "MAX_INTEGER_DIGITS",
    "MAX_LISTING",
    "MAX_TEXT_BYTES",
    "NUL",
    "WIDTH",
    "InvalidInput",
    "JsonObject",
    "JsonValue",
    "dump_line",
    "fits",
    "is_compact",
    "is_small",
    "is_spelled",
    "lay_out",
    "misspelt",
    "other_kind",
    "read_bytes",
    "read_file",
    "read_lines",
    "read_loosely",
    "read_object",
    "split_lines",
]
