"""The base of every record and part of a record: frozen, with no other members, and described by the schema."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from conflictdata.model.building import constructor, member, writer
from conflictdata.text import truncate_line

T = TypeVar("T")

_LONGEST_REPR = 180
_WORD = re.compile("(?<=[a-z])(?=[A-Z])")


class _Description:
    """The docstring of a record: its own, and the schema's description of each field, read on demand."""

    def __init__(self, own: str) -> None:
        self.own = own

    def __get__(self, _: object, record: type[Frozen]) -> str:
        import inspect

        from conflictdata.schema.documents import library

        name = _WORD.sub("_", record.__name__).lower()
        part: dict[str, Any] = next((part for key, part in library().items() if key.rpartition(".")[2] == name), {})
        described = part.get("properties", {})
        names = [field.name for field in fields(record)]  # type: ignore[arg-type]
        lines = [f"{key}: {described[member(key)]['description']}" for key in names if member(key) in described]
        own = inspect.cleandoc(self.own)
        return "\n".join([own, *(["", "Fields:", ""] if lines else []), *(f"    {line}" for line in lines)])


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(described: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots, whose help includes the schema's description of each field."""
    own = described.__doc__ or ""
    made = dataclass(frozen=True, slots=True, kw_only=True, repr=False)(described)
    made.__doc__ = _Description(own)  # type: ignore[assignment]
    return made


class Frozen:
    """A typed model of data that has passed the schema; it declares types, not limits."""

    __slots__ = ()

    __pydantic_config__: ClassVar[dict[str, Any]] = {"strict": True, "extra": "forbid", "alias_generator": member}
    """With it `pydantic.TypeAdapter` reads JSON text into the same records, for whoever uses pydantic."""

    @classmethod
    def from_object(cls, obj: dict[str, Any]) -> Self:
        """The record in a JSON object; `ValueError` where a member is missing, unknown or of another type."""
        try:
            made: Self = constructor(cls)(obj)  # type: ignore[arg-type]  # it takes a class for its instance
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no {cls.__name__} can be read from this: {error!r}") from error
        return made

    def to_object(self) -> dict[str, Any]:
        """The JSON object that it was read from, without missing members and without null."""
        return writer(type(self))(self)  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, Any]:
        """The same as `to_object`."""
        return self.to_object()

    def given(self) -> Iterator[tuple[str, Any]]:
        """Name and value of each field that is present."""
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if field.default is MISSING or value != field.default:
                yield field.name, value

    def _arguments(self) -> Iterator[str]:
        for name, value in self.given():
            yield f"{name}={str(value) if isinstance(value, Enum | dt.date) else value!r}"

    def __str__(self) -> str:
        return " ".join(self._arguments())

    def __repr__(self) -> str:
        return truncate_line(f"{type(self).__name__}({', '.join(self._arguments())})", _LONGEST_REPR)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(truncate_line(value, 300))}</td></tr>"
            for name, value in self._shown()
        )
        return f"<table><caption>{html.escape(str(self))}</caption><tbody>{rows}</tbody></table>"

    def _shown(self) -> Iterable[tuple[str, str]]:
        """The members that a notebook shows; for a list its length."""
        for name, value in self.given():
            if name != "schema_":
                yield name.rstrip("_"), f"{len(value)} items" if isinstance(value, tuple) else str(value)


class Labelled(Frozen):
    """A record whose text is its id with its name or title."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {truncate_line(str(self), _LONGEST_REPR)}>"
