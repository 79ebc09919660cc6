"""The tables of documents, of the steps of their chains, and of their alterations."""

from __future__ import annotations

from dataclasses import replace

from conflictdata.model import Source
from conflictdata.tables.columns import Layout, Link, added, code, integer, listed, string
from conflictdata.tables.record_parts import part_table
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


_DOCUMENT = ("source", "document")

CHAIN = part_table(
    "chain",
    "The publishers through which the text of each document passed, in order.",
    _DOCUMENT,
    "chain",
    "The position in its chain, from 1.",
    (
        code("step", "What was done.", "part.step", "chain-steps"),
        replace(string("done_by", "Who did it; empty where not known.", "part.by"), former="by"),
        string("author", "The person named as author.", "part.author"),
        string("url", "The page.", "part.url"),
        *days("date_", "part.date", "When it was done"),
    ),
    (Link("done_by", "actors"),),
)

ALTERATIONS = part_table(
    "alterations",
    "What was changed, garbled or joined in a document, by paragraph.",
    _DOCUMENT,
    "alterations",
    "The position among its alterations, from 1.",
    (
        listed("paragraphs", "The paragraphs concerned.", "part.paragraphs"),
        string("note", "What is wrong with them, in our words.", "part.note"),
    ),
)
