"""`conflictdata format`: records in their one spelling."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FOLDER
from conflictdata.cli.output import many, say, talk
from conflictdata.resources import records_folder


@click.command(cls=Command)
@click.argument("path", required=False, type=EXISTING_FOLDER)
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not in the one spelling.")
@click.pass_context
def command(ctx: click.Context, path: Path | None, check: bool) -> None:
    """Rewrite records in their one spelling.

    PATH is a folder of records, by default the installed ones. The files rewritten are listed on stdout. A file that
    does not pass the schema is left alone and its faults are listed instead.

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
    spelled = "not in the one spelling" if check else "rewritten"
    talk(f"{many(len(done.changed), 'file')} {spelled}, {many(len(done.findings), 'finding')}")
    ctx.exit(1 if done.findings or done.failed or (check and done.changed) else 0)
