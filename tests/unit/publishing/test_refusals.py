"""What cannot be released, or would replace what was, is refused in words that say why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from conflictdata.atomic import temporary_beside
from conflictdata.atomic_folders import Unfinished
from conflictdata.errors import ChecksumMismatch, InvalidValue, PartialRelease, ReleaseExists, VersionNotIncreasing
from conflictdata.model import Event, Table
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import placement
from conflictdata.publishing.build import build
from conflictdata.publishing.history_check import check_history, known_releases
from conflictdata.release.checksums import sha256_of
from conflictdata.resources import records_folder as real_records
from conflictdata.resources import releases_folder
from tests.support.releases import FIRST, SECOND, released, relisted
from tests.support.sample import sample
from tests.support.small import small


def test_a_release_that_cannot_be_is_refused_in_words_that_say_why(tmp_path):
    with pytest.raises(InvalidValue):
        build(FIRST, dt.date(1979, 12, 31), ReleaseStage.FINAL, tmp_path)
    released(tmp_path, SECOND)
    with pytest.raises(VersionNotIncreasing) as late:
        released(tmp_path, FIRST)
    assert (late.value.version, late.value.last) == (FIRST, SECOND)
    (tmp_path / "releases" / "2092.1.0").mkdir()
    with pytest.raises(PartialRelease) as left:
        released(tmp_path, "2092.1.0")
    assert left.value.path == tmp_path / "releases" / "2092.1.0"


@pytest.mark.slow
def test_our_own_records_cannot_be_another_release_of_a_version_that_was_published(tmp_path, monkeypatch):
    monkeypatch.setattr("conflictdata.publishing.history_check.releases_folder", releases_folder)
    with pytest.raises(ReleaseExists) as otherwise:
        build("2026.11.0", dt.date(2014, 1, 1), ReleaseStage.FINAL, tmp_path, records=real_records(), first=True)
    assert otherwise.value.version == "2026.11.0"


def test_a_build_replaces_nothing_but_the_index_and_marks_all_that_it_has_not_finished(tmp_path, monkeypatch):
    made = []
    for owner, name in ((Unfinished, "move_folder"), (Unfinished, "move_file"), (placement, "write_bytes")):
        real = getattr(owner, name)

        def write(*given, real=real, **how):
            path = next(each for each in given if isinstance(each, Path))
            hidden = given[0].folder if isinstance(given[0], Unfinished) else temporary_beside(path, how["mark"])
            made.append((path.name, how.get("replace", True), placement.STAGED.fullmatch(hidden.name) is not None))
            real(*given, **how)

        monkeypatch.setattr(owner, name, write)
    released(tmp_path)
    assert made == [(FIRST, False, True), (f"conflictdata-{FIRST}.zip", False, True), ("index.json", True, True)]


def test_a_released_document_that_is_not_what_the_index_lists_is_reported(copied):
    first = known_releases(copied, carried=False)[0]
    path = copied / FIRST / "dataset.json"
    path.write_bytes(b"{}\n")
    with pytest.raises(ChecksumMismatch) as wrong:
        first.records()
    assert wrong.value.file == str(path)
    relisted(copied, 0, dataset=sha256_of(iter([b"{}\n"]))[0])
    with pytest.raises(ChecksumMismatch) as none:
        known_releases(copied, carried=False)[0].records()
    assert none.value.file == str(path)


def test_what_was_lost_since_an_earlier_state_is_reported_with_the_state():
    whole = small()
    tombstone = Event.from_object(whole.events[0].to_object() | {"withdrawn": {"reason": "No event."}})
    dead = replace(whole, events=Table([tombstone, *whole.events[1:]], lambda event: event.id))
    fewer = replace(whole, events=Table(whole.events[1:], lambda event: event.id))
    path = "event/CD-0001"
    for release in (None, whole.release):
        assert told_of(check_history(replace(whole, release=release), fewer)) == [(path, "")]
        assert told_of(check_history(replace(dead, release=release), whole)) == [(path, "/withdrawn")]


def told_of(findings):
    return [(found.file, found.pointer) for found in findings]


@pytest.mark.parametrize(
    ("members", "same"),
    [
        ({}, True),
        ({"property": "injured"}, True),
        ({"paragraph": 9}, True),
        ({"property": "injured", "paragraph": 9}, False),
    ],
)
def test_a_claim_is_the_same_if_it_is_of_the_same_kind_or_from_the_same_paragraph(members, same):
    whole = sample()
    changed = whole.events["CD-0043"].to_object()
    claim = next(claim for claim in changed["claims"] if claim["id"] == "c18")
    assert (claim["property"], len(claim["evidence"])) == ("killed", 1)
    claim["property"] = members.get("property", claim["property"])
    claim["evidence"][0]["paragraph"] = members.get("paragraph", claim["evidence"][0]["paragraph"])
    event = Event.from_object(changed)
    found = told_of(check_history(whole, replace(whole, events=Table([event], lambda event: event.id))))
    assert [each for each in found if each[0] == "event/CD-0043"] == (
        [] if same else [("event/CD-0043", "/claims/c18")]
    )
