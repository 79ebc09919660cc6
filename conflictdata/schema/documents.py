"""The schema files themselves: their names, their text, and the dataset's schema as one self-contained document."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from conflictdata.resources import SCHEMA_VERSION, list_files, read_bytes

Json = Any
"""Any JSON value."""

VERSION = SCHEMA_VERSION
"""The schema version that this code reads and writes."""

READABLE = ("1.0.0", VERSION)
"""The schema versions that this code reads: VERSION, and earlier ones to which VERSION only adds."""

PREFIX = f"urn:conflictdata:schema:{VERSION}:"

KINDS = ("source", "actor", "place", "event", "dataset")
"""The kinds of JSON documents: a record of one of four kinds, or a whole dataset."""

BUNDLE = "bundle"
SUFFIX = ".schema.json"
_DEFINITIONS = "#/$defs/"


def urn(kind: str, version: str = VERSION) -> str:
    """The `$id` of a schema, which is also the `$schema` of its documents."""
    return f"urn:conflictdata:schema:{version}:{kind}"


def version_of(name: str) -> str:
    """The version in a `$schema` of this project."""
    return name.removeprefix("urn:conflictdata:schema:").partition(":")[0]


def is_in(version: str, since: str | None) -> bool:
    """Whether a schema version has what version `since` added; an unknown version counts as the present one."""
    return since is None or version not in READABLE or READABLE.index(since) <= READABLE.index(version)


@cache
def hand_written() -> tuple[str, ...]:
    """The names of the schemas that people write; the bundle is derived from them."""
    names = (name.removesuffix(SUFFIX) for name in list_files("schema", SUFFIX))
    return tuple(name for name in names if name != BUNDLE)


def schema_names() -> tuple[str, ...]:
    """The names of all schemas, the derived bundle last."""
    return (*hand_written(), BUNDLE)


def schema_text(name: str) -> bytes:
    """A schema as published; the bundle is derived from the others each time."""
    if name == BUNDLE:
        return json.dumps(bundle(), indent=1, ensure_ascii=True).encode("ascii") + b"\n"
    return read_bytes(f"schema/{name}{SUFFIX}")


@cache
def schema(name: str) -> dict[str, Json]:
    """A hand-written schema, parsed; do not change it."""
    parsed: dict[str, Json] = json.loads(schema_text(name))
    return parsed


def bundle() -> dict[str, Json]:
    """The dataset's schema and every schema that it refers to as one document, with all references inside it."""
    root: dict[str, Json] = {key: value for key, value in _inside(schema("dataset")).items() if key != "$defs"}
    root["$id"] = urn(BUNDLE)
    root["title"] = "conflictdata: dataset, as one self-contained document"
    whole = library()
    reached: dict[str, Json] = {}
    ahead = _referred(root)
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached[name] = whole[name]
            ahead += _referred(whole[name])
    root["$defs"] = dict(sorted(reached.items()))
    return root


def library() -> dict[str, Json]:
    """Every schema and every definition by its name in a bundle, with all references inside that bundle."""
    parts: dict[str, Json] = {}
    for name in hand_written():
        document = _inside(schema(name))
        parts |= {_name(name, inner): part for inner, part in document.pop("$defs", {}).items()}
        parts[name] = {key: value for key, value in document.items() if key not in ("$schema", "$id")}
    return parts


def _referred(part: Json) -> list[str]:
    """The names of the definitions in a bundle that a part of it refers to."""
    if isinstance(part, list):
        return [name for item in part for name in _referred(item)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"].removeprefix(_DEFINITIONS)] if isinstance(part.get("$ref"), str) else []
    return own + [name for value in part.values() for name in _referred(value)]


def _name(document: str, inner: str) -> str:
    return inner if document == "definitions" and inner else f"{document}.{inner}" if inner else document


def _inside(part: Json) -> Json:
    """A copy in which every reference to one of our schemas points into the bundle."""
    if isinstance(part, list):
        return [_inside(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {key: _pointed(value) if key == "$ref" else _inside(value) for key, value in part.items()}


def _pointed(reference: str) -> str:
    document, _, inner = reference.removeprefix(PREFIX).partition("#/$defs/")
    return _DEFINITIONS + _name(document, inner)


def resolve(reference: str) -> dict[str, Json]:
    """The part of our schemas that an absolute `$ref` points to."""
    document, _, inner = reference.removeprefix(PREFIX).partition("#/$defs/")
    part: dict[str, Json] = schema(document)["$defs"][inner] if inner else schema(document)
    return part
