"""The files of a release for other programs: maps, databases, the UCDP GED layout, the explorer and its picture.

They depend on the libraries that write them. They are made once, when the release is built; `release verify --rebuild`
holds them against their hashes and does not make them anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from conflictdata.formats.interface import FolderFormat
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_report import skip_report
from conflictdata.model import Records
from conflictdata.resources import is_carried, read_bytes

_FILES = {"events.geojson": "geojson", "ged.csv": "ged", "explorer.html": "html"}
_FOLDERS = {"sqlite/": "sqlite", "parquet/": "parquet"}
_PICTURE = "conflictdata/formats/html/explorer.png"


def view_files(records: Records) -> dict[str, bytes]:
    """Each file by its path in the release. A missing library raises `MissingExtra`."""
    return dict(_files(records))


def _files(records: Records) -> Iterator[tuple[str, bytes]]:
    for path, name in (_FILES | _FOLDERS).items():
        form = FORMATS[name]
        if isinstance(form, FolderFormat):
            for file, chunks in form.contents(records):
                yield f"{path}{file}", b"".join(chunks)
        else:
            yield path, b"".join(form.content(records))
        if form.leaves_out:
            yield path.replace(".csv", "-skipped.csv"), b"".join(skip_report(form.skips(records)))
    if is_carried(_PICTURE):
        yield "explorer.png", read_bytes(_PICTURE)
