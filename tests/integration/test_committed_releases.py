"""What was released is what lies here: every release verifies, loads, and is what the records were."""

from __future__ import annotations

import csv
import json

import pytest

import conflictdata as cd
from conflictdata.findings import Code
from conflictdata.formats.records_folder.folder import validate_folder
from conflictdata.publishing.diff import changes_between
from conflictdata.publishing.verify import verify
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.release.catalog import index_of
from conflictdata.release.version import release_of
from conflictdata.resources import records_folder, releases_folder
from conflictdata.tables.registry import LAYOUTS

INDEX = index_of(releases_folder())
RELEASES = INDEX.releases if INDEX else ()


@pytest.mark.slow
def test_every_release_and_the_index_verify():
    assert [str(finding) for finding in verify_releases(releases_folder())] == []


def test_every_release_loads_by_its_version_and_is_what_it_was():
    for listed in RELEASES:
        dataset = cd.load(listed.release.version)
        assert dataset.release == listed.release
        held = json.loads((releases_folder() / listed.release.version / "dataset.json").read_bytes())
        assert [event.to_object() for event in dataset.events] == held["events"]


@pytest.mark.slow
def test_the_last_release_is_rebuilt_byte_for_byte_by_its_maker_and_no_other_version_tries():
    for listed in RELEASES[-1:]:
        verified = verify(releases_folder() / listed.release.version, rebuild=True)
        assert verified.manifest is not None
        expected = [] if verified.manifest.maker == cd.__version__ else [Code.NOT_REBUILT]
        assert [finding.code for finding in verified.findings] == expected


def test_no_column_of_the_last_release_has_gone_without_notice():
    now = {
        "events.csv": LAYOUTS["events"].columns,
        **{f"tables/{layout.name}.csv": layout.columns for layout in LAYOUTS.values()},
    }
    for listed in RELEASES[-1:]:
        folder = releases_folder() / listed.release.version
        for path in ["events.csv", *(f"tables/{file.name}" for file in (folder / "tables").glob("*.csv"))]:
            with (folder / path).open(encoding="utf-8", newline="") as stream:
                released = next(csv.reader(stream))
            known = {name for column in now.get(path, ()) for name in (column.name, column.former)}
            assert {*released} <= known, path


def test_a_package_that_bears_a_releases_version_carries_its_records():
    version = release_of(cd.__version__)
    if version in {listed.release.version for listed in RELEASES}:
        records, _ = validate_folder(records_folder())
        assert [*changes_between(cd.load(version).records, records)] == []
