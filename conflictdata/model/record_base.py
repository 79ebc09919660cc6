"""The base of every record and part of a record: frozen, with no other members, and described by the schema."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

from conflictdata.model.building import constructor, member, of_each, values, writer
from conflictdata.text import truncate_line

if TYPE_CHECKING:
    import inspect

    from pydantic import TypeAdapter

T = TypeVar("T")

_LONGEST_REPR = 180


class _Description:
    """The docstring of a record: its own, and the schema's description of each field, read on demand."""

    def __init__(self, own: str) -> None:
        self.own = own

    def __get__(self, _: object, record: type[Frozen]) -> str:
        import inspect

        from conflictdata.schema.documents import library

        name = re.sub("(?<=[a-z])(?=[A-Z])", "_", record.__name__).lower()
        part: dict[str, Any] = next((part for key, part in library().items() if key.rpartition(".")[2] == name), {})
        described = part.get("properties", {})
        names = [field.name for field in fields(record)]  # type: ignore[arg-type]
        lines = [f"{key}: {described[member(key)]['description']}" for key in names if member(key) in described]
        own = inspect.cleandoc(self.own)
        return "\n".join([own, *(["", "Fields:", ""] if lines else []), *(f"    {line}" for line in lines)])


class _Signature:
    """The signature of a record's keyword arguments, for help and editors."""

    def __get__(self, _: object, record: type[Frozen]) -> inspect.Signature:
        from inspect import Parameter, Signature

        if not is_dataclass(record):  # a base of records, which `help` looks at too
            raise AttributeError("__signature__")
        own = fields(record)
        defaults = (Parameter.empty if field.default is MISSING else field.default for field in own)
        named = zip(own, defaults, strict=True)
        keyword = Parameter.KEYWORD_ONLY
        return Signature([Parameter(one.name, keyword, default=default, annotation=one.type) for one, default in named])


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(described: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots, whose help includes the schema's description of each field."""
    own = described.__doc__ or ""
    # What all records do alike stands in `Frozen`. Written out for each of them by `dataclass` it would take as long as
    # the start of Python does.
    made = dataclass(init=False, eq=False, repr=False, slots=True, kw_only=True)(described)
    made.__doc__ = _Description(own)  # type: ignore[assignment]
    return made


class Frozen:
    """A typed model of data that has passed the schema; it declares types, not limits."""

    __slots__ = ()

    __signature__ = _Signature()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"strict": True, "extra": "forbid", "alias_generator": member}
    """How pydantic reads JSON text into records."""

    def __init__(self, **given: Any) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = given.pop(field.name, field.default)
            if value is MISSING:
                raise TypeError(f"{type(self).__name__} needs `{field.name}`")
            object.__setattr__(self, field.name, value)
        if given:
            raise TypeError(f"{type(self).__name__} has no `{next(iter(given))}`")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return values(type(self))(self) == values(type(self))(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(values(type(self))(self))

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_object(cls, obj: dict[str, Any]) -> Self:
        """The record in a JSON object; `ValueError`, naming each member that is missing, unknown or of another type.

        The schema's limits and the rules are not checked: `conflictdata validate` does that.
        """
        import json

        made: Self = _adapter(cls).validate_json(json.dumps(obj))
        return made

    @classmethod
    def from_validated(cls, obj: dict[str, Any]) -> Self:
        """The record in a JSON object that has passed the schema, or that the package carries.

        It gives what `from_object` gives, without the import of pydantic; `ValueError` where it meets what the schema
        refuses.
        """
        try:
            made: Self = constructor(cls)(obj)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no {cls.__name__} can be read from this: {error!r}") from error
        return made

    def to_object(self) -> dict[str, Any]:
        """The JSON object that it was read from, without missing members and without null."""
        return writer(type(self))(self)

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
        import html

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


@of_each
def _adapter(record: type[Any]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(record)


class Labelled(Frozen):
    """A record whose text is its id with its name or title."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {truncate_line(str(self), _LONGEST_REPR)}>"
