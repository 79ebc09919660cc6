"""`conflictdata diff`: what differs between two states of the dataset, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import WHERE
from conflictdata.cli.output import many, say, talk, write

if TYPE_CHECKING:
    from conflictdata.publishing.change import Change, Edit

GROUPS = {
    "corrected": "corrected (we erred)",
    "revised": "revised (the world's knowledge improved)",
    "added": "added",
    "withdrawn": "withdrawn",
    "changed": "changed (no reason is known)",
    "removed": "removed",
}
"""The groups of changes, in the order in which they are told."""


@click.command(cls=Command)
@click.argument("old", metavar="A", type=WHERE)
@click.argument("new", metavar="B", required=False, type=WHERE)
@click.option("--json", "as_json", is_flag=True, help="One JSON document, with every value whole.")
def command(old: str | Path, new: str | Path | None, as_json: bool) -> None:
    """Say what differs between two releases, by record and field, and why.

    A and B are releases by version, or paths of releases or records; without B it is what the package carries. Claims
    and relations are named by their ids. The reasons come from the releases themselves, or from the files that the
    curator wrote for the next one.

    \b
    Example:
      conflictdata diff 2026.11.0 conflictdata/records
      conflictdata diff 2026.11.0 --json
    """
    from conflictdata.publishing.compare import compared, state

    before, after = state(old), state(new)
    changes = compared(before, after)
    if as_json:
        found = {"from": str(before), "to": str(after), "changes": [change.to_object() for change in changes]}
        write([json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"])
        return
    for group, title in GROUPS.items():
        members = [change for change in changes if change.called == group]
        if members:
            say(f"{title}: {len(members)}", strong=True)
        for change in members:
            _tell(change)
    talk(f"{many(len(changes), 'change')} from {before} to {after}")


def _tell(change: Change) -> None:
    from conflictdata.publishing.release_notes import brief

    title = (change.record or {}).get("title") or (change.record or {}).get("name") or ""
    say(f"  {change.path} {title}".rstrip())
    if change.reason:
        say(f"    because: {brief(change.reason)}")
    for edit in change.edits:
        say(f"    {edit.pointer}: {_became(edit)}")


def _became(edit: Edit) -> str:
    from conflictdata.publishing.release_notes import brief

    if edit.order:
        return f"in the order {', '.join(edit.order)}"
    if edit.old is None:
        return f"now {brief(edit.new)}"
    return f"was {brief(edit.old)}" + (f", now {brief(edit.new)}" if edit.new is not None else ", now absent")
