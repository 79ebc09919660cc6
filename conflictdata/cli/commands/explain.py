"""`conflictdata explain`: the claims behind an event's derived values."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset
from conflictdata.cli.param_types import RecordId
from conflictdata.cli.table_output import print_answer


@click.command(cls=Command)
@click.argument("event", metavar="ID", type=RecordId("event"))
@FORM
@DATA
def command(event: str, form: str, data: str | Path | None) -> None:
    """Explain an event: dates, place, grade, figures and disputes with their claims.

    ID is the id of an event, such as CD-0043. The ids in brackets are the claims that a value is based on.

    \b
    Example:
      conflictdata explain CD-0043
    """
    answer = dataset(data).explain(event)
    print_answer(answer, form, str(answer).split("\n"))
