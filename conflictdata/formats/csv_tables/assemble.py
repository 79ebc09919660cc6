"""Records assembled from the rows of tables; each part knows its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conflictdata.canonical import misspelt
from conflictdata.canonical.limits import JsonValue, is_spelled
from conflictdata.findings import MAX_FINDINGS, Code, Finding
from conflictdata.formats.csv_tables.table_rows import Line
from conflictdata.schema.documents import urn
from conflictdata.tables.columns import SEPARATOR, Column, ColumnType
from conflictdata.tables.registry import LAYOUTS
from conflictdata.text import quote

KIND_OF = {"sources": "source", "actors": "actor", "places": "place", "events": "event"}
"""By table, the kind of record in each of its rows."""


@dataclass(frozen=True, slots=True)
class Joint:
    """How the rows of a table belong to rows of others: the cell with the id by parent table, and the member."""

    member: str
    parents: Mapping[str, str]


JOINTS = {
    "participants": Joint("participants", {"event_id": "events"}),
    "distinctions": Joint("distinct_from", {"event_id": "events"}),
    "claims": Joint("claims", {"event_id": "events"}),
    "relations": Joint("relations", {"actor_id": "actors"}),
    "evidence": Joint("evidence", {"claim_id": "claims", "relation_id": "relations"}),
    "names": Joint("names", {"actor_id": "actors", "place_id": "places"}),
    "layout_names": Joint("acled", {"actor_id": "actors"}),
    "chain": Joint("chain", {"source_id": "sources"}),
    "alterations": Joint("alterations", {"source_id": "sources"}),
    "external_ids": Joint("external_ids", {"event_id": "events"}),
}
"""Every other table, after its parent tables."""

_INSIDE = (
    dict.fromkeys(KIND_OF, "")
    | dict.fromkeys(JOINTS, "part.")
    | {"events": "event.", "claims": "claim.", "evidence": "evidence.", "names": "name."}
)
"""The path of the JSON object in the item of a table's row."""

_FLAT_DAYS = {"event.when.first": ("when", "earliest"), "event.when.last": ("when", "latest")}
"""The days of the flat row: members of the window, unless the event lasted; then they are derived."""

_WHOLE_NUMBERS = frozenset({("sources", "furniture"), ("alterations", "paragraphs")})
"""The columns whose cells list numbers."""


@dataclass(frozen=True, slots=True)
class Part:
    """An object, its row, and the objects that belong to it, by member."""

    line: Line
    value: dict[str, Any]
    children: dict[str, list[Part]] = field(default_factory=dict)

    def locate(self, pointer: str) -> tuple[str, str]:
        """The row and column of a JSON pointer into the object."""
        return self._locate(pointer.split("/")[1:])

    def _locate(self, steps: list[str]) -> tuple[str, str]:
        if len(steps) > 1 and steps[0] in self.children:
            return self.children[steps[0]][int(steps[1])]._locate(steps[2:])
        for column in LAYOUTS[self.line.table].columns:
            member = member_of(self.line.table, column)
            # A finding for an object that several columns hold is reported at the first of them.
            if member and steps and all(one == other for one, other in zip(member, steps, strict=False)):
                return self.line.place, f"/{column.name}"
        return self.line.place, "".join(f"/{step}" for step in steps)


def assemble(lines: Mapping[str, Sequence[Line]], version: str) -> tuple[dict[str, list[Part]], list[Finding]]:
    """The records of a schema version by table, and the findings in cells and references.

    It stops after MAX_FINDINGS.
    """
    findings: list[Finding] = []
    parts: dict[str, dict[str, Part]] = {}
    for table, kind in KIND_OF.items():
        parts[table] = {}
        for line in lines[table]:
            value, wrong = _value(line)
            findings += wrong
            part = Part(line, {"$schema": urn(kind, version)} | value)
            if parts[table].setdefault(line.cells["id"], part) is not part:
                findings.append(_repeated(line, "id"))
            if len(findings) > MAX_FINDINGS:
                return {}, findings
    for table, joint in JOINTS.items():
        parts[table] = {}
        for line in sorted(lines[table], key=_position):
            value, wrong = _value(line)
            part = Part(line, value)
            parent, astray = _parent(line, joint, parts)
            findings += [*wrong, *astray]
            if "id" in line.cells and parts[table].setdefault(line.cells["id"], part) is not part:
                findings.append(_repeated(line, "id"))
            if parent is not None:
                parent.value.setdefault(joint.member, []).append(part.value)
                parent.children.setdefault(joint.member, []).append(part)
            if len(findings) > MAX_FINDINGS:
                return {}, findings
    return {table: list(parts[table].values()) for table in KIND_OF}, findings


