"""What the package carries, read in a checkout, an editable install, a wheel and a zip alike, and known to be whole.

A file is named by its path in a checkout, such as `schema/event.schema.json`; a wheel has it inside the package.
"""

# ruff: noqa: PTH100, PTH110, PTH112, PTH113, PTH120, PTH208 - the import of pathlib is a twentieth of loading
from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import FileIO
from typing import TYPE_CHECKING

from conflictdata.errors import DataNotFound, IncompletePackage

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

SCHEMA_VERSION = "1.1.0"
"""The version of the schema in the package."""

PACKAGE = os.path.dirname(os.path.abspath(__file__))
"""The folder of the package."""
_CHECKOUT = os.path.dirname(PACKAGE)
_OWN = "conflictdata/"
_RECORDS = f"{_OWN}records"
_LISTING = "_carried.json"

_UNREADABLE: tuple[type[Exception], ...] = (OSError, KeyError, ValueError, NotImplementedError, EOFError)
"""What reading can raise."""

_ARCHIVE: Traversable | None = None
if not os.path.isdir(PACKAGE):  # it is inside an archive; what is needed there is not imported anywhere else
    import zipfile
    import zlib
    from importlib.resources import files

    _ARCHIVE = files("conflictdata")
    _UNREADABLE += (zipfile.BadZipFile, zlib.error)


def read_bytes(path: str) -> bytes:
    """A file that the package carries; `IncompletePackage` where it is missing, damaged or cannot be read."""
    try:
        data = _read(path)
    except _UNREADABLE as error:
        raise IncompletePackage(path, _reason(error)) from error
    listed = _listing()[0].get(_inside(path))
    if listed is not None and listed != _sha256(data):
        raise IncompletePackage(path, "it is damaged")
    return data


def read_text(path: str) -> str:
    """A text file that the package carries, in UTF-8; `IncompletePackage` where it cannot be read."""
    try:
        return read_bytes(path).decode()
    except UnicodeDecodeError as error:
        raise IncompletePackage(path, "it is damaged") from error


def read_records(kind: str) -> Iterator[bytes]:
    """Every record of a kind that the package carries, by the name of its file; `IncompletePackage` if one is lost."""
    folder = f"{_RECORDS}/{kind}s"
    count, sha256 = _listing()[1].get(_inside(folder), (None, None))
    read = 0
    try:
        found: Iterable[tuple[str, bytes]] = ((name, _read(f"{folder}/{name}")) for name in _names(folder, ".json"))
        if count is not None:  # all are compared with what the build listed before the first is used
            found = [*found]
            if count != len(found):
                raise IncompletePackage(folder, f"it has {len(found)} of {count} records")
            if sha256 != hash_of(dict(found)):
                raise IncompletePackage(folder, "a record is damaged")
        for read, (_, text) in enumerate(found, 1):  # noqa: B007
            yield text
    except _UNREADABLE as error:
        raise IncompletePackage(folder, _reason(error)) from error
    if not read:
        raise IncompletePackage(folder, "it has no records")


def list_files(folder: str, suffix: str | tuple[str, ...]) -> list[str]:
    """The names of the files in a folder that the package carries, in order; `IncompletePackage` if it is missing."""
    try:
        return _names(folder, suffix)
    except _UNREADABLE as error:
        raise IncompletePackage(folder, _reason(error)) from error


def is_carried(path: str) -> bool:
    """Whether the package carries a file, or has to."""
    return _inside(path) in _listing()[0] or _is_file(path)


def check_carried() -> None:
    """`IncompletePackage` where something that the package has to carry is missing or damaged."""
    for kind in ("source", "actor", "place", "event"):
        for _ in read_records(kind):
            pass
    for name in _listing()[0]:
        read_bytes(_OWN + name)


def hash_of(contents: Mapping[str, bytes]) -> str:
    """One SHA-256 of the files of a folder, by name."""
    lines = (f"{_sha256(contents[name])}  {name}\n" for name in sorted(contents))
    return _sha256("".join(lines).encode())


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _reason(error: Exception) -> str:
    if isinstance(error, (FileNotFoundError, KeyError, ValueError)):  # a zip has no folder that has no file
        return "it is missing"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or "it cannot be read"


@cache
def _listing() -> tuple[Mapping[str, str], Mapping[str, tuple[int, str]]]:
    """What a wheel has to carry, as the build listed it: files with their hashes, folders of records with how many.

    A checkout has no such list.
    """
    if not _is_file(_OWN + _LISTING):
        return {}, {}
    import json

    try:
        found = json.loads(_read(_OWN + _LISTING))
        return found["files"], {name: (count, sha256) for name, (count, sha256) in found["folders"].items()}
    except Exception as error:
        raise IncompletePackage(_OWN + _LISTING, "it is damaged") from error


@cache
def is_installed() -> bool:
    """Whether the package is an installed copy, with schema, releases and licences inside it, as a wheel has them."""
    carried = (_LISTING, "_schema", "_releases", "_project")
    return is_zipped() or any(os.path.exists(f"{PACKAGE}/{name}") for name in carried)


def _inside(path: str) -> str:
    """Where in a wheel's package a file is."""
    if path.startswith(_OWN):
        return path.removeprefix(_OWN)
    return f"_{path}" if path.partition("/")[0] in ("schema", "releases") else f"_project/{path}"


def _read(path: str) -> bytes:
    if _ARCHIVE is not None:
        return _ARCHIVE.joinpath(_inside(path)).read_bytes()
    with FileIO(_at(path)) as file:  # `open` would take twice as long, which counts for some thousand records
        return file.readall()


def _names(folder: str, suffix: str | tuple[str, ...]) -> list[str]:
    """The names of the files in a folder, in order."""
    if _ARCHIVE is not None:
        names = [each.name for each in _ARCHIVE.joinpath(_inside(folder)).iterdir()]
    else:
        names = os.listdir(_at(folder))
    return sorted(name for name in names if name.endswith(suffix))


def _is_file(path: str) -> bool:
    return os.path.isfile(_at(path)) if _ARCHIVE is None else _ARCHIVE.joinpath(_inside(path)).is_file()


def _at(path: str) -> str:
    """Where a file is, if the package is a folder."""
    if path.startswith("releases/"):
        return f"{_releases()}/{path.removeprefix('releases/')}"
    if path.startswith(_OWN) or is_installed():
        return f"{PACKAGE}/{_inside(path)}"
    return f"{_CHECKOUT}/{path}"


def is_zipped() -> bool:
    """Whether the package is inside an archive, so that what it carries has no path."""
    return _ARCHIVE is not None


def records_folder() -> Path:
    """The folder of the hand-curated records; `DataNotFound` where the package is inside an archive."""
    from pathlib import Path

    if is_zipped():
        raise DataNotFound(f"the records are inside {_CHECKOUT}; give a folder of records, or install the package")
    return Path(PACKAGE, "records")


def releases_folder() -> Path:
    """The folder of the releases and their index; of each, a wheel carries what is needed to load and to compare it.

    Inside an archive it is only a name: `read_bytes("releases/index.json")` reads from there.
    """
    from pathlib import Path

    return Path(_releases())


def _releases() -> str:
    return f"{PACKAGE}/_releases" if is_installed() else f"{_CHECKOUT}/releases"


INDEX = "index.json"
RELEASES = "CONFLICTDATA_RELEASES"
"""The environment variable that names a folder or a web address with more releases."""
CACHE = "CONFLICTDATA_CACHE"
"""The environment variable that names the folder in which fetched releases are kept."""
