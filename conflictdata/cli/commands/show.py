"""`conflictdata show`: one record whole."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, dataset
from conflictdata.cli.output import say, write
from conflictdata.cli.param_types import RecordId

if TYPE_CHECKING:
    from conflictdata.dataset import Dataset


@click.command(cls=Command)
@click.argument("record_id", metavar="ID", type=RecordId("event", "actor", "place", "source"))
@click.option("--json", "as_json", is_flag=True, help="The record as its file has it.")
@DATA
def command(record_id: str, as_json: bool, data: str | Path | None) -> None:
    """Show one record whole; an event ends with a sentence that may be printed.

    ID is an event, a claim such as CD-0003#c2, an actor, a place or a source; an actor or a place may be given by a
    name that only it bears, and where two records share an id its table says which: places/raqqa. Of an event
    everything that follows from its claims is shown too: grade, origins, what each party says, disputes.

    \b
    Example:
      conflictdata show CD-0003
      conflictdata show raqqa --json
    """
    from conflictdata.canonical.dump import dump
    from conflictdata.cli.record_view import render_record

    whole = dataset(data)
    record = _record(whole, record_id)
    if as_json:
        write([dump(getattr(record, "claim", record).to_object())])
        return
    for line, strong in render_record(whole, record):
        say(line, strong=strong)


def _record(whole: Dataset, asked: str) -> Any:
    """The record of that id, or else of that name; `UnknownName` where there is none, or more than one."""
    from conflictdata.analysis.lookup import records_by_name
    from conflictdata.errors import UnknownName

    tables = {name: getattr(whole, name) for name in ("events", "claims", "actors", "places", "sources")}
    names = records_by_name(whole.records)
    found = [address for address in _addresses(tables, asked) if _at(tables, address) is not None]
    match found or names.get(asked.casefold(), []):
        case [only]:
            return _at(tables, only)
        case []:
            ids = [record_id for table in tables.values() for record_id in table.ids()]
            near = difflib.get_close_matches(asked, ids) or difflib.get_close_matches(asked.casefold(), names)
            raise UnknownName("record", asked, near)
        case several:
            raise UnknownName("record", asked, several, shared=True)


def _addresses(tables: dict[str, Any], asked: str) -> list[str]:
    """Where a record of that id can be: in the table that is named before it, or in any."""
    table, _, _ = asked.partition("/")
    return [asked] if table in tables else [f"{name}/{asked}" for name in tables]


def _at(tables: dict[str, Any], address: str) -> Any:
    table, _, record_id = address.partition("/")
    return tables[table].get(record_id)
