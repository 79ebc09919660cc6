"""The Data Package (version 2) that describes the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conflictdata.codelists import codes
from conflictdata.formats.csv_tables.names import CONTEXT, PERIOD, RELEASE, SAFE, SCHEMA, SELECTION
from conflictdata.model import Records
from conflictdata.schema.documents import READABLE, VERSION, urn, version_of
from conflictdata.tables.columns import SEPARATOR, Column, ColumnType, Layout
from conflictdata.tables.registry import LAYOUTS

_PROFILES = "https://datapackage.org/profiles/2.0/"
_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}


def descriptor(records: Records, *, spreadsheet_safe: bool) -> dict[str, Any]:
    """The content of `datapackage.json`."""
    package: dict[str, Any] = {
        "$schema": _PROFILES + "datapackage.json",
        "name": "conflictdata",
        "title": "conflictdata: conflict events, and the claims they rest on",
        "description": (
            "An empty cell is unknown, never 0. Days are local dates. Columns marked as derived follow from the others"
            " and may be left out. Files are UTF-8 with commas, line feeds and as few quotation marks as possible."
        ),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "contributors": [{"title": "conflictdata contributors", "roles": ["creator"]}],
        SCHEMA: urn("dataset", _version(records)),
        SAFE: spreadsheet_safe,
    }
    if records.release is not None:
        package |= {"version": records.release.version, RELEASE: records.release.to_object()}
    if records.period is not None:
        package |= {PERIOD: records.period.to_object()}
    if records.selection is not None:
        package |= {
            "description": f"{package['description']} This is {records.selection}.",
            SELECTION: records.selection.to_object(),
            CONTEXT: [event.to_object() for event in records.context],
        }
    return package | {"resources": [_resource(layout, partial=bool(records.context)) for layout in LAYOUTS.values()]}


def _version(records: Records) -> str:
    """The newest schema version that a record names, so that tables load back to the same records."""
    named = {
        version_of(r.schema_) for t in (records.sources, records.actors, records.places, records.events) for r in t
    }
    return next((version for version in reversed(READABLE) if version in named), VERSION)


def _resource(layout: Layout[Any], *, partial: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": _PROFILES + "tableschema.json",
        "fields": [_field(column, layout) for column in layout.columns],
        "missingValues": [""],
        "primaryKey": list(layout.key),
    }
    if links := layout.inner_links if partial else layout.links:
        schema["foreignKeys"] = [{"fields": [link.column], "reference": _target(link.table, layout)} for link in links]
    return {
        "name": layout.name,
        "path": f"{layout.name}.csv",
        "description": layout.description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": schema,
    }


def _target(table: str, layout: Layout[Any]) -> dict[str, Any]:
    """The target of a foreign key; for a table that refers to itself, version 2 leaves out the name."""
    fields: dict[str, Any] = {"fields": ["id"]}
    return fields if table == layout.name else {"resource": table} | fields


def _field(column: Column[Any], layout: Layout[Any]) -> dict[str, Any]:
    derived = " Derived." if column.derived else ""
    field: dict[str, Any] = {"name": column.name, "description": column.description + derived, **_kind(column)}
    constraints: dict[str, Any] = {}
    if column.name in layout.key:
        constraints["required"] = True
    if layout.key == (column.name,):
        constraints["unique"] = True
    if column.codelist is not None:
        constraints["enum"] = list(codes(column.codelist))
    return field | ({"constraints": constraints} if constraints else {})


def _kind(column: Column[Any]) -> Mapping[str, Any]:
    if column.many:
        return {"type": "list", "delimiter": SEPARATOR, "itemType": "string"}
    return {"type": "string" if column.type is ColumnType.CODE else str(column.type)}
