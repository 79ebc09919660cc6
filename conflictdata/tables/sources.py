"""The tables of documents, of the steps of their chains, and of their alterations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conflictdata.model import Alteration, Records, Source, Step
from conflictdata.tables.columns import Layout, Link, added, code, integer, listed, string
from conflictdata.tables.shared_columns import days, tombstone, withdrawn

SOURCES: Layout[Source] = Layout(
    "sources",
    "The documents that were read.",
    (
        string("id", "The document's id.", "id"),
        string("title", "The document's title.", "title"),
        string("language", "The language of the text, as a BCP 47 tag.", "language"),
        code("composition", "What the text is made of.", "composition", "compositions"),
        *added(
            "1.1.0",
            string("wire", "The news agency whose text this is.", "wire"),
            code(
                "layout",
                "What one paragraph of the file is; empty is a paragraph of the document.",
                "layout",
                "layouts",
            ),
        ),
        integer("paragraphs", "How many paragraphs the text read has.", "paragraphs"),
        listed("furniture", "The paragraphs that are page furniture.", "furniture"),
        string("sha256", "The SHA-256 of the file read.", "sha256"),
        string("file", "The name of the file read.", "file"),
        *tombstone(),
        string("notes", "The curator's reasoning.", "notes"),
        withdrawn(),
    ),
    ("id",),
    (Link("wire", "actors"),),
    lambda records: records.sources,
)


@dataclass(frozen=True, slots=True)
class StepItem:
    """One step of a document's chain, and its position."""

    source_id: str
    position: int
    step: Step
    withdrawn: bool


def _steps(records: Records) -> Iterator[StepItem]:
    for source in records.sources:
        for position, step in enumerate(source.chain, 1):
            yield StepItem(source.id, position, step, source.withdrawn is not None)


CHAIN: Layout[StepItem] = Layout(
    "chain",
    "The publishers through which the text of each document passed, in order.",
    (
        string("source_id", "The document.", "source_id"),
        integer("position", "The position in its chain, from 1.", "position"),
        code("step", "What was done.", "step.step", "chain-steps"),
        replace(string("done_by", "Who did it; empty where not known.", "step.by"), former="by"),
        string("author", "The person named as author.", "step.author"),
        string("url", "The page.", "step.url"),
        *days("date_", "step.date", "When it was done"),
        withdrawn(),
    ),
    ("source_id", "position"),
    (Link("source_id", "sources"), Link("done_by", "actors")),
    _steps,
)


@dataclass(frozen=True, slots=True)
class AlterationItem:
    """One alteration of a document, and its position."""

    source_id: str
    position: int
    alteration: Alteration
    withdrawn: bool


def _alterations(records: Records) -> Iterator[AlterationItem]:
    for source in records.sources:
        for position, alteration in enumerate(source.alterations, 1):
            yield AlterationItem(source.id, position, alteration, source.withdrawn is not None)


ALTERATIONS: Layout[AlterationItem] = Layout(
    "alterations",
    "What was changed, garbled or joined in a document, by paragraph.",
    (
        string("source_id", "The document.", "source_id"),
        integer("position", "The position among its alterations, from 1.", "position"),
        listed("paragraphs", "The paragraphs concerned.", "alteration.paragraphs"),
        string("note", "What is wrong with them, in our words.", "alteration.note"),
        withdrawn(),
    ),
    ("source_id", "position"),
    (Link("source_id", "sources"),),
    _alterations,
)
