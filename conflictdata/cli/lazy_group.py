"""A group of commands that imports a command when it is invoked, and prints its failures as one message."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from conflictdata.cli.output import abandon, escape, tell
from conflictdata.errors import ConflictDataError, InvalidValue
from conflictdata.text import quote


class Command(click.Command):
    """A command that refuses an option given twice; click would silently use the last one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As in click, after a check for options that are given twice."""
        if not ctx.resilient_parsing:
            try:
                given = self.make_parser(ctx).parse_args(list(args))[2]
            except click.UsageError as error:  # the parser does not always say of which command it is
                error.ctx = error.ctx or ctx
                raise
            for position, option in enumerate(given):
                if isinstance(option, click.Option) and _is_read_once(option) and option in given[:position]:
                    ctx.fail(f"{option.opts[0]} is given twice; give it once")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """As in click; a value that is not allowed is a wrong use of this command."""
        try:
            return super().invoke(ctx)
        except InvalidValue as error:
            raise click.UsageError(str(error), ctx) from error


def _is_read_once(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or option.count)


if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMPLETE = "_CONFLICTDATA_COMPLETE"
"""The environment variable with which a shell requests its completion script, or completions."""


class Entry(NamedTuple):
    """A command before it is imported: its module in this package, its line of help, and its heading."""

    module: str
    help: str
    heading: str


class LazyGroup(click.Group):
    """Commands by name, as entries; each module has its command as `command`. `noun` is what messages call them."""

    noun = "command"

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **more: Any) -> None:
        super().__init__(*args, **more)
        self.entries = entries

    def main(self, *args: Any, standalone_mode: bool = True, **more: Any) -> Any:
        """As in click, but errors have the form of findings, and a signal to end removes temporary files."""
        more |= {"standalone_mode": False, "complete_var": COMPLETE}
        if not standalone_mode:
            return super().main(*args, **more)
        _end_tidily()
        _replace_closed_streams()
        if os.environ.get(COMPLETE, "").endswith("_complete") and not {"COMP_WORDS", "COMP_CWORD"} <= os.environ.keys():
            tell(click.ClickException(f"{COMPLETE} is set, but no shell asks for completions; unset it"))
            sys.exit(2)
        try:
            status = super().main(*args, **more)
        except click.ClickException as error:
            tell(error)
            status = error.exit_code
        except click.Abort:
            status = 128 + signal.SIGINT
        except OSError as error:
            if error.errno != errno.ENOSPC:  # an error while click prints; anything else is a bug
                raise
            abandon(sys.stdout)
            tell(click.ClickException(f"cannot write standard output: {error.strerror}"))
            status = 1
        sys.exit(status if isinstance(status, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the entries."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(f"conflictdata.cli.commands.{entry.module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; for an unknown one the error has suggestions."""
        if args[0] not in self.entries and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.entries)
            hint = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(self.entries)}"
            ctx.fail(f"there is no {self.noun} {quote(args[0])}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their headings, without importing them."""
        for heading in dict.fromkeys(entry.heading for entry in self.entries.values()):
            with formatter.section(heading):
                formatter.write_dl([(name, e.help) for name, e in self.entries.items() if e.heading == heading])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands and options, without importing a command."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(n, help=e.help) for n, e in self.entries.items() if n.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """As in click, but control characters in messages about misuse are escaped."""
        with _as_click_errors():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; expected failures become errors of click."""
        with _as_click_errors():
            return super().invoke(ctx)


@contextmanager
def _as_click_errors() -> Iterator[None]:
    """Expected failures become one message on stderr; a bug still shows its traceback."""
    try:
        yield
    except ConflictDataError as error:
        raise click.ClickException(escape(str(error))) from error
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        from conflictdata.cli.usage_text import usage_text

        raise click.UsageError(escape(usage_text(error)), error.ctx) from None
    except click.ClickException as error:
        raise click.ClickException("\n".join(escape(line) for line in error.message.split("\n"))) from None


def _replace_closed_streams() -> None:
    """Discard output to streams that were closed before the start, as some daemons do."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end


def _end_tidily() -> None:
    """Turn signals that would end the program at once into an exception, so that temporary files are removed."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda came, _: sys.exit(128 + came))
