"""What is known of a fault before it is put into words: where, which keyword, and on what condition."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from conflictdata.findings import Code
from conflictdata.schema.documents import Json

Path = tuple[str | int, ...]
"""Member names and list positions from the top of a document."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An `if` on the way to a fault: the object it looked at, and where that lies."""

    path: Path
    instance: Json
    test: dict[str, Json]

    def rests_on(self, astray: Set[Path]) -> bool:
        """Whether a value that it looked at is itself missing or faulty, so that it proves nothing."""
        return any((*self.path, name) in astray for name in self.test.get("properties", {}))

    @property
    def members(self) -> tuple[str, ...]:
        """The members that it looked at."""
        either = [name for choice in self.test.get("anyOf", ()) for name in choice["required"]]
        return tuple(dict.fromkeys([*self.test.get("required", ()), *either]))


@dataclass(frozen=True, slots=True)
class Fault:
    """One keyword that one value does not obey; `part` is the piece of schema that holds the keyword."""

    keyword: str
    limit: Json
    path: Path
    instance: Json
    part: dict[str, Json]
    conditions: tuple[Condition, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts the unconditional before the conditional, and the shorter length limit before the longer."""
        return (len(self.conditions), self.limit if self.keyword == "maxLength" else 0)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a place; `about` tells apart several of one code, such as two missing members."""

    path: Path
    code: Code
    sentence: str
    about: str = ""
