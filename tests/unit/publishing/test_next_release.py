"""The next release: what it still needs is listed, it comes from the checkout, and a wheel lies beside it."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from conflictdata.errors import DataNotFound, NotReleasable, ReleaseExists
from conflictdata.findings import Code
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import checkout as checkout_module
from conflictdata.publishing.build import build
from conflictdata.publishing.checkout import find_checkout, missing
from conflictdata.publishing.verify_catalog import absent, verify_releases
from conflictdata.publishing.wheel import Wheel
from conflictdata.release.catalog import index_of
from tests.support.calling import call
from tests.support.releases import (
    DAY,
    FIRST,
    SECOND,
    files_of,
    reasoned,
    records_folder,
    released,
    rewritten,
    two_releases,
)

ROOT = Path(__file__).parents[3]
CANDIDATE, FINAL = ReleaseStage.CANDIDATE, ReleaseStage.FINAL


@pytest.fixture
def home(tmp_path):
    """A small world with one release, after which one record was corrected, one withdrawn and one added."""
    folder = records_folder(tmp_path)
    released(tmp_path)
    rewritten(folder, "event/CD-0002", title="Another title")
    rewritten(folder, "event/CD-0004", withdrawn={"reason": "It was invented."})
    event = json.loads((folder / "events" / "CD-0002.json").read_bytes()) | {"id": "CD-0009", "title": "A new one"}
    (folder / "events" / "CD-0009.json").write_bytes(b"{}")
    rewritten(folder, "event/CD-0009", **event)
    call("format", folder)
    return tmp_path


def plan(home, *words):
    """What `release plan` says of the second release."""
    places = ("--records", home / "records", "--into", home / "releases")
    return call("release", "plan", SECOND, *places, *words)


def entries(home):
    """The reasons that are written for the second release."""
    path = home / "records" / "changes" / f"{SECOND}.json"
    return json.loads(path.read_bytes())["changes"] if path.exists() else []


# Planning.


def test_a_plan_prepares_a_line_for_what_was_corrected_or_withdrawn_and_none_for_what_is_new(home):
    told = plan(home)
    assert "1 new, 1 changed, 1 withdrawn" in told.stderr and "2 lines added" in told.stderr
    assert entries(home) == [
        {"kind": "corrected", "records": ["event/CD-0002"], "reason": ""},
        {"kind": "withdrawn", "records": ["event/CD-0004"], "reason": "It was invented."},
    ]


def test_a_plan_leaves_what_is_written_and_adds_only_what_is_missing(home):
    reasoned(home / "records", SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    plan(home)
    first = entries(home)
    assert [entry["reason"] for entry in first] == ["Clearer.", "It was invented."]
    assert "every change has its reason" in plan(home).stderr and entries(home) == first


def test_a_release_is_built_once_the_lines_are_filled_in_and_not_before(home):
    plan(home)
    with pytest.raises(NotReleasable) as refused:
        released(home, SECOND)
    assert {found.code for found in refused.value.findings} == {Code.EMPTY_STRING}
    reasoned(home / "records", SECOND, *(entry | {"reason": "Read again."} for entry in entries(home)))
    kinds = [change.kind for change in released(home, SECOND).changes]
    assert sorted(kinds) == ["added", "corrected", "withdrawn"]


def test_several_records_may_share_a_reason(home):
    rewritten(home / "records", "event/CD-0001", title="Another title as well")
    shared = {"kind": "corrected", "records": ["event/CD-0001", "event/CD-0002"], "reason": "Both were misread."}
    reasoned(home / "records", SECOND, shared)
    plan(home)
    assert [entry["records"] for entry in entries(home)] == [shared["records"], ["event/CD-0004"]]


def test_a_plan_against_a_folder_without_releases_is_refused(home):
    words = ("release", "plan", SECOND, "--records", home / "records", "--into", home / "relases")
    assert "relases" in call(*words, code=1).stderr and entries(home) == []


def test_faulty_records_and_missing_reasons_are_reported_in_one_run(home):
    rewritten(home / "records", "event/CD-0001", title=None)
    with pytest.raises(NotReleasable) as refused:
        released(home, SECOND)
    codes = [found.code for found in refused.value.findings]
    assert Code.MISSING_MEMBER in codes and codes.count(Code.CHANGE_WITHOUT_REASON) == 2
    assert Code.RELEASED_ID_LOST not in codes, "a record that cannot be read is not one that is gone"


# Where it comes from.


def test_the_checkout_one_stands_in_is_found_from_any_folder_of_it():
    assert find_checkout(ROOT / "tests" / "unit") == find_checkout(ROOT) == ROOT


def test_a_copy_is_not_released_by_a_package_from_elsewhere(tmp_path):
    (tmp_path / "copy" / "conflictdata" / "records").mkdir(parents=True)
    (tmp_path / "copy" / "pyproject.toml").write_bytes(b"")
    with pytest.raises(DataNotFound, match="not in the checkout"):
        find_checkout(tmp_path / "copy" / "conflictdata")
    with pytest.raises(DataNotFound, match="in no checkout"):
        find_checkout(tmp_path)


def test_a_checkout_needs_its_changelog_its_version_and_its_libraries(tmp_path, monkeypatch):
    monkeypatch.setattr(checkout_module, "is_installed", lambda library: library != "hatchling")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\nMuch.\n", encoding="utf-8")
    found = [*missing(tmp_path, SECOND, FINAL)]
    assert {Path(each.file).name for each in found} == {"CHANGELOG.md", "__init__.py", tmp_path.name}
    assert {each.code for each in found} == {Code.NOT_READY}
    monkeypatch.undo()
    (tmp_path / "CHANGELOG.md").write_text(f"## {SECOND} - 2091-12-01\n\nMuch.\n", encoding="utf-8")
    for version, stage, lacks in ((SECOND, FINAL, 0), (f"{SECOND}rc2", CANDIDATE, 0), (f"{SECOND}rc2", FINAL, 1)):
        monkeypatch.setattr(checkout_module, "__version__", version)
        assert len([*missing(tmp_path, SECOND, stage)]) == lacks, (version, stage)


def test_a_new_folder_of_releases_has_to_be_called_so(tmp_path):
    folder = records_folder(tmp_path)
    with pytest.raises(DataNotFound, match="--first"):
        build(FIRST, DAY, FINAL, tmp_path / "relases", records=folder)
    assert not (tmp_path / "relases").exists()
    released(tmp_path)
    with pytest.raises(DataNotFound, match="not the first"):
        build(SECOND, DAY, FINAL, tmp_path / "releases", records=folder, first=True)


def test_a_version_that_was_published_is_not_built_of_a_changed_copy_wherever(tmp_path, monkeypatch):
    releases = two_releases(tmp_path)
    monkeypatch.setattr("conflictdata.publishing.history_check.releases_folder", lambda: releases)
    (tmp_path / "other").mkdir()
    shutil.copytree(tmp_path / "records", tmp_path / "other" / "records")
    rewritten(tmp_path / "other" / "records", "event/CD-0002", title="A third title")
    with pytest.raises(ReleaseExists):
        released(tmp_path / "other", SECOND)
    for path in (tmp_path / "other" / "records" / "sources").glob("*.json"):
        path.unlink()
    with pytest.raises(NotReleasable, match="dangling-reference"):  # it is another dataset, which is not ours to refuse
        released(tmp_path / "other", SECOND)


# From candidate to final.


def test_a_candidate_becomes_final_if_its_records_are_the_same(tmp_path):
    released(tmp_path, stage="candidate")
    with pytest.raises(ReleaseExists):
        released(tmp_path, stage="candidate")
    rewritten(tmp_path / "records", "event/CD-0002", title="Another title")
    with pytest.raises(ReleaseExists):
        released(tmp_path)
    shutil.rmtree(tmp_path / "records")
    released(tmp_path, day=DAY + dt.timedelta(3))
    assert [*verify_releases(tmp_path / "releases", rebuild=True)] == []
    (listed,) = index_of(tmp_path / "releases").releases
    assert (listed.release.stage, listed.release.date) == (FINAL, DAY + dt.timedelta(3))
    with pytest.raises(ReleaseExists):
        released(tmp_path, day=DAY + dt.timedelta(4))


def test_a_second_candidate_is_promoted_after_the_release_before_it(tmp_path):
    released(tmp_path)
    released(tmp_path, SECOND, stage="candidate")
    before = files_of(tmp_path / "releases" / FIRST)
    released(tmp_path, SECOND)
    assert [one.release.version for one in index_of(tmp_path / "releases").releases] == [FIRST, SECOND]
    assert files_of(tmp_path / "releases" / FIRST) == before
    assert [*verify_releases(tmp_path / "releases")] == []


# The wheel.


def wheel(name, releases):
    """A wheel that holds nothing but what it carries of releases."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, data in releases.items():
            archive.writestr(f"conflictdata/_releases/{path}", data)
    return Wheel(name, out.getvalue())


