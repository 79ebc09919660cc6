"""`conflictdata release build`: validate the records and write a release."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FOLDER
from conflictdata.cli.output import many, say, talk
from conflictdata.cli.param_types import Day, ParamType, UserPath


class _Folder(UserPath):
    """A folder, which need not exist; an empty name, which an unset variable gives, is an error."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty; give a folder", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = _Folder(file_okay=False)


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


INTO = click.option(
    "--into", metavar="DIR", type=FOLDER, help="Folder of releases. Default: `releases` in the checkout."
)
RECORDS = click.option(
    "--records", metavar="DIR", type=EXISTING_FOLDER, help="Folder of records. Default: those of the checkout."
)
"""The folders that planning and building share."""


class Folders(NamedTuple):
    """What is released: the folder of records, that of releases, and the checkout if it is of this project."""

    records: Path
    into: Path
    checkout: Path | None


def folders(records: Path | None, into: Path | None) -> Folders:
    """The given folders, or those of the checkout around the working folder; raises `DataNotFound`."""
    if records is not None:
        return Folders(records, into or Path("releases"), None)
    from conflictdata.publishing.checkout import find_checkout

    checkout = find_checkout(Path.cwd())
    return Folders(checkout / "conflictdata" / "records", into or checkout / "releases", checkout)


@click.command("build", cls=Command)
@click.argument("version", type=Version())
@click.option("--date", metavar="DAY", type=Day(), required=True, help="Date of the release, as YYYY-MM-DD.")
@click.option(
    "--stage",
    type=click.Choice(["candidate", "final"]),
    required=True,
    help="`candidate` may still be corrected, `final` may not.",
)
@INTO
@RECORDS
@click.option("--first", is_flag=True, help="The folder of releases is new, and this is the first in it.")
@click.option(
    "--views/--no-views",
    default=True,
    show_default=True,
    help="Also write the explorer and the files for maps and databases; this needs the extras `arrow` and `geo`.",
)
@click.pass_context
def command(
    ctx: click.Context,
    version: str,
    date: dt.date,
    stage: str,
    into: Path | None,
    records: Path | None,
    first: bool,
    views: bool,
) -> None:
    """Build a release; a release is never changed later.

    VERSION is a year, a month and a number, such as 2026.12.0. The records are those of the checkout around the working
    folder, and the version must be later than every release of theirs; a version that was released is never built from
    other records. A candidate becomes final when it is built again as final. The records are validated. Each change of
    a released record needs a reason in `changes/` in the folder of records (see `conflictdata release plan`), and no
    released id may be lost or reused. A release of the checkout has a wheel beside it, and needs its section in
    CHANGELOG.md and its version in the package. If anything is wrong, all problems are listed and nothing is written.
    Folder, zip, wheel and index are written atomically. The same records, version and date give the same bytes
    everywhere.

    \b
    Example:
      conflictdata release build 2026.12.0 --date 2026-12-01 --stage final
    """
    from conflictdata.errors import NotReleasable
    from conflictdata.model.codes import ReleaseStage
    from conflictdata.publishing.build import build

    source = folders(records, into)
    try:
        built = build(
            version,
            date,
            ReleaseStage(stage),
            source.into,
            records=source.records,
            checkout=source.checkout,
            first=first,
            views=views,
            announce=talk,
        )
    except NotReleasable as refused:
        for finding in refused.findings:
            say(finding)
        talk(f"release {version} was not built: {many(len(refused.findings), 'problem')}; nothing was written")
        ctx.exit(1)
    for warning in built.warnings:
        talk(warning)
    since = f"{many(len(built.changes), 'change')} since {built.previous}" if built.previous else "no earlier release"
    talk(f"release {version}: {since}; {many(len(built.warnings), 'warning')}")
    for path in filter(None, (built.folder, built.archive, built.wheel)):
        talk(f"wrote {path}")
    say(f"{built.listed.sha256}  {built.listed.archive}")
    if built.listed.wheel is not None:
        say(f"{built.listed.wheel.sha256}  {built.listed.wheel.file}")
