"""The records that a user asks for. Those that the package carries are trusted, and load without what judges others."""

from __future__ import annotations

import errno
import os
from os import PathLike
from pathlib import Path

from conflictdata import __version__
from conflictdata.errors import ConflictDataError, WrongArgument, quoted
from conflictdata.model import Document, Record, Records, type_of_kind
from conflictdata.resources import records_folder, releases_folder
from conflictdata.store.version import is_version, release_of


class UnfinishedRecords(ConflictDataError):
    """The package's own records hold one that is not finished, as a checkout may while it is worked on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"a record in {folder} is not finished; `conflictdata validate` says which, and what it wants")
        self.folder = folder


class NothingThere(ConflictDataError):
    """What was asked for is no version of a release, and no file or folder is called so."""

    def __init__(self, what: str) -> None:
        from conflictdata.store.shelves import known_releases

        known = ", ".join(release.version for release in known_releases()) or "none"
        wrong = f"there is no file or folder {quoted(what)}, and no release of that number"
        super().__init__(f"{wrong}; at hand are {known}")
        self.what = what


def load(what: str | PathLike[str] | None = None) -> Records:
    """The records that the package carries, of a released version by its number, or of a path."""
    if what is None:
        return load_bundled()
    if isinstance(what, str) and is_version(what):
        from conflictdata.store.released import load_version

        return load_version(what)
    from conflictdata.store.loading import load_path

    if not isinstance(what, (str, PathLike)):
        raise WrongArgument("a dataset is asked for by the version of a release, or by a path", what)
    if not what or _is_missing(what):
        raise NothingThere(str(what))
    return load_path(Path(what))


def _is_missing(path: str | PathLike[str]) -> bool:
    """Whether certainly nothing is called so; what else stands in the way is told where it is read."""
    try:
        os.lstat(path)
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
    except ValueError:
        pass
    return False


def load_bundled() -> Records:
    """The records that the package carries, of the release that its version names where it names one.

    They were judged when it was built, and are not judged again.
    """
    release = release_of(__version__)
    if release is not None and (records := carried(release)) is not None:
        return records
    found: dict[str, list[Record]] = {}
    for kind, model in type_of_kind.items():
        paths = sorted((records_folder() / f"{kind}s").glob("*.json"))
        try:
            found[f"{kind}s"] = [model.model_validate_json(path.read_bytes()) for path in paths]
        except ValueError as error:  # what a release carries was judged; a checkout may hold a record half written
            raise UnfinishedRecords(records_folder() / f"{kind}s") from error
    return Records.of(**found)  # type: ignore[arg-type]


def carried(version: str) -> Records | None:
    """The records of a release that the package carries; None where it carries none of that version."""
    document = releases_folder() / version / "dataset.json"
    return load_trusted(document.read_bytes()) if document.is_file() else None


def load_trusted(data: bytes) -> Records:
    """The records of a dataset document that was judged before and is known to be the same."""
    return Records.of_document(Document.model_validate_json(data))
