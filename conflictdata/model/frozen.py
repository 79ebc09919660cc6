"""The base of every model: frozen, strict, without other members, and described by the schema."""

from __future__ import annotations

import datetime as dt
import html
import inspect
import re
from collections.abc import Iterable
from enum import Enum
from typing import Any

from pydantic import BaseModel, ConfigDict

from conflictdata.text import truncate_line

_LONGEST_REPR = 180
_WORD = re.compile("(?<=[a-z])(?=[A-Z])")


class _Description:
    """The docstring of a model: its own, and the schema's description of each field, read on demand."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.own = inspect.cleandoc(model.__dict__.get("__doc__") or "")

    def __get__(self, _: object, model: type[BaseModel]) -> str:
        from conflictdata.schema.documents import library

        name = _WORD.sub("_", model.__name__).lower()
        part: dict[str, Any] = next((part for key, part in library().items() if key.rpartition(".")[2] == name), {})
        described = part.get("properties", {})
        fields = [(field.alias or key, key) for key, field in model.model_fields.items()]
        lines = [f"{key}: {described[member]['description']}" for member, key in fields if member in described]
        return "\n".join([self.own, *(["", "Fields:", ""] if lines else []), *(f"    {line}" for line in lines)])


class Frozen(BaseModel):
    """A typed model of data that has passed the schema; it declares types, not limits."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, validate_by_name=True, validate_by_alias=True, protected_namespaces=()
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.__doc__ = _Description(cls)  # type: ignore[assignment]

    def to_object(self) -> dict[str, Any]:
        """The JSON object that it was read from, without missing members and without null."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def to_dict(self) -> dict[str, Any]:
        """The same as `to_object`."""
        return self.to_object()

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            if name in self.model_fields_set:
                yield name, str(value) if isinstance(value, Enum | dt.date) else value

    def __repr__(self) -> str:
        return truncate_line(super().__repr__(), _LONGEST_REPR)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(truncate_line(value, 300))}</td></tr>"
            for name, value in self._shown()
        )
        return f"<table><caption>{html.escape(str(self))}</caption><tbody>{rows}</tbody></table>"

    def _shown(self) -> Iterable[tuple[str, str]]:
        """The members that a notebook shows; for a list its length."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if name in self.model_fields_set and name != "schema_":
                yield name.rstrip("_"), f"{len(value)} items" if isinstance(value, tuple) else str(value)


class Labelled(Frozen):
    """A record whose text is its id with its name or title."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {truncate_line(str(self), _LONGEST_REPR)}>"
