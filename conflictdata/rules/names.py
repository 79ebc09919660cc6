"""The rule on names: two records that bear one name may be one, or the name may stand on the wrong one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from conflictdata.findings import Code, Finding
from conflictdata.model import Actor, Place
from conflictdata.rules.whole import Whole


def names_tell_records_apart(whole: Whole) -> Iterator[Finding]:
    """A reader who looks a name up must find one actor, or one place."""
    bearers: dict[tuple[str, str], str] = {}
    for kind, record in whole:
        if isinstance(record, Actor | Place) and record.withdrawn is None:
            for pointer, text in _names(record):
                first = bearers.setdefault((kind, _folded(text)), record.id)
                if first != record.id:
                    told = f"{text!r} is also a name of {first}"
                    yield whole.finding(kind, record.id, pointer, Code.NAME_CLASH, told)


def _names(record: Actor | Place) -> Iterator[tuple[str, str]]:
    """Each name of the record once, with where it first stands."""
    variants = ((f"/names/{n}/text", name.text) for n, name in enumerate(record.names))
    seen: set[str] = set()
    for pointer, text in (("/name", record.name), *variants):
        if _folded(text) not in seen:
            seen.add(_folded(text))
            yield pointer, text


def _folded(text: str) -> str:
    """What spellings that look the same have in common."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())
