"""`conflictdata release build`: validate the records and write a release."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FOLDER
from conflictdata.cli.output import many, say, talk
from conflictdata.cli.param_types import Day, ParamType


class _Folder(click.Path):
    """A folder, which need not exist; an empty name, which an unset variable gives, is an error."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty; give a folder", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = _Folder(file_okay=False, path_type=Path)


class Version(ParamType):
    """The version of a release."""

    name = "version"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The version, or a usage error."""
        from conflictdata.errors import InvalidValue
        from conflictdata.release.version import parse_version

        try:
            parse_version(str(value))
        except InvalidValue as error:
            self.fail(str(error), param, ctx)
        return str(value)


@click.command("build", cls=Command)
@click.argument("version", type=Version())
@click.option("--date", metavar="DAY", type=Day(), required=True, help="Date of the release, as YYYY-MM-DD.")
@click.option(
    "--stage",
    type=click.Choice(["candidate", "final"]),
    required=True,
    help="`candidate` may still be corrected, `final` may not.",
)
@click.option("--into", metavar="DIR", type=FOLDER, default="releases", show_default=True, help="Folder of releases.")
@click.option(
    "--records", metavar="DIR", type=EXISTING_FOLDER, help="Folder of records. Default: those of this package."
)
@click.option(
    "--views/--no-views",
    default=True,
    show_default=True,
    help="With the files for maps and databases and the explorer; needs the extras `arrow` and `geo`.",
)
@click.pass_context
def build(
    ctx: click.Context, version: str, date: dt.date, stage: str, into: Path, records: Path | None, views: bool
) -> None:
    """Build a release; a release is never changed later.

    VERSION is a year, a month and a number, such as 2026.12.0. It must be later than every release in the folder; made
    from the records of this package, also later than every release in the package, or equal to one of them byte for
    byte. The records are validated. Each change since the release before needs a reason in `changes/` in the folder of
    records, and no released id may be lost or reused. If anything is wrong, all problems are listed and nothing is
    written. The folder, its zip and the index are written atomically. The same records, version and date give the same
    bytes everywhere.

    \b
    Example:
      conflictdata release build 2026.11.0 --date 2026-11-20 --stage final
    """
    from conflictdata.errors import NotReleasable
    from conflictdata.model.codes import ReleaseStage
    from conflictdata.publishing.build import build as build_release

    try:
        built = build_release(version, date, ReleaseStage(stage), into, records=records, views=views)
    except NotReleasable as refused:
        for finding in refused.findings:
            say(finding)
        talk(f"release {version} was not built: {many(len(refused.findings), 'problem')}; nothing was written")
        ctx.exit(1)
    for warning in built.warnings:
        talk(warning)
    since = f"{many(len(built.changes), 'change')} since {built.previous}" if built.previous else "no earlier release"
    talk(f"release {version}: {since}; {many(len(built.warnings), 'warning')}")
    for path in (built.folder, built.archive):
        talk(f"wrote {path}")
    say(f"{built.listed.sha256}  {built.listed.archive}")


command = build
