"""`conflictdata match`: which of our incidents are in a user's file in ACLED's or UCDP's layout."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, EXISTING_FILE, FORM, dataset
from conflictdata.cli.output import many, say, talk
from conflictdata.cli.param_types import Kilometres
from conflictdata.cli.table_output import Cell, print_table
from conflictdata.errors import InvalidData


@click.command(cls=Command)
@click.argument("path", metavar="FILE", type=EXISTING_FILE)
@click.option(
    "--window", metavar="DAYS", type=click.IntRange(0, 366), default=3, show_default=True, help="Maximum days apart."
)
@click.option("--km", type=Kilometres(), default=25, show_default=True, help="Maximum km apart.")
@click.option(
    "--show",
    type=click.Choice(["pairs", "ours", "theirs"]),
    default="pairs",
    show_default=True,
    help="The pairs, or the events only in this dataset, or only in the file.",
)
@FORM
@DATA
@click.pass_context
def command(
    ctx: click.Context, path: Path, window: int, km: float, show: str, form: str, data: str | Path | None
) -> None:
    """Find our incidents in a file in the column layout of ACLED or of UCDP GED.

    FILE is a CSV file of one of the layouts. A pair is an incident of this dataset and a row of FILE that are near in
    days and in km. Days are counted from the effective window of the incident. If both name actors of the layout, they
    share one. No row of FILE is stored.

    \b
    Example:
      conflictdata match acled.csv --window 2 --km 10
      conflictdata match GEDEvent_v25_1.csv --format csv > pairs.csv
    """
    import conflictdata
    from conflictdata.formats.layout_files.dialect import dialect_of
    from conflictdata.formats.matching import COLUMNS, match

    heading = getattr(dialect_of(path), "heading", ())
    read = conflictdata.read_ged if "side_a" in {name.strip().lower() for name in heading} else conflictdata.read_acled
    try:
        file = read(path)
        faults = [finding for finding in file.findings if finding.severity == "error"]
    except InvalidData as error:
        faults = [*error.findings]
    if faults:
        for finding in faults:
            say(finding)
        ctx.exit(1)
    for finding in file.findings:
        talk(finding)
    whole = dataset(data)
    found = match(whole.records, file, window=window, km=km)
    names: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    if show == "pairs":
        names, rows = COLUMNS, [pair.cells for pair in found.pairs]
    elif show == "ours":
        names, rows = ("event_id", "title"), [(each, whole.events[each].title) for each in found.only_ours]
    else:
        names, rows = ("row",), [(position + 2,) for position in found.only_theirs]
    if rows or form != "text":
        print_table(names, rows, form)
    ours = len({pair.event_id for pair in found.pairs})
    talk(
        f"{many(len(found.pairs), 'pair')} with {many(ours, 'incident')} of this dataset;"
        f" only in this dataset: {many(len(found.only_ours), 'incident')};"
        f" only in the file: {many(len(found.only_theirs), 'row')};"
        f" not compared, because a point or the days are missing: {many(len(found.not_placed), 'incident')}"
    )
