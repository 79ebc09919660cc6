"""Bytes to object and back: the strict gate, and the one spelling of what passes it."""

from conflictdata.canonical.diagnose import NUL, misspelt, other_kind
from conflictdata.canonical.dump import WIDTH, dump_line, fits
from conflictdata.canonical.limits import (
    MAX_BYTES,
    MAX_DATASET_BYTES,
    MAX_DECIMALS,
    MAX_DEPTH,
    MAX_INTEGER_DIGITS,
    MAX_TEXT_BYTES,
    JsonObject,
    JsonValue,
)
from conflictdata.canonical.parse import read_bytes, read_file, read_lines, read_object
from conflictdata.errors import InvalidInput, NotReadable

__all__ = [
    "MAX_BYTES",
    "MAX_DATASET_BYTES",
    "MAX_DECIMALS",
    "MAX_DEPTH",
    "MAX_INTEGER_DIGITS",
    "MAX_TEXT_BYTES",
    "NUL",
    "WIDTH",
    "InvalidInput",
    "JsonObject",
    "JsonValue",
    "NotReadable",
    "dump_line",
    "fits",
    "misspelt",
    "other_kind",
    "read_bytes",
    "read_file",
    "read_lines",
    "read_object",
]
