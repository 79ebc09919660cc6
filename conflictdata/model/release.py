"""What stands beside the records of a release: why they changed, what the release holds, which releases there are."""

from __future__ import annotations

from typing import Literal

from conflictdata.model.codes import ChangeKind
from conflictdata.model.frozen import Frozen, record
from conflictdata.model.records import Release


@record
class Explanation(Frozen):
    """One reason, and the records and fields whose change it explains; absent is all that the other names."""

    kind: ChangeKind
    records: tuple[str, ...] | None = None
    fields: tuple[str, ...] | None = None
    reason: str


@record
class Changes(Frozen):
    """Why the records of a release differ from those of the one before, as the curator wrote it."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:changes", "urn:conflictdata:schema:1.1.0:changes"]
    version: str
    changes: tuple[Explanation, ...]


@record
class WordTable(Frozen):
    """A table of number words with its version, and its hash."""

    name: str
    sha256: str


@record
class Counts(Frozen):
    """How many of each there are in a release; tombstones are counted in their kind and again by themselves."""

    sources: int
    actors: int
    places: int
    events: int
    incidents: int
    operations: int
    claims: int
    evidence: int
    relations: int
    withdrawn: int
    acled_rows: int
    acled_skipped: int


@record
class MemberPresence(Frozen):
    """How many of the objects of one sort have a member."""

    object: str
    member: str
    present: int
    of: int


@record
class ChangeCounts(Frozen):
    """How many changes of each kind lead from one release to the next."""

    revised: int
    corrected: int
    added: int
    withdrawn: int


@record
class ReleasedFile(Frozen):
    """One file of a release: its path, size and hash."""

    path: str
    bytes: int
    sha256: str


@record
class Manifest(Frozen):
    """What a release is, how much is in it, and each of its files."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:manifest", "urn:conflictdata:schema:1.1.0:manifest"]
    release: Release
    previous: str | None = None
    schema_version: str
    method: str
    number_words: tuple[WordTable, ...]
    counts: Counts
    completeness: tuple[MemberPresence, ...]
    changes: ChangeCounts
    files: tuple[ReleasedFile, ...]
    software: str | None = None

    @property
    def maker(self) -> str:
        """The version of the package that built the release; without `software`, the one with the release's version."""
        return self.software or self.release.version


@record
class ListedWheel(Frozen):
    """The wheel that lies beside the archive of a release: its name, size and hash."""

    file: str
    bytes: int
    sha256: str


@record
class ListedRelease(Frozen):
    """One release in the index: its archive with size and hash, the hash of its dataset document, and its wheel."""

    release: Release
    schema_version: str
    archive: str
    bytes: int
    sha256: str
    dataset: str
    wheel: ListedWheel | None = None


@record
class Index(Frozen):
    """Every release there is, the oldest first."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:index", "urn:conflictdata:schema:1.1.0:index"]
    releases: tuple[ListedRelease, ...]
