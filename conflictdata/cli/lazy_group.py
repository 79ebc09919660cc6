"""A group that imports a command when it is called, prints errors on one line, and ends cleanly after a signal."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from conflictdata.cli.output import abandon, both_streams, cannot_print, escape, tell
from conflictdata.cli.usage_text import usage_text
from conflictdata.errors import BadDay, BadOption, ConflictDataError, ReversedDays, UnknownWordTable
from conflictdata.text import quote

_MISUSE = (BadDay, BadOption, ReversedDays, UnknownWordTable)
"""Errors of what was asked, and not of the data; the exit status is 2."""

_ASKING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C and its like; Windows has no SIGHUP."""

_BEFORE = (signal.SIG_DFL, signal.default_int_handler)
"""What they do where nobody has said otherwise."""


class AskedToEnd(KeyboardInterrupt):
    """A signal has come; whatever cleans up after an interrupt cleans up after this."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def ended_by_signals() -> Iterator[list[int]]:
    """Within this, a signal that would end the program at once raises `AskedToEnd`; what is ignored stays ignored.

    Gives the list in which the signal is noted: compiled code that is interrupted may make another error of it.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # no other may say what a signal does
        yield came
        return
    ours = {number: before for number in _ASKING if (before := signal.getsignal(number)) in _BEFORE}

    def end(number: int, _: Any) -> NoReturn:
        came.append(number)
        for each in ours:  # a second one must not disturb the cleaning up after the first, but for Ctrl-C
            signal.signal(each, signal.default_int_handler if each == signal.SIGINT else signal.SIG_IGN)
        raise AskedToEnd(number)

    for number in ours:
        signal.signal(number, end)
    try:
        yield came
    finally:
        for number, before in ours.items():
            signal.signal(number, before)


def status_after(interrupt: BaseException) -> int:
    """The exit status after an interrupt, or what click makes of one: 128 and the number of the signal."""
    asked = interrupt if isinstance(interrupt, AskedToEnd) else interrupt.__cause__
    return 128 + (asked.number if isinstance(asked, AskedToEnd) else signal.SIGINT)


class Command(click.Command):
    """Of an option given twice click reads the last and says nothing of the first; here it is misuse."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, after a look at what is given more than once."""
        if not ctx.resilient_parsing:
            given = self.make_parser(ctx).parse_args(list(args))[2]
            for position, option in enumerate(given):
                if isinstance(option, click.Option) and _is_read_once(option) and option in given[:position]:
                    ctx.fail(f"{option.opts[0]} is given twice; give it once")
        return super().parse_args(ctx, args)


def _is_read_once(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or option.count)


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
        command: click.Command = import_module(f"conflictdata.cli.commands.{entry.module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; for one that is not there, those perhaps meant."""
        if args[0] not in self.entries and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.entries)
            hint = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(self.entries)}"
            ctx.fail(f"there is no command {quote(args[0])}; {hint}")
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
    except _MISUSE as error:
        raise click.UsageError(escape(str(error)), click.get_current_context(silent=True)) from error
    except ConflictDataError as error:
        raise click.ClickException(escape(str(error))) from error
    except click.UsageError as error:
        raise click.UsageError(escape(usage_text(error)), error.ctx) from None
    except click.ClickException as error:
        raise click.ClickException("\n".join(escape(line) for line in error.message.split("\n"))) from None
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
        raise click.UsageError(f"{COMPLETE} is set without COMP_WORDS and COMP_CWORD; only a shell sets them")
