"""The strict gate: from bytes to one object, or the reason why not.

Two quick judges, orjson where it is installed and the json module, can only prove a document clean; whatever leaves
them in doubt goes to the slow pass, which alone refuses. So the answer is the same whichever of them was there.
"""

from __future__ import annotations

import json
import re
from functools import cache
from types import ModuleType
from typing import NoReturn, cast

from conflictdata.canonical.fault import find_fault
from conflictdata.canonical.grammar import MAX_BYTES, MAX_DEPTH, JsonObject, JsonValue, Refused, is_spelled
from conflictdata.findings import Code, Finding

_NOT_BRACKETS = bytes(set(range(256)) - set(b'{}[]"'))
_BRACKETS_AS_BRACES = bytes.maketrans(b"[]", b"{}")
_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_HALF_OF_A_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
# Compact text: where a number can begin (three searches for a fixed byte are far quicker than one for any of them),
# members that are plain short integers passed over; and the number between its marks.
_NUMBER_BEGINS = tuple(re.compile(begins) for begins in (rb'":(?![0-9]{1,9}[,}])[-0-9]', rb"\[[-0-9]", rb",[-0-9]"))
_COMPACT_NUMBER = re.compile(rb"(?<=[:\[,])-?[0-9][-+.0-9eE]*+(?=[,\]}])")
_COMPACT_NAME_BEYOND_ASCII = re.compile(rb'[\x80-\xff](?:[^"\\\x80-\xff]|\\.)*+":')


def read_object(
    data: bytes, file: str, *, max_bytes: int = MAX_BYTES, line: int = 1, fast: bool | None = None
) -> JsonObject:
    """The one JSON object that `data` spells, or `Refused` with a finding in `file`.

    `line` is the number of the first line of `data` in `file`. `fast` False keeps to the standard library, True insists
    on orjson, None takes it where it is installed; the answer is the same.
    """
    if len(data) > max_bytes:
        raise Refused(too_large(file, max_bytes))
    # Only compact text can come out of orjson as it went in; a curated file starts with a line break.
    if (fast or (fast is None and data.startswith(b'{"'))) and (orjson := _orjson(insist=fast is True)):
        value = _proved_by_orjson(data, orjson)
        if value is not None:
            return value
    value = _proved_by_json(data)
    if value is not None:
        return value
    finding = find_fault(data, file, line)
    if finding is not None:
        raise Refused(finding)
    return cast(JsonObject, json.loads(data))


def too_large(file: str, max_bytes: int) -> Finding:
    """The finding for a document of more than `max_bytes` bytes."""
    return Finding(file, "", Code.TOO_LARGE, f"more than {max_bytes} bytes, the most that is read here", max_bytes)


def compact(obj: JsonObject) -> bytes:
    """An object that has passed the gate, in its compact spelling, by whichever writer is there."""
    if orjson := _orjson(insist=False):
        return cast(bytes, orjson.dumps(obj))
    return json.dumps(obj, ensure_ascii=False, separators=(",", ":")).encode()


def is_proved_compact(data: bytes) -> bool:
    """Whether compact text that a JSON writer made has nothing that the gate refuses; False leaves it open."""
    if any(begins.search(data) for begins in _NUMBER_BEGINS) and not all(
        is_spelled(number.decode()) for number in _COMPACT_NUMBER.findall(data)
    ):
        return False
    return _is_shallow(data) and (data.isascii() or not _COMPACT_NAME_BEYOND_ASCII.search(data))


@cache
def _orjson(*, insist: bool) -> ModuleType | None:
    try:
        import orjson
    except ImportError:
        if insist:
            raise
        return None
    return orjson


def _proved_by_orjson(data: bytes, orjson: ModuleType) -> JsonObject | None:
    """A document that orjson writes as it was read has no member twice, no odd escape and no odd space in it."""
    try:
        value = orjson.loads(data)
    except ValueError:
        return None
    if isinstance(value, dict) and is_proved_compact(data) and orjson.dumps(value) == data.rstrip(b" \t\r\n"):
        return value
    return None


class _InDoubt(ValueError):
    """Not proved clean; the slow pass decides."""


def _proved_by_json(data: bytes) -> JsonObject | None:
    if _HALF_OF_A_PAIR.search(data) or not _is_shallow(data):
        return None
    try:
        value = _DECODER.decode(data.decode())
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _members(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs) or not "".join(members).isascii():
        raise _InDoubt
    return members


def _integer(text: str) -> int:
    if not is_spelled(text):
        raise _InDoubt
    return int(text)


def _decimal(text: str) -> float:
    if not is_spelled(text):
        raise _InDoubt
    return float(text)


def _constant(text: str) -> NoReturn:
    raise _InDoubt


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)


def _is_shallow(data: bytes) -> bool:
    """Whether brackets outside strings balance and are at most MAX_DEPTH deep, found without recursion."""
    if b"\\" in data:
        data = _ESCAPED.sub(b"", data)
    brackets = data.translate(_BRACKETS_AS_BRACES, _NOT_BRACKETS).replace(b'""', b"")
    if b'"' in brackets:  # a bracket in a string: every second piece between quotes is inside one
        brackets = b"".join(brackets.split(b'"')[::2])
    for _ in range(MAX_DEPTH):
        if not brackets:
            break
        brackets = brackets.replace(b"{}", b"")
    return not brackets
