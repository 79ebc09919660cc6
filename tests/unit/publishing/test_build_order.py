"""A release comes after all before it, also after those that the package carries, and is never built twice."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest

from conflictdata.errors import ChecksumMismatch, InvalidValue, NotReleasable, ReleaseExists, VersionNotIncreasing
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing.build import build
from conflictdata.release.catalog import index_of
from tests.support.releases import DAY, FIRST, SECOND, THIRD, files_of, reasoned, released, rewritten, two_releases

FINAL = ReleaseStage.FINAL


@pytest.mark.parametrize(
    ("version", "day", "refusal"),
    [
        (FIRST, DAY, ReleaseExists),
        ("2091.10.9", DAY, VersionNotIncreasing),
        ("2090.12.0", DAY, VersionNotIncreasing),
        (SECOND, DAY - dt.timedelta(1), VersionNotIncreasing),
        (SECOND, dt.date(1999, 12, 31), InvalidValue),
        ("2026.11", DAY, InvalidValue),
        ("2026.11.0.post1", DAY, InvalidValue),
        ("2026.011.1", DAY, InvalidValue),
        ("../2026.12.0", DAY, InvalidValue),
        ("2026.12.0\n", DAY, InvalidValue),
        ("٢٠٢٦.12.0", DAY, InvalidValue),
    ],
)
def test_a_version_that_is_taken_early_or_malformed_is_refused(tmp_path, version, day, refusal):
    released(tmp_path)
    before = files_of(tmp_path / "releases")
    with pytest.raises(refusal):
        released(tmp_path, version, day)
    assert files_of(tmp_path / "releases") == before


def test_a_version_counts_by_numbers_and_not_by_letters(tmp_path):
    released(tmp_path, "2026.9.0")
    released(tmp_path, "2026.10.0")
    released(tmp_path, "2026.10.10")
    with pytest.raises(VersionNotIncreasing):
        released(tmp_path, "2026.10.9")


def test_a_release_that_is_not_what_the_index_lists_stops_the_next(tmp_path):
    built = released(tmp_path)
    dataset = built.folder / "dataset.json"
    dataset.write_bytes(dataset.read_bytes().replace(b"Invented.", b"Imagined."))
    with pytest.raises(ChecksumMismatch, match="the hash differs"):
        released(tmp_path, SECOND)


def test_where_only_the_zips_lie_the_next_release_is_built_as_well(tmp_path):
    built = released(tmp_path)
    shutil.rmtree(built.folder)
    assert released(tmp_path, SECOND).changes == ()
    assert json.loads((tmp_path / "releases" / SECOND / "manifest.json").read_bytes())["previous"] == FIRST


def test_the_releases_that_the_package_carries_come_before_its_next_wherever_that_is_built(tmp_path, monkeypatch):
    releases = two_releases(tmp_path)
    folder = tmp_path / "records"
    rewritten(folder, "event/CD-0002", title="A third title")
    monkeypatch.setattr("conflictdata.publishing.build.records_folder", lambda: folder)
    monkeypatch.setattr("conflictdata.publishing.history_check.releases_folder", lambda: releases)
    with pytest.raises(NotReleasable, match="no reason is given"):
        build(THIRD, DAY, FINAL, tmp_path / "elsewhere", first=True)
    reasoned(folder, THIRD, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer still."})
    apart = build(THIRD, DAY, FINAL, tmp_path / "elsewhere", first=True)
    beside = build(THIRD, DAY, FINAL, releases)
    assert files_of(apart.folder) == files_of(beside.folder)
    assert [listed.release.version for listed in index_of(tmp_path / "elsewhere").releases] == [THIRD]


@pytest.fixture
def carrying(tmp_path, monkeypatch):
    """The package as if it carried two releases of a small world, the second of its records as they are."""
    releases = two_releases(tmp_path)
    monkeypatch.setattr("conflictdata.publishing.build.records_folder", lambda: tmp_path / "records")
    monkeypatch.setattr("conflictdata.publishing.history_check.releases_folder", lambda: releases)
    return releases


def test_a_release_that_the_package_carries_can_be_built_again_elsewhere_and_is_the_same(carrying, tmp_path):
    again = build(SECOND, DAY, FINAL, tmp_path / "elsewhere", first=True)
    assert files_of(again.folder) == files_of(carrying / SECOND)
    assert again.archive.read_bytes() == (carrying / again.archive.name).read_bytes()


@pytest.mark.parametrize(
    ("version", "day", "stage", "refusal"),
    [
        (SECOND, DAY, ReleaseStage.CANDIDATE, ReleaseExists),
        (SECOND, DAY + dt.timedelta(1), FINAL, ReleaseExists),
        (FIRST, DAY, FINAL, ReleaseExists),
        ("2091.11.1", DAY, FINAL, VersionNotIncreasing),
        ("2014.1.0", DAY, FINAL, VersionNotIncreasing),
        (THIRD, DAY - dt.timedelta(1), FINAL, VersionNotIncreasing),
    ],
)
def test_what_would_be_a_second_release_of_a_version_that_the_package_carries_is_refused_wherever_it_is_built(
    carrying, tmp_path, version, day, stage, refusal
):
    with pytest.raises(refusal):
        build(version, day, stage, tmp_path / "elsewhere", first=True)
    assert not (tmp_path / "elsewhere").exists()


def test_a_release_built_again_still_comes_after_those_where_it_is_built(carrying, tmp_path):
    build(THIRD, DAY, FINAL, tmp_path / "elsewhere", first=True)
    with pytest.raises(VersionNotIncreasing):
        build(SECOND, DAY, FINAL, tmp_path / "elsewhere")
