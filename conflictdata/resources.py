"""What the package carries, read in a checkout, an editable install, a wheel and a zip alike, and known to be whole.

A file is named by its path in a checkout, such as `schema/event.schema.json`; a wheel has it inside the package.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from conflictdata.errors import DataNotFound, IncompletePackage

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SCHEMA_VERSION = "1.1.0"
"""The version of the schema in the package."""

PACKAGE = Path(__file__).absolute().parent
_OWN = "conflictdata/"
_RECORDS = f"{_OWN}records"
_LISTING = "_carried.json"

_UNREADABLE: tuple[type[Exception], ...] = (OSError, KeyError, ValueError, NotImplementedError, EOFError)
"""What reading can raise."""

_ROOT: Traversable = PACKAGE
if not PACKAGE.is_dir():  # it is inside an archive; what is needed there is not imported anywhere else
    import zipfile
    import zlib
    from importlib.resources import files

    _ROOT = files("conflictdata")
    _UNREADABLE += (zipfile.BadZipFile, zlib.error)


def read_bytes(path: str) -> bytes:
    """A file that the package carries; `IncompletePackage` where it is missing, damaged or cannot be read."""
    try:
        data = _at(path).read_bytes()
    except _UNREADABLE as error:
        raise IncompletePackage(path, _reason(error)) from error
    listed = _listing().files.get(_inside(path))
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
    count, sha256 = _listing().folders.get(_inside(folder), (None, None))
    read = 0
    try:
        found: Iterable[tuple[str, bytes]] = _texts(_at(folder))
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


def _texts(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each record file, in order."""
    if not isinstance(folder, Path):
        inside = {each.name: each for each in folder.iterdir()}
        yield from ((name, inside[name].read_bytes()) for name in sorted(inside) if name.endswith(".json"))
        return
    for name in sorted(os.listdir(folder)):  # noqa: PTH208
        if name.endswith(".json"):
            # A path object for each of some thousand files would take as long as reading them, and `open` half of that.
            with FileIO(f"{folder}/{name}") as file:
                yield name, file.readall()


def list_files(folder: str, suffix: str | tuple[str, ...]) -> list[str]:
    """The names of the files in a folder that the package carries, in order; `IncompletePackage` if it is missing."""
    try:
        return sorted(each.name for each in _at(folder).iterdir() if each.name.endswith(suffix))
    except _UNREADABLE as error:
        raise IncompletePackage(folder, _reason(error)) from error


def is_carried(path: str) -> bool:
    """Whether the package carries a file, or has to."""
    return _inside(path) in _listing().files or _at(path).is_file()


def check_carried() -> None:
    """`IncompletePackage` where something that the package has to carry is missing or damaged."""
    for kind in ("source", "actor", "place", "event"):
        for _ in read_records(kind):
            pass
    for name in _listing().files:
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


@dataclass(frozen=True, slots=True)
class _Listing:
    """What a wheel has to carry, as the build listed it: files with their hashes, folders of records with how many."""

    files: Mapping[str, str]
    folders: Mapping[str, tuple[int, str]]


@cache
def _listing() -> _Listing:
    """The list of a wheel; a checkout has none."""
    listing = _ROOT / _LISTING
    if not listing.is_file():
        return _Listing({}, {})
    try:
        found = json.loads(listing.read_bytes())
        return _Listing(found["files"], {name: (count, sha256) for name, (count, sha256) in found["folders"].items()})
    except Exception as error:
        raise IncompletePackage(_OWN + _LISTING, "it is damaged") from error


@cache
def is_installed() -> bool:
    """Whether the package is an installed copy, with schema, releases and licences inside it, as a wheel has them."""
    return (_ROOT / _LISTING).is_file() or any((_ROOT / name).is_dir() for name in ("_schema", "_releases", "_project"))


def _inside(path: str) -> str:
    """Where in a wheel's package a file is."""
    if path.startswith(_OWN):
        return path.removeprefix(_OWN)
    return f"_{path}" if path.partition("/")[0] in ("schema", "releases") else f"_project/{path}"


def _at(path: str) -> Traversable:
    if path.startswith("releases/") and not is_zipped():
        return releases_folder().joinpath(*path.split("/")[1:])
    if path.startswith(_OWN) or is_installed():
        return _ROOT.joinpath(*_inside(path).split("/"))
    return PACKAGE.parent.joinpath(*path.split("/"))


def is_zipped() -> bool:
    """Whether the package is inside an archive, so that what it carries has no path."""
    return not isinstance(_ROOT, Path)


def records_folder() -> Path:
    """The folder of the hand-curated records; `DataNotFound` where the package is inside an archive."""
    if is_zipped():
        raise DataNotFound(f"the records are inside {PACKAGE.parent}; give a folder of records, or install the package")
    return PACKAGE / "records"


def releases_folder() -> Path:
    """The folder of the releases and their index; of each, a wheel carries what is needed to load and to compare it.

    Inside an archive it is only a name: `read_bytes("releases/index.json")` reads from there.
    """
    return PACKAGE / "_releases" if is_installed() else PACKAGE.parent / "releases"


INDEX = "index.json"
RELEASES = "CONFLICTDATA_RELEASES"
"""The environment variable that names a folder or a web address with more releases."""
CACHE = "CONFLICTDATA_CACHE"
"""The environment variable that names the folder in which fetched releases are kept."""
