"""Validation against the schema: whether an object obeys the schema of its kind, and if not, where and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from conflictdata.errors import MissingExtra
from conflictdata.findings import MAX_FINDINGS, Code, Finding, truncate
from conflictdata.schema.documents import KINDS, PREFIX, READABLE, bundle, hand_written, library, schema, urn

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator
    from referencing import Registry


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
    fast = accelerated() if fast is None else fast
    if fast and fast_validator(kind).is_valid(obj):
        return []
    from conflictdata.schema.root_faults import explain  # what explains is loaded when something is wrong

    errors, more = _first(slow_validator(kind, helped=fast).iter_errors(obj))
    return truncate(explain(obj, errors, schema(kind), file), file, more=more)


def _first(errors: Iterable[ValidationError]) -> tuple[list[ValidationError], bool]:
    """The first errors, and whether there are more.

    They are cut off when there are enough, or when enough records have one. The record or claim at which they are cut
    off is left out, so that no mere consequence of a left-out error is reported.
    """
    found: list[ValidationError] = []
    faulty: set[tuple[str | int, ...]] = set()
    for error in errors:
        found.append(error)
        faulty.add(cut := tuple(error.absolute_path)[:2])
        if len(found) > _MOST_ERRORS or len(faulty) > MAX_FINDINGS:
            return [error for error in found if tuple(error.absolute_path)[:2] != cut] or found, True
    return found, False


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
def slow_validator(name: str, definition: str | None = None, *, helped: bool = False) -> Validator:
    """jsonschema's validator for a schema or for one definition in it; it resolves references to our schemas only.

    If it is `helped`, it examines only those records and claims in a list that jsonschema-rs finds faulty.
    """
    draft = _bounded_draft(helped=helped)
    start = {"$ref": urn(name) if definition is None else f"{urn(name)}#/$defs/{definition}"}
    return draft(start, registry=_registry(), format_checker=draft.FORMAT_CHECKER)


@cache
def _registry() -> Registry[Any]:
    """Our schemas. Without its `$schema` each is applied by the validator class that refers to it."""
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    return Registry().with_resources(
        (urn(name), DRAFT202012.create_resource({key: part for key, part in schema(name).items() if key != "$schema"}))
        for name in hand_written()
    )


@cache
def _bounded_draft(*, helped: bool) -> type[Validator]:
    """Draft 2020-12 with the same result in linear time and little memory: it does not examine too long values."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    from conflictdata.schema.unique_items import repetitions

    def items(validator: Validator, value: Any, instance: Any, part: dict[str, Any]) -> Iterator[ValidationError]:
        if not isinstance(instance, list) or len(instance) > part["maxItems"]:
            return  # a list that is too long has another error
        kind = value.get("$ref", "").removeprefix(PREFIX)
        if not helped or kind not in (*KINDS, "claim"):
            yield from Draft202012Validator.VALIDATORS["items"](validator, value, instance, part)
            return
        judge = fast_validator(kind)
        for n, item in enumerate(instance):
            if not judge.is_valid(item):
                yield from validator.descend(item, value, path=n)  # type: ignore[attr-defined]

    def unique(validator: Validator, value: Any, instance: Any, part: dict[str, Any]) -> Iterator[ValidationError]:
        if isinstance(instance, list) and len(instance) <= part["maxItems"] and any(repetitions(instance)):
            yield ValidationError("items repeat")

    def pattern(validator: Validator, value: Any, instance: Any, part: dict[str, Any]) -> Iterator[ValidationError]:
        if isinstance(instance, str) and len(instance) <= max(_MOST_SEARCHED, part.get("maxLength", len(instance))):
            yield from Draft202012Validator.VALIDATORS["pattern"](validator, value, instance, part)

    targets: dict[str, Any] = {}

    def ref(validator: Validator, value: str, instance: Any, part: dict[str, Any]) -> Iterator[ValidationError]:
        if value not in targets:  # every reference of our schemas is absolute
            targets[value] = _registry().resolver().lookup(value)
        found = targets[value]
        yield from validator.descend(instance, found.contents, resolver=found.resolver)  # type: ignore[attr-defined]

    own = {"$ref": ref, "items": items, "uniqueItems": unique, "pattern": pattern}
    bounded: type[Validator] = extend(Draft202012Validator, own)  # type: ignore[no-untyped-call]
    return bounded


@cache
def fast_validator(name: str, definition: str | None = None) -> jsonschema_rs.Draft202012Validator:
    """jsonschema-rs's validator for the same, built from a bundle without outside references."""
    if not accelerated():
        raise MissingExtra("jsonschema-rs", "fast")
    import jsonschema_rs

    from conflictdata.schema.fast_form import fast_form

    inner = name if definition is None else definition if name == "definitions" else f"{name}.{definition}"
    start = bundle() if inner == "dataset" else {"$ref": f"#/$defs/{inner}", "$defs": library()}
    return jsonschema_rs.Draft202012Validator(fast_form(start), validate_formats=True)


@cache
def accelerated() -> bool:
    """Whether jsonschema-rs is installed."""
    return find_spec("jsonschema_rs") is not None
