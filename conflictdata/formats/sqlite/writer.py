"""A folder that `datasette FOLDER` serves: the database, and the metadata that describe its tables and columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from conflictdata.analysis.citation import citation
from conflictdata.formats.interface import Chosen, FolderFormat, selected, source_text
from conflictdata.formats.sqlite.database import database
from conflictdata.model import Records
from conflictdata.tables.registry import LAYOUTS

_NAME = "conflictdata"

_SHOWN: dict[str, dict[str, Any]] = {
    "events": {"label_column": "title", "sort": "date_best", "facets": ["type", "country", "admin1", "grade"]},
    "claims": {"label_column": "id", "facets": ["property", "stance", "claimant"]},
    "actors": {"label_column": "name", "sort": "name", "facets": ["kind", "country"]},
    "places": {"label_column": "name", "sort": "name", "facets": ["kind", "country"]},
    "sources": {"label_column": "title", "sort": "title", "facets": ["language", "composition"]},
}
"""The display of the most used tables in Datasette."""

_QUERIES = {
    "who_says_what": {
        "title": "Who says what of an event",
        "sql": (
            "SELECT c.id, a.name AS claimant, c.stance, c.property, c.low, c.high, c.as_stated, c.statement_text,"
            " e.source_id, e.paragraph FROM claims c JOIN actors a ON a.id = c.claimant"
            " JOIN evidence e ON e.claim_id = c.id WHERE c.event_id = :event_id ORDER BY c.rowid"
        ),
    },
    "killed_by_year": {
        "title": "Incidents and the least number killed, by year",
        "sql": (
            "SELECT substr(date_best, 1, 4) AS year, count(*) AS incidents, sum(killed_low) AS killed_low"
            " FROM events_flat WHERE kind = 'incident' GROUP BY year ORDER BY year"
        ),
    },
}


def files(records: Records, events: Chosen | None) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The database and its metadata, of all records or of a selection that stands by itself."""
    records = selected(records, events)
    yield f"{_NAME}.db", database(records)
    yield "metadata.json", iter([json.dumps(metadata(records), indent=2, ensure_ascii=False).encode() + b"\n"])


def metadata(records: Records) -> dict[str, Any]:
    """The metadata of the database, its tables and their columns for Datasette."""
    return {
        "title": "conflictdata",
        "description": (
            "The war against Islamic State in Syria and Iraq, 2014-2017: every number traced to who said it. An empty"
            f" cell is unknown, never 0. Cite as: {citation(records).strip()}"
            + (f" {selection}" if (selection := source_text(records, None)) else "")
        ),
        "license": "CC BY 4.0",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "databases": {
            _NAME: {
                "tables": {
                    layout.name: {
                        "description": layout.description,
                        "columns": {column.name: column.description for column in layout.columns},
                        **_SHOWN.get(layout.name, {}),
                    }
                    for layout in LAYOUTS.values()
                },
                "queries": _QUERIES,
            }
        },
    }


SQLITE = FolderFormat(
    name="sqlite",
    description=(
        "One SQLite database with every table, views and full-text search, and metadata for Datasette:"
        " `datasette FOLDER` serves it."
    ),
    files=files,
    loses=("release.date", "release.stage", "selection", "context", "period"),
)
