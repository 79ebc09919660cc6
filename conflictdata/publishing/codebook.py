"""The codebook: tables of every member, code and column, generated from the schema, codelists and columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from conflictdata import codelists, schema
from conflictdata.formats.acled.layout_columns import columns as acled_columns
from conflictdata.formats.ged.layout_columns import columns as ged_columns
from conflictdata.tables.columns import Column
from conflictdata.tables.registry import LAYOUTS

MARK = "<!-- codebook -->"
"""The line before the codebook in `schema/README.md`; `conflictdata schema codebook` writes what follows."""

LIMITS = {"maxLength": "characters at most", "minimum": "from", "maximum": "to", "maxItems": "items at most"}
"""The words of the codebook for each limit of the schema."""

KINDS = (
    "event",
    "claim",
    "actor",
    "place",
    "source",
    "dataset",
    "period",
    "changes",
    "manifest",
    "index",
    "definitions",
)


def codebook() -> str:
    """The codebook as Markdown, from its mark on."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (
        MARK,
        "",
        "Written by `conflictdata schema codebook`; a test holds it to the schema, the codelists and the columns.",
    )
    yield from ("", "### Records", "")
    for kind in KINDS:
        yield from _objects(kind, json.loads(schema.schema_text(kind)))
    yield from (
        "### Codelists",
        "",
        "Each is a CSV file under `codelists/` with every code, its title and its description.",
        "",
    )
    yield from _table(
        ("codelist", "codes"),
        ((f"`{name}`", " ".join(f"`{row['code']}`" for row in codelists.codelist(name))) for name in _coded()),
    )
    yield from _layout("The ACLED column layout", acled_columns())
    yield from _layout("The column layout of UCDP GED", ged_columns())
    yield from (
        "### The tables",
        "",
        "Together they hold every member of every record. The flat CSV and GeoJSON are the table of events.",
        "",
    )
    for layout in LAYOUTS.values():
        yield from (f"#### {layout.name}", "", layout.description, "")
        yield from _columns(layout.columns)


def _layout(title: str, columns: Iterable[Column[Any]]) -> Iterator[str]:
    text = "One row per incident that the layout can hold; the others are in the skip report."
    yield from (f"### {title}", "", text, "")
    yield from _columns(columns)


def _coded() -> list[str]:
    """The codelists whose rows are codes of ours; those of the ACLED column layout have keys of their own."""
    files = codelists.codelist_names()
    return [name for name in files if "code" in codelists.codelist(name)[0]]


def _objects(name: str, part: Mapping[str, Any]) -> Iterator[str]:
    """A table for each object that a schema describes, including its own definitions."""
    if "properties" in part:
        yield from (f"#### {name}", "", str(part["description"]), "")
        required = set(part.get("required", ()))
        yield from _table(
            ("member", "is", "must", "meaning"),
            (
                (f"`{member}`", _kind(value), "yes" if member in required else "", str(value["description"]))
                for member, value in part["properties"].items()
            ),
        )
    inner = part.get("$defs", {})
    plain = {key: value for key, value in inner.items() if "properties" not in value and "enum" not in value}
    if plain:
        yield from (f"#### {name}: plain values", "")
        yield from _table(
            ("value", "is", "meaning"),
            ((f"`{key}`", _kind(value), str(value["description"])) for key, value in plain.items()),
        )
    for key, value in inner.items():
        yield from _objects(key, value)


def _kind(value: Mapping[str, Any]) -> str:
    """The type of a member in a word: its definition's name, its JSON type, or a list of either."""
    limits = "".join(f", {words} {value[limit]}" for limit, words in LIMITS.items() if limit in value)
    if "$ref" in value:
        reference = str(value["$ref"])
        return (reference.rpartition("/")[2] if "#" in reference else reference.rpartition(":")[2]) + limits
    if value.get("type") == "array":
        return f"list of {_kind(value['items'])}{limits}"
    if "const" in value or "type" not in value:
        return "constant"
    return str(value["type"]) + limits


def _columns(columns: Iterable[Column[Any]]) -> Iterator[str]:
    yield from _table(
        ("column", "is", "meaning"),
        (
            (
                f"`{column.name}`",
                (f"code of `{column.codelist}`" if column.codelist else str(column.type))
                + (", several" if column.many else ""),
                column.description,
            )
            for column in columns
        ),
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""
