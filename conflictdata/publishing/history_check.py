"""Nothing released is lost: an id keeps its meaning, a record leaves a tombstone, a claim leaves a status."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conflictdata.atomic import is_file
from conflictdata.canonical import MAX_DATASET_BYTES, read_bytes
from conflictdata.errors import ChecksumMismatch, IncompletePackage
from conflictdata.findings import Code, Finding
from conflictdata.loading import load_trusted
from conflictdata.model import Claim, Event, Records
from conflictdata.model.release import ListedRelease
from conflictdata.publishing.diff import KINDS, table_of
from conflictdata.release.catalog import DATASET, dataset_in, index_of
from conflictdata.release.version import parse_version
from conflictdata.resources import releases_folder


@dataclass(frozen=True, slots=True)
class PastRelease:
    """An earlier release, and the folder of releases that contains it."""

    listed: ListedRelease
    folder: Path

    @property
    def version(self) -> str:
        """Its version."""
        return self.listed.release.version

    @property
    def is_here(self) -> bool:
        """Whether its document or its zip is in that folder."""
        return is_file(self.folder / self.version / DATASET) or is_file(self.folder / self.listed.archive)

    def records(self) -> Records:
        """Its records, checked against the index; `ChecksumMismatch` if they are missing or differ from it."""
        path = self.folder / self.version / DATASET
        if is_file(path):
            data, file = read_bytes(path, max_bytes=MAX_DATASET_BYTES), str(path)
        else:
            data, file = dataset_in(self.folder / self.listed.archive)
        if hashlib.sha256(data).hexdigest() != self.listed.dataset:
            raise ChecksumMismatch(file, "the hash differs from the index")
        try:
            return load_trusted(data, file)
        except IncompletePackage as error:  # the index lists another hash
            raise ChecksumMismatch(file, "this is not a dataset document") from error


def known_releases(into: Path, *, carried: bool) -> tuple[PastRelease, ...]:
    """Every release, the oldest first: those in a folder, and optionally those in the package."""
    found: dict[str, PastRelease] = {}
    for folder in (releases_folder(), into) if carried else (into,):
        index = index_of(folder)
        for listed in index.releases if index else ():
            found[listed.release.version] = PastRelease(listed, folder)
    return tuple(found[version] for version in sorted(found, key=parse_version))


def is_descendant(folder: Path) -> bool:
    """Whether a folder of records belongs to the dataset of the package's releases: it has its sources.

    A copy of the records does, because nothing released is lost. The records of another dataset do not.
    """
    carried = known_releases(releases_folder(), carried=False)
    sources = carried[-1].records().sources.ids() if carried else ()
    return bool(sources) and all(is_file(folder / "sources" / f"{source}.json") for source in sources)


def check_history(past: Records, now: Records) -> Iterator[Finding]:
    """Findings for ids of an earlier release that are lost, or that mean something else now."""
    state = f"release {past.release.version}" if past.release else "an earlier state"
    for kind in KINDS:
        for before in table_of(past, kind):
            path = f"{kind}/{before.id}"
            after = table_of(now, kind).get(before.id)
            if after is None:
                lost = f"{path} of {state} is missing; put it back and add `withdrawn`"
                yield Finding(path, "", Code.RELEASED_ID_LOST, lost)
            elif before.withdrawn is not None and after.withdrawn is None:
                alive = f"{path} was withdrawn in {state}; keep it withdrawn, and use a new id"
                yield Finding(path, "/withdrawn", Code.RELEASED_ID_REUSED, alive)
            elif isinstance(before, Event) and isinstance(after, Event):
                yield from _check_claims(before, after, path, state)


def _check_claims(before: Event, after: Event, path: str, state: str) -> Iterator[Finding]:
    now = {claim.id: claim for claim in after.claims}
    for claim in before.claims:
        pointer = f"/claims/{claim.id}"
        if claim.id not in now:
            lost = f"claim {claim.id} of {state} is missing; put it back with `status` rejected or superseded"
            yield Finding(path, pointer, Code.RELEASED_ID_LOST, lost)
        elif not _can_be_corrected_to(claim, now[claim.id]):
            other = f"claim {claim.id} of {state} was another claim; use the next free id"
            yield Finding(path, pointer, Code.RELEASED_ID_REUSED, other)


def _can_be_corrected_to(one: Claim, other: Claim) -> bool:
    """Whether one claim can be a correction of the other: the same property, or the same paragraph."""
    shared = {(e.source, e.paragraph) for e in one.evidence} & {(e.source, e.paragraph) for e in other.evidence}
    return one.property is other.property or bool(shared)
