"""What is said of a release that is wrong, refused or changed, word for word where somebody has to act on it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import stat
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import MAX_BYTES, Refused, dump
from conflictdata.codelists import codelist
from conflictdata.findings import Code, Finding
from conflictdata.model import Event, Records, Release, Table
from conflictdata.model.codes import ChangeKind, ReleaseStage
from conflictdata.release import building, rereading
from conflictdata.release.applying import applied
from conflictdata.release.building import BadDate, Leftover, NotLater, ReleasedOtherwise, build
from conflictdata.release.change import Change, Edit, Shape
from conflictdata.release.contents import carried_files, contents, is_carried
from conflictdata.release.croissant import croissant
from conflictdata.release.hashing import hashed
from conflictdata.release.history import NotAsListed, check_history, known_releases
from conflictdata.release.notes import brief, notes
from conflictdata.release.packing import YEARS
from conflictdata.release.shelf import verify_shelf
from conflictdata.release.verifying import verify
from conflictdata.resources import records_folder as real_records
from conflictdata.resources import releases_folder
from conflictdata.store import load_bundled
from conflictdata.store.fileset import CHUNK, Folder
from conflictdata.store.sums import sha256_of
from conflictdata.views.citing import citation
from tests.effort import effort
from tests.exported import written
from tests.releases import DAY, FIRST, SECOND, files_of, released, signed, two_releases, zipped
from tests.small import small


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Two releases of a small world, not to be changed."""
    return two_releases(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def copied(shelf, tmp_path):
    """A copy of them to alter."""
    return shutil.copytree(shelf, tmp_path / "releases")


def put(target, files):
    for path, data in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)


def told(folder, findings):
    return [str(found).replace(f"{folder}/", "") for found in findings]


def relisted(folder, place, **members):
    """Give a release other members in the index."""
    index = json.loads((folder / "index.json").read_bytes())
    index["releases"][place] |= members
    (folder / "index.json").write_bytes(dump(index))


# Verifying.


def test_a_file_of_many_pieces_is_hashed_and_measured_whole(tmp_path):
    data = bytes(range(256)) * (CHUNK // 128) + b"x"
    (tmp_path / "large").write_bytes(data)
    held, findings = hashed(Folder(tmp_path), {"large": sha256_of(iter([data]))[0]}, None)
    assert (held.sizes, dict(held.files), findings) == ({"large": len(data)}, {"large": data}, [])


def test_only_what_is_listed_and_wanted_is_kept_and_one_fault_hides_no_other(shelf, tmp_path):
    sums = {path: sha256_of(iter([data]))[0] for path, data in files_of(shelf / FIRST).items() if path != "SHA256SUMS"}
    put(tmp_path / "r", files_of(shelf / FIRST) | {"NOTES.md": b"other", "LICENSE": b"other", "more.txt": b"more"})
    held, findings = hashed(Folder(tmp_path / "r"), sums, {"dataset.json", "LICENSE", "more.txt"})
    assert [*held.files] == ["dataset.json"]
    assert told(tmp_path / "r", findings) == [
        "LICENSE:/: error: file-altered: not what was released: its hash is not in SHA256SUMS",
        "NOTES.md:/: error: file-altered: not what was released: its hash is not in SHA256SUMS",
        "more.txt:/: error: file-added: the release does not list it",
    ]


def test_what_is_not_where_it_was_is_told_by_its_old_and_its_new_name(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    files["renamed.md"] = files.pop("NOTES.md")
    del files["events.csv"]
    put(tmp_path / "r", files)
    assert told(tmp_path / "r", verify(tmp_path / "r").findings) == [
        "NOTES.md:/: error: file-renamed: it is there under the name renamed.md",
        "events.csv:/: error: file-missing: the release lists it, and it is not there",
    ]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("dataset.json", "dataset.json:/: error: file-missing: a release holds its dataset document"),
        ("manifest.json", "manifest.json:/: error: file-missing: without its manifest nothing more can be checked"),
    ],
)
def test_a_release_without_what_makes_it_one_is_told_so(shelf, tmp_path, missing, words):
    files = signed(files_of(shelf / FIRST))
    del files[missing]
    listed = {path: sha256_of(iter([data]))[0] for path, data in sorted(files.items()) if path != "SHA256SUMS"}
    files["SHA256SUMS"] = "".join(f"{digest}  {path}\n" for path, digest in listed.items()).encode()
    put(tmp_path / "r", files)
    assert words in told(tmp_path / "r", verify(tmp_path / "r").findings)


