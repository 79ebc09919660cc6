"""When a document was written and first published, and by whom."""

from __future__ import annotations

import datetime as dt

from conflictdata.analysis.memo import once
from conflictdata.analysis.possible_days import possible
from conflictdata.date_windows import Window
from conflictdata.model import Records, Source, Table
from conflictdata.model.codes import ChainStep, Composition

_FIRST_PUBLISHED = ChainStep.FIRST_PUBLISHED


def first_publisher(source: Source) -> str | None:
    """The actor who first published the document, where known."""
    for step in source.chain:
        if step.by and step.step is _FIRST_PUBLISHED:
            return step.by
    return None


def first_published(source: Source) -> Window:
    """The possible days of the document's first publication."""
    for step in source.chain:
        if step.date is not None:
            return possible(step.date)
    return possible(None)


class Publication:
    """What events need to know of a document.

    `written` is the day by which it was certainly written, `published` the last day on which it can have been first
    published. `voice` is the actor whose words its own voice is: its publisher, or the news agency that wrote the text;
    None for a document spliced together from others.
    """

    __slots__ = ("published", "voice", "written")

    def __init__(self, source: Source) -> None:
        self.written: dt.date | None = source.written
        self.published: dt.date | None = first_published(source)[1]
        spliced = source.composition is Composition.SPLICED
        self.voice: str | None = None if spliced else source.wire or first_publisher(source)


class Publications(dict[str, Publication | None]):
    """The publication of each document by id, found when it is asked for; None for a document that is missing."""

    def __init__(self, sources: Table[Source]) -> None:
        self._sources = sources

    def __missing__(self, source_id: str) -> Publication | None:
        source = self._sources.get(source_id)
        self[source_id] = found = Publication(source) if source is not None else None
        return found


@once
def publications(records: Records) -> Publications:
    """The publication of each document. Several events cite each, and each of these several times."""
    return Publications(records.sources)
