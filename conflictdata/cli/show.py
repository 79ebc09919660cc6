"""`conflictdata show`: one record whole."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictdata.cli.options import DATA, dataset
from conflictdata.cli.parameters import RecordId
from conflictdata.cli.terminal import say, write

if TYPE_CHECKING:
    from conflictdata.dataset import Dataset


@click.command()
@click.argument("record_id", metavar="ID", type=RecordId("event", "actor", "place", "source"))
@click.option("--json", "as_json", is_flag=True, help="The record as its file has it.")
@DATA
def command(record_id: str, as_json: bool, data: str | Path | None) -> None:
    """Show one record whole; an event ends with a sentence that may be printed.

    ID is an event, a claim such as CD-0003#c2, an actor, a place or a source. Of an event everything that follows from
    its claims is shown too: grade, origins, what each party says, disputes.

    \b
    Example:
      conflictdata show CD-0003
      conflictdata show raqqa --json
    """
    from conflictdata.canonical import dump
    from conflictdata.cli.sheets import sheet

    whole = dataset(data)
    record = _record(whole, record_id)
    if as_json:
        write([dump(getattr(record, "claim", record).to_object())])
        return
    for line, strong in sheet(whole, record):
        say(line, strong=strong)


def _record(whole: Dataset, record_id: str) -> Any:
    from conflictdata.views.names import UnknownName

    tables = (whole.events, whole.claims, whole.actors, whole.places, whole.sources)
    for table in tables:
        if (found := table.get(record_id)) is not None:
            return found
    near = difflib.get_close_matches(record_id, _ids(tables))
    raise UnknownName("record", record_id, near)


def _ids(tables: Any) -> Iterator[str]:
    for table in tables:
        yield from table.ids()
