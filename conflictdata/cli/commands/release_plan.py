"""`conflictdata release plan`: what the next release changes, and which reasons are still to be written."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.atomic import is_file
from conflictdata.cli.commands.release_build import INTO, RECORDS, Version, folders
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.output import many, say, talk


@click.command("plan", cls=Command)
@click.argument("version", type=Version())
@INTO
@RECORDS
def command(version: str, into: Path | None, records: Path | None) -> None:
    """List what the next release changes, and prepare its reasons.

    VERSION is the next release. The records are those of the checkout around the working folder; they are compared
    with the last release. For each changed or withdrawn record without a reason a line is added to
    `changes/VERSION.json` in the folder of records. Write the reason there, and change `corrected` to `revised` if the
    record was not wrong but more is known now. Records with the same reason may share a line. Existing lines are kept.
    New records need no reason.

    \b
    Example:
      conflictdata release plan 2026.12.0
    """
    from conflictdata.errors import DataNotFound
    from conflictdata.findings import Code
    from conflictdata.publishing.change import Shape
    from conflictdata.publishing.history_check import is_descendant, known_releases
    from conflictdata.publishing.plan import planned, write_skeleton
    from conflictdata.release.version import parse_version
    from conflictdata.resources import INDEX

    source = folders(records, into)
    if not is_file(source.into / INDEX):
        raise DataNotFound(f"there is no {source.into / INDEX}; give the folder of the releases with --into")
    known = known_releases(source.into, carried=source.checkout is not None or is_descendant(source.records))
    past = [one for one in known if parse_version(one.version) < parse_version(version)]
    found = planned(version, source.records, past)
    for change in found.changes:
        if change.shape is not Shape.ADDED:
            say(f"{change.called} {change.path}: {change.reason or 'no reason yet'}")
    for finding in found.errors:
        if finding.code is not Code.CHANGE_WITHOUT_REASON:
            say(finding)
    since = f" since {found.previous}" if found.previous else "; there is no earlier release"
    talk(f"{source.records}: {found.summary}{since}")
    path = write_skeleton(version, source.records, found)
    if path is not None:
        talk(f"{many(len(found.without_reason), 'line')} added to {path}; write the reasons there")
    elif found.previous:
        talk("every change has its reason")
