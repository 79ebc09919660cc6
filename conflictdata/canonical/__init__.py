"""Bytes to object and back: the strict gate, and the one spelling of what passes it."""

from conflictdata.canonical.fault import NUL, misspelt, other_kind
from conflictdata.canonical.gate import read_object
from conflictdata.canonical.grammar import (
    MAX_BYTES,
    MAX_DATASET_BYTES,
    MAX_DECIMALS,
    MAX_DEPTH,
    MAX_INTEGER_DIGITS,
    MAX_TEXT_BYTES,
    JsonObject,
    JsonValue,
    Refused,
)
from conflictdata.canonical.reading import read_bytes, read_file, read_lines
from conflictdata.canonical.writing import WIDTH, NotReadable, dump, dump_line, fits

__all__ = [
    "MAX_BYTES",
    "MAX_DATASET_BYTES",
    "MAX_DECIMALS",
    "MAX_DEPTH",
    "MAX_INTEGER_DIGITS",
    "MAX_TEXT_BYTES",
    "NUL",
    "WIDTH",
    "JsonObject",
    "JsonValue",
    "NotReadable",
    "Refused",
    "dump",
    "dump_line",
    "fits",
    "misspelt",
    "other_kind",
    "read_bytes",
    "read_file",
    "read_lines",
    "read_object",
]
