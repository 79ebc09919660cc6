"""Drafts of source records from a list: one for each row, with the hash and number of paragraphs of its text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conflictdata.curation.scaffolds import source
from conflictdata.curation.table_file import read_rows
from conflictdata.findings import Code
from conflictdata.schema.validate import slow_validator
from conflictdata.text import quote

COLUMNS = ("id", "file", "by", "date")
"""What a list needs: the id, the text's file name, who first published it (an actor), the day (YYYY-MM-DD or empty)."""

OPTIONAL = ("title", "language", "url", "author", "wire", "layout")


def draft_sources(table: Path, texts: Path) -> Iterator[dict[str, Any]]:
    """A draft for each row; `InvalidInput`, with the row, for a wrong id or day, or a text that is not in `texts`."""
    for row in read_rows(table, COLUMNS, unique="id"):
        cells = row.cells
        for column, definition in (("id", "slug"), ("by", "slug"), *((("date", "date"),) if cells["date"] else ())):
            if not slow_validator("definitions", definition).is_valid(cells[column]):
                raise row.wrong(column, Code.BAD_FORMAT, f"{quote(cells[column])} is not valid here; correct it")
        text = texts / cells["file"]
        if "/" in cells["file"] or not text.is_file():
            raise row.wrong(
                "file", Code.TEXT_MISSING, f"there is no text {quote(cells['file'])} in {texts}; correct the name"
            )
        draft = source(cells["id"], text)
        day = {"earliest": cells["date"], "latest": cells["date"], "basis": ""} if cells["date"] else {}
        given = {name: cells[name] for name in OPTIONAL if cells.get(name)}
        step: dict[str, Any] = {"step": "first_published", "by": cells["by"]}
        step |= {name: given.pop(name) for name in ("author", "url") if name in given}
        if day:
            step["date"] = day
        yield draft | {"language": "en", "chain": [step]} | given
