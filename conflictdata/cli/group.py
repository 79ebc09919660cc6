"""A group that imports a command when it is invoked, and that tells every deliberate failure in one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from conflictdata.cli.signals import ended_by_signals, status_after
from conflictdata.cli.terminal import abandon, both_streams, cannot_print, escape, tell
from conflictdata.errors import ConflictDataError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMPLETE = "_CONFLICTDATA_COMPLETE"
"""The environment variable by which a shell asks for its script, or for what could come next."""

NOBODY_READS = 141
"""The exit status when whoever read stdout has gone: 128 and the number of the signal."""


class Entry(NamedTuple):
    """A command before it is imported: its module in this package, its line of help, the heading it stands under."""

    module: str
    help: str
    heading: str


class LazyGroup(click.Group):
    """Commands by name, as entries; each module holds its command as `command`."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **more: Any) -> None:
        super().__init__(*args, **more)
        self.entries = entries

    def main(self, *args: Any, standalone_mode: bool = True, **more: Any) -> Any:
        """As click does it; but a stream that takes nothing and a signal end it in words and not by a traceback."""
        with both_streams():
            if not standalone_mode:
                return super().main(*args, **more | {"standalone_mode": False})
            with ended_by_signals() as came:
                try:
                    status = self._status(*args, **more)
                except Exception:
                    if not came:
                        raise
                sys.exit(128 + came[0] if came else status)

    def _status(self, *args: Any, **more: Any) -> int:
        """Run the program; its exit status."""
        try:
            with _telling():
                _expect_words_to_complete(os.environ.get(COMPLETE, ""))
                status = super().main(*args, **more | {"standalone_mode": False, "complete_var": COMPLETE})
        except click.ClickException as error:
            tell(error)
            return error.exit_code
        except click.exceptions.Exit as ended:
            return ended.exit_code
        return status if isinstance(status, int) else 0

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the entries."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(f"conflictdata.cli.{entry.module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; for one that is not there, those perhaps meant."""
        if args[0] not in self.entries and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.entries)
            ctx.fail(f"there is no command {args[0]!r}" + (f"; perhaps {' or '.join(near)}" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their headings, without importing one of them."""
        for heading in dict.fromkeys(entry.heading for entry in self.entries.values()):
            with formatter.section(heading):
                formatter.write_dl([(name, e.help) for name, e in self.entries.items() if e.heading == heading])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands and options, without importing a command."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(n, help=e.help) for n, e in self.entries.items() if n.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """As click does it, with misuse told without a character that a terminal would obey."""
        with _telling():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it refuses is told, an interrupt and a reader that has gone end it quietly."""
        with _telling():
            return super().invoke(ctx)


@contextmanager
def _telling() -> Iterator[None]:
    """Deliberate failures become one sentence on stderr; a bug still shows its traceback."""
    try:
        yield
    except ConflictDataError as error:
        raise click.ClickException(escape(str(error))) from error
    except click.MissingParameter as error:  # the choices that there are would each stand behind a tab
        told = error.format_message().replace("\n\t", " ")
        raise click.UsageError(escape(told), error.ctx) from None
    except click.ClickException as error:
        # Nobody else holds the exception yet, so that its message may still be changed.
        error.message = "\n".join(escape(line) for line in error.message.split("\n"))  # type: ignore[misc]
        raise
    except (KeyboardInterrupt, click.Abort) as interrupt:  # click makes the one the other
        raise click.exceptions.Exit(status_after(interrupt)) from None
    except BrokenPipeError:
        abandon(sys.stdout)
        raise click.exceptions.Exit(NOBODY_READS) from None
    except OSError as error:
        if not _of_printing(error):
            raise
        abandon(sys.stdout)
        raise click.ClickException(str(cannot_print(error.strerror or str(error)))) from error


def _of_printing(error: OSError) -> bool:
    """Whether it is of what click prints by itself, such as help; of anything else it is a bug."""
    from traceback import walk_tb

    return any(frame.f_code is click.echo.__code__ for frame, _ in walk_tb(error.__traceback__))


def _expect_words_to_complete(instruction: str) -> None:
    """Misuse, where the environment asks what could come next and does not say after which words."""
    if not instruction.endswith("_complete"):
        return
    words, at = os.environ.get("COMP_WORDS"), os.environ.get("COMP_CWORD")
    fish = instruction.startswith("fish")  # which gives the word itself, where others give its number
    if words is None or at is None or (at.isspace() if fish else not at.isdecimal()):
        raise click.UsageError(f"{COMPLETE} is for a shell, which sets COMP_WORDS and COMP_CWORD beside it")
