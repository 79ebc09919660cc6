"""`conflictdata diff`: what changed between two versions of the dataset, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import FORM, WHERE
from conflictdata.cli.output import many, say, talk, write
from conflictdata.cli.table_output import json_document, print_table

if TYPE_CHECKING:
    from conflictdata.publishing.change import Change, Edit

GROUPS = {
    "corrected": "corrected (the record was wrong)",
    "revised": "revised (more is known now)",
    "added": "added",
    "withdrawn": "withdrawn",
    "changed": "changed (no reason given)",
    "removed": "removed",
}
"""The groups of changes, in the order in which they are printed."""


@click.command(cls=Command)
@click.argument("old", metavar="A", type=WHERE)
@click.argument("new", metavar="B", required=False, type=WHERE)
@FORM
def command(old: str | Path, new: str | Path | None, form: str) -> None:
    """Compare two releases: what changed, by record and field, and why.

    A and B are release versions, or paths of releases or records. Default for B: the installed records. Claims and
    relations are named by their ids. The reasons are those in the releases, or in the files that were written for the
    next release. JSON and CSV hold every value in full.

    \b
    Example:
      conflictdata diff 2026.11.0 conflictdata/records
      conflictdata diff 2026.11.0 --format json
    """
    from conflictdata.publishing.explained_diff import compared, state
    from conflictdata.publishing.release_notes import brief

    before, after = state(old), state(new)
    changes = compared(before, after)
    if form == "json":
        found = {"from": str(before), "to": str(after), "changes": [change.to_object() for change in changes]}
        write(json_document(found))
        return
    if form == "csv":
        print_table(("record", "change", "pointer", "old", "new", "reason"), _rows(changes), "csv")
        return
    for group, title in GROUPS.items():
        members = [change for change in changes if change.called == group]
        if members:
            say(f"{title}: {len(members)}", strong=True)
        for change in members:
            if not _is_of_schema_version(change):
                _print_changes(change)
        if moved := [change for change in members if _is_of_schema_version(change)]:
            say(f"  {many(len(moved), 'record')} changed in the schema version alone (listed in JSON and CSV)")
            for reason in dict.fromkeys(change.reason for change in moved if change.reason):
                say(f"    because: {brief(reason)}")
    talk(f"{many(len(changes), 'change')} from {before} to {after}")


def _is_of_schema_version(change: Change) -> bool:
    """Whether nothing but the schema version of the record changed."""
    return [edit.pointer for edit in change.edits] == ["/$schema"]


def _rows(changes: Iterable[Change]) -> Iterator[tuple[str | None, ...]]:
    """One row an edit, or a row for a record that was added or removed; values as JSON."""
    for change in changes:
        for edit in change.edits:
            values = (
                None if value is None else json.dumps(value, ensure_ascii=False) for value in (edit.old, edit.new)
            )
            yield change.path, change.called, edit.pointer, *values, change.reason
        if not change.edits:
            yield change.path, change.called, None, None, None, change.reason


def _print_changes(change: Change) -> None:
    from conflictdata.publishing.release_notes import brief

    title = (change.record or {}).get("title") or (change.record or {}).get("name") or ""
    say(f"  {change.path} {title}".rstrip())
    if change.reason:
        say(f"    because: {brief(change.reason)}")
    for edit in change.edits:
        say(f"    {edit.pointer}: {_change_text(edit)}")


def _change_text(edit: Edit) -> str:
    from conflictdata.publishing.release_notes import brief

    if edit.order:
        return f"new order {', '.join(edit.order)}"
    if edit.old is None:
        return f"now {brief(edit.new)}"
    return f"was {brief(edit.old)}" + (f", now {brief(edit.new)}" if edit.new is not None else ", now absent")
