"""`conflictdata release build`: the records as they stand, judged, explained and written once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FOLDER
from conflictdata.cli.output import say, talk
from conflictdata.cli.param_types import Day, ParamType


class _Folder(click.Path):
    """A folder, there or not; an empty name, which a variable without a value gives, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("an empty name is no folder", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = _Folder(file_okay=False, path_type=Path)


class Version(ParamType):
    """The version of a release."""

    name = "version"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The version, or misuse."""
        from conflictdata.errors import InvalidValue
        from conflictdata.release.version import parse_version

        try:
            parse_version(str(value))
        except InvalidValue as error:
            self.fail(str(error), param, ctx)
        return str(value)


@click.command("build", cls=Command)
@click.argument("version", type=Version())
@click.option("--date", metavar="DAY", type=Day(), required=True, help="The day it is dated, as YYYY-MM-DD.")
@click.option(
    "--stage",
    type=click.Choice(["candidate", "final"]),
    required=True,
    help="Whether it is still open to correction.",
)
@click.option(
    "--into", metavar="DIR", type=FOLDER, default="releases", show_default=True, help="The folder of releases."
)
@click.option("--records", metavar="DIR", type=EXISTING_FOLDER, help="Other records than those of this package.")
@click.pass_context
def build(ctx: click.Context, version: str, date: dt.date, stage: str, into: Path, records: Path | None) -> None:
    """Build a release, once and for ever.

    VERSION is a year, a month and a number, later than every release in the folder. Made of this package's own records,
    it is also later than every release that the package carries, or one of those and the same to the byte. The records
    are judged; what differs from the release before needs a reason under `changes/` in the folder of records, and no
    released id may be lost or used again. Whatever stands against it is listed, and then nothing is written. The
    folder, a zip of it and the index are written whole or not at all. The same records, version and day give the same
    bytes everywhere.

    \b
    Example:
      conflictdata release build 2026.11.0 --date 2026-11-20 --stage final
    """
    from conflictdata.errors import NotReleasable
    from conflictdata.model.codes import ReleaseStage
    from conflictdata.publishing.build import build as build_release

    try:
        built = build_release(version, date, ReleaseStage(stage), into, records=records)
    except NotReleasable as refused:
        for finding in refused.findings:
            say(finding)
        talk(f"{len(refused.findings)} faults stand against release {version}; nothing was written")
        ctx.exit(1)
    for warning in built.warnings:
        talk(warning)
    since = f"{len(built.changes)} changes since {built.previous}" if built.previous else "compared with no earlier one"
    talk(f"release {version}: {since}; {len(built.warnings)} warnings")
    for path in (built.folder, built.archive):
        talk(f"wrote {path}")
    say(f"{built.listed.sha256}  {built.listed.archive}")


command = build
