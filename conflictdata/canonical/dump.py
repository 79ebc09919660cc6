"""The one spelling of an object: a curated file that reads well and differs by line, and a compact line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from conflictdata.canonical.limits import MAX_BYTES, MAX_DEPTH, JsonValue
from conflictdata.canonical.parse import compact, is_proved_compact, read_object
from conflictdata.errors import InvalidInput, NotReadable

WIDTH = 110
"""Columns, in code points, that a line of a curated file may have before what it holds is broken open."""

_INDENT = "  "
_MARKS = b"{}[],:"
_MOST_AT_A_MARK = 2 + len(_INDENT) * MAX_DEPTH
"""Bytes that a curated file can have at a mark, and a compact line has not: a space, a line break, an indentation."""


def dump(obj: Mapping[str, JsonValue], *, max_bytes: int = MAX_BYTES) -> bytes:
    """The curated file for `obj`, in UTF-8, members in their order; what the gate would not read is a `ValueError`."""
    return _readable("".join(_lines(_respelled(dict(obj)))).encode(), max_bytes)


def dump_line(obj: Mapping[str, JsonValue], *, max_bytes: int = MAX_BYTES) -> bytes:
    """The compact line for `obj`, ended by one line feed; what the gate would not read is a `ValueError`."""
    line = _compact(dict(obj))
    if len(line) > max_bytes or not is_proved_compact(line):
        line = _readable(_compact(_respelled(dict(obj))), max_bytes)
    return line + b"\n"


def fits(obj: Mapping[str, JsonValue], *, max_bytes: int = MAX_BYTES) -> bool:
    """Whether the curated file for `obj`, which has passed the gate, has at most `max_bytes` bytes.

    It is the longer of the two spellings.
    """
    line = compact(dict(obj))
    marks = len(line) - len(line.translate(None, _MARKS))
    if len(line) > max_bytes or len(line) + marks * _MOST_AT_A_MARK <= max_bytes:
        return len(line) <= max_bytes
    return sum(len(line.encode()) for line in _lines(dict(obj))) <= max_bytes


def _lines(value: dict[str, Any]) -> Iterator[str]:
    """The lines of a curated file."""
    for line in _opened(value, "", "", "") if value else ["{}"]:
        yield f"{line}\n"


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _respelled(value: Any) -> Any:
    """The same value, where a float that is a whole number is an integer, as the gate wants it spelled."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case Mapping():
            return {name: _respelled(member) for name, member in value.items()}
        case list() | tuple():
            return [_respelled(item) for item in value]
    return value


def _laid_out(value: Any, indent: str, before: str, after: str) -> Iterator[str]:
    """The lines of `value` between what stands `before` and `after` it: one, if it fits or cannot be opened."""
    line = before + json.dumps(value, ensure_ascii=False, allow_nan=False) + after
    if len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        yield line
    else:
        yield from _opened(value, indent, before, after)


def _opened(value: Any, indent: str, before: str, after: str) -> Iterator[str]:
    """The lines of an object or array that is not empty, one member or item each."""
    inner = indent + _INDENT
    if isinstance(value, dict):
        marks = "{}"
        items = [(f"{inner}{json.dumps(name, ensure_ascii=False)}: ", member) for name, member in value.items()]
    else:
        marks = "[]"
        items = [(inner, item) for item in value]
    yield before + marks[0]
    for place, (lead, item) in enumerate(items, start=1):
        yield from _laid_out(item, inner, lead, "," if place < len(items) else "")
    yield indent + marks[1] + after


def _readable(data: bytes, max_bytes: int) -> bytes:
    try:
        read_object(data, "what was to be written", max_bytes=max_bytes)
    except InvalidInput as refused:
        raise NotReadable(str(refused.finding)) from refused
    return data
