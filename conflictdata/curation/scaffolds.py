"""Drafts of records: known values are filled in; what the curator must fill in is an empty string or 0."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from conflictdata.canonical import MAX_TEXT_BYTES, NUL, read_bytes
from conflictdata.errors import ConflictDataError, DataNotFound, InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.schema.documents import urn

Object = dict[str, Any]

_LAST = 9999999
"""The highest number in an event id."""

_BLANK_WINDOW = {"earliest": "", "latest": "", "basis": ""}


def next_event_id(folder: Path) -> str:
    """The id after the highest in a folder of records, whether its files are valid or not; ids are never reused."""
    try:
        names = [path.name for path in (folder / "events").iterdir()]
    except FileNotFoundError:
        names = []
    except OSError as error:
        raise ConflictDataError(f"{folder / 'events'} cannot be listed: {error.strerror or error}") from error
    used = [int(found[1]) for name in names if (found := re.fullmatch(r"CD-([0-9]{4,7})\.json", name))]
    following = max(used, default=0) + 1
    if following > _LAST:
        raise ConflictDataError(f"no event id is free, because CD-{_LAST} is used")
    return f"CD-{following:04}"


def event(record_id: str, evidence: Iterable[Object]) -> Object:
    """The draft of an incident, with a claim for each piece of evidence, or with one empty claim."""
    pieces = list(evidence) or [{"source": "", "paragraph": 0, "digest": ""}]
    return {
        "$schema": urn("event"),
        "id": record_id,
        "kind": "incident",
        "title": "",
        "type": "",
        "when": dict(_BLANK_WINDOW),
        "where": {"place": "", "precision": ""},
        "participants": [{"actor": "", "side": 1, "role": ""}],
        "claims": [
            {
                "id": f"c{number}",
                "claimant": "",
                "attribution": "named",
                "stance": "asserts",
                "property": "occurred",
                "evidence": [piece],
            }
            for number, piece in enumerate(pieces, 1)
        ],
        "summary": "",
    }


def actor(record_id: str) -> Object:
    """An actor."""
    return {"$schema": urn("actor"), "id": record_id, "name": "", "kind": "", "description": ""}


def place(record_id: str) -> Object:
    """The draft of a place without a point."""
    return {"$schema": urn("place"), "id": record_id, "name": "", "kind": "", "within": "", "point_unknown": ""}


def source(record_id: str, text: Path | None = None) -> Object:
    """The draft of a source; with a text, it has the text's hash, file name and number of paragraphs."""
    read: Object = {"paragraphs": 0, "sha256": "", "file": ""}
    if text is not None:
        from conflictdata.analysis.paragraph_digests import paragraphs

        content, sha256 = read_text(text)
        read = {"paragraphs": len(paragraphs(content)), "sha256": sha256, "file": text.name}
    first = {"step": "first_published", "by": "", "date": dict(_BLANK_WINDOW)}
    known = {"$schema": urn("source"), "id": record_id, "title": "", "language": "", "chain": [first]}
    return known | {"composition": "whole"} | read


SLUGGED: Mapping[str, Callable[[str], Object]] = {"source": source, "actor": actor, "place": place}
"""The kinds of record with an id that the curator chooses."""


def cite(folder: Path, texts: Path, source_id: str, paragraph: int) -> Object:
    """The evidence for a paragraph, with the digest from the text, which must have the hash in the source record."""
    from conflictdata.analysis.digest_check import Texts
    from conflictdata.analysis.paragraph_digests import digest
    from conflictdata.errors import InvalidData, UnknownName
    from conflictdata.model import Evidence
    from conflictdata.model import Source as SourceRecord
    from conflictdata.validation import validate_bytes

    path = folder / "sources" / f"{source_id}.json"
    known = {each.stem for each in (folder / "sources").glob("*.json")}
    if source_id not in known:
        raise UnknownName("source", source_id, difflib.get_close_matches(source_id, sorted(known)))
    record, findings = validate_bytes(read_bytes(path), str(path))
    if not isinstance(record, SourceRecord):
        raise InvalidData(findings, path)
    text = Texts(texts).of(record)
    if text is None or not text.same:
        raise DataNotFound(f"the text that {source_id} was read from is not in {texts}; give the folder that has it")
    if paragraph > len(text.paragraphs):
        raise DataNotFound(
            f"{source_id} has {len(text.paragraphs)} paragraphs and no paragraph {paragraph}; choose a smaller number"
        )
    found = Evidence(source=source_id, paragraph=paragraph, digest=digest(text.paragraphs[paragraph - 1]))
    return found.to_object()


def read_text(path: Path) -> tuple[str, str]:
    """A document's text and the SHA-256 of its file; `InvalidInput` if it is empty or not UTF-8."""
    data = read_bytes(path, max_bytes=MAX_TEXT_BYTES)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02X} is not UTF-8; save the text as UTF-8"
        raise InvalidInput(Finding(str(path), "", Code.ENCODING, message, error.start)) from error
    if not text.strip():
        message = "the file is empty; expected the text of a document, one paragraph per line"
        raise InvalidInput(Finding(str(path), "", Code.EMPTY_INPUT, message, 0))
    if (nul := data.find(0)) >= 0:
        message = NUL
        raise InvalidInput(Finding(str(path), "", Code.ENCODING, message, nul))
    return text, hashlib.sha256(data).hexdigest()
