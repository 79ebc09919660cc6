"""From jsonschema's errors to findings: one a fault, at its place, without what merely follows from another fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from conflictdata.findings import Code, Finding
from conflictdata.schema.documents import Json, resolve
from conflictdata.schema.faults import Condition, Fault, Path, Said
from conflictdata.schema.wording import sayings

if TYPE_CHECKING:
    from jsonschema import ValidationError

DECISIVE = (Code.EMPTY_STRING, Code.WRONG_TYPE, Code.UNKNOWN_SCHEMA, Code.NOT_IN_CODELIST)
"""Where one of these is said of a place, nothing else needs to be said of it; the first of them wins."""


def explain(obj: Json, errors: Iterable[ValidationError], root: dict[str, Json], file: str) -> list[Finding]:
    """The findings for jsonschema's errors on `obj` under the schema `root`, sorted."""
    faults = sorted((_fault(error, obj, root) for error in errors), key=lambda fault: fault.rank)
    astray = {path for fault in faults if not fault.conditions for path in _astray(fault)}
    independent = (fault for fault in faults if not any(condition.rests_on(astray) for condition in fault.conditions))
    kept = _without_repetition(said for fault in independent for said in sayings(fault))
    return sorted(Finding(file, pointer(said.path), said.code, said.sentence) for said in kept)


def pointer(path: Path) -> str:
    """The RFC 6901 pointer of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _fault(error: ValidationError, obj: Json, root: dict[str, Json]) -> Fault:
    """Follow the error's path down through schema and object together, gathering the conditions on the way."""
    part, at, path = root, obj, Path()
    conditions: list[Condition] = []
    steps = list(error.absolute_schema_path)
    rest = iter(error.absolute_path)
    while len(steps) > 1:
        while steps[0] not in part:
            part = resolve(part["$ref"])
        match steps.pop(0):
            case "properties":
                path += (next(rest),)
                at, part = at[path[-1]], part["properties"][steps.pop(0)]
            case "items":
                path += (next(rest),)
                at, part = at[path[-1]], part["items"]
            case "then" | "else" as branch:
                conditions.append(Condition(path, at, part["if"]))
                part = part[branch]
            case keyword:  # allOf, the only other keyword of ours that leads further
                part = part[str(keyword)][steps.pop(0)]
    keyword = str(steps[0])
    while keyword not in part:
        part = resolve(part["$ref"])
    return Fault(keyword, error.validator_value, path, at, part, tuple(conditions))


def _astray(fault: Fault) -> Iterator[Path]:
    """The places that cannot be relied upon: what is faulty itself, and what is missing."""
    yield fault.path
    if fault.keyword == "required":
        yield from ((*fault.path, name) for name in fault.part["required"] if name not in fault.instance)


def _without_repetition(all_said: Iterable[Said]) -> list[Said]:
    first: dict[tuple[Path, Code, str], Said] = {}
    codes: dict[Path, set[Code]] = {}
    for said in all_said:
        first.setdefault((said.path, said.code, said.about), said)
        codes.setdefault(said.path, set()).add(said.code)
    misspelt = {(said.path[:-1], said.about) for said in first.values() if said.code is Code.UNKNOWN_MEMBER}
    misplaced = {said.path for said in first.values() if said.code is Code.NOT_ALLOWED_HERE}

    def follows(said: Said) -> bool:
        """Whether it need not be said, since something else said of the same member says it."""
        if said.code is Code.NOT_ALLOWED_HERE:
            return False
        return (
            any(said.path[:depth] in misplaced for depth in range(len(said.path) + 1))
            or said.code is not next((code for code in DECISIVE if code in codes[said.path]), said.code)
            or (said.code is Code.MISSING_MEMBER and (said.path, said.about) in misspelt)
        )

    return [said for said in first.values() if not follows(said)]
