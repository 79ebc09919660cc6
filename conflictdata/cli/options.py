"""Options that several commands share: which dataset, which of its events, and in which form a table is printed."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictdata.atomic import is_file
from conflictdata.cli.output import talk
from conflictdata.cli.param_types import Day, PathOr, RecordId, coded

if TYPE_CHECKING:
    from conflictdata.dataset import Dataset
    from conflictdata.model import Event

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

EXISTING = click.Path(exists=True, path_type=Path)
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

TEXTS = click.option("--texts", metavar="DIR", type=EXISTING_FOLDER, help="A folder of the documents that were read.")

FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="A table to read, CSV, or one JSON object a line.",
)


STDOUT = "-"
"""What stands for standard output where a file is to be named; a file of that name is `./-`."""


class _Target(PathOr):
    """Where to write: a path as `Path`, or standard output as `STDOUT`."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        if not value:
            self.fail("an empty path names no file", param, ctx)
        return STDOUT if value == STDOUT else Path(value)


TARGET = _Target()


class _Where(PathOr):
    """A release by its number, or a path that is there."""

    name = "where"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        from conflictdata.release.version import is_version

        if is_version(str(value)):
            return str(value)
        try:
            os.stat(value)  # noqa: PTH116 - an empty path is none, and not the folder that one is in
        except PermissionError as error:
            self.fail(f"{value!r} cannot be looked at: {error.strerror}", param, ctx)
        except (OSError, ValueError):
            self.fail(f"{value!r} does not exist as a path, and is no release by number, such as 2026.11.0", param, ctx)
        return Path(EXISTING.convert(value, param, ctx))


WHERE = _Where()

DATA = click.option(
    "--data", metavar="WHERE", type=WHERE, help="Other than the installed dataset: a release by number, or a path."
)


def dataset(data: str | Path | None) -> Dataset:
    """The dataset that `--data` names, by default the installed one."""
    import conflictdata

    if isinstance(data, Path) and is_file(data):
        from conflictdata.formats.json_document import holds_one_record

        if holds_one_record(data):
            talk(f"{data} is one record without those that it refers to: origins, grades and names may differ")
    return conflictdata.load(data)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which events were asked for."""

    actor: str | None
    place: str | None
    type: str | None
    kind: str | None
    source: str | None
    start: dt.date | None
    end: dt.date | None
    part_of: str | None
    exact: bool

    def events(self, among: Dataset) -> tuple[Event, ...] | None:
        """The events that fit, or None where nothing was asked for and all are meant."""
        asked = {name: getattr(self, name) for name in self.__slots__ if name != "exact"}
        if all(value is None for value in asked.values()):
            return None
        return among.find(**asked, branches=not self.exact, inside=not self.exact)


_FILTERS = (
    click.option(
        "--actor",
        metavar="NAME",
        type=RecordId("actor"),
        help="Events in which it, a part or a branch of it took part.",
    ),
    click.option("--place", metavar="NAME", type=RecordId("place"), help="Events there or in a place inside it."),
    click.option("--type", metavar="CODE", type=coded("event type", "event-types"), help="Events of this type."),
    click.option("--kind", metavar="CODE", type=coded("event kind", "event-kinds"), help="Incidents or operations."),
    click.option("--source", metavar="ID", type=RecordId("source"), help="Events that stand in this document."),
    click.option(
        "--from", "start", metavar="DAY", type=Day(), help="Events that can have happened on this day or later."
    ),
    click.option(
        "--to", "end", metavar="DAY", type=Day(), help="Events that can have happened on this day or earlier."
    ),
    click.option("--part-of", metavar="ID", type=RecordId("event"), help="Events of this operation."),
    click.option("--exact", is_flag=True, help="The actor without its branches, the place without those inside it."),
)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose events; the command is handed them as one `choice`."""

    @functools.wraps(command)
    def chosen(**given: Any) -> Any:
        choice = Choice(**{name: given.pop(name) for name in Choice.__slots__})
        if choice.exact and choice.actor is None and choice.place is None:
            raise click.UsageError("--exact is about --actor or --place, and neither is given")
        return command(choice=choice, **given)

    for option in reversed(_FILTERS):
        chosen = option(chosen)
    return chosen
