"""Every exception of the package; the command line catches the root and nothing wider."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from conflictdata.text import named, quote, without_password

if TYPE_CHECKING:
    from pathlib import Path

    from conflictdata.findings import Finding


class ConflictDataError(Exception):
    """Root of every deliberate failure; its text says what is wrong and what to do."""

    def __reduce__(self) -> tuple[Any, ...]:
        # By default Python would call the class with the text alone; the classes below take other arguments.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[ConflictDataError], args: tuple[Any, ...], members: dict[str, Any]) -> ConflictDataError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(members)
    return error


# Data.


class InvalidInput(ConflictDataError):
    """Data that cannot be used; `findings` says where and why, `finding` is the first of them."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(_of_several(findings, ""))
        self.findings = findings

    @property
    def finding(self) -> Finding:
        """The first finding."""
        return self.findings[0]


def _of_several(findings: Sequence[Finding], advice: str) -> str:
    """The first finding, and how many more there are."""
    first, more = findings[0], len(findings) - 1
    if not more:
        return first.description
    from dataclasses import replace

    return replace(first, message=f"{first.message} ({more} more findings{advice})").description


class InvalidArchive(InvalidInput):
    """A folder or an archive that is refused as a whole, so that nothing in it is read."""


class InvalidData(InvalidInput):
    """Records at `path` that cannot be loaded."""

    def __init__(self, findings: Sequence[Finding], path: Path) -> None:
        import shlex

        super().__init__(*findings)
        self.args = (_of_several(findings, f": run `conflictdata validate {shlex.quote(named(path))}`"),)


class ChecksumMismatch(ConflictDataError):
    """A released document that is missing, or differs from the one in the index."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}; run `conflictdata release verify`")
        self.file = file


class CannotApply(ConflictDataError):
    """Changes that do not fit this dataset: a record or a value is not as the changes expect it."""

    def __init__(self, path: str, pointer: str, why: str) -> None:
        super().__init__(f"{path}:{pointer or '/'}: {why}; apply the changes to the release that they were made for")
        self.path = path
        self.pointer = pointer


# Arguments.


class WrongArgument(ConflictDataError, TypeError):
    """A function was given a value of the wrong type; `wanted` says what it takes."""

    def __init__(self, wanted: str, given: object) -> None:
        super().__init__(f"{wanted}, not {type(given).__name__}")
        self.wanted = wanted


class InvalidValue(ConflictDataError, ValueError):
    """A value of the right type that is not allowed: a day, a version of a release, an option of a format."""


class PositionOutOfRange(ConflictDataError, IndexError):
    """A position in a table that has fewer records."""

    def __init__(self, position: int, count: int) -> None:
        advice = f"give one from 0 to {count - 1}" if count else "use another table"
        super().__init__(f"there is no position {position}, because the table has {count} records; {advice}")


class UnknownName(ConflictDataError, KeyError):
    """A name that no record, code or table has, or more than one; `near` holds suggestions.

    `choices` are all valid names; the message lists them if they are few. `instead` says what else has the name.
    """

    def __init__(
        self,
        what: str,
        name: str,
        near: Sequence[str] = (),
        *,
        shared: bool = False,
        choices: Sequence[str] = (),
        instead: str = "",
    ) -> None:
        wrong = f"more than one {what} is called {quote(name)}" if shared else f"there is no {what} {quote(name)}"
        super().__init__(f"{wrong}; {instead or _advice(what, near, choices, shared=shared)}")
        self.what = what
        self.name = name
        self.near = tuple(near)

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would print it in quotation marks


def _advice(what: str, near: Sequence[str], choices: Sequence[str], *, shared: bool) -> str:
    if near:
        return f"choose from {', '.join(near)}" if shared else f"did you mean {' or '.join(near)}?"
    if 0 < len(choices) <= 20:
        return f"choose from {', '.join(choices)}"
    if choices:
        return "`conflictdata codes` lists them"
    table = {"actor": "actors", "place": "places", "source": "sources", "claim": "claims"}.get(what, "events")
    return f"`conflictdata list {table}` shows what there is"


class EventInNoDataset(ConflictDataError, AttributeError):
    """A derived value of an event that belongs to no dataset, such as an edited copy."""

    def __init__(self, event_id: str, name: str) -> None:
        wrong = f"{name} of {event_id} is derived from a dataset, and this event belongs to none"
        super().__init__(f"{wrong}; take the event from `Dataset.events`")


class DataNotFound(ConflictDataError):
    """A release, file or folder that does not exist."""


class IncompletePackage(ConflictDataError):
    """A file or folder that the package carries, and that is missing or damaged where it was installed."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}, which belongs to this package: {reason}; install conflictdata again")
        self.path = path
        self.reason = reason


class MissingExtra(ConflictDataError):
    """A library that is not installed; `extra` is the extra of this package that installs it."""

    def __init__(self, library: str, extra: str | None = None) -> None:
        self.library = library
        self.extra = extra or library
        super().__init__(f"{library} is not installed; run `pip install 'conflictdata[{self.extra}]'`")


# Files.


class CannotWrite(ConflictDataError):
    """Writing `path` failed, for `reason`; its content is unchanged."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot write {path}: {reason}")
        self.path = path
        self.reason = reason


class AlreadyExists(ConflictDataError):
    """`path` exists and is not to be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} already exists; choose another name, or remove it")
        self.path = path


class CannotFetch(ConflictDataError):
    """A release could not be downloaded; nothing of it was kept."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = without_password(where), without_password(reason)
        super().__init__(f"cannot fetch {self.where}: {self.reason}")


# Building a release.


class NotReleasable(InvalidInput):
    """Records with errors, or with changes that have no reason; nothing was written."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__(*sorted(findings))


class ReleaseExists(ConflictDataError):
    """The release exists, and these records would give a different one."""

    def __init__(self, version: str) -> None:
        super().__init__(f"release {version} already exists; release corrections under a new version")
        self.version = version


class VersionNotIncreasing(ConflictDataError):
    """A release whose version is not later than all others."""

    def __init__(self, version: str, last: str) -> None:
        super().__init__(f"release {version} is not later than the last release {last}; use a later version and date")
        self.version = version
        self.last = last


class PartialRelease(ConflictDataError):
    """Something else has the name of the folder or zip of the release that is being built."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not in the index and differs from this release; remove it and build again")
        self.path = path


class AnotherBuild(ConflictDataError):
    """Another build is running in the same folder, or the folder cannot be locked."""

    def __init__(self, folder: Path, reason: str = "another build runs there; wait until it is done") -> None:
        super().__init__(f"cannot build in {folder}: {reason}")
        self.folder = folder
