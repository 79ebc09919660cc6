"""`conflictdata export`: the dataset, or some of its events, in another format; each format is a command of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictdata.cli.export_writing import export_all, export_one
from conflictdata.cli.lazy_group import Command, Entry, LazyGroup
from conflictdata.cli.options import DATA, TARGET, filters
from conflictdata.formats.registry import FORMATS, LISTED, FileFormat, FolderFormat, Option

_ALL = "all"
_HEADING = "Formats"
_ENTRIES = {name: Entry("", listed.help, _HEADING) for name, listed in LISTED.items()} | {
    _ALL: Entry("", "Every format that the installed libraries allow, in one folder.", _HEADING)
}

if TYPE_CHECKING:
    from conflictdata.analysis.event_search import EventFilter


class _Command(Command):
    """A command whose message for an unknown option names the options of the format."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            offered = ", ".join(option.opts[-1] for option in self.params if isinstance(option, click.Option))
            message = f"{self.name} has no option {error.option_name}; choose from {offered}"
            raise click.UsageError(message, ctx) from None


class _Formats(LazyGroup):
    """The formats as commands; a format is imported when it is used."""

    noun = "format"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.entries:
            return None
        return _all() if cmd_name == _ALL else _command(cmd_name, FORMATS[cmd_name])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0].startswith("-") and args[0] not in ctx.help_option_names and not ctx.resilient_parsing:
            ctx.fail(f"the format comes before its options; write `conflictdata export FORMAT {args[0]} ...`")
        return super().parse_args(ctx, args)


@click.group(cls=_Formats, entries=_ENTRIES, options_metavar="", subcommand_metavar="FORMAT [OPTIONS]")
def command() -> None:
    """Write the dataset in another format.

    `conflictdata export FORMAT --help` lists the options of a format. A format of several files is a folder and needs
    -o. An existing folder is replaced only if it has no other files.

    \b
    Example:
      conflictdata export csv --place mosul > mosul.csv
      conflictdata export acled -o acled.csv --skipped skipped.csv
      conflictdata export tables -o tables/
      conflictdata export all -o exports/
    """


def _command(name: str, chosen: FileFormat | FolderFormat) -> click.Command:
    def run(
        output: str | Path | None,
        asked: EventFilter | None,
        data: str | Path | None,
        skipped: str | Path | None = None,
        **given: Any,
    ) -> None:
        options = {option: value for option, value in given.items() if value is not None}
        export_one(chosen, output, skipped, asked, data, options)

    decorated: Callable[..., Any] = DATA(filters(run))
    for option in reversed(chosen.options):
        decorated = _option(option)(decorated)
    decorated = click.option(
        "--skipped",
        metavar="FILE",
        type=TARGET,
        hidden=not chosen.leaves_out,
        help="CSV file for the skipped events with the reasons. Default: one line each on stderr.",
    )(decorated)
    folder = isinstance(chosen, FolderFormat)
    decorated = click.option(
        "-o",
        "--output",
        metavar="FOLDER" if folder else "FILE",
        type=TARGET,
        help="Output folder (written atomically)." if folder else "Output file (written atomically). Default: stdout.",
    )(decorated)
    made: click.Command = click.command(name, cls=_Command, help=f"{chosen.description}\n\n{_losses(chosen)}")(
        decorated
    )
    return made


def _losses(chosen: FileFormat | FolderFormat) -> str:
    if chosen.lossless:
        return "Lossless: `conflictdata.load` reads it back unchanged."
    return f"Not kept: {', '.join(chosen.loses)}."


def _option(option: Option) -> Callable[..., Any]:
    kind: Any = click.Choice(option.choices) if option.choices else type(option.default)
    flag = option.default is False
    default_text = "" if flag or option.default == "" else f"  [default: {option.default}]"
    return click.option(
        f"--{option.name.replace('_', '-')}",
        option.name,
        type=None if flag else kind,
        is_flag=flag,
        default=None,
        help=option.description + default_text,
    )


def _all() -> click.Command:
    @click.command(_ALL, cls=_Command)
    @click.option("-o", "--output", metavar="FOLDER", type=TARGET, required=True, help="Output folder.")
    @filters
    @DATA
    def run(output: str | Path, asked: EventFilter | None, data: str | Path | None) -> None:
        """Write every format that the installed libraries allow.

        Each format is written atomically. A format that cannot be written is named, and the others are still written.

        \b
        Example:
          conflictdata export all -o exports/
        """
        export_all(output, asked, data)

    return run
