"""The canonical forms of an object: a readable file that can be compared by line, and one compact line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from json import encoder
from typing import Any, TypeAlias

from conflictdata.canonical.limits import MAX_BYTES, MAX_DEPTH, JsonObject, JsonValue
from conflictdata.canonical.parse import compact, is_proved_compact, read_object
from conflictdata.extras import is_installed

WIDTH = 110
"""The most code points in a line of a curated file; a longer value is broken into lines."""

_json_text: Callable[[str], str] = encoder.encode_basestring
_Encoded: TypeAlias = tuple[str | None, Sequence[str], Sequence["_Encoded"]]
"""The text of a value on one line (None if it does not fit), and the names and texts of its members or items."""

_INDENT = "  "
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
    lines: list[str] = []
    if obj:
        _, names, items = _encoded(obj)
        _break("{}", names, items, "", "", "", lines)
    else:
        lines.append("{}\n")
    return "".join(lines).encode()


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


def _encoded(value: Any) -> _Encoded:
    """A value encoded once, from the inside out, before it is broken into lines."""
    if isinstance(value, str):
        return _json_text(value), (), ()
    if type(value) is int:
        return str(value), (), ()
    if isinstance(value, dict | Mapping):
        names: Sequence[str] = [f"{_json_text(name)}: " for name in value]
        items = [_encoded(member) for member in value.values()]
        texts: Sequence[str | None] = [item[0] and name + item[0] for name, item in zip(names, items, strict=True)]
        return _one_line("{", texts, "}"), names, items
    if isinstance(value, list | tuple):
        items = [_encoded(item) for item in value]
        return _one_line("[", [item[0] for item in items], "]"), (), items
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, allow_nan=False), (), ()


def _one_line(begin: str, texts: Sequence[str | None], end: str) -> str | None:
    if None in texts:
        return None
    line = f"{begin}{', '.join(texts)}{end}"  # type: ignore[arg-type]  # no None among them
    return line if len(line) <= WIDTH else None


def _break(
    brackets: str, names: Sequence[str], items: Sequence[_Encoded], indent: str, before: str, after: str, out: list[str]
) -> None:
    """Append an object or array to `out`, one line for each member or item, between `before` and `after`."""
    inner = indent + _INDENT
    last = len(items) - 1
    out.append(f"{before}{brackets[0]}\n")
    for place, (line, inner_names, inner_items) in enumerate(items):
        lead = inner + names[place] if names else inner
        comma = "," if place < last else ""
        if line is not None and (not inner_items or len(lead) + len(line) + len(comma) <= WIDTH):
            out.append(f"{lead}{line}{comma}\n")
        else:
            _break("{}" if inner_names else "[]", inner_names, inner_items, inner, lead, comma, out)
    out.append(f"{indent}{brackets[1]}{after}\n")


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
