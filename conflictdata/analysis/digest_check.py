"""A folder of source texts: finding each document, and checking the digests of its paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from os import PathLike
from pathlib import Path

from conflictdata.analysis.paragraph_digests import digest, paragraphs
from conflictdata.canonical import MAX_TEXT_BYTES, read_bytes
from conflictdata.errors import DataNotFound, InvalidInput, WrongArgument
from conflictdata.findings import Code, Finding
from conflictdata.model import Evidence, Records, Source


class Check(StrEnum):
    """The result of checking a paragraph against the texts."""

    NOT_CHECKED = "not-checked"
    VERIFIED = "verified"
    NO_FILE = "no-file"
    ANOTHER_FILE = "another-file"
    ANOTHER_PARAGRAPH = "another-paragraph"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document in a folder. `same` is true if the file is byte for byte the one that was read."""

    path: Path
    same: bool
    paragraphs: tuple[str, ...]


class Texts:
    """The documents in a folder and its subfolders. Each is found by its SHA-256, else by its recorded file name."""

    def __init__(self, folder: Path | str) -> None:
        if not isinstance(folder, (str, PathLike)):
            raise WrongArgument("the folder of texts is a path", folder)
        if not folder:  # an empty path would mean the working folder
            raise DataNotFound(f"{str(folder)!r} is not a folder that can be read; give a folder of texts")
        try:
            next(Path(folder).iterdir(), None)  # rglob does not report a folder that it may not list
            self._files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        except (OSError, ValueError) as error:
            raise DataNotFound(f"{str(folder)!r} is not a folder that can be read; give a folder of texts") from error
        self._found: dict[str, Text | None] = {}
        self.refused: dict[str, Finding] = {}
        """By the id of a source: why the file of its recorded name cannot be read."""

    @cached_property
    def _by_hash(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for path in self._files:
            # What cannot be read, or is too large, is ignored unless it has the name of a document.
            with suppress(InvalidInput):
                found.setdefault(hashlib.sha256(read_bytes(path, max_bytes=MAX_TEXT_BYTES)).hexdigest(), path)
        return found

    def of(self, source: Source) -> Text | None:
        """The document's text; None if the folder does not have it or it cannot be read."""
        if source.id not in self._found:
            self._found[source.id] = self._read(source)
        return self._found[source.id]

    def _read(self, source: Source) -> Text | None:
        same = self._by_hash.get(source.sha256)
        path = same or next((path for path in self._files if path.name == source.file), None)
        if path is None:
            return None
        try:
            text = read_bytes(path, max_bytes=MAX_TEXT_BYTES).decode("utf-8", errors="replace")
        except InvalidInput as refused:
            self.refused[source.id] = refused.finding
            return None
        return Text(path, same is not None, paragraphs(text))

    def check(self, source: Source, evidence: Evidence) -> tuple[Check, str | None]:
        """Whether the paragraph is the one that was read, and the text of the paragraph with that number now."""
        text = self.of(source)
        if text is None:
            return Check.NO_FILE, None
        inside = evidence.paragraph <= len(text.paragraphs)
        paragraph = text.paragraphs[evidence.paragraph - 1] if inside else None
        if paragraph is None or digest(paragraph) != evidence.digest:
            return Check.ANOTHER_PARAGRAPH, paragraph
        return Check.VERIFIED if text.same else Check.ANOTHER_FILE, paragraph


def _file_of(kind: str, record_id: str) -> str:
    return f"{kind}s/{record_id}.json"


def check_texts(records: Records, folder: Path, file_of: Callable[[str, str], str] = _file_of) -> Iterator[Finding]:
    """The findings for each missing or different document, and each paragraph that is not the one that was read.

    `file_of` names a record's file by its kind and id.
    """
    texts = Texts(folder)
    for source in records.sources:
        yield from _check_source(texts, source, file_of("source", source.id))
    for event in records.events:
        file = file_of("event", event.id)
        for c, claim in enumerate(event.claims):
            yield from _check_evidence(records, texts, claim.evidence, file, f"/claims/{c}")
    for actor in records.actors:
        file = file_of("actor", actor.id)
        for r, relation in enumerate(actor.relations):
            yield from _check_evidence(records, texts, relation.evidence, file, f"/relations/{r}")


def _check_source(texts: Texts, source: Source, file: str) -> Iterator[Finding]:
    text = texts.of(source)
    if source.id in texts.refused:
        yield texts.refused[source.id]
    elif text is None:
        message = f"no file among the texts has this document's SHA-256 or the name {source.file}; add the text"
        yield Finding(file, "/file", Code.TEXT_MISSING, message)
    elif not text.same:
        message = f"{text.path.name} is not the file that was read; use the text with the SHA-256 in the record"
        yield Finding(file, "/sha256", Code.TEXT_CHANGED, message)
    elif len(text.paragraphs) != source.paragraphs:
        message = f"the text has {len(text.paragraphs)} paragraphs, not {source.paragraphs}; correct the number"
        yield Finding(file, "/paragraphs", Code.PARAGRAPH_CHANGED, message)


def _check_evidence(
    records: Records, texts: Texts, evidence: tuple[Evidence, ...], file: str, pointer: str
) -> Iterator[Finding]:
    for e, piece in enumerate(evidence):
        source = records.sources.get(piece.source)
        if source is not None and texts.check(source, piece)[0] is Check.ANOTHER_PARAGRAPH:
            wrong = f"paragraph {piece.paragraph} of {piece.source} is not the paragraph that was read"
            message = f"{wrong}; correct its number or digest"
            yield Finding(file, f"{pointer}/evidence/{e}/digest", Code.PARAGRAPH_CHANGED, message)
