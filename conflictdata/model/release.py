"""Models of the files of a release beside the records: reasons for changes, manifest, and index of releases."""

from typing import Literal

from conflictdata.model.codes import ChangeKind
from conflictdata.model.record_base import Frozen, record
from conflictdata.model.recordset import Release


@record
class Explanation(Frozen):
    """One reason, and the records and fields whose change it explains; a missing list means all."""

    kind: ChangeKind
    records: tuple[str, ...] | None = None
    fields: tuple[str, ...] | None = None
    reason: str


@record
class Changes(Frozen):
    """The curator's reasons why the records of a release differ from those of the previous one."""

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
    """The numbers of records and claims in a release; tombstones are counted in their kind and also separately."""

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
    """How many of the objects of one kind have a member."""

    object: str
    member: str
    present: int
    of: int


@record
class ChangeCounts(Frozen):
    """The number of changes of each kind from one release to the next."""

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
    """What a release is, the numbers of its records, and each of its files."""

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
        """The version of the package that built the release; without `software`, it is the release's version."""
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
    """All releases, the oldest first."""

    schema_: Literal["urn:conflictdata:schema:1.0.0:index", "urn:conflictdata:schema:1.1.0:index"]
    releases: tuple[ListedRelease, ...]
