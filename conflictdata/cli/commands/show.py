"""`conflictdata show`: one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset
from conflictdata.cli.output import say, write
from conflictdata.cli.param_types import RecordId
from conflictdata.cli.table_output import print_table

if TYPE_CHECKING:
    from pathlib import Path

    from conflictdata.dataset import Dataset
    from conflictdata.model import EventClaim, Record


@click.command(cls=Command)
@click.argument("record_id", metavar="ID", type=RecordId("event", "actor", "place", "source"))
@FORM
@DATA
def command(record_id: str, form: str, data: str | Path | None) -> None:
    """Show one record: event, claim, actor, place or source.

    ID is an id such as CD-0003, a claim such as CD-0003#c2, or a name in any usual spelling. If records of several
    tables share it, write the table first: places/raqqa. An event is shown with values derived from its claims: grade,
    origins, positions, disputes, and a sentence for publication. JSON is the record as in its file.

    \b
    Example:
      conflictdata show CD-0003
      conflictdata show raqqa --format json
    """
    from conflictdata.analysis.lookup import find_record
    from conflictdata.model import EventClaim

    whole = dataset(data)
    record = find_record(whole.records, record_id)
    match form:
        case "json":
            from conflictdata.canonical.dump import dump

            write([dump(record.claim.to_object() if isinstance(record, EventClaim) else record.to_object())])
        case "csv":
            _print_row(whole, record)
        case _:
            from conflictdata.cli.record_view import render_record

            for line, strong in render_record(whole, record):
                say(line, strong=strong)


def _print_row(whole: Dataset, record: Record | EventClaim) -> None:
    """The record's row in its table."""
    from conflictdata.tables.registry import TABLES, table_rows

    tables = (whole.events, whole.claims, whole.actors, whole.places, whole.sources)
    table = next(each.name for each in tables if record in each)
    rows = [row for row in table_rows(whole.records, table) if row[0] == record.id]
    print_table([column.name for column in TABLES[table]], rows, "csv")
