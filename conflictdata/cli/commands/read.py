"""`conflictdata read`: a file in the column layout of ACLED or of UCDP GED, checked and written in typed form."""

from __future__ import annotations

from pathlib import Path

import click

from conflictdata.atomic import open_atomic, write_bytes
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import EXISTING_FILE, STRICT
from conflictdata.cli.output import many, say, talk
from conflictdata.cli.param_types import UserPath
from conflictdata.errors import InvalidData
from conflictdata.findings import REPAIRS, Severity

LAYOUTS = ("acled", "ged")


@click.command(cls=Command)
@click.argument("layout", type=click.Choice(LAYOUTS), metavar="LAYOUT")
@click.argument("path", metavar="FILE", type=EXISTING_FILE)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=UserPath(dir_okay=False),
    help="Output file for the typed rows: .parquet, or .csv in UTF-8 with commas and ISO days.",
)
@click.option(
    "--spreadsheet-safe",
    is_flag=True,
    help="CSV only: put an apostrophe before text that a spreadsheet would run as a formula.",
)
@STRICT
@click.pass_context
def command(
    ctx: click.Context, layout: str, path: Path, output: Path | None, spreadsheet_safe: bool, strict: bool
) -> None:
    """Check a file in the column layout of ACLED or of UCDP GED.

    LAYOUT is acled or ged. FILE is a CSV file of any version, or - for standard input. Its columns are found by name.
    Days can be ISO days or those of the export tools. Cells can be separated by commas, semicolons or tabs. The text
    can be UTF-8, Latin-1 or Mac Roman. Each finding gives row (the heading is row 1), column, code and what is wrong.
    With an error the exit status is 1 and nothing is written.

    \b
    Example:
      conflictdata read acled download.csv
      conflictdata read ged GEDEvent_v25_1.csv -o ged.parquet
    """
    import conflictdata

    if output is not None and output.suffix.lower() not in (".parquet", ".csv"):
        raise click.UsageError(f"the ending of {output.name} is neither .parquet nor .csv; give it one of them")
    read = conflictdata.read_acled if layout == "acled" else conflictdata.read_ged
    try:
        file = read(path)
    except InvalidData as error:
        for finding in error.findings:
            say(finding)
        ctx.exit(1)
    for finding in file.findings:
        say(finding)
    errors = sum(
        finding.severity is Severity.ERROR or (strict and finding.code in REPAIRS) for finding in file.findings
    )
    spelled = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}[file.dialect.separator]
    talk(
        f"{many(file.n_rows, 'row')}, {many(len(file.columns), 'column')}, {file.dialect.encoding} with {spelled};"
        f" {many(errors, 'error')}, {many(len(file.findings) - errors, 'warning')}"
    )
    if errors:
        ctx.exit(1)
    if output is not None:
        if output.suffix.lower() == ".csv":
            write_bytes(output, file.csv_lines(spreadsheet_safe=spreadsheet_safe))
        else:
            with open_atomic(output) as target:
                file.write_parquet(target)
        talk(f"wrote {output}")
