"""Options of several commands: the dataset, the filters of events, and the output format."""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from conflictdata.atomic import expand_home, is_file
from conflictdata.cli.output import talk
from conflictdata.cli.param_types import Day, PathOr, RecordId, UserPath, coded
from conflictdata.collector_pause import collector_paused
from conflictdata.errors import MissingExtra
from conflictdata.extras import require

if TYPE_CHECKING:
    from pathlib import Path

    from conflictdata.analysis.event_search import EventFilter
    from conflictdata.dataset import Dataset
    from conflictdata.model import Event
    from conflictdata.record_tables import Events

EXISTING = UserPath(exists=True)
STDIN = "-"
"""Stands for standard input where one file is read; a file of that name is `./-`."""


class _ExistingFile(UserPath):
    """An existing file, or standard input."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == STDIN:
            from conflictdata.cli.standard_input import standard_input

            return standard_input(ctx)
        return super().convert(value, param, ctx)


EXISTING_FILE = _ExistingFile(exists=True, dir_okay=False)
EXISTING_FOLDER = UserPath(exists=True, file_okay=False)

TEXTS = click.option("--texts", metavar="DIR", type=EXISTING_FOLDER, help="Folder with the texts of the documents.")

FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How to print the result: text to read, one JSON document, or CSV.",
)


STRICT = click.option("--strict", is_flag=True, help="Count as an error what was repaired or not read.")

STDOUT = "-"
"""The name for standard output; a file of that name is `./-`."""


_STDOUTS = (STDOUT, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What names standard output. If that is a file, it may be one to append to, and is never replaced."""


class _Target(PathOr):
    """An output target: a path as `Path`, or standard output as `STDOUT`."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        if not value:
            self.fail("the path is empty; give the name of a file", param, ctx)
        from pathlib import Path

        return STDOUT if value in _STDOUTS else Path(expand_home(value))


TARGET = _Target()


class _Where(PathOr):
    """A release version, or an existing path."""

    name = "where"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        from conflictdata.release.version import is_version

        if is_version(str(value)):
            return str(value)
        if value == STDIN:
            from conflictdata.cli.standard_input import standard_input

            return standard_input(ctx)
        value = expand_home(str(value))
        try:
            os.stat(value)  # noqa: PTH116 - an empty path is none, and not the folder that one is in
        except PermissionError as error:
            self.fail(f'"{value}" cannot be read: {error.strerror}; check its permissions', param, ctx)
        except (OSError, ValueError):
            wrong = f'there is no file, folder or release "{value}"'
            self.fail(f"{wrong}; check the path, or give a version such as 2026.11.0", param, ctx)
        path: Path = EXISTING.convert(value, param, ctx)
        return path


WHERE = _Where()

DATA = click.option(
    "--data",
    metavar="DATASET",
    type=WHERE,
    help="Dataset to read: a release version, folder, zip or JSON file, or - for standard input."
    " Default: the installed dataset.",
)


def dataset(data: str | Path | None) -> Dataset:
    """The dataset that `--data` names, by default the installed one."""
    import conflictdata

    if data is not None and not isinstance(data, str) and is_file(data):
        from conflictdata.formats.json_document import holds_one_record

        if holds_one_record(data):
            talk(f"{data} holds one record without the records that it refers to; origins, grades and names may differ")
    with suppress(MissingExtra):
        require("orjson")  # `load` uses it where it is imported; click has imported most of what it imports
    # Its records are needed until the command ends. Python's collector would look at them again and again, and once
    # more at the end, which takes up to a tenth of the time of a command.
    context = click.get_current_context()
    context.with_resource(collector_paused())
    context.call_on_close(gc.freeze)
    return conflictdata.load(data)


def found_events(asked: EventFilter | None, among: Dataset) -> Events | None:
    """The events that match; None if there is no filter."""
    from conflictdata.record_tables import Events

    if asked is None:
        return None
    found = Events.matching(asked, among.records)
    if found.note is not None:
        talk(found.note)
    say_namesakes(asked, among, found)
    return found


def say_namesakes(asked: EventFilter, among: Dataset, found: Iterable[Event]) -> None:
    """Name actors that somebody who typed the actor's name may also have meant."""
    if others := asked.namesakes(among.records, found):
        talk(f"not included, although the name begins so: {', '.join(others)}; ask for each by its id")


_FILTERS = (
    click.option(
        "--actor",
        metavar="NAME",
        type=RecordId("actor"),
        help="Events of this actor, its parts and its branches (id or name).",
    ),
    click.option(
        "--place",
        metavar="NAME",
        type=RecordId("place"),
        help="Events in this place or inside it (id or name).",
    ),
    click.option("--type", metavar="CODE", type=coded("event type", "event-types"), help="Events of this type."),
    click.option("--kind", metavar="CODE", type=coded("event kind", "event-kinds"), help="Incidents or operations."),
    click.option("--source", metavar="NAME", type=RecordId("source"), help="Events in this document (id or title)."),
    click.option("--from", "start", metavar="DAY", type=Day(), help="Events that may have happened on or after DAY."),
    click.option("--to", "end", metavar="DAY", type=Day(), help="Events that may have happened on or before DAY."),
    click.option("--certain", is_flag=True, help="Only events that are certainly within --from and --to."),
    click.option("--part-of", metavar="ID", type=RecordId("event"), help="Events in this operation (id or title)."),
    click.option("--search", "text", metavar="WORDS", help="Events with these words in title, summary or notes."),
    click.option(
        "--exact",
        is_flag=True,
        help="Leave out parts and branches of the actor, and places inside the place.",
    ),
)


_NAMES = ("actor", "place", "type", "kind", "source", "start", "end", "part_of", "text")
"""The filters that have a value; an option is named for its argument of `EventFilter`."""


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that filter events; the command gets them as one argument `asked`, None if there are none."""

    @functools.wraps(command)
    def with_filter(**given: Any) -> Any:
        exact, certain = given.pop("exact"), given.pop("certain")
        filled = {name: given.pop(name) for name in _NAMES}
        if exact and filled["actor"] is None and filled["place"] is None:
            raise click.UsageError("--exact needs --actor or --place; add one of them")
        if certain and filled["start"] is None and filled["end"] is None:
            raise click.UsageError("--certain needs --from or --to; add one of them")
        if all(value is None for value in filled.values()):
            return command(asked=None, **given)
        from conflictdata.analysis.event_search import EventFilter

        asked = EventFilter(**filled, branches=not exact, inside=not exact, certain=certain)
        return command(asked=asked, **given)

    for option in reversed(_FILTERS):
        with_filter = option(with_filter)
    return with_filter
