"""Validation against the schema: whether an object obeys the schema of its kind, and if not, where and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from conflictdata.errors import MissingExtra
from conflictdata.findings import MAX_FINDINGS, Code, Finding, truncate
from conflictdata.schema.documents import KINDS, READABLE, bundle, hand_written, library, schema, urn

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator


_MOST_ERRORS = 10 * MAX_FINDINGS
"""The most errors of jsonschema that are turned into findings; several may become one finding."""

_MOST_SEARCHED = 1 << 16
"""The longest text, in characters, that is tested against a pattern although it is already too long."""


def validate(obj: Any, kind: str, file: str, *, fast: bool | None = None) -> list[Finding]:
    """The violations of the schema of `kind` in an object that has passed the parser, as sorted findings.

    Of more than MAX_FINDINGS only the first are given, with one finding that says so. With `fast` (default: if it is
    installed) jsonschema-rs decides whether the object is valid, and jsonschema explains why not; the findings are the
    same.
    """
    if (accelerated() if fast is None else fast) and fast_validator(kind).is_valid(obj):
        return []
    from conflictdata.schema.root_faults import explain  # what explains is loaded when something is wrong

    errors, more = _first(slow_validator(kind).iter_errors(obj))
    return truncate(explain(obj, errors, schema(kind), file), file, more=more)


def _first(errors: Iterable[ValidationError]) -> tuple[list[ValidationError], bool]:
    """The first errors, and whether there are more.

    The record or claim at which they are cut off is left out, so that no mere consequence of a left-out error is
    reported.
    """
    found = [*islice(errors, _MOST_ERRORS + 1)]
    if len(found) <= _MOST_ERRORS:
        return found, False
    cut = [*found[-1].absolute_path][:2]
    return [error for error in found if [*error.absolute_path][:2] != cut] or found, True


def kind_of(obj: Any) -> str | None:
    """The kind that the object's `$schema` names; None if this version reads no such schema."""
    named = obj.get("$schema") if isinstance(obj, dict) else None
    return _KINDS.get(named) if isinstance(named, str) else None


_KINDS = {urn(kind, version): kind for kind in KINDS for version in READABLE}


def unknown_schema(obj: Any, file: str) -> Finding:
    """The finding for an object for which `kind_of` is None."""
    if not isinstance(obj, dict) or "$schema" not in obj:
        known = ", ".join(urn(kind) for kind in KINDS)
        return Finding(file, "", Code.UNKNOWN_SCHEMA, f"`$schema` is missing; add one of {known}")
    from conflictdata.schema.messages import wrong_schema

    return Finding(file, "/$schema", Code.UNKNOWN_SCHEMA, wrong_schema(obj["$schema"]))


def error_under(bundle: Any, obj: Any) -> tuple[str, str] | None:
    """Pointer and message of the first error by another self-contained schema; None if the object is valid."""
    from jsonschema import Draft202012Validator

    if accelerated():
        import jsonschema_rs

        if jsonschema_rs.Draft202012Validator(bundle).is_valid(obj):
            return None
    from conflictdata.schema.jsonschema_errors import pointer

    error = next(Draft202012Validator(bundle).iter_errors(obj), None)
    return (pointer(tuple(error.absolute_path)), error.message) if error is not None else None


@cache
def slow_validator(name: str, definition: str | None = None) -> Validator:
    """jsonschema's validator for a schema or for one definition in it; it resolves references to our schemas only."""
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    # Without its `$schema` a referenced schema is applied by the same validator class, which is the bounded one.
    plain = {known: {key: part for key, part in schema(known).items() if key != "$schema"} for known in hand_written()}
    own: Registry[Any] = Registry().with_resources(
        (urn(known), DRAFT202012.create_resource(document)) for known, document in plain.items()
    )
    draft = _bounded_draft()
    start = plain[name] if definition is None else {"$ref": f"{urn(name)}#/$defs/{definition}"}
    return draft(start, registry=own, format_checker=draft.FORMAT_CHECKER)


@cache
def _bounded_draft() -> type[Validator]:
    """Draft 2020-12 with the same result in linear time and little memory: it does not examine too long values."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    from conflictdata.schema.unique_items import repetitions

    def items(validator: Validator, value: Any, instance: Any, part: dict[str, Any]) -> Iterator[ValidationError]:
        if (
            isinstance(instance, list) and len(instance) <= part["maxItems"]
        ):  # a list that is too long has another error
            yield from Draft202012Validator.VALIDATORS["items"](validator, value, instance, part)

    def unique(validator: Validator, value: Any, instance: Any, part: dict[str, Any]) -> Iterator[ValidationError]:
        if isinstance(instance, list) and len(instance) <= part["maxItems"] and any(repetitions(instance)):
            yield ValidationError("items repeat")

    def pattern(validator: Validator, value: Any, instance: Any, part: dict[str, Any]) -> Iterator[ValidationError]:
        if isinstance(instance, str) and len(instance) <= max(_MOST_SEARCHED, part.get("maxLength", len(instance))):
            yield from Draft202012Validator.VALIDATORS["pattern"](validator, value, instance, part)

    own = {"items": items, "uniqueItems": unique, "pattern": pattern}
    bounded: type[Validator] = extend(Draft202012Validator, own)  # type: ignore[no-untyped-call]
    return bounded


@cache
def fast_validator(name: str, definition: str | None = None) -> jsonschema_rs.Draft202012Validator:
    """jsonschema-rs's validator for the same, built from a bundle without outside references."""
    if not accelerated():
        raise MissingExtra("jsonschema-rs", "fast")
    import jsonschema_rs

    inner = name if definition is None else definition if name == "definitions" else f"{name}.{definition}"
    start = bundle() if inner == "dataset" else {"$ref": f"#/$defs/{inner}", "$defs": library()}
    return jsonschema_rs.Draft202012Validator(_with_short_patterns(start), validate_formats=True)


def _with_short_patterns(part: Any) -> Any:
    r"""The same schema for Rust, where `$` is the end of the text, without the `(?!\n)` that Python needs there.

    Without looking ahead a pattern takes a small part of the time; an event is validated in half of it.
    """
    if isinstance(part, list):
        return [_with_short_patterns(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        name: value.removesuffix(r"(?!\n)")
        if name == "pattern" and isinstance(value, str)
        else _with_short_patterns(value)
        for name, value in part.items()
    }


@cache
def accelerated() -> bool:
    """Whether jsonschema-rs is installed."""
    return find_spec("jsonschema_rs") is not None
