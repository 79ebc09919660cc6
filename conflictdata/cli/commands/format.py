"""`conflictdata format`: records in canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FOLDER
from conflictdata.cli.output import many, say, talk
from conflictdata.resources import records_folder


@click.command(cls=Command)
@click.argument("path", required=False, type=EXISTING_FOLDER)
@click.option("--check", is_flag=True, help="Change no file; exit with status 1 if a file is not formatted.")
@click.pass_context
def command(ctx: click.Context, path: Path | None, check: bool) -> None:
    """Format records (canonical key order, spacing and number form).

    PATH is a folder of records. Default: the installed records. The changed files are listed on stdout. A file with
    errors is not changed; its errors are listed instead.

    \b
    Example:
      conflictdata format
      conflictdata format --check conflictdata/records
    """
    from conflictdata.curation.formatter import format_folder

    done = format_folder(path or records_folder(), check=check)
    for line in (*done.changed, *done.findings):
        say(line)
    for error in done.failed:
        talk(f"error: {error}")
    outcome = "not formatted" if check else "formatted"
    talk(f"{many(len(done.changed), 'file')} {outcome}, {many(len(done.findings), 'finding')}")
    ctx.exit(1 if done.findings or done.failed or (check and done.changed) else 0)
