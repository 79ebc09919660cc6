"""The messages of click for wrong arguments and options, in the form of all other messages."""

from __future__ import annotations

import re

import click


def usage_text(error: click.UsageError) -> str:
    """What is wrong and what to do, for an error of click."""
    match error:
        case click.MissingParameter():
            return _missing(error)
        case click.NoSuchOption():
            near = sorted(error.possibilities or ())
            hint = f"did you mean {' or '.join(near)}?" if near else "`--help` lists the options"
            return f"there is no option {error.option_name}; {hint}"
        case click.BadParameter():
            given = error.param_hint if error.param_hint is not None else _hint(error)
            name = given if isinstance(given, str) else " / ".join(given)
            text = _of_value(error.message)
            return f"{name.replace(chr(39), '').strip('[].')}: {text}" if name else text
        case click.BadOptionUsage(option_name=name) if "requires an argument" in error.message:
            return f"{name} has no value; add one"
        case click.BadOptionUsage():
            return f"{_as_clause(error.message)}; `--help` explains it"
    if error.message.startswith("Got unexpected extra argument"):
        return f"{_as_clause(error.message).removeprefix('got ')}; remove it, or put quotation marks around a name"
    return error.message


_VALUES = (
    (r"(?:File|Directory|Path) (.+) does not exist\.", "there is no file or folder {}; check the path"),
    (r"(?:File|Path) (.+) is a directory\.", "{} is a folder; give a file"),
    (r"(?:Directory|Path) (.+) is a file\.", "{} is a file; give a folder"),
    (r"(?:File|Directory|Path) (.+) is not readable\.", "{} cannot be read; check its permissions"),
    (r"(.+) is not a valid integer(?: range)?\.", "{} is not a whole number; write it in digits"),
    (r"(.+) is not a valid float(?: range)?\.", "{} is not a number; write it in digits"),
    (r"(.+) is not in the range (.+)<=x<=(.+)\.", "{} is out of range; give a number from {} to {}"),
    (r"(.+?) is not (?:one of )?('.+')\.", "{} is not possible here; choose from {}"),
)
"""What click says of a value, as a pattern, and what we say instead."""


def _of_value(message: str) -> str:
    for pattern, text in _VALUES:
        if found := re.fullmatch(pattern, message):
            value, *others = (part.replace("'", "") for part in found.groups())
            return text.format(f'"{value}"', *others)
    return message


def _hint(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return ""
    return error.param.get_error_hint(error.ctx)


def _missing(error: click.MissingParameter) -> str:
    name = _hint(error).replace("'", "")
    if error.param is None:
        return _as_clause(error.message)
    what = "argument" if error.param.param_type_name == "argument" else "option"
    choices = getattr(error.param.type, "choices", None)
    advice = f"choose from {', '.join(choices)}" if choices else "add it"
    return f"the {what} {name} is missing; {advice}"


def _as_clause(message: str) -> str:
    """A sentence of click as part of a message: without initial capital and full stop."""
    return f"{message[:1].lower()}{message[1:]}".rstrip(".")
