"""`conflictdata export`: the dataset, or some of its events, in another format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from conflictdata.atomic import open_atomic, real_path, write_bytes, write_folder
from conflictdata.cli.lazy_group import Command
from conflictdata.cli.options import DATA, STDOUT, TARGET, Choice, dataset, filters
from conflictdata.cli.output import many, talk, write
from conflictdata.errors import InvalidValue
from conflictdata.formats.acled.writer import skip_report
from conflictdata.formats.interface import FolderFormat, Format, Option, Skip
from conflictdata.formats.registry import FORMATS


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


@click.command(cls=Command)
@click.argument("name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("-o", "--output", metavar="FILE", type=TARGET, help="Where to, whole or not at all; by default stdout.")
@click.option(
    "--skipped", metavar="FILE", type=TARGET, help="acled: The events left out and why, as CSV; by default on stderr."
)
@_format_options
@filters
@DATA
def command(
    name: str,
    output: str | Path | None,
    skipped: str | Path | None,
    choice: Choice,
    data: str | Path | None,
    **given: Any,
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
    except InvalidValue as error:
        raise click.UsageError(str(error)) from error
    _refuse_misuse(chosen, output, skipped)
    whole = dataset(data)
    events = choice.events(whole)
    if isinstance(chosen, FolderFormat):
        write_folder(Path(str(output)), dict(chosen.contents(whole.records, events, **options)), replace=True)
        skips: list[Skip] = []
    else:
        skips = list(chosen.skips(whole.records, events, **options))
        _put(chosen.content(whole.records, events, **options), output, skip_report(skips), skipped)
    _tell(notices, skips, output, listed=skipped is not None)


def _refuse_misuse(chosen: Format, output: str | Path | None, skipped: str | Path | None) -> None:
    """Places that do not go together or cannot be meant, told before anything is read."""
    if skipped is not None and not chosen.leaves_out:
        takers = " or ".join(each.name for each in FORMATS.values() if each.leaves_out)
        raise click.UsageError(f"{chosen.name} leaves no event out: --skipped is for {takers}")
    if isinstance(output, Path) and isinstance(skipped, Path) and real_path(output) == real_path(skipped):
        raise click.UsageError("-o and --skipped name the same file")
    if skipped == STDOUT and not isinstance(output, Path):
        raise click.UsageError("the rows and what is left out cannot both be on stdout: say where to with -o")
    if isinstance(chosen, FolderFormat) and not isinstance(output, Path):
        raise click.UsageError(f"{chosen.name} is a folder of files: say where to with -o")
    if isinstance(chosen, FolderFormat) and _is_here(Path(str(output))):
        raise click.UsageError("the folder that you are in cannot be replaced: name one in it")


def _is_here(folder: Path) -> bool:
    try:
        return folder.samefile(Path())
    except (OSError, ValueError):  # it is not there, or cannot be
        return False


def _put(
    content: Iterable[bytes], output: str | Path | None, report: Iterable[bytes], skipped: str | Path | None
) -> None:
    """The rows and the list of what they leave out: where one of the files cannot be written, there is neither."""
    if isinstance(skipped, Path):
        with open_atomic(skipped) as stream:
            stream.writelines(report)
            _put(content, output, (), None)
    elif isinstance(output, Path):
        write_bytes(output, content)
        if skipped is not None:
            write(report)
    else:
        write(content)


def _tell(notices: tuple[str, ...], skips: list[Skip], output: str | Path | None, *, listed: bool) -> None:
    for notice in notices:
        talk(notice)
    for skip in skips if not listed else ():
        talk(f"skipped {skip.event_id}: {skip.reason}: {skip.sentence}")
    if skips:
        talk(f"left out: {many(len({skip.event_id for skip in skips}), 'event')}")
    if isinstance(output, Path):
        talk(f"wrote {output}")