def test_what_does_not_come_out_again_says_how_and_by_which_method_it_was_made(shelf, tmp_path):
    files = files_of(shelf / FIRST)
    put(tmp_path / "r", signed(files | {"events.csv": b"other\n"}))
    otherwise = "events.csv:/: error: not-reproduced: it comes out otherwise"
    assert otherwise in told(tmp_path / "r", verify(tmp_path / "r", rebuild=True).findings)
    manifest = json.loads(files["manifest.json"])
    put(tmp_path / "s", signed(files | {"manifest.json": dump(manifest | {"method": "0.9.0"}), "tables/more.csv": b""}))
    found = told(tmp_path / "s", verify(tmp_path / "s", rebuild=True).findings)
    other = f"; it was made by method 0.9.0, and this is {manifest['method']}"
    assert f"tables/more.csv:/: error: not-reproduced: building it again gives nothing of that name{other}" in found
    assert f"manifest.json:/: error: not-reproduced: it comes out otherwise{other}" in found


def test_what_the_index_lists_is_held_against_what_lies_there(copied):
    sha = "0" * 64
    before = (copied / "index.json").read_bytes()
    relisted(copied, 0, sha256=sha)
    assert told(copied, verify_shelf(copied, FIRST)) == [
        f"conflictdata-{FIRST}.zip:/: error: index-mismatch: its size or hash is not the one that the index lists",
        f"{FIRST}:/: error: index-mismatch: its files are not those of the archive that the index lists",
    ]
    (copied / "index.json").write_bytes(before)
    relisted(copied, 0, dataset=sha)
    wrong = f"{FIRST}/dataset.json:/: error: index-mismatch: its hash is not the one that the index lists"
    assert told(copied, verify_shelf(copied, FIRST)) == [wrong]
    (copied / f"conflictdata-{FIRST}.zip").unlink()
    for path in (copied / FIRST).iterdir():
        if path.name != "dataset.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert told(copied, verify_shelf(copied, FIRST)) == [wrong]  # as the package carries it
    (copied / "index.json").write_bytes(before)
    relisted(copied, 1, release={"version": SECOND, "date": "2026-11-21", "stage": "candidate"})
    is_it = f"it is release {SECOND} of 2026-11-20 (final), by schema 1.0.0, not what the index lists"
    assert told(copied, verify_shelf(copied, SECOND)) == [f"{SECOND}:/: error: index-mismatch: {is_it}"]


def test_what_does_not_follow_from_the_release_before_is_told_with_why(copied):
    def put_second(**members):
        files = signed(files_of(copied / SECOND) | members.pop("files", {}))
        if members:
            manifest = json.loads(files["manifest.json"]) | members
            files = signed(files | {"manifest.json": dump(manifest)})
        put(copied / SECOND, files)
        archive = zipped(copied / f"conflictdata-{SECOND}.zip", files, SECOND).read_bytes()
        relisted(copied, 1, bytes=len(archive), sha256=sha256_of(iter([archive]))[0])
        return told(copied, verify_shelf(copied, SECOND))

    kept = files_of(copied / SECOND)
    line = json.loads(kept["CHANGES.jsonl"])
    place = f"{SECOND}/CHANGES.jsonl:/: error: not-reproduced: "
    old = line | {"edits": [line["edits"][0] | {"old": "Another"}]}
    assert put_second(files={"CHANGES.jsonl": json.dumps(old).encode() + b"\n"}) == [
        f"{place}the changes do not start from this dataset: event/CD-0002/title is not as they say it was"
    ]
    new = line | {"edits": [line["edits"][0] | {"new": "Another"}]}
    assert put_second(files={"CHANGES.jsonl": json.dumps(new).encode() + b"\n"}) == [
        f"{place}applied to release {FIRST} it gives another"
    ]
    assert put_second(files=kept, previous="2091.10.0") == [
        f"{SECOND}:/: error: index-mismatch: it follows 2091.10.0, not the one before it"
    ]


# Refusing.


