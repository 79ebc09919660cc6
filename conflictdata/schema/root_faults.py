"""From the errors of jsonschema to findings: one for each error, and none for its mere consequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from conflictdata.findings import Code, Finding
from conflictdata.schema.documents import Json
from conflictdata.schema.jsonschema_errors import Path, Violation, pointer, violation
from conflictdata.schema.messages import Message, messages

if TYPE_CHECKING:
    from jsonschema import ValidationError

DECISIVE = (Code.EMPTY_STRING, Code.WRONG_TYPE, Code.UNKNOWN_SCHEMA, Code.NOT_IN_CODELIST)
"""Where one of these is reported for a place, nothing else is reported there; the first of them wins."""


def explain(obj: Json, errors: Iterable[ValidationError], root: dict[str, Json], file: str) -> list[Finding]:
    """The findings for jsonschema's errors on `obj` under the schema `root`, sorted."""
    found = sorted((violation(error, obj, root) for error in errors), key=lambda each: each.rank)
    unreliable = {path for each in found if not each.conditions for path in _unreliable(each)}
    independent = (each for each in found if not any(one.rests_on(unreliable) for one in each.conditions))
    kept = _without_consequences(message for each in independent for message in messages(each))
    return sorted(Finding(file, pointer(each.path), each.code, each.sentence) for each in kept)


def _unreliable(violation: Violation) -> Iterator[Path]:
    """The places with a wrong or missing value; conditions on them prove nothing."""
    yield violation.path
    if violation.keyword == "required":
        yield from ((*violation.path, name) for name in violation.part["required"] if name not in violation.instance)


def _without_consequences(every: Iterable[Message]) -> list[Message]:
    """Each message once, without those that another message about the same member makes unnecessary."""
    first: dict[tuple[Path, Code, str], Message] = {}
    codes: dict[Path, set[Code]] = {}
    for message in every:
        first.setdefault((message.path, message.code, message.about), message)
        codes.setdefault(message.path, set()).add(message.code)
    misspelt = {(each.path[:-1], each.about) for each in first.values() if each.code is Code.UNKNOWN_MEMBER}
    misplaced = {each.path for each in first.values() if each.code is Code.NOT_ALLOWED_HERE}

    def needless(message: Message) -> bool:
        if message.code is Code.NOT_ALLOWED_HERE:
            return False
        path = message.path
        return (
            any(path[:depth] in misplaced for depth in range(len(path) + 1))
            or message.code is not next((code for code in DECISIVE if code in codes[path]), message.code)
            or (message.code is Code.MISSING_MEMBER and (path, message.about) in misspelt)
        )

    return [message for message in first.values() if not needless(message)]
