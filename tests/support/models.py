"""Which model holds the values of which schema definition."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from enum import StrEnum
from functools import cache
from typing import Any

from conflictdata import model
from conflictdata.model import codes, release
from conflictdata.model.record_base import Frozen, record
from tests.support.draw.values import schema_at

Json = Any

_CODES = {
    re.sub(r".*codelists/([a-z-]+)\.csv.*", r"\1", inspect.getdoc(enum) or "", flags=re.DOTALL): enum
    for enum in vars(codes).values()
    if inspect.isclass(enum) and issubclass(enum, StrEnum) and enum is not StrEnum
}
_DOCUMENTS = {
    "claim": model.Claim, "dataset": model.Document, **model.type_of_kind,
    "period": model.Period, "changes": release.Changes, "manifest": release.Manifest, "index": release.Index,
}  # fmt: skip
_SPECIAL = {
    "date": dt.date, "end": model.End, "evidence_list": tuple[model.Evidence, ...], "layout_name": model.LayoutName,
    "wheel": release.ListedWheel,
}  # fmt: skip

_PLAIN = {"string": str, "integer": int}


@cache
def holder(document: str, definition: str | None) -> type[Frozen]:
    """A record whose one field has the type that what a definition allows has in the records of the package."""
    return record(type("Holder", (Frozen,), {"__annotations__": {"value": _type(document, definition)}}))


def _type(document: str, definition: str | None) -> Any:
    if definition is None:
        return _DOCUMENTS[document]
    part = schema_at(document, "$defs", definition)
    if found := re.match(r"A code of codelists/([a-z-]+)\.csv", part["description"]):
        return _CODES[found[1]]
    if definition in _SPECIAL:
        return _SPECIAL[definition]
    if part["type"] in _PLAIN:
        return _PLAIN[part["type"]]
    name = "".join(word.title() for word in definition.split("_"))
    return getattr(model, name, None) or getattr(release, name)


def held(document: str, definition: str | None, value: Json) -> Json:
    """The value as it comes back from its record."""
    return holder(document, definition).from_object({"value": value}).to_object()["value"]
