"""Which items of a list repeat earlier ones, as JSON Schema compares values."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from conflictdata.schema.documents import Json


def repetitions(items: Sequence[Json]) -> Iterator[tuple[int, int]]:
    """The position of each item that equals an earlier one, and the position of that one, by JSON Schema's equality."""
    seen: dict[Hashable, int] = {}
    for position, item in enumerate(items):
        earlier = seen.setdefault(_key(item), position)
        if earlier != position:
            yield position, earlier


def _key(value: Json) -> Hashable:
    """A key that is equal for equal JSON values: 1 equals 1.0 but not true; the order of members does not matter."""
    match value:
        case dict():
            return frozenset((name, _key(member)) for name, member in value.items())
        case list():
            return tuple(_key(item) for item in value)
        case bool():
            return ("bool", value)
    return (value,)
