"""`conflictdata codes`: the codelists."""

from __future__ import annotations

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import FORM
from conflictdata.cli.param_types import named
from conflictdata.cli.table_output import print_table
from conflictdata.codelists import codelist, codelist_names


def _names() -> tuple[str, ...]:
    return codelist_names()


@click.command(cls=Command)
@click.argument("name", required=False, type=named("codelist", _names))
@FORM
def command(name: str | None, form: str) -> None:
    """Print a codelist: each code and what it means.

    NAME is a codelist; without it the codelists are listed.

    \b
    Example:
      conflictdata codes event-types
      conflictdata codes finding-codes --format csv
    """
    if name is None:
        print_table(("codelist", "codes"), [(known, len(codelist(known))) for known in _names()], form)
        return
    rows = codelist(name)
    columns = tuple(rows[0])
    print_table(columns, [tuple(row[column] or None for column in columns) for row in rows], form)
