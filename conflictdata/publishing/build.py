"""Building a release: it is validated, compared with the previous one, and written once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from conflictdata.atomic import is_file
from conflictdata.collector_pause import collector_paused
from conflictdata.errors import DataNotFound, InvalidValue, NotReleasable, ReleaseExists, VersionNotIncreasing
from conflictdata.findings import Finding
from conflictdata.formats.json_document import JSON
from conflictdata.model import Records, Release
from conflictdata.model.codes import ReleaseStage
from conflictdata.model.release import ListedRelease
from conflictdata.publishing.change import Change
from conflictdata.publishing.checkout import missing
from conflictdata.publishing.history_check import PastRelease, is_descendant, known_releases
from conflictdata.publishing.placement import ARCHIVE, FILES, Listed, locked, made, placed, unfinished
from conflictdata.publishing.plan import planned
from conflictdata.publishing.program_files import view_files
from conflictdata.publishing.release_files import contents, copied_files
from conflictdata.publishing.wheel import Wheel, build_wheel, carried_releases
from conflictdata.publishing.zip_writer import YEARS, pack
from conflictdata.release.archive import FileSet, Folder
from conflictdata.release.catalog import DATASET, index_of
from conflictdata.release.checksums import sha256_of
from conflictdata.release.version import archive_name, parse_version, top_folder
from conflictdata.resources import INDEX, records_folder
from conflictdata.schema import VERSION


@dataclass(frozen=True, slots=True)
class Built:
    """A release that was built: its folder, zip and wheel, and the changes since the previous release, if any."""

    folder: Path
    archive: Path
    wheel: Path | None
    listed: ListedRelease
    previous: str | None
    changes: tuple[Change, ...]
    warnings: tuple[Finding, ...]


@collector_paused()
def build(
    version: str,
    date: dt.date,
    stage: ReleaseStage,
    into: Path,
    *,
    records: Path | None = None,
    checkout: Path | None = None,
    first: bool = False,
    views: bool = False,
    announce: Callable[[str], None] = lambda _: None,
) -> Built:
    """Build a release from a folder of records (default: the package's) in a folder of releases.

    Its version must be later than those in that folder; for records of this dataset also later than those in the
    package, or equal to one of them with the same bytes. A candidate in the folder becomes final if its records are the
    same. `first` is needed for a folder without releases. With a `checkout`, the source of the records, a wheel is
    built too. With `views` the release also has the files for other programs, which need their libraries. `announce` is
    called with a summary before anything is written.

    Raises `InvalidValue`, `DataNotFound`, `ReleaseExists`, `VersionNotIncreasing`, `NotReleasable`, `PartialRelease`,
    `AnotherBuild` or `CannotWrite`.
    """
    parse_version(version)
    if date.year not in YEARS:
        raise InvalidValue(f"the date {date.isoformat()} is outside the years {YEARS[0]} to {YEARS[-1]}; correct it")
    source = records or records_folder()
    _expect_first(into, first=first)
    with made(into), locked(into):
        index = index_of(into)
        listed = index.releases if index else ()
        known = known_releases(into, carried=source.resolve() == records_folder() or is_descendant(source))
        release = Release(version=version, date=date, stage=stage)
        known_as = _expect_later(release, listed, known)
        past = tuple(one for one in known if parse_version(one.version) < parse_version(version))
        plan = planned(version, source, past)
        announce(f"releasing {source}: {plan.summary}")
        if errors := [*plan.errors, *(missing(checkout, version, stage) if checkout else ())]:
            raise NotReleasable({*errors})
        _expect_same(plan.records, release, known_as)
        whole = replace(plan.records, release=release)
        copied = ((path, [data]) for path, data in copied_files(source).items())
        carried = chain(copied, view_files(whole) if views else ())
        with unfinished(into) as made_here:
            for path, chunks in contents(whole, release, carried, plan.changes, plan.previous):
                with made_here.open(f"{FILES}/{path}") as stream:
                    stream.writelines(chunks)
            files = Folder(made_here.folder / FILES)
            with made_here.open(ARCHIVE) as stream:
                pack(files, top_folder(version), date, stream)
            entry = _listed(release, files, made_here.folder / ARCHIVE)
            wheel: Wheel | None = None
            if checkout is not None:
                wheel = build_wheel(checkout, carried_releases(past, entry, files), date)
                entry = replace(entry, wheel=wheel.listed)
            if known_as is not None and known_as not in listed and known_as.sha256 != entry.sha256:
                raise ReleaseExists(version)
            placed(into, listed, entry, made_here, wheel)
        names = into / version, into / entry.archive, into / wheel.name if wheel else None
        return Built(*names, entry, plan.previous, plan.changes, plan.warnings)


def _expect_first(into: Path, *, first: bool) -> None:
    """Raise for a folder without an index unless `first`: its name may be mistyped."""
    if is_file(into / INDEX) is first:
        wrong = f"{into / INDEX} lists releases, so this is not the first" if first else f"there is no {into / INDEX}"
        advice = "leave out --first" if first else "give the folder of the releases, or --first for a new one"
        raise DataNotFound(f"{wrong}; {advice}")


def _expect_later(release: Release, listed: Listed, known: tuple[PastRelease, ...]) -> ListedRelease | None:
    """Raise unless the version is later than all others; returns the known release of that version, if there is one.

    It is a candidate in this folder, which can become final, or a release elsewhere, which can be built again.
    """
    version, date = release.version, release.date
    here = next((one for one in listed if one.release.version == version), None)
    if here and not (is_candidate(here.release) and not is_candidate(release)):
        raise ReleaseExists(version)
    same = here or next((one.listed for one in known if one.version == version), None)
    others = listed if same else tuple(one.listed for one in known)
    past = [one for one in others if one is not here]
    if past:
        last = past[-1].release
        if parse_version(version) < parse_version(last.version):
            raise VersionNotIncreasing(version, last.version)
        if date < last.date:
            raise VersionNotIncreasing(f"{version} of {date.isoformat()}", f"{last.version} of {last.date.isoformat()}")
    return same


def is_candidate(release: Release) -> bool:
    """Whether the release may still become final."""
    return release.stage is ReleaseStage.CANDIDATE


def _expect_same(records: Records, release: Release, known_as: ListedRelease | None) -> None:
    """Raise for other records under a published version."""
    if known_as is not None:
        as_published, _ = sha256_of(JSON.content(replace(records, release=known_as.release)))
        if as_published != known_as.dataset:
            raise ReleaseExists(release.version)


def _listed(release: Release, files: FileSet, archive: Path) -> ListedRelease:
    """The entry in the index for a release without a wheel."""
    with archive.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ListedRelease(
        release=release,
        schema_version=VERSION,
        archive=archive_name(release.version),
        bytes=archive.stat().st_size,
        sha256=digest,
        dataset=sha256_of(files.chunks(DATASET))[0],
    )
