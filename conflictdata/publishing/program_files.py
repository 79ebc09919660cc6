"""The files of a release for other programs: maps, databases, the UCDP GED layout, the explorer and its picture.

Some of their bytes depend on the libraries that write them, so `verify_program_files` compares what they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflictdata.formats.interface import FolderFormat
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_report import skip_report
from conflictdata.model import Records
from conflictdata.resources import is_carried, read_bytes

PICTURE = "explorer.png"
_DRAWN = "conflictdata/formats/html/explorer.png"
VIEWS = {
    "events.geojson": "geojson",
    "ged.csv": "ged",
    "explorer.html": "html",
    "sqlite/": "sqlite",
    "parquet/": "parquet",
    PICTURE: None,
}
"""The format of each file and folder; the picture is copied from the package."""


def view_files(records: Records) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Each file's path in the release, and its bytes in chunks. A missing library raises `MissingExtra`."""
    for view in VIEWS:
        yield from files_of_view(records, view)


def files_of_view(records: Records, view: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of one of `VIEWS`; none for a picture that this package does not carry."""
    name = VIEWS[view]
    if name is None:
        if is_carried(_DRAWN):
            yield view, [read_bytes(_DRAWN)]
        return
    form = FORMATS[name]
    if isinstance(form, FolderFormat):
        for file, chunks in form.contents(records):
            yield f"{view}{file}", chunks
        return
    yield view, form.content(records)
    if form.leaves_out:
        yield _skipped(view), skip_report(form.skips(records))


def view_of(path: str) -> str | None:
    """The one of `VIEWS` that a file of a release belongs to, if any."""
    return next((view for view in VIEWS if _belongs_to(path, view)), None)


def _belongs_to(path: str, view: str) -> bool:
    return path.startswith(view) if view.endswith("/") else path in (view, _skipped(view))


def _skipped(view: str) -> str:
    return view.replace(".csv", "-skipped.csv")
