"""`conflictdata release list`: the releases that can be loaded by version."""

from __future__ import annotations

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import FORM
from conflictdata.cli.table_output import print_table


@click.command("list", cls=Command)
@FORM
def command(form: str) -> None:
    """List the releases that can be loaded.

    They are in the package, in the folder in CONFLICTDATA_RELEASES, or in the cache. The network is not used.

    \b
    Example:
      conflictdata release list
    """
    from conflictdata.release.catalog import known_releases

    rows = [(known.version, known.date, known.stage, known.where, str(known.path)) for known in known_releases()]
    print_table(("version", "date", "stage", "where", "path"), rows, form)