def test_a_release_that_cannot_be_is_refused_in_words_that_say_why(tmp_path, monkeypatch):
    with pytest.raises(BadDate) as bad:
        build(FIRST, dt.date(1979, 12, 31), ReleaseStage.FINAL, tmp_path)
    assert str(bad.value) == f"a release is dated in the years {min(YEARS)} to {max(YEARS)}, not 1979-12-31"
    released(tmp_path, SECOND)
    with pytest.raises(NotLater) as late:
        released(tmp_path, FIRST)
    assert str(late.value) == f"release {FIRST} would not be later than the last one, {SECOND}"
    with pytest.raises(ReleasedOtherwise) as otherwise:
        build("2026.11.0", dt.date(2014, 1, 1), ReleaseStage.FINAL, tmp_path / "new", records=real_records())
    told = "release 2026.11.0 exists already, and this would be another; corrections need a new version"
    assert str(otherwise.value) == told
    (tmp_path / "releases" / "2092.1.0").mkdir()
    with pytest.raises(Leftover) as left:
        released(tmp_path, "2092.1.0")
    why = "a build that was killed left it, or somebody put it there; remove it and build again"
    place = tmp_path / "releases" / "2092.1.0"
    assert str(left.value) == f"{place} is not in the index and not what these records give: {why}"


def test_a_build_replaces_nothing_but_the_index_and_marks_all_that_it_has_not_finished(tmp_path, monkeypatch):
    made = []
    for name in ("write_folder", "write_bytes"):
        real = getattr(building, name)

        def write(path, content, *, real=real, **how):
            made.append((path.name, how.get("replace", True), how.get("mark")))
            real(path, content, **how)

        monkeypatch.setattr(building, name, write)
    released(tmp_path)
    mark = building.MARK
    assert made == [(FIRST, False, mark), (f"conflictdata-{FIRST}.zip", False, mark), ("index.json", True, mark)]


def test_a_released_document_that_is_not_what_the_index_lists_is_told_so(copied):
    first = known_releases(copied, carried=False)[0]
    path = copied / FIRST / "dataset.json"
    hint = "; `conflictdata release verify` says more"
    path.write_bytes(b"{}\n")
    with pytest.raises(NotAsListed) as wrong:
        first.records()
    assert str(wrong.value) == f"{path}: its hash is not the index's{hint}"
    relisted(copied, 0, dataset=sha256_of(iter([b"{}\n"]))[0])
    with pytest.raises(NotAsListed) as none:
        known_releases(copied, carried=False)[0].records()
    assert str(none.value) == f"{path}: this is no dataset document{hint}"


def test_what_was_lost_since_an_earlier_state_is_told_with_the_state():
    whole = small()
    tombstone = Event.model_validate_json(dump(whole.events[0].to_object() | {"withdrawn": {"reason": "No event."}}))
    dead = replace(whole, events=Table([tombstone, *whole.events[1:]], lambda event: event.id))
    fewer = replace(whole, events=Table(whole.events[1:], lambda event: event.id))
    path = "event/CD-0001"
    for release, name in ((None, "an earlier state"), (whole.release, f"release {whole.release.version}")):
        gone = f"{path} is in {name} and is gone; withdraw it with a tombstone instead"
        assert told_of(check_history(replace(whole, release=release), fewer)) == [(path, "", gone)]
        stays = f"{path} was withdrawn in {name}; a tombstone stays, take a new id"
        assert told_of(check_history(replace(dead, release=release), whole)) == [(path, "/withdrawn", stays)]


def told_of(findings):
    return [(found.file, found.pointer, found.message) for found in findings]


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
    whole = load_bundled()
    changed = whole.events["CD-0043"].to_object()
    claim = next(claim for claim in changed["claims"] if claim["id"] == "c18")
    assert (claim["property"], len(claim["evidence"])) == ("killed", 1)
    claim["property"] = members.get("property", claim["property"])
    claim["evidence"][0]["paragraph"] = members.get("paragraph", claim["evidence"][0]["paragraph"])
    event = Event.model_validate_json(dump(changed))
    found = told_of(check_history(whole, replace(whole, events=Table([event], lambda event: event.id))))
    other = "claim c18 of release 2026.11.0 said something else, elsewhere; take the next free id"
    assert [each for each in found if each[0] == "event/CD-0043"] == (
        [] if same else [("event/CD-0043", "/claims/c18", other)]
    )


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
    release = Release.model_validate({"version": SECOND, "date": DAY, "stage": ReleaseStage.FINAL})
    actor, source = whole.actors[0], whole.sources[0]
    for kind, record, name in (("actor", actor, actor.name), ("source", source, source.title), ("event", None, "")):
        record_id = record.id if record else "CD-0404"
        edits = (Edit("/notes", None, "see www.example.org"), Edit("/names", ["a"], ["b"]))
        change = Change(kind, record_id, Shape.CHANGED, edits, kind="corrected", reason="We erred.")
        said = notes(whole, release, {}, [change], FIRST, "").decode()
        assert f"- `{kind}/{record_id}` {name}: We erred.\n" in said
        assert "  - `/notes`: nothing → see www\\.example.org\n" in said
        assert '  - `/names`: \\["a"\\] → \\["b"\\]\n' in said


