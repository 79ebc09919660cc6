"""The canonical forms of an object: a readable file that can be compared by line, and one compact line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from json import encoder
from typing import Any

from conflictdata.canonical.limits import MAX_BYTES, MAX_DEPTH, JsonObject, JsonValue
from conflictdata.canonical.parse import compact, is_proved_compact, read_object
from conflictdata.extras import is_installed

WIDTH = 110
"""The most code points in a line of a curated file; a longer value is broken into lines."""

_json_text: Callable[[str], str] = encoder.encode_basestring
_INDENT = "  "
_LISTS = (list, tuple)
_MARKS = b"{}[],:"
_MOST_AT_A_MARK = 2 + len(_INDENT) * MAX_DEPTH
"""The most bytes that a curated file has at a comma or bracket beyond those of a compact line: spaces and a line break.
"""


def dump(obj: Mapping[str, JsonValue], *, max_bytes: int = MAX_BYTES) -> bytes:
    """The curated file for `obj` in UTF-8, members in their order; `InvalidInput` if it could not be read again."""
    data = lay_out(obj)
    read_object(data, "the object to write", max_bytes=max_bytes)
    return data


def lay_out(obj: Mapping[str, JsonValue]) -> bytes:
    """The same for an object that has passed the parser, without a check."""
    return f"{_spelled(obj, '', WIDTH)}\n".encode()


def dump_line(obj: Mapping[str, JsonValue], *, max_bytes: int = MAX_BYTES) -> bytes:
    """The compact line for `obj`, ended by a line feed; `InvalidInput` if it could not be read again."""
    line = _compact(dict(obj))
    if len(line) > max_bytes or not is_proved_compact(line):
        line = _compact(_with_integers(dict(obj)))
        read_object(line, "the object to write", max_bytes=max_bytes)
    return line + b"\n"


def is_small(text: bytes, *, max_bytes: int = MAX_BYTES) -> bool:
    """Whether every record in a JSON text certainly has at most `max_bytes` bytes as a curated file."""
    if len(text) * (1 + _MOST_AT_A_MARK) <= max_bytes:
        return True  # even if every byte were a mark
    marks = len(text) - len(text.translate(None, _MARKS))
    return len(text) + marks * _MOST_AT_A_MARK <= max_bytes


def fits(obj: JsonObject, *, max_bytes: int = MAX_BYTES) -> bool:
    """Whether the curated file for `obj`, which has passed the parser, has at most `max_bytes` bytes."""
    return is_small(compact(obj), max_bytes=max_bytes) or len(lay_out(obj)) <= max_bytes


def _spelled(value: Any, indent: str, taken: int) -> str:
    """The text of a value after `taken` characters of its line: on one line if it fits, else with a line for each part.

    What is broken is longer than a line, and so is all around it; so one pass from the inside out finds what fits.
    """
    inner = indent + _INDENT
    room = len(inner) + 1  # before a part with a comma after it
    if isinstance(value, dict):
        parts = []
        last = next(reversed(value), None)
        for name, member in value.items():
            lead = _lead(name)
            # Most members are texts or whole numbers. Without a call for each an event takes a quarter less time.
            if type(member) is str:
                parts.append(lead + _json_text(member))
            elif type(member) is int:
                parts.append(f"{lead}{member}")
            else:
                parts.append(lead + _spelled(member, inner, room + len(lead) - (name is last)))
        begin, end = "{}"
    elif isinstance(value, _LISTS):
        parts = [_spelled(item, inner, room) for item in value[:-1]]
        if value:
            parts.append(_spelled(value[-1], inner, room - 1))
        begin, end = "[]"
    elif isinstance(value, str):
        return _json_text(value)
    elif isinstance(value, Mapping):
        return _spelled(dict(value), indent, taken)
    else:
        number = int(value) if isinstance(value, float) and value.is_integer() else value
        return json.dumps(number, allow_nan=False)
    line = ", ".join(parts)
    if not parts or taken + len(line) + 2 <= WIDTH:
        return f"{begin}{line}{end}"
    return f"{begin}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{end}"


@lru_cache(256)
def _lead(name: str) -> str:
    return f"{_json_text(name)}: "


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _with_integers(value: Any) -> Any:
    """The same value with whole floats as integers, which is their canonical form."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case Mapping():
            return {name: _with_integers(member) for name, member in value.items()}
        case list() | tuple():
            return [_with_integers(item) for item in value]
    return value


def line_encoder() -> Callable[[Any], bytes]:
    """A function from an object to JSON without spaces, for exports; orjson, if installed, writes the same bytes."""
    if is_installed("orjson"):
        import orjson

        return lambda value: orjson.dumps(value, str)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
    return lambda value: encode(value).encode()
