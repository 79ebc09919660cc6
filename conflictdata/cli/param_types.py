"""Types of arguments and options: days, codes, ids. A wrong value is a usage error that suggests the right one."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from conflictdata.atomic import expand_home
from conflictdata.codelists import codelist
from conflictdata.resources import list_files
from conflictdata.text import quote

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    ParamType = click.ParamType[Any]
else:
    ParamType = click.ParamType  # click.ParamType is generic only from click 8.5 on

Codes = Callable[[], Mapping[str, str]]
"""A function that gives every code and its meaning."""


class UserPath(click.Path):
    """A path as `Path`, in which a leading `~` is the home folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or a usage error."""
        from pathlib import Path

        found: Any = super().convert(expand_home(value) if isinstance(value, str) else value, param, ctx)
        return Path(found)


class PathOr(ParamType):
    """A path, or another value that its `convert` accepts; completed from existing files."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The completion item that makes the shell complete file names."""
        return click.Path().shell_complete(ctx, param, incomplete)


class Day(ParamType):
    """A local day, as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or a usage error."""
        from conflictdata.date_windows import read_day
        from conflictdata.errors import InvalidValue

        try:
            return read_day(value)
        except InvalidValue as error:
            self.fail(str(error), param, ctx)


class Number(ParamType):
    """A whole number from 1, in ASCII digits."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error."""
        if isinstance(value, str) and re.fullmatch("[1-9][0-9]{0,8}", value) is None:
            wrong = f"{quote(value)} is not the number of a paragraph"
            self.fail(f"{wrong}; write a whole number from 1, such as 4", param, ctx)
        return int(value)


class Kilometres(click.FloatRange):
    """A distance from 0 to 1000 km."""

    def __init__(self) -> None:
        super().__init__(0, 1000)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The distance, or a usage error."""
        distance = float(super().convert(value, param, ctx))
        if math.isnan(distance):  # which no range refuses
            self.fail(f"{quote(str(value))} is not a number of kilometres; write one from 0 to 1000", param, ctx)
        return distance


class Hash(ParamType):
    """A SHA-256 in hexadecimal digits, in lower or upper case."""

    name = "hash"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The hash in small letters, or a usage error."""
        if re.fullmatch("[0-9A-Fa-f]{64}", value) is None:
            self.fail(f"{quote(value)} is not a SHA-256; write 64 hexadecimal digits", param, ctx)
        return str(value).lower()


class OneOf(ParamType):
    """One of the codes that `codes` gives, called a `name` in messages."""

    def __init__(self, name: str, codes: Codes) -> None:
        self.name = name
        self.codes = codes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code in any letter case, or a usage error with suggestions, or with all codes if they are few."""
        from conflictdata.analysis.arguments import resolve_choice
        from conflictdata.errors import UnknownName

        try:
            return resolve_choice(self.name, str(value), self.codes())
        except UnknownName as error:
            self.fail(str(error), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The codes that begin with the text, each with its title."""
        return _items(self.codes(), incomplete)


class RecordId(ParamType):
    """An id or name, unchanged: only the dataset can look it up."""

    def __init__(self, *kinds: str) -> None:
        self.name = " or ".join(kinds)
        self.kinds = kinds

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids of the records that the package carries."""
        found = (
            name.removesuffix(".json")
            for kind in self.kinds
            for name in list_files(f"conflictdata/records/{kind}s", ".json")
        )
        return _items(dict.fromkeys(sorted(found), ""), incomplete)


def coded(name: str, codelist_name: str) -> OneOf:
    """A code of a codelist."""
    return OneOf(name, lambda: {row["code"]: row["title"] for row in codelist(codelist_name)})


def named(name: str, codes: Callable[[], Mapping[str, Any] | tuple[str, ...]]) -> OneOf:
    """One of several names without descriptions."""
    return OneOf(name, lambda: dict.fromkeys(codes(), ""))


def _items(codes: Mapping[str, str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(code, help=title or None) for code, title in codes.items() if code.startswith(incomplete)]
