"""A dataset document that has one record a line, as this package writes it: its records are validated as lines are.

So validated, a document takes two thirds of the time: the object of a record is dropped before the next ones are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from conflictdata.canonical import JsonObject, read_object
from conflictdata.errors import InvalidInput
from conflictdata.model import Record, type_of_kind
from conflictdata.rules.record_form import may_hide_text
from conflictdata.schema import kind_of
from conflictdata.schema.documents import schema
from conflictdata.schema.validate import accelerated, validate
from conflictdata.validation import in_batches, prove

Proved = tuple[Record, JsonObject | None]
"""A record, and the object that it was read from if a text may be hidden in it."""


class ProvedDocument(NamedTuple):
    """A document that obeys parser and schema: its object with lists that are empty, and the records of each list."""

    frame: JsonObject
    lists: dict[str, list[Proved]]


def prove_document(data: bytes, file: str, lists: Mapping[str, str]) -> ProvedDocument | None:
    """The parts of a document that has one record a line and certainly obeys parser and schema; None for any other.

    `lists` are the names of its lists, each with the kind of its records.
    """
    split = _split(data, lists) if accelerated() else None
    if split is None:
        return None
    text, lines = split
    try:
        frame = read_object(text, file)
    except InvalidInput:
        return None
    # By the schema, lists of these names are at the top of a dataset and nowhere else. Without the lines they are
    # empty, so the lines are all that is in them.
    if kind_of(frame) != "dataset" or validate(frame, "dataset", file) or any(frame[name] for name in lines):
        return None
    found: dict[str, list[Proved]] = {}
    for name, texts in lines.items():
        records = _records(texts, type_of_kind[lists[name]])
        if records is None or len(records) > schema("dataset")["properties"][name]["maxItems"]:
            return None
        found[name] = records
    return ProvedDocument(frame, found)


def _split(data: bytes, lists: Mapping[str, str]) -> tuple[bytes, dict[str, list[bytes]]] | None:
    """A document without the lines of its records, and these; None if a comma between them is missing."""
    heads = {b'"%b":[\n' % name.encode(): name for name in lists}
    frame: list[bytes] = []
    found: dict[str, list[bytes]] = {}
    inside: list[bytes] | None = None
    for line in BytesIO(data):
        if inside is not None and line.startswith(b"{"):
            inside.append(line)
            continue
        frame.append(line)
        inside = None
        if name := heads.get(line):
            inside = found[name] = []
    for name, records in found.items():
        if not all(line.endswith(b",\n") for line in records[:-1]):
            return None
        found[name] = [line[:-2] for line in records[:-1]] + [line[:-1] for line in records[-1:]]
    return (b"".join(frame), found) if found else None


def _records(texts: list[bytes], model: type[Record]) -> list[Proved] | None:
    found: list[Proved] = []
    for batch in in_batches(texts, len):
        for text, proof in zip(batch, prove(batch), strict=True):
            if proof is None or type(proof[0]) is not model:
                return None
            record, obj = proof
            found.append((record, obj if may_hide_text(text) else None))
    return found