def test_changes_that_were_applied_are_told_as_they_came(shelf):
    first, second = known_releases(shelf, carried=False)
    line = json.loads((shelf / SECOND / "CHANGES.jsonl").read_bytes())
    change = Change.of_object(line, "CHANGES.jsonl:1")
    assert applied([change], first.records(), second.listed.release) == second.records()


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
    again = contents(second.records(), second.listed.release, carried, [change, change], FIRST)
    assert again["CHANGES.jsonl"] == files["CHANGES.jsonl"] * 2


def test_a_release_carries_the_schema_the_licences_and_what_was_left_out():
    carried = carried_files(real_records())
    last = files_of(releases_folder() / "2026.11.0")
    assert sorted(carried) == sorted(path for path in last if is_carried(path))
    assert {"schema/README.md", "schema/codelists/number-words/default-1.csv", "LICENSES/MIT.txt"} <= carried.keys()
    assert all(path in carried for path in ("CHANGELOG.md", "LICENSE", "exclusions.csv", "schema/event.schema.json"))


def test_what_was_left_out_is_carried_whatever_its_size(tmp_path):
    (tmp_path / "exclusions.csv").write_bytes(data := b"x" * (MAX_BYTES + 1))
    assert carried_files(tmp_path)["exclusions.csv"] == data
    assert "exclusions.csv" not in carried_files(tmp_path / "none")


def test_a_changelog_that_is_no_text_is_refused_where_it_is_wrong(shelf):
    [first, _] = known_releases(shelf, carried=False)
    with pytest.raises(Refused) as refused:
        contents(first.records(), first.listed.release, {"CHANGELOG.md": b"# caf\xe9\n"}, [], None)
    told = "byte 0xE9 is not UTF-8; save the file as UTF-8"
    assert refused.value.finding == Finding("CHANGELOG.md", "", Code.ENCODING, told, 5)


def test_what_describes_a_release_spells_names_as_they_are_and_ends_its_citation_once():
    whole = load_bundled()
    files = {"ناحية.csv": b""} | files_of(releases_folder() / "2026.11.0")
    described = croissant(whole, whole.release, files).decode()
    assert "ناحية" in described
    assert json.loads(described)["citeAs"] == citation(whole).removesuffix("\n")


def test_every_dataset_that_is_written_is_read_again_line_by_line(monkeypatch):
    real = rereading.read_object
    read = []

    def one_line(data, file, **how):
        assert b"\n" not in data and not how
        read.append(data)
        return real(data, file)

    monkeypatch.setattr(rereading, "read_object", one_line)
    for whole in (small(), replace(small(), release=None), Records.of(), load_bundled()):
        read.clear()
        data = written("json", whole)
        assert rereading.read_document(data, "dataset.json") == json.loads(data)
        tables = (whole.sources, whole.actors, whole.places, whole.events)
        assert len(read) == sum(map(len, tables)) + (whole.release is not None)


def test_a_document_laid_out_otherwise_is_read_whatever_its_size_and_nothing_stands_behind_it():
    data = written("json", load_bundled())
    document = json.loads(data)
    large = json.dumps(document, indent=20, ensure_ascii=False).encode()
    assert len(large) > MAX_BYTES
    assert rereading.read_document(large, "dataset.json") == document
    for more in (b"\n{}", b"{}", b"\n\n{}\n", b"\n\0"):
        with pytest.raises(Refused):
            rereading.read_document(data + more, "dataset.json")


def test_a_zip_has_one_time_and_nothing_in_it_is_packed(shelf):
    with zipfile.ZipFile(shelf / f"conflictdata-{FIRST}.zip") as archive:
        for info in archive.infolist():
            assert (info.date_time, info.compress_type) == ((DAY.year, DAY.month, DAY.day, 0, 0, 0), zipfile.ZIP_STORED)
            assert (info.create_system, info.external_attr >> 16) == (3, stat.S_IFREG | 0o644)
