"""Arguments that users give: text, a switch, or one of some codes; anything else is an error that says what to give."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdata.errors import InvalidValue, UnknownName, WrongArgument
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


def folded_words(what: str, words: str | None) -> str | None:
    """Words to search for, folded as `fold_text` does; None for None, `InvalidValue` if there is no word."""
    if words is None:
        return None
    folded = fold_text(require_text(what, words))
    if not any(character.isalnum() for character in folded):
        raise InvalidValue(f"{what}: the text has no word; give at least one")
    return folded


_USUAL_WORDS = {
    **dict.fromkeys(("deaths", "dead", "died", "deceased", "fatalities", "kills"), "killed"),
    **dict.fromkeys(("wounded", "wounds", "injuries", "hurt"), "injured"),
    **dict.fromkeys(("detained", "arrested", "prisoners"), "captured"),
    **dict.fromkeys(("refugees", "idps"), "displaced"),
}
"""What other datasets and the press call a code. It is suggested, and not taken for the code."""


def resolve_choice(what: str, name: str, codes: Iterable[str]) -> str:
    """The code that `name` stands for, in any letter case, with spaces or hyphens for `_`; else `UnknownName`."""
    codes = tuple(sorted(codes) if isinstance(codes, frozenset) else codes)
    name = require_text(what, name)
    if name in codes:
        return str(name)
    by_key = {fold_text(code): code for code in codes}
    key = fold_text(name[:LONGEST])
    if key in by_key:
        return str(by_key[key])
    from difflib import get_close_matches

    usual = _USUAL_WORDS.get(key)
    near = [usual] if usual in codes else [by_key[close] for close in get_close_matches(key, by_key, cutoff=0.5)]
    raise UnknownName(what, name, near, choices=codes)