def _repeated(line: Line, column: str) -> Finding:
    return line.finding(
        column, Code.DUPLICATE_ID, f"{line.cells[column]} occurs in more than one row; change or delete one of them"
    )


def _position(line: Line) -> int:
    """A sort key: rows keep their order, unless they have a position."""
    position = line.cells.get("position") or line.cells.get("id", "").rpartition(".")[2]
    return int(position) if position.isascii() and position.isdecimal() and len(position) < 10 else 0


def _parent(line: Line, joint: Joint, parts: Mapping[str, Mapping[str, Part]]) -> tuple[Part | None, list[Finding]]:
    """The part that the row belongs to, or the findings in the cells that name it."""
    given = {column: table for column, table in joint.parents.items() if line.cells[column]}
    if len(given) != 1:
        many, none = " and ".join(joint.parents), " or ".join(joint.parents)
        message = f"{many} are both filled; empty one of them" if given else f"{none} is missing; fill it in"
        return None, [line.finding(next(iter(joint.parents)), Code.WRONG_COMBINATION, message)]
    [(column, table)] = given.items()
    parent = parts[table].get(line.cells[column])
    if parent is None:
        message = f"no row of {table} has the id {quote(line.cells[column])}; correct the id, or add the row"
        return None, [line.finding(column, Code.DANGLING_REFERENCE, message)]
    return parent, []


def _value(line: Line) -> tuple[dict[str, Any], list[Finding]]:
    """The object of a row's own cells, and the findings in cells that are left out of it."""
    value: dict[str, Any] = {}
    findings: list[Finding] = []
    for column in LAYOUTS[line.table].columns:
        member, cell = member_of(line.table, column), line.cells.get(column.name, "")
        if member is None or not cell or (column.path in _FLAT_DAYS and line.cells["date_shape"] == "lasting"):
            continue
        read = _read(line.table, column, cell)
        if read is None:
            digits = any(character.isdecimal() for character in cell)
            message = (
                misspelt(cell) if digits else f"{quote(cell)} is not a number; leave the cell empty if none is known"
            )
            if column.type is ColumnType.BOOLEAN:
                message = f"{quote(cell)} is not a truth value; write true or false"
            findings.append(line.finding(column.name, Code.NUMBER_SPELLING, message))
            continue
        holder = value
        for step in member[:-1]:
            holder = holder.setdefault(step, {})
        holder[member[-1]] = read
    if line.table in ("claims", "relations"):
        value["id"] = line.cells["id"].rpartition("#")[2]
    return value, findings


def member_of(table: str, column: Column[Any]) -> tuple[str, ...] | None:
    """The path of a column's cells in a row's object; None if they are derived or name the row."""
    inside = _INSIDE[table]
    if column.derived or column.path is None or not column.path.startswith(inside):
        return None
    # An attribute whose name is a Python keyword ends with an underscore.
    names = (name.removesuffix("_") for name in column.path.removeprefix(inside).split("."))
    return _FLAT_DAYS.get(column.path) or tuple(names)


def _read(table: str, column: Column[Any], cell: str) -> JsonValue:
    """The value of a cell; None for a number or boolean that is not spelled as one."""
    if (table, column.name) in _WHOLE_NUMBERS:
        items = cell.split(SEPARATOR)
        return [int(item) for item in items] if all(item.isdecimal() and is_spelled(item) for item in items) else None
    if column.many:
        return list(cell.split(SEPARATOR))
    if column.type in (ColumnType.INTEGER, ColumnType.NUMBER):
        if not is_spelled(cell):
            return None
        return float(cell) if "." in cell else int(cell)
    if column.type is ColumnType.BOOLEAN:
        return {"true": True, "false": False}.get(cell)
    return cell
