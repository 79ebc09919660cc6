"""Every exception of the package; the command line catches the root and nothing wider."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from conflictdata.findings import Finding
from conflictdata.resources import CACHE, INDEX, RELEASES
from conflictdata.text import named, quote


class ConflictDataError(Exception):
    """Root of every deliberate failure; its text is one sentence that a user can act on."""


class WrongArgument(ConflictDataError, TypeError):
    """A function was given a value of a type that cannot be meant; `wanted` says what it takes."""

    def __init__(self, wanted: str, given: object) -> None:
        super().__init__(f"{wanted}, not {type(given).__name__}")
        self.wanted = wanted


class InvalidInput(ConflictDataError):
    """A document did not pass the gate; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


class NotReadable(ConflictDataError, ValueError):
    """What was to be written could not be read back, being larger or deeper than the gate lets in, or spelled oddly."""


class NoSuchParagraph(ConflictDataError):
    """A paragraph was cited that the texts do not have, or not as it was read."""


class NoNextId(ConflictDataError):
    """No id can be given to a new event."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"a new event in {folder} cannot have an id: {reason}")
        self.folder = folder


class UnknownWordTable(ConflictDataError):
    """No table of number words has that name."""

    def __init__(self, table: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no table of number words called {quote(table)}; there are {', '.join(known)}")
        self.table = table
        self.known = known


class BadOption(ConflictDataError):
    """An option that the format does not have, or a value that the option does not take."""

    def __init__(self, message: str, option: str) -> None:
        super().__init__(message)
        self.option = option


class CannotWrite(ConflictDataError):
    """Writing `path` failed, for `reason`: it holds what it held before, or, if only the last flush failed, the new."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write {self.path}: {self.reason}"


class AlreadyExists(ConflictDataError):
    """Something stands at `path`, and it was not to be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} already exists"


class NoSuchRecord(ConflictDataError, KeyError):
    """A table has no record of that id; `near` holds the ids perhaps meant."""

    def __init__(self, record_id: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        near = get_close_matches(record_id, known)
        hint = f"; perhaps {' or '.join(near)}" if near else ""
        super().__init__(f"there is no record with the id {quote(record_id)}{hint}")
        self.near = tuple(near)

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would show it in quotation marks


class CannotApply(ConflictDataError):
    """The changes do not lead from this state: a record or a value is not as they say it was."""

    def __init__(self, path: str, pointer: str, why: str) -> None:
        super().__init__(f"the changes do not start from this dataset: {path}{pointer} {why}")
        self.path = path
        self.pointer = pointer


class ReleaseExists(ConflictDataError):
    """A release is written once."""

    def __init__(self, version: str) -> None:
        super().__init__(f"release {version} exists already; corrections need a new version")
        self.version = version


class ReleasedOtherwise(ConflictDataError):
    """A release can be built again elsewhere, and then is the same to the byte."""

    def __init__(self, version: str) -> None:
        super().__init__(f"release {version} exists already, and this would be another; corrections need a new version")
        self.version = version


class BadDate(ConflictDataError):
    """A day that no release can be dated."""

    def __init__(self, date: dt.date, years: range) -> None:
        super().__init__(f"a release is dated in the years {years[0]} to {years[-1]}, not {date.isoformat()}")
        self.date = date


class VersionNotIncreasing(ConflictDataError):
    """A release comes after all others."""

    def __init__(self, version: str, last: str) -> None:
        super().__init__(f"release {version} would not be later than the last one, {last}")
        self.version = version
        self.last = last


class NotReleasable(ConflictDataError):
    """The records have faults, or changes that nobody has given a reason for; nothing was written."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__(f"{len(self.findings)} faults stand against this release; the first: {self.findings[0]}")


class PartialRelease(ConflictDataError):
    """Something lies where the release's folder or zip should be, and is not what is being built."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not in the index and not what these records give: a build that was killed left it, or somebody"
            " put it there; remove it and build again"
        )
        self.path = path


class ChecksumMismatch(ConflictDataError):
    """A released document is not the one that the index lists, or is none."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}; `conflictdata release verify` says more")
        self.file = file


class AnotherBuild(ConflictDataError):
    """A release is being built in the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another release is being built in {folder}; wait until it is done")
        self.folder = folder


class CannotLock(ConflictDataError):
    """A folder in which no release can be built, because nothing keeps a second build out."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"cannot lock the folder {folder}: {reason}")
        self.folder = folder
        self.reason = reason


class NoAccelerator(ConflictDataError):
    """The fast judge was asked for and is not installed."""

    def __init__(self) -> None:
        super().__init__("jsonschema-rs is not installed; pip install 'conflictdata[fast]' brings it")


