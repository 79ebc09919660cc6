"""Metadata in the Croissant format, with which machine-learning tools find and load the files of a release."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from conflictdata.analysis.citation import AUTHORS, TITLE, citation
from conflictdata.model import Records, Release
from conflictdata.model.release import ReleasedFile
from conflictdata.tables.columns import Column, ColumnType
from conflictdata.tables.events import FLAT
from conflictdata.tables.registry import LAYOUTS

CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The JSON-LD context that version 1.0 of the specification prescribes."""

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".cff": "application/x-yaml",
}
_TYPES = {
    ColumnType.INTEGER: "sc:Integer",
    ColumnType.NUMBER: "sc:Float",
    ColumnType.DATE: "sc:Date",
    ColumnType.BOOLEAN: "sc:Boolean",
}


def croissant(records: Records, release: Release, files: Collection[ReleasedFile]) -> bytes:
    """The description of a release with these files."""
    described = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "conflictdata",
        "description": f"{TITLE}. Every value leads to who claimed it, in which document, at which paragraph.",
        "version": release.version,
        "creativeWorkStatus": str(release.stage),
        "datePublished": release.date.isoformat(),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": {"@type": "sc:Organization", "name": AUTHORS},
        "citeAs": citation(records).rstrip("\n"),
        "isLiveDataset": False,
        "distribution": [_file(file) for file in sorted(files, key=lambda file: file.path)],
        "recordSet": [
            _rows("flat", "events.csv", "The events, one flat row each.", FLAT, ("id",)),
            *(
                _rows(layout.name, f"tables/{layout.name}.csv", layout.description, layout.columns, layout.key)
                for layout in LAYOUTS.values()
            ),
        ],
    }
    return json.dumps(described, indent=1, ensure_ascii=False).encode() + b"\n"


def _file(file: ReleasedFile) -> dict[str, Any]:
    suffix = "." + file.path.rpartition(".")[2]
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": MEDIA_TYPES.get(suffix, "text/plain"),
        "sha256": file.sha256,
    }


def _rows(name: str, path: str, description: str, columns: Sequence[Column[Any]], key: Iterable[str]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": description,
        "key": [{"@id": f"{name}/{column}"} for column in key],
        "field": [*_fields(name, path, columns)],
    }


def _fields(name: str, path: str, columns: Iterable[Column[Any]]) -> Iterator[dict[str, Any]]:
    for column in columns:
        yield {
            "@type": "cr:Field",
            "@id": f"{name}/{column.name}",
            "name": column.name,
            "description": column.description,
            "dataType": _TYPES.get(column.type, "sc:Text"),
            "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
        }
