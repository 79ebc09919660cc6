"""The messages of click for wrong arguments and options, in the form of all other messages."""

from __future__ import annotations

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
            return f"{name.replace(chr(39), '').strip('[]')}: {error.message}" if name else error.message
        case click.BadOptionUsage():
            return f"{_as_clause(error.message)}; `--help` explains it"
    if error.message.startswith("Got unexpected extra argument"):
        return f"{_as_clause(error.message).removeprefix('got ')}; remove it, or put quotation marks around a name"
    return error.message


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
