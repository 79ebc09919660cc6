"""The base of every record and part of a record: frozen, with no other members, and described by the schema."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
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

    def __get__(self, _: object, record: type[Immutable]) -> str:
        import inspect

        from conflictdata.schema.documents import library

        name = re.sub("(?<=[a-z])(?=[A-Z])", "_", record.__name__).lower()
        part: dict[str, Any] = next((part for key, part in library().items() if key.rpartition(".")[2] == name), {})
        described = part.get("properties", {})
        keys = record._types
        lines = [f"{key}: {described[member(key)]['description']}" for key in keys if member(key) in described]
        own = inspect.cleandoc(self.own)
        return "\n".join([own, *(["", "Fields:", ""] if lines else []), *(f"    {line}" for line in lines)])


class _Signature:
    """The signature of a record's keyword arguments, for help and editors."""

    def __get__(self, _: object, record: type[Immutable]) -> inspect.Signature:
        from inspect import Parameter, Signature

        if not record._types or "__init__" in vars(record):  # a base of records, which `help` looks at too
            raise AttributeError("__signature__")
        defaults = {**dict.fromkeys(record._types, Parameter.empty), **record._defaults}
        keyword = Parameter.KEYWORD_ONLY
        own = record._types.items()
        return Signature([Parameter(name, keyword, default=defaults[name], annotation=hint) for name, hint in own])


class _OfDataclass:
    """What `dataclasses` and pydantic ask of a dataclass, made when they do.

    The import of `dataclasses`, which needs a parser of Python's syntax, takes a sixth of the time of `load()`.
    """

    def __set_name__(self, _: type[Immutable], name: str) -> None:
        self.name = name

    def __get__(self, _: object, record: type[Immutable]) -> Any:
        if not record._types:  # a base of records
            raise AttributeError(self.name)
        return getattr(_dataclass_of(record), self.name)


@of_each
def _dataclass_of(record: type[Immutable]) -> type[Any]:
    """A dataclass with the fields of the record."""
    from dataclasses import dataclass

    fields = {"__module__": record.__module__, "__annotations__": record._types, **record._defaults}
    return dataclass(init=False, eq=False, repr=False, frozen=True, kw_only=True)(type(record.__name__, (), fields))


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(described: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots, whose help includes the schema's description of each field."""
    own, types = vars(described), described.__annotations__
    members = {name: value for name, value in own.items() if name not in (*types, "__dict__", "__weakref__")}
    members |= {"__doc__": _Description(described.__doc__ or ""), "__slots__": tuple(types), "_types": types}
    members["_defaults"] = {name: own[name] for name in types if name in own}
    return type(described.__name__, described.__bases__, members)


class Immutable:
    """Values under names, which never change, as of a frozen dataclass."""

    __slots__ = ()

    _types: ClassVar[dict[str, Any]] = {}
    """The types of the fields, in order."""
    _defaults: ClassVar[dict[str, Any]] = {}
    """The fields that may be missing, with their values where they are."""

    __signature__ = _Signature()
    __dataclass_fields__ = _OfDataclass()
    __dataclass_params__ = _OfDataclass()

    def __init__(self, **given: Any) -> None:
        for name in self._types:
            if name not in given and name not in self._defaults:
                raise TypeError(f"{type(self).__name__} needs `{name}`")
            object.__setattr__(self, name, given.pop(name) if name in given else self._defaults[name])
        if given:
            raise TypeError(f"{type(self).__name__} has no `{next(iter(given))}`")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return values(type(self))(self) == values(type(self))(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(values(type(self))(self))

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self._types}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __replace__(self, **changed: Any) -> Self:
        return type(self)(**{**self.__getstate__(), **changed})


class Frozen(Immutable):
    """A typed model of data that has passed the schema; it declares types, not limits."""

    __slots__ = ()

    __pydantic_config__: ClassVar[dict[str, Any]] = {"strict": True, "extra": "forbid", "alias_generator": member}
    """How pydantic reads JSON text into records."""

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
        for name in self._types:
            value = getattr(self, name)
            if name not in self._defaults or value != self._defaults[name]:
                yield name, value

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