class InvalidArchive(ConflictDataError):
    """A folder or an archive from which nothing is read, because of what is wrong with it as a whole."""

    def __init__(self, findings: list[Finding]) -> None:
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        super().__init__(f"{findings[0]}{more}" if findings else "")
        self.findings = tuple(findings)


class InvalidData(ConflictDataError):
    """Records that cannot be loaded; `findings` says what is wrong with them, of which `path` is where they lie."""

    def __init__(self, findings: list[Finding], path: Path) -> None:
        told = str(findings[0])
        if len(findings) > 1:
            command = f"conflictdata validate {shlex.quote(named(path))}"
            told = f"{told.removesuffix('.')}, and {len(findings) - 1} more; `{command}` lists them"
        super().__init__(told)
        self.findings = tuple(findings)


class UnfinishedRecords(ConflictDataError):
    """The package's own records hold one that is not finished, as a checkout may while it is worked on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"a record in {folder} is not finished; `conflictdata validate` says which, and what it wants")
        self.folder = folder


class DataNotFound(ConflictDataError):
    """What was asked for is no version of a release, and no file or folder is called so."""

    def __init__(self, what: str, known: Iterable[str]) -> None:
        wrong = f"there is no file or folder {quote(what)}, and no release of that number"
        super().__init__(f"{wrong}; at hand are {', '.join(known) or 'none'}")
        self.what = what


class CannotFetch(ConflictDataError):
    """A release could not be fetched; nothing of it was kept."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"cannot fetch {where}: {reason}")
        self.where = where
        self.reason = reason


class NeedsPooch(ConflictDataError):
    """The network was asked for, and what reaches it is not installed."""

    def __init__(self, where: str) -> None:
        super().__init__(f"fetching {where} needs pooch; pip install 'conflictdata[get]' brings it, or give a folder")


class UnknownRelease(ConflictDataError):
    """No release of that version is at hand."""

    def __init__(self, version: str, known: tuple[str, ...]) -> None:
        at_hand = f"at hand are {', '.join(known)}" if known else "none is at hand"
        hint = f"`conflictdata get {version} --from URL|DIR` fetches one, and {RELEASES} names where to look"
        super().__init__(f"release {version} is not here; {at_hand}; {hint}")
        self.version = version
        self.known = known


class NoReleases(ConflictDataError):
    """The environment names a folder of releases that is none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{RELEASES} names {folder}, and there is no {INDEX} of releases that could be read")
        self.folder = folder


class NoCache(ConflictDataError):
    """The user has no home, in which the system's caches would lie."""

    def __init__(self) -> None:
        super().__init__(f"without a home there is no place for what is fetched; {CACHE} names a folder for it")


class BadVersion(ConflictDataError):
    """A text that is no version of a release."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:60]!r} is no version of a release; one is a year, a month and a number: 2026.11.0")


class BadDay(ConflictDataError):
    """A day was asked for that is no day of the calendar."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{quote(text)} is not a day: write YYYY-MM-DD, such as 2017-06-06")
        self.text = text


class ReversedDays(ConflictDataError):
    """A range of days was asked for that ends before it begins."""

    def __init__(self, start: dt.date | None, end: dt.date | None) -> None:
        super().__init__(f"no day lies from {start} to {end}: the first day comes after the last")
        self.start, self.end = start, end


class MissingExtra(ConflictDataError):
    """A library is asked for that is not installed; `extra` is the extra of this package that brings it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed; install it with: pip install 'conflictdata[{extra}]'")
        self.library = library
        self.extra = extra


class UnknownName(ConflictDataError):
    """No record, or more than one, bears the name that was asked for; `near` holds the ids perhaps meant."""

    def __init__(self, what: str, name: str, near: Sequence[str] = (), *, shared: bool = False) -> None:
        wrong = f"{quote(name)} may be more than one {what}" if shared else f"there is no {what} {quote(name)}"
        hint = f"; perhaps {' or '.join(near)}" if near else ""
        super().__init__(f"{wrong}{hint}")
        self.what = what
        self.name = name
        self.near = tuple(near)


class NoSuchFolder(ConflictDataError):
    """The folder of texts is not there, is no folder, or may not be looked into."""

    def __init__(self, folder: Path | str) -> None:
        super().__init__(f"{folder or repr('')} is not a folder of texts that can be read")
        self.folder = folder


class TooManyEvents(ConflictDataError):
    """The events are more than the format can hold."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"{count} events are too many for one page (at most {most}); choose fewer with filters")
        self.count = count
        self.most = most
