"""`conflictdata release list`: which releases can be loaded by their version."""

from __future__ import annotations

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import FORM
from conflictdata.cli.table_output import print_table


@click.command("list", cls=Command)
@FORM
def listing(form: str) -> None:
    """List the releases at hand.

    Those that the package carries, those in the folder that CONFLICTDATA_RELEASES names, and those in the cache. No
    network is asked.

    \b
    Example:
      conflictdata release list
    """
    from conflictdata.release.catalog import known_releases

    rows = [(known.version, known.date, known.stage, known.where, str(known.path)) for known in known_releases()]
    print_table(("version", "date", "stage", "where", "path"), rows, form)


command = listing
