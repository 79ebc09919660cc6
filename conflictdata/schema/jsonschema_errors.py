"""Each error of jsonschema as a violation: which keyword a value does not obey, where, and under which conditions."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflictdata.schema.documents import Json, resolve

if TYPE_CHECKING:
    from jsonschema import ValidationError

Path = tuple[str | int, ...]
"""Member names and list positions from the top of a document."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An `if` of the schema that applies the keyword: the object it tests, and where that is."""

    path: Path
    instance: Json
    test: dict[str, Json]

    def rests_on(self, unreliable: Set[Path]) -> bool:
        """Whether a value that it tests is itself missing or faulty, so that it proves nothing."""
        return any((*self.path, name) in unreliable for name in self.test.get("properties", {}))

    @property
    def members(self) -> tuple[str, ...]:
        """The members that it tests."""
        either = [name for choice in self.test.get("anyOf", ()) for name in choice["required"]]
        return tuple(dict.fromkeys([*self.test.get("required", ()), *either]))


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword that one value does not obey; `part` is the piece of schema that holds the keyword."""

    keyword: str
    limit: Json
    path: Path
    instance: Json
    part: dict[str, Json]
    conditions: tuple[Condition, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """A sort key: unconditional before conditional, and the shorter length limit before the longer."""
        return (len(self.conditions), self.limit if self.keyword == "maxLength" else 0)


def violation(error: ValidationError, obj: Json, root: dict[str, Json]) -> Violation:
    """The error as a violation, by following its path through schema and object together."""
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
            case keyword:  # allOf, the only other keyword of our schemas that leads to another part
                part = part[str(keyword)][steps.pop(0)]
    keyword = str(steps[0])
    while keyword not in part:
        part = resolve(part["$ref"])
    return Violation(keyword, error.validator_value, path, at, part, tuple(conditions))


def pointer(path: Path) -> str:
    """The RFC 6901 pointer of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
