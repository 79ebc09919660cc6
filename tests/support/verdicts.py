"""What the gate says of a text, by every path to it."""

from __future__ import annotations

from conflictdata.canonical import read_object
from conflictdata.canonical.diagnose import find_fault
from conflictdata.errors import InvalidInput


def verdict(data: bytes, *, fast: bool | None = None):
    """The object, or the finding that refuses it."""
    try:
        return read_object(data, "x.json", fast=fast)
    except InvalidInput as refused:
        return refused.finding


def judged(data: bytes):
    """The one verdict that every path gives: orjson first, the json module first, or whichever is chosen."""
    verdicts = [verdict(data, fast=fast) for fast in (None, True, False)]
    assert spelled(verdicts[0]) == spelled(verdicts[1]) == spelled(verdicts[2])
    assert (find_fault(data, "x.json") is None) == isinstance(verdicts[0], dict)
    return verdicts[0]


def spelled(value) -> str:
    """Tells 1 from True and 1.0, and one order of members from another, which == does not."""
    return repr(value)
