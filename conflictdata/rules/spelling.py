"""Rules on letters that a reader takes for others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from conflictdata.findings import Code, Finding
from conflictdata.model import Actor, Event, Place, Record, Source
from conflictdata.model.references import Steps, pointer_of
from conflictdata.text import and_list, quote

_ALIKE = frozenset(["LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU"])
"""Scripts in which some letters look like those of another."""


def words_are_of_one_script(file: str, record: Record) -> Iterator[Finding]:
    """A Cyrillic letter in a Latin name makes two names of one, and nobody sees it."""
    for steps, text in _names(record):
        if text.isascii():
            continue
        for word in re.findall(r"[^\W\d_]+", text):
            scripts = {_script(letter) for letter in word} & _ALIKE
            if len(scripts) > 1:
                seen = and_list(sorted(script.capitalize() for script in scripts))
                odd = min(sorted(scripts), key=lambda script: sum(_script(letter) == script for letter in word))
                letter = next(letter for letter in word if _script(letter) == odd)
                message = (
                    f"{quote(word)} mixes {seen} letters ({unicodedata.name(letter)}, U+{ord(letter):04X});"
                    " write the word in one script"
                )
                yield Finding(file, pointer_of(steps), Code.LOOK_ALIKE_LETTERS, message)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _names(record: Record) -> Iterator[tuple[Steps, str]]:
    """What people and things are called in a record, with the steps to each."""
    if isinstance(record, Source | Event):
        yield ("title",), record.title
    if isinstance(record, Actor | Place):
        yield ("name",), record.name
        yield from ((("names", n, "text"), name.text) for n, name in enumerate(record.names))
    if isinstance(record, Event):
        for n, claim in enumerate(record.claims):
            if claim.claimant_as_stated is not None:
                yield ("claims", n, "claimant_as_stated"), claim.claimant_as_stated
            if claim.speaker is not None:
                yield ("claims", n, "speaker"), claim.speaker
