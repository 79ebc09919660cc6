"""What a release is made of: the notes that tell what changed, what it carries along, its description and its zip."""

from __future__ import annotations

import json
import re
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.citation import citation
from conflictdata.canonical import MAX_BYTES
from conflictdata.codelists import codelist
from conflictdata.errors import InvalidInput
from conflictdata.findings import Code, Finding
from conflictdata.loading import load
from conflictdata.model import Release
from conflictdata.model.codes import ChangeKind, ReleaseStage
from conflictdata.model.release import ReleasedFile
from conflictdata.publishing.change import Change, Edit, Shape
from conflictdata.publishing.croissant import croissant
from conflictdata.publishing.history_check import known_releases
from conflictdata.publishing.release_files import copied_files, is_carried
from conflictdata.publishing.release_notes import brief, notes
from conflictdata.resources import records_folder as real_records
from conflictdata.resources import releases_folder
from tests.support.effort import effort
from tests.support.releases import DAY, FIRST, SECOND, contents_of, files_of
from tests.support.small import small

# Telling what changed.


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        ("two  words\nand more", "two words and more"),
        (["é", 1, {"a": None}], '["é", 1, {"a": null}]'),
        ("None", "None"),
        (True, "true"),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 197 + "..."),
    ],
)
def test_a_value_stands_in_a_sentence_as_a_reader_knows_it(value, words):
    assert brief(value) == words


@given(st.text(max_size=400))
@effort(0.5)
def test_no_value_takes_more_than_its_share_of_a_sentence(value):
    assert len(brief(value)) <= 200
    assert "\n" not in brief(value)


def test_the_notes_name_what_changed_by_its_title_or_name_and_say_how(shelf):
    text = (shelf / SECOND / "NOTES.md").read_text(encoding="utf-8")
    assert "- `event/CD-0002` The mill district changes hands: The title said more.\n" in text
    whole = small()
    release = Release(version=SECOND, date=DAY, stage=ReleaseStage.FINAL)
    actor, source = whole.actors[0], whole.sources[0]
    for kind, record, name in (("actor", actor, actor.name), ("source", source, source.title), ("event", None, "")):
        record_id = record.id if record else "CD-0404"
        edits = (Edit("/notes", None, "see www.example.org"), Edit("/names", ["a"], ["b"]))
        change = Change(kind, record_id, Shape.CHANGED, edits, kind="corrected", reason="We erred.")
        said = notes(whole, release, {}, [change], FIRST, "").decode()
        assert f"- `{kind}/{record_id}` {name}: We erred.\n" in said
        assert "  - `/notes`: nothing → see www\\.example.org\n" in said
        assert '  - `/names`: \\["a"\\] → \\["b"\\]\n' in said


def test_the_notes_tell_the_changes_by_kind_each_with_its_fields(shelf):
    whole = small()
    release = whole.release

    def changed(*changes, previous=FIRST):
        text = notes(whole, release, {}, [*changes], previous, "").decode()
        assert "\n\n\n" not in text
        assert text.endswith(".\n") and text.startswith("# conflictdata ")
        assert "## Data, schema and software" not in text
        found = re.search(r"\n## (What changed.*?)\n\n## ", text, re.DOTALL)
        return found[1].split("\n")

    assert changed(previous=None) == ["What changed", "", "This is the first release."]
    assert changed() == [f"What changed since {FIRST}", "", "No record changed."]
    edits = (Edit("/title", "A", "B@C WWW.D"), Edit("/claims", order=("c2", "c1")))
    said = {kind["code"]: kind["description"] for kind in codelist("change-kinds")}
    assert changed(
        Change("event", "CD-0404", Shape.CHANGED, edits, kind=ChangeKind.CORRECTED, reason="We *erred*."),
        Change("actor", "nobody", Shape.ADDED, kind=ChangeKind.ADDED),
        Change("actor", "somebody", Shape.ADDED, kind=ChangeKind.ADDED, reason="It is new."),
    ) == [
        f"What changed since {FIRST}",
        "",
        "### Corrected: 1",
        "",
        said["corrected"],
        "",
        "- `event/CD-0404` : We \\*erred\\*.",
        "  - `/title`: A → B@<!-- -->C WWW\\.D",
        "  - `/claims`: in another order",
        "",
        "### Added: 2",
        "",
        said["added"],
        "",
        "- `actor/nobody` : ",
        "- `actor/somebody` : It is new.",
    ]


# What it is made of.


def test_a_second_release_names_the_one_before_and_has_a_line_for_every_change(shelf):
    files = files_of(shelf / SECOND)
    assert json.loads(files["manifest.json"])["previous"] == FIRST
    assert "previous" not in json.loads(files_of(shelf / FIRST)["manifest.json"])
    assert f"## What changed since {FIRST}\n" in files["NOTES.md"].decode()
    second = known_releases(shelf, carried=False)[1]
    change = Change.of_object(json.loads(files["CHANGES.jsonl"]), "CHANGES.jsonl:1")
    carried = {path: data for path, data in files.items() if is_carried(path)}
    again = contents_of(second.records(), carried, [change, change], FIRST)
    assert again["CHANGES.jsonl"] == files["CHANGES.jsonl"] * 2


def test_a_release_carries_the_schema_the_licences_and_what_was_left_out():
    carried = copied_files(real_records())
    last = files_of(releases_folder() / "2026.11.0")
    assert set(carried) >= {path for path in last if is_carried(path)}
    assert {"schema/README.md", "schema/codelists/number-words/default-1.csv", "LICENSES/MIT.txt"} <= carried.keys()
    assert all(path in carried for path in ("CHANGELOG.md", "LICENSE", "exclusions.csv", "schema/event.schema.json"))


def test_what_was_left_out_is_carried_whatever_its_size(tmp_path):
    (tmp_path / "exclusions.csv").write_bytes(data := b"x" * (MAX_BYTES + 1))
    assert copied_files(tmp_path)["exclusions.csv"] == data
    assert "exclusions.csv" not in copied_files(tmp_path / "none")


def test_a_changelog_that_is_no_text_is_refused_where_it_is_wrong(shelf):
    [first, _] = known_releases(shelf, carried=False)
    with pytest.raises(InvalidInput) as refused:
        contents_of(first.records(), {"CHANGELOG.md": b"# caf\xe9\n"})
    told = "byte 0xE9 is not UTF-8; save the file as UTF-8"
    assert refused.value.finding == Finding("CHANGELOG.md", "", Code.ENCODING, told, 5)


def test_what_describes_a_release_spells_names_as_they_are_and_ends_its_citation_once():
    whole = load("2026.11.0")
    files = [ReleasedFile(path="ناحية.csv", bytes=0, sha256="0" * 64)]
    described = croissant(whole, whole.release, files).decode()
    assert "ناحية" in described
    assert json.loads(described)["citeAs"] == citation(whole).removesuffix("\n")


def test_a_zip_has_one_time_and_nothing_in_it_is_packed(shelf):
    with zipfile.ZipFile(shelf / f"conflictdata-{FIRST}.zip") as archive:
        for info in archive.infolist():
            assert (info.date_time, info.compress_type) == ((DAY.year, DAY.month, DAY.day, 0, 0, 0), zipfile.ZIP_STORED)
            assert (info.create_system, info.external_attr >> 16) == (3, stat.S_IFREG | 0o644)
