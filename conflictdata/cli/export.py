"""`conflictdata export`: the dataset, or some of its events, in another format."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from conflictdata.cli.options import DATA, Choice, dataset, filters
from conflictdata.cli.terminal import many, talk, write
from conflictdata.export import FORMATS, BadOption, FolderFormat, Option, Skip
from conflictdata.export.acled import skip_report
from conflictdata.files import write_bytes, write_folder

_OUT = click.Path(path_type=Path)


def _format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Every option that a format offers, once, with the formats that take it."""
    offered: dict[str, Option] = {option.name: option for each in FORMATS.values() for option in each.options}
    for name, option in reversed(offered.items()):
        takers = ", ".join(each.name for each in FORMATS.values() if name in {o.name for o in each.options})
        kind: Any = click.Choice(option.choices) if option.choices else type(option.default)
        flag = option.default is False
        said = f"{takers}: {option.description}" + ("" if flag else f"  [default: {option.default}]")
        command = click.option(
            f"--{name.replace('_', '-')}", name, type=None if flag else kind, is_flag=flag, default=None, help=said
        )(command)
    return command


@click.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("-o", "--output", metavar="FILE", type=_OUT, help="Where to, whole or not at all; by default stdout.")
@click.option("--skipped", metavar="FILE", type=_OUT, help="The events left out and why, as CSV; by default on stderr.")
@_format_options
@filters
@DATA
def command(
    name: str, output: Path | None, skipped: Path | None, choice: Choice, data: str | Path | None, **given: Any
) -> None:
    """Write the dataset in another format.

    FORMAT is json, jsonl, csv, tables or acled. `tables` is a folder and needs -o. A folder that exists is replaced
    only if it holds nothing but such tables.

    \b
    Example:
      conflictdata export csv --place mosul > mosul.csv
      conflictdata export acled -o acled.csv --skipped skipped.csv
      conflictdata export tables -o tables/
    """
    chosen = FORMATS[name]
    options = {option: value for option, value in given.items() if value is not None}
    try:
        notices = chosen.notices(options)
    except BadOption as error:
        raise click.UsageError(str(error)) from error
    if output == Path("-"):
        output = None  # as elsewhere, a dash is stdout
    if isinstance(chosen, FolderFormat) and output is None:
        raise click.UsageError(f"{name} is a folder of files: say where to with -o")
    if output is not None and skipped is not None and os.path.realpath(output) == os.path.realpath(skipped):
        raise click.UsageError("-o and --skipped name the same file")
    whole = dataset(data)
    events = choice.events(whole)
    skips: list[Skip] = []
    if isinstance(chosen, FolderFormat):
        write_folder(output or Path(), dict(chosen.contents(whole.records, events, **options)), replace=True)
    else:
        skips += chosen.skips(whole.records, events)
        content = chosen.content(whole.records, events, **options)
        if output is None:
            write(content)
        else:
            write_bytes(output, content)
    _tell(notices, skips, output, skipped)


def _tell(notices: tuple[str, ...], skips: list[Skip], output: Path | None, skipped: Path | None) -> None:
    for notice in notices:
        talk(notice)
    if skipped is not None:
        write_bytes(skipped, skip_report(skips))
    else:
        for skip in skips:
            talk(f"skipped {skip.event_id}: {skip.reason}: {skip.sentence}")
    if skips:
        talk(f"left out: {many(len({skip.event_id for skip in skips}), 'event')}")
    if output is not None:
        talk(f"wrote {output}")
