"""Drafts of events from a table of incidents with counts by two parties: days, coordinates, both counts and evidence.

A draft holds only what can be copied. Place, title, type of target and summary are blank; the curator fills them in,
with the number words, from the texts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from conflictdata.curation.table_file import TableRow, read_rows
from conflictdata.errors import MissingExtra
from conflictdata.findings import Code
from conflictdata.schema.documents import urn
from conflictdata.text import quote

Object = dict[str, Any]
Cite = Callable[[str, int], Object]
"""A function from a source's id and a paragraph to a piece of evidence."""

COLUMNS = (
    "code", "day", "day_last", "mgrs", "mgrs_accuracy", "killed_min", "killed_max", "children_min", "children_max",
    "women_min", "women_max", "injured_min", "injured_max", "conceded_killed_min", "conceded_killed_max",
    "conceded_injured_min", "conceded_injured_max", "statement_files", "statement_paragraphs", "airwars_url",
    "airwars_paragraph",
)  # fmt: skip
"""The columns that a table of incidents needs; empty cells are not known."""

_RADIUS = {"100 m": 100, "1 m": 10}
_CIVILIANS: Object = {"actor": "civilians", "status": "civilian"}


def draft_events(table: Path, first_id: str, monitor_source: str, cite: Cite) -> Iterator[Object]:
    """A draft for each row, with ids from `first_id` on; a row that cannot be read raises `InvalidInput`.

    `monitor_source` is the document with the monitor's records, one paragraph for each incident.
    """
    number = int(first_id.removeprefix("CD-"))
    for offset, row in enumerate(read_rows(table, COLUMNS, unique="code")):
        yield _draft(row, f"CD-{number + offset:04}", monitor_source, cite)


def _draft(row: TableRow, event_id: str, monitor_source: str, cite: Cite) -> Object:
    cells = row.cells
    first, last = _day(row, "day"), _day(row, "day_last") if cells["day_last"] else _day(row, "day")
    claims: list[Object] = []
    report = re.sub(r"\.txt$", "", cells["statement_files"]).lower()[:60]
    of_party = [cite(report, _whole(row, "statement_paragraphs"))]
    of_monitor = [cite(monitor_source, _whole(row, "airwars_paragraph"))]
    for piece in (*of_party, *of_monitor):
        piece["locator"] = cells["code"]

    def claim(claimant: str, what: str, column: str, of: Object, evidence: list[Object]) -> str | None:
        if not cells[f"{column}_min"]:
            return None
        low, high = _whole(row, f"{column}_min"), _whole(row, f"{column}_max")
        words = str(low) if low == high else f"{low} to {high}"
        count: Object = {"low": low, "high": high, "bound": "exact" if low == high else "range", "as_stated": words}
        count |= {"unit": "person", "scope": "incident", "of": of, "by": ["us-led-coalition"]}
        members = {
            "claimant": claimant,
            "attribution": "own_voice",
            "stance": "asserts",
            "property": what,
            "count": count,
        }
        claims.append({"id": f"c{len(claims) + 1}"} | members | {"evidence": evidence})
        return f"{event_id}#c{len(claims)}"

    claim("us-led-coalition", "killed", "conceded_killed", _CIVILIANS, of_party)
    claim("us-led-coalition", "injured", "conceded_injured", _CIVILIANS, of_party)
    parts = [
        claim("airwars", "killed", "children", _CIVILIANS | {"status": "child"}, of_monitor),
        claim("airwars", "killed", "women", _CIVILIANS | {"status": "woman"}, of_monitor),
    ]
    if claim("airwars", "killed", "killed", _CIVILIANS, of_monitor) and any(parts):
        claims[-1]["count"]["includes"] = [part for part in parts if part is not None]
    claim("airwars", "injured", "injured", _CIVILIANS, of_monitor)
    where: Object = {"place": "", "precision": "near"}
    if cells["mgrs"]:
        where["point"] = _point(row)
    return {
        "$schema": urn("event"),
        "id": event_id,
        "kind": "incident",
        "title": "",
        "type": "air_strike",
        "when": {"earliest": first, "latest": last, "basis": ""},
        "where": where,
        "means": ["air_strike"],
        "participants": [
            {"actor": "us-led-coalition", "side": 1, "role": "attacker"},
            {"actor": "civilians", "role": "victim"},
        ],
        "claims": claims,
        "external_ids": [{"dataset": "airwars", "id": cells["code"], "url": cells["airwars_url"]}],
        "summary": "",
    }


def _day(row: TableRow, column: str) -> str:
    try:
        return dt.date.fromisoformat(row.cells[column]).isoformat()
    except ValueError:
        message = f"{quote(row.cells[column])} is not a day; write YYYY-MM-DD"
        raise row.wrong(column, Code.BAD_FORMAT, message) from None


def _whole(row: TableRow, column: str) -> int:
    cell = row.cells[column]
    if not (cell.isascii() and cell.isdigit()):
        raise row.wrong(column, Code.WRONG_TYPE, f"{quote(cell)} is not a whole number; write it in digits")
    return int(cell)


def _point(row: TableRow) -> Object:
    """The point of a grid reference, in degrees rounded to five decimals."""
    try:
        import mgrs  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as error:
        raise MissingExtra("mgrs", "curate") from error
    grid = row.cells["mgrs"]
    try:
        lat, lon = mgrs.MGRS().toLatLon(grid)
    except mgrs.core.MGRSError as error:
        raise row.wrong("mgrs", Code.BAD_FORMAT, f"{quote(grid)} is not an MGRS grid reference; correct it") from error
    return {
        "lat": round(lat, 5),
        "lon": round(lon, 5),
        "mgrs": grid,
        "radius_m": _RADIUS.get(row.cells["mgrs_accuracy"], 1000),
        "source": "MGRS of the coalition, by way of Airwars' archive",
        "standing": "single_source",
    }
