"""The files of a release for other programs: maps, databases, the UCDP GED layout, the explorer and its picture.

Some of their bytes depend on the libraries that write them, so `verify_program_files` compares what they hold.
"""

from __future__ import annotations

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


def view_files(records: Records) -> dict[str, bytes]:
    """Each file by its path in the release. A missing library raises `MissingExtra`."""
    return {path: data for view in VIEWS for path, data in files_of_view(records, view).items()}


def files_of_view(records: Records, view: str) -> dict[str, bytes]:
    """The files of one of `VIEWS`; none for a picture that this package does not carry."""
    name = VIEWS[view]
    if name is None:
        return {view: read_bytes(_DRAWN)} if is_carried(_DRAWN) else {}
    form = FORMATS[name]
    if isinstance(form, FolderFormat):
        return {f"{view}{file}": b"".join(chunks) for file, chunks in form.contents(records)}
    files = {view: b"".join(form.content(records))}
    if form.leaves_out:
        files[_skipped(view)] = b"".join(skip_report(form.skips(records)))
    return files


def view_of(path: str) -> str | None:
    """The one of `VIEWS` that a file of a release belongs to, if any."""
    return next((view for view in VIEWS if _belongs_to(path, view)), None)


def _belongs_to(path: str, view: str) -> bool:
    return path.startswith(view) if view.endswith("/") else path in (view, _skipped(view))


def _skipped(view: str) -> str:
    return view.replace(".csv", "-skipped.csv")