@pytest.fixture
def with_wheel(tmp_path, monkeypatch):
    """Builds a release of the small world with a wheel beside it, as that of a checkout that lacks nothing."""

    def made(stage, name, build_wheel=wheel):
        monkeypatch.setattr("conflictdata.publishing.build.missing", lambda *given: ())
        monkeypatch.setattr("conflictdata.publishing.build.build_wheel", lambda _, files, day: build_wheel(name, files))
        into = tmp_path / "releases"
        folder = tmp_path / "records" if (tmp_path / "records").is_dir() else records_folder(tmp_path)
        first = not into.exists()
        return build(FIRST, DAY, stage, into, records=folder, checkout=ROOT, first=first)

    return made


def test_the_index_lists_the_wheel_and_verifying_checks_it_where_it_lies(with_wheel):
    built = with_wheel(FINAL, f"conflictdata-{FIRST}-py3-none-any.whl")
    into = built.folder.parent
    assert built.wheel is not None and built.listed.wheel is not None
    assert built.listed.wheel.sha256 == index_of(into).releases[0].wheel.sha256
    assert [*verify_releases(into)] == [] == [*absent(into)]
    data = built.wheel.read_bytes()
    built.wheel.write_bytes(data[:-1] + b"x")
    assert [(found.file, found.code) for found in verify_releases(into)] == [(str(built.wheel), Code.INDEX_MISMATCH)]
    built.wheel.unlink()
    assert [*verify_releases(into)] == [] and [*absent(into)] == [built.wheel]


def test_a_wheel_that_carries_another_dataset_is_found(with_wheel):
    def other(name, releases):
        return wheel(name, {path: data + b" " for path, data in releases.items()})

    built = with_wheel(FINAL, f"conflictdata-{FIRST}-py3-none-any.whl", other)
    (found,) = verify_releases(built.folder.parent)
    assert (found.file, found.code) == (str(built.wheel), Code.INDEX_MISMATCH)


def test_the_wheel_of_a_candidate_goes_when_it_becomes_final(with_wheel):
    candidate = with_wheel(CANDIDATE, f"conflictdata-{FIRST}rc1-py3-none-any.whl")
    final = with_wheel(FINAL, f"conflictdata-{FIRST}-py3-none-any.whl")
    assert not candidate.wheel.exists() and final.wheel.exists()
    assert [*verify_releases(final.folder.parent)] == []


def test_a_wheel_that_no_index_lists_is_a_stranger(tmp_path):
    released(tmp_path)
    (tmp_path / "releases" / "conflictdata-2091.11.0rc1-py3-none-any.whl").write_bytes(b"old")
    assert [found.code for found in verify_releases(tmp_path / "releases")] == [Code.INDEX_MISMATCH]
