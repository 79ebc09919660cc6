"""`conflictdata list`: a table of the dataset, with the usual columns or those named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, FORM, dataset, filters, found_events
from conflictdata.cli.output import many, talk
from conflictdata.cli.param_types import RecordId, coded, named
from conflictdata.cli.table_output import Cell, print_table
from conflictdata.text import quote

if TYPE_CHECKING:
    from pathlib import Path

    from conflictdata.analysis.event_search import EventFilter
    from conflictdata.dataset import Dataset

USUAL = {
    "events": ("id", "date_start", "date_end", "type", "grade", "title"),
    "claims": ("id", "claimant", "stance", "property", "claimed"),
    "actors": ("id", "kind", "country", "name"),
    "places": ("id", "kind", "within", "latitude", "longitude", "name"),
    "sources": ("id", "language", "composition", "title"),
    "relations": ("id", "type", "other_actor", "claimant", "stance"),
}
"""The default columns of some tables; other tables have all columns."""


def _tables() -> Any:
    from conflictdata.tables.registry import TABLES

    return TABLES


@click.command(cls=Command)
@click.argument("table", default="events", type=named("table", _tables))
@click.option("--columns", metavar="NAME,...", help="The columns to print, in this order; `all` for all.")
@click.option("--claimant", metavar="NAME", type=RecordId("actor"), help="claims: Only those of this claimant.")
@click.option("--speaker", metavar="WORDS", help="claims: Only those of a speaker whose name contains these words.")
@click.option("--property", metavar="CODE", type=coded("property", "properties"), help="claims: Only of this property.")
@click.option("--stance", metavar="CODE", type=coded("stance", "stances"), help="claims: Only with this stance.")
@click.option("--event", metavar="ID", type=RecordId("event"), help="claims: Only those of this event.")
@click.option("--withdrawn", is_flag=True, help="Also list withdrawn records; the column `withdrawn` marks them.")
@filters
@FORM
@DATA
def command(
    table: str,
    columns: str | None,
    withdrawn: bool,
    asked: EventFilter | None,
    form: str,
    data: str | Path | None,
    **claim_filters: Any,
) -> None:
    """List events, claims, actors, places, sources or another table.

    Default for TABLE: events. Filters choose events. For claims, the claims of these events are listed; for other
    tables, the records to which these events refer. For claims, --search finds words in the claim and in the title of
    its event. Withdrawn records are neither listed nor found by filters. The column `claimed` gives a claim in words.

    \b
    Example:
      conflictdata list --place raqqa-governorate --from 2017-06-01
      conflictdata list claims --claimant airwars --property killed
    """
    from conflictdata.tables.registry import LAYOUTS

    if table != "claims" and (given := [name for name, value in claim_filters.items() if value is not None]):
        option = f"--{given[0]}"
        raise click.UsageError(f"{option} is only for claims; write `conflictdata list claims {option} ...`")
    if table == "claims" and asked is not None and asked.text is not None:
        claim_filters["text"], asked = asked.text, _without_words(asked)
    layout = LAYOUTS[table]
    known = [column.name for column in layout.columns]
    if table == "claims":
        known.append("claimed")
    wanted = _wanted(columns, table, known)
    if columns is None:
        wanted = [name for name in wanted if name != "withdrawn"] + ["withdrawn"] * withdrawn
    places = [known.index(name) for name in wanted]
    gone = known.index("withdrawn")
    needed = {*wanted, "withdrawn", known[0]}
    every = [*_rows(table, asked, data, claim_filters, needed)]
    listed = [row for row in every if withdrawn or not row[gone]]
    print_table(wanted, (tuple(row[place] for place in places) for row in listed), form)
    if form == "text":
        talk(many(len(listed), "row"))
    if len(listed) < len(every):
        talk(f"{many(len(every) - len(listed), 'withdrawn record')} not listed; --withdrawn lists them too")


def _without_words(asked: EventFilter) -> EventFilter | None:
    """The filter without its words, which are to be found in claims; None if nothing else is given."""
    rest = replace(asked, text=None)
    return rest if rest != type(asked)() else None


def _wanted(columns: str | None, table: str, known: list[str]) -> list[str]:
    """The given columns, or the default ones."""
    if columns is None:
        return list(USUAL.get(table, known))
    if columns == "all":
        return [name for name in known if name != "claimed"]
    wanted = columns.split(",")
    for position, name in enumerate(wanted):
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known)
            advice = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(known)}"
            message = f"{table} has no column {quote(name)}; {advice}"
            raise click.BadParameter(message, param_hint="--columns")
        if name in wanted[:position]:
            raise click.BadParameter(f"the column {name} is given twice; give it once", param_hint="--columns")
    return wanted


def _rows(
    table: str,
    asked: EventFilter | None,
    data: str | Path | None,
    claim_filters: dict[str, str | None],
    needed: set[str],
) -> Iterator[tuple[Cell, ...]]:
    whole = dataset(data)
    rows = _chosen_rows(whole, table, asked, needed)
    if table != "claims":
        yield from rows
        return
    from conflictdata.analysis.claim_text import value_of

    found = {placed.id: value_of(placed.claim) or None for placed in whole.claims.find(**claim_filters)}
    if all(value is None for value in claim_filters.values()):
        found |= {placed.id: value_of(placed.claim) or None for placed in whole.claims}
    for row in rows:
        if (address := str(row[0])) in found:
            yield *row, found[address]


def _chosen_rows(whole: Dataset, table: str, asked: EventFilter | None, needed: set[str]) -> Iterator[tuple[Cell, ...]]:
    from conflictdata.tables.registry import table_rows

    events = found_events(asked, whole)
    if events is None:
        yield from table_rows(whole.records, table, needed)
        return
    from conflictdata.analysis.selection import subset

    yield from table_rows(subset(whole.records, events), table, needed)
