"""Arguments that users give: text, a switch, or one of some codes; anything else is an error that says what to give."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdata.errors import UnknownName, WrongArgument
from conflictdata.text import fold_text

LONGEST = 200
"""The most characters of a name that are compared; no record has a longer name."""


def require_text(what: str, name: str) -> str:
    """`name`, which must be text; else `WrongArgument`."""
    if not isinstance(name, str):
        raise WrongArgument(f"{what}: give an id or a name as text", name)
    return name


def switch(name: str, value: bool) -> bool:
    """`value`, which must be True or False; else `WrongArgument`."""
    if not isinstance(value, bool):
        raise WrongArgument(f"{name}: give True or False", value)
    return value


def resolve_choice(what: str, name: str, codes: Iterable[str]) -> str:
    """The code that `name` stands for, in any letter case, with spaces or hyphens for `_`; else `UnknownName`."""
    codes, name = tuple(codes), require_text(what, name)
    if name in codes:
        return str(name)
    by_key = {fold_text(code): code for code in codes}
    key = fold_text(name[:LONGEST])
    if key in by_key:
        return str(by_key[key])
    from difflib import get_close_matches

    near = [by_key[close] for close in get_close_matches(key, by_key, cutoff=0.5)]
    raise UnknownName(what, name, near, choices=codes)
