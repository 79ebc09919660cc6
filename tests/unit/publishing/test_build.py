"""A release is complete, the same wherever it is built, written once, and never half."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conflictdata.canonical import MAX_BYTES, read_object
from conflictdata.errors import (
    AnotherBuild,
    ChecksumMismatch,
    ConflictDataError,
    InvalidValue,
    NotReleasable,
    PartialRelease,
    ReleaseExists,
    VersionNotIncreasing,
)
from conflictdata.findings import Code
from conflictdata.loading import load
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import placement
from conflictdata.publishing.build import build
from conflictdata.publishing.explained_diff import changes_of, compared, state
from conflictdata.publishing.patch import applied
from conflictdata.publishing.placement import locked
from conflictdata.publishing.release_notes import section
from conflictdata.publishing.verify import verify
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.release.catalog import index_of
from conflictdata.resources import records_folder as real_records
from conflictdata.schema.validate import validate
from tests.support.calling import call, check_jsonschema, write_records
from tests.support.releases import (
    DAY,
    FIRST,
    SECOND,
    files_of,
    first_of,
    reasoned,
    records_folder,
    released,
    rewritten,
    two_releases,
)
from tests.support.sample import sample

ROOT = Path(__file__).parents[3]
FINAL = ReleaseStage.FINAL
REAL = "2026.11.0"
THIRD = "2092.1.0"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A release of a sample of the records as they are, as if the package carried none before."""
    home = tmp_path_factory.mktemp("real")
    write_records(home / "records", sample())
    heading, *rows = (real_records() / "exclusions.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.partition(",")[0] in sample().sources]
    (home / "records" / "exclusions.csv").write_text("".join([heading, *kept]), "utf-8")
    return first_of(home / "records", home / "releases", REAL)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two releases of a small world."""
    return two_releases(tmp_path_factory.mktemp("pair"))


# What is in it.


def test_everything_that_was_promised_is_in_it(real):
    files = files_of(real.folder)
    promised = """dataset.json events.jsonl events.csv acled.csv acled-skipped.csv tables/datapackage.json
        tables/claims.csv schema/event.schema.json schema/bundle.schema.json schema/README.md
        schema/codelists/bounds.csv
        schema/codelists/number-words/default-1.csv NOTES.md CHANGES.jsonl CHANGELOG.md CITATION.cff croissant.json
        LICENSE LICENSES/CC-BY-4.0.txt exclusions.csv manifest.json SHA256SUMS"""
    assert {*promised.split()} <= files.keys()
    for path, data in files.items():
        assert data or path == "CHANGES.jsonl", path
        assert b"\r" not in data or path.startswith("tables/"), path
        assert str(ROOT).encode() not in data and b"/tmp" not in data, path


def test_sha256sum_accepts_the_folder_and_the_unpacked_zip(real, tmp_path):
    with zipfile.ZipFile(real.archive) as archive:
        archive.extractall(tmp_path)
    for folder in (real.folder, tmp_path / f"conflictdata-{REAL}"):
        checked = subprocess.run(
            ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=True
        )
        assert checked.stdout.count(b": OK\n") == len(files_of(folder)) - 1


def test_the_zip_holds_the_folder_with_one_time_and_one_mode(real):
    files = files_of(real.folder)
    with zipfile.ZipFile(real.archive) as archive:
        infos = archive.infolist()
        assert {info.filename: archive.read(info) for info in infos} == {
            f"conflictdata-{REAL}/{path}": data for path, data in files.items()
        }
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {(info.date_time, info.external_attr >> 16, info.compress_type) for info in infos} == {
        ((2026, 11, 20, 0, 0, 0), 0o100644, zipfile.ZIP_STORED)
    }


def test_the_manifest_and_the_index_obey_their_schema_and_say_what_is_there(real):
    manifest = read_object(real.folder.joinpath("manifest.json").read_bytes(), "manifest.json")
    index = read_object(real.folder.parent.joinpath("index.json").read_bytes(), "index.json")
    assert validate(manifest, "manifest", "m") == validate(index, "index", "i") == []
    files = files_of(real.folder)
    assert manifest["files"] == [
        {"path": path, "bytes": len(files[path]), "sha256": hashlib.sha256(files[path]).hexdigest()}
        for path in sorted(files)
        if path not in ("manifest.json", "SHA256SUMS")
    ]
    dataset = json.loads(files["dataset.json"])
    for kind in ("sources", "actors", "places", "events"):
        assert manifest["counts"][kind] == len(dataset[kind])
    assert manifest["counts"]["claims"] == sum(len(event["claims"]) for event in dataset["events"])
    with (real.folder / "acled.csv").open(encoding="utf-8", newline="") as stream:
        assert manifest["counts"]["acled_rows"] == len(list(csv.reader(stream))) - 1
    words = {table["name"] for table in manifest["number_words"]}
    assert words == {path.stem for path in (ROOT / "schema/codelists/number-words").glob("*.csv")}
    assert manifest["release"] == dataset["release"] == index["releases"][0]["release"]
    assert index["releases"][0]["sha256"] == hashlib.sha256(real.archive.read_bytes()).hexdigest()
    present = {(each["object"], each["member"]): each["present"] for each in manifest["completeness"]}
    assert present["event", "where"] == sum("where" in event for event in dataset["events"])
    counts = [claim["count"] for event in dataset["events"] for claim in event["claims"] if "count" in claim]
    assert present["count", "low"] == sum("low" in count for count in counts)


def test_every_value_leads_to_a_paragraph_and_its_digest(real):
    dataset = json.loads((real.folder / "dataset.json").read_bytes())
    claims = [claim for event in dataset["events"] for claim in event["claims"]]
    assert all(point["digest"] and point["paragraph"] for claim in claims for point in claim["evidence"])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_croissant_is_valid_and_loads(real):
    import mlcroissant

    described = mlcroissant.Dataset(jsonld=str(real.folder / "croissant.json"))
    assert not described.metadata.ctx.issues.errors
    rows = [*described.records("flat")]
    assert [row["flat/id"].decode() for row in rows] == [event.id for event in load(real.folder).events]
    assert len([*described.records("claims")]) == len(load(real.folder).claims)


def test_the_citation_obeys_its_format(real):
    checked = check_jsonschema("--builtin-schema", "vendor.citation-file-format", real.folder / "CITATION.cff")
    assert checked.exit_code == 0, checked.output


def test_the_dataset_obeys_the_schema_that_lies_beside_it(pair):
    schema = pair / FIRST / "schema" / "bundle.schema.json"
    checked = check_jsonschema("--schemafile", schema, pair / FIRST / "dataset.json")
    assert checked.exit_code == 0, checked.output


def test_the_example_of_a_change_file_obeys_its_schema():
    text = (ROOT / "schema" / "README.md").read_text(encoding="utf-8").partition("## Changes between releases")[2]
    example = json.loads(text.partition("```json\n")[2].partition("```")[0])
    assert validate(example, "changes", "README.md") == [] and len(example["changes"]) == 3


@pytest.mark.parametrize("stage", ["candidate", "final"])
def test_a_candidate_is_marked_in_every_file_that_says_which_release_it_is(tmp_path, stage):
    files = files_of(released(tmp_path, stage=stage).folder)
    for path in ("dataset.json", "tables/datapackage.json", "croissant.json", "manifest.json"):
        assert f'"{stage}"'.encode() in files[path], path
    for path in ("NOTES.md", "CITATION.cff"):
        assert (b"candidate" in files[path]) is (stage == "candidate"), path


def test_the_layouts_timestamp_is_midnight_of_the_day(real):
    with (real.folder / "acled.csv").open(encoding="utf-8", newline="") as stream:
        stamps = {row["timestamp"] for row in csv.DictReader(stream)}
    assert stamps == {str(int(dt.datetime(2026, 11, 20, tzinfo=dt.UTC).timestamp()))}


def test_the_notes_tell_counts_changes_with_reasons_and_the_changelog(real, pair):
    first, second = ((pair / version / "NOTES.md").read_text(encoding="utf-8") for version in (FIRST, SECOND))
    assert "This is the first release." in first and "| 5 | events |" in first
    assert f"## What changed since {FIRST}" in second
    assert "### Corrected: 1" in second and "The title said more." in second and "`/title`" in second
    said = section((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), REAL)
    assert said and said in (real.folder / "NOTES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changelog", "said"),
    [
        ("## 2026.11.0\n\nOne.\n\n## 2026.10.0\n\nOther.\n", "One."),
        ("## 2026.11.0 (2026-11-20)\nOne.\n### Data\nTwo.\n", "One.\n### Data\nTwo."),
        ("## 2026.11.01\nOne.\n", ""),
        ("## 2026.11.0.post1\nOne.\n", ""),
        ("", ""),
    ],
)
def test_the_section_of_a_version_is_found_and_no_other(changelog, said):
    assert section(changelog, "2026.11.0") == said


# The same everywhere.

HOSTILE = """
import os, random, sys
os.umask(int(sys.argv[1], 8))
listed, scanned = os.listdir, os.scandir
class Backwards:
    def __init__(self, *where): self.entries = sorted(scanned(*where), key=lambda entry: entry.name, reverse=True)
    def __iter__(self): return iter(self.entries)
    def __next__(self): return next(iter(self.entries))
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass
os.listdir = lambda *where: sorted(listed(*where), reverse=True)
os.scandir = Backwards
import time
for clock in ("time", "time_ns", "localtime", "gmtime", "strftime", "ctime"):
    setattr(time, clock, lambda *given, clock=clock: sys.exit(f"time.{clock} was asked"))
import locale
if sys.argv[2]: locale.setlocale(locale.LC_ALL, sys.argv[2])
import datetime as dt
from pathlib import Path
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import history_check
from conflictdata.publishing.build import build
into, records = Path(sys.argv[3]), Path(sys.argv[4])
history_check.releases_folder = lambda: into / "none"
build("2026.11.0", dt.date(2026, 11, 20), ReleaseStage.FINAL, into, records=records, first=True)
"""


@pytest.mark.parametrize(
    ("seed", "zone", "locale", "umask"),
    [("1", "Pacific/Kiritimati", "C", "077"), ("42", "America/Nome", "C.UTF-8", "000")],
)
def test_hostile_surroundings_give_the_same_bytes(real, tmp_path, seed, zone, locale, umask):
    plain = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
    plain |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-W", "error", "-c", HOSTILE, umask, locale, tmp_path / "out"]
    words.append(real.folder.parents[1] / "records")
    built = subprocess.run(words, env=plain, cwd=tmp_path, capture_output=True, check=False)
    assert built.returncode == 0, built.stderr.decode()
    assert files_of(tmp_path / "out") == files_of(real.folder.parent)


def test_nothing_in_a_reason_becomes_a_link_a_formula_or_a_call_in_the_notes(tmp_path):
    released(tmp_path)
    rewritten(tmp_path / "records", "event/CD-0002", title="See https://evil.example")
    reason = "See [it](x), http://evil.example, WWW.evil.example, a@evil.example, @user, $x$ and <b>: it is 1:2."
    reasoned(tmp_path / "records", SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": reason})
    notes = (released(tmp_path, SECOND).folder / "NOTES.md").read_text(encoding="utf-8")
    assert (
        r"See \[it\](x), http\://evil.example, WWW\.evil.example, a@<!-- -->evil.example, @<!-- -->user, \$x\$ and"
        r" \<b\>: it is 1:2."
    ) in notes
    assert r"See https\://evil.example" in notes


def test_the_order_of_files_and_members_on_disk_does_not_matter(tmp_path):
    released(tmp_path / "one")
    folder = records_folder(tmp_path / "other")
    for path in sorted(folder.rglob("*.json"), reverse=True):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    released(tmp_path / "other")
    assert files_of(tmp_path / "one" / "releases") == files_of(tmp_path / "other" / "releases")


# Once, and later than the last.


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


def test_faulty_records_are_refused_with_every_fault(tmp_path):
    folder = records_folder(tmp_path)
    rewritten(folder, "event/CD-0002", title=None)
    rewritten(folder, "event/CD-0003", part_of="CD-0404")
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path)
    assert {found.code for found in refused.value.findings} >= {Code.MISSING_MEMBER, Code.DANGLING_REFERENCE}
    assert not (tmp_path / "releases").exists()


# Changes.


def test_a_change_without_a_reason_is_refused_and_one_with_it_is_reported(tmp_path):
    released(tmp_path)
    folder = tmp_path / "records"
    rewritten(folder, "event/CD-0002", title="Another title")
    with pytest.raises(NotReleasable, match="no reason is given") as refused:
        released(tmp_path, SECOND)
    assert [(f.code, f.file, f.pointer) for f in refused.value.findings] == [
        (Code.CHANGE_WITHOUT_REASON, "event/CD-0002", "/title")
    ]
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    built = released(tmp_path, SECOND)
    assert [(c.path, c.reason) for c in built.changes] == [("event/CD-0002", "Clearer.")]
    (line,) = (built.folder / "CHANGES.jsonl").read_bytes().splitlines()
    assert json.loads(line)["reason"] == "Clearer."
    assert json.loads((built.folder / "manifest.json").read_bytes())["changes"] == {
        "revised": 1, "corrected": 0, "added": 0, "withdrawn": 0,
    }  # fmt: skip


def test_a_change_of_the_largest_records_is_released_verified_and_reported(tmp_path):
    folder = records_folder(tmp_path)
    claims = json.loads((folder / "events" / "CD-0003.json").read_bytes())["claims"]
    for letter, version in (("x", FIRST), ("y", SECOND)):
        large = [claims[0] | {"id": f"c{n}", "notes": letter * 4000} for n in range(5, 205)]
        rewritten(folder, "event/CD-0003", claims=claims + large)
        reasoned(folder, SECOND, {"kind": "corrected", "records": ["event/CD-0003"], "reason": "All were misread."})
        built = released(tmp_path, version)
    assert len((built.folder / "CHANGES.jsonl").read_bytes()) > MAX_BYTES
    assert [*verify_releases(tmp_path / "releases", rebuild=True)] == []
    before, after = (state(tmp_path / "releases" / version) for version in (FIRST, SECOND))
    assert [len(change.edits) for change in compared(before, after)] == [200]


def test_a_reason_for_nothing_is_refused(tmp_path):
    released(tmp_path)
    reasoned(tmp_path / "records", SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path, SECOND)
    assert [found.code for found in refused.value.findings] == [Code.REASON_WITHOUT_CHANGE]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"$schema":"urn:conflictdata:schema:1.0.0:changes","version":"2026.12.0"}', b"\xff"],
)
def test_a_change_file_that_cannot_be_read_is_refused(tmp_path, content):
    released(tmp_path)
    reasoned(tmp_path / "records", SECOND)
    (tmp_path / "records" / "changes" / f"{SECOND}.json").write_bytes(content)
    with pytest.raises(ConflictDataError, match=f"{SECOND}.json"):
        released(tmp_path, SECOND)


def test_an_id_is_held_against_every_release_there_was(tmp_path):
    released(tmp_path)
    folder = tmp_path / "records"
    path = folder / "events" / "CD-0005.json"
    tombstone = path.read_bytes()
    rewritten(folder, "event/CD-0005", withdrawn=None)
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0005"], "reason": "It was one after all."})
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path, SECOND)
    assert Code.RELEASED_ID_REUSED in [found.code for found in refused.value.findings]
    path.unlink()
    with pytest.raises(NotReleasable) as refused:
        released(tmp_path, SECOND)
    assert Code.RELEASED_ID_LOST in [found.code for found in refused.value.findings]
    path.write_bytes(tombstone)
    reasoned(folder, SECOND)
    released(tmp_path, SECOND)


def test_the_changes_of_a_release_lead_from_the_one_before_to_it(pair):
    before, after = load(pair / FIRST), load(pair / SECOND)
    assert applied(changes_of(pair / SECOND), before, after.release) == after
    assert (pair / FIRST / "CHANGES.jsonl").read_bytes() == b""


def test_comparing_releases_gives_the_reasons_that_they_carry(pair, tmp_path):
    for new in (pair / SECOND, pair / f"conflictdata-{SECOND}.zip"):
        (change,) = compared(state(pair / FIRST), state(new))
        assert (change.path, change.called, change.reason) == (
            "event/CD-0002", "corrected", f"{SECOND}: The title said more."
        )  # fmt: skip
    (backwards,) = compared(state(pair / SECOND), state(pair / FIRST))
    assert (backwards.called, backwards.reason) == ("changed", None)


def test_validating_records_also_validates_the_reasons_beside_them(tmp_path):
    folder = records_folder(tmp_path)
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    call("validate", folder)
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"]})
    assert "[missing-member]" in call("validate", folder, code=1).stdout
    reasoned(folder, SECOND)
    (folder / "changes" / f"{SECOND}.json").rename(folder / "changes" / "2091.12.9.json")
    assert "[wrong-file-name]" in call("validate", folder, code=1).stdout


def test_comparing_with_records_gives_the_reasons_that_wait_for_the_next_release(tmp_path):
    releases = two_releases(tmp_path)
    folder = tmp_path / "records"
    rewritten(folder, "event/CD-0003", title="Another title")
    (bare,) = compared(state(releases / SECOND), state(folder))
    reasoned(folder, "2092.1.0", {"kind": "revised", "records": ["event/CD-0003"], "reason": "Clearer."})
    (told,) = compared(state(releases / SECOND), state(folder))
    assert (bare.called, told.called, told.reason) == ("changed", "revised", "Clearer.")


@pytest.mark.parametrize("name", ["exclusions.csv", "changes"])
def test_what_lies_beside_the_records_is_validated_before_it_is_released(tmp_path, name):
    (records_folder(tmp_path) / name).symlink_to("/etc/hostname")
    with pytest.raises(NotReleasable, match=r"unreadable-file|stray-file"):
        released(tmp_path)


def test_comparing_with_a_file_takes_nobody_else_s_reasons(tmp_path, monkeypatch):
    releases = two_releases(tmp_path)
    folder = tmp_path / "records"
    rewritten(folder, "event/CD-0003", title="Another title")
    reasoned(folder, "2092.1.0", {"kind": "revised", "records": ["event/CD-0003"], "reason": "Clearer."})
    monkeypatch.setattr("conflictdata.publishing.explained_diff.records_folder", lambda: folder)
    document = tmp_path / "d.json"
    document.write_bytes(call("export", "json", "--data", folder).stdout_bytes)
    (told,) = compared(state(releases / SECOND), state(document))
    assert (told.called, told.reason) == ("changed", None)


def test_comparing_with_a_document_that_says_of_which_release_it_is_gives_the_reasons_of_that(tmp_path, monkeypatch):
    releases = two_releases(tmp_path)
    document = tmp_path / "d.json"
    document.write_bytes((releases / SECOND / "dataset.json").read_bytes())
    (bare,) = compared(state(releases / FIRST), state(document))
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(releases))
    (told,) = compared(state(releases / FIRST), state(document))
    assert (bare.called, told.called, told.reason) == ("changed", "corrected", f"{SECOND}: The title said more.")


# Whole or not at all.

KILLED = """
import datetime as dt, json, os, signal, sys
from pathlib import Path
from conflictdata.model import Release
from conflictdata.model.release import ListedRelease
from conflictdata.publishing.placement import placed
from conflictdata.publishing.zip_writer import packed
from conflictdata.release.catalog import index_of
home = Path(sys.argv[1])
files = {name: name.encode() * 1000 for name in ("dataset.json", "deep/a.csv", "manifest.json", "SHA256SUMS")}

def place(into, version):
    release = Release.from_object({"version": version, "date": "2026-11-20", "stage": "final"})
    index = index_of(into)
    archive = packed(files, f"conflictdata-{version}", release.date)
    members = {"schema_version": "1.1.0", "archive": f"conflictdata-{version}.zip", "bytes": len(archive)}
    entry = ListedRelease(release=release, **members, sha256="0" * 64, dataset="0" * 64)
    placed(into, index.releases if index else (), entry, files, archive)

def seen(into):
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()}

def killed_at(number, into):
    left = [number]
    for name in ("open", "write", "fsync", "replace", "rename", "mkdir"):
        def counted(*given, call=getattr(os, name), **more):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **more)
        setattr(os, name, counted)
    place(into, "2026.12.0")
    os._exit(0)

whole = home / "whole"
whole.mkdir()
place(whole, "2026.11.0")
old = seen(whole)
place(whole, "2026.12.0")
new = seen(whole)
for number in range(1, 200):
    into = home / str(number)
    into.mkdir()
    place(into, "2026.11.0")
    child = os.fork()
    if child == 0:
        killed_at(number, into)
    status = os.waitpid(child, 0)[1]
    after = seen(into)
    assert {name: after.get(name) for name in old if name != "index.json"} == {
        name: old[name] for name in old if name != "index.json"
    }, number
    listed = [one.release.version for one in index_of(into).releases]
    if "2026.12.0" in listed:
        assert {name: after[name] for name in new} == new, number
    else:
        assert after["index.json"] == old["index.json"], number
        place(into, "2026.12.0")
        assert seen(into) == new, number
    if status == 0:
        break
print(number)
"""


def test_killed_at_any_call_a_build_leaves_the_old_releases_or_the_whole_new_one(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert 8 < int(done.stdout) < 199, "the calls were not counted"


def test_a_folder_that_a_killed_build_left_is_finished_or_refused(tmp_path):
    built = released(tmp_path)
    whole = files_of(tmp_path / "releases")
    index = tmp_path / "releases" / "index.json"
    index.unlink()
    released(tmp_path)
    assert files_of(tmp_path / "releases") == whole
    index.unlink()
    (built.folder / "NOTES.md").write_bytes(b"Something else.\n")
    with pytest.raises(PartialRelease, match="remove it and build again"):
        released(tmp_path)
    assert not index.exists()


def test_what_a_killed_build_staged_is_removed_by_the_next(tmp_path):
    releases = tmp_path / "releases"
    (releases / ".conflictdata-build-0123456789abcdef.tmp" / "deep").mkdir(parents=True)
    (releases / ".conflictdata-build-fedcba9876543210.tmp").write_bytes(b"half")
    released(tmp_path)
    assert not [path for path in releases.iterdir() if path.name.startswith(".")]


def test_what_others_write_or_keep_beside_the_releases_is_left_alone(tmp_path):
    releases = tmp_path / "releases"
    others = (".conflictdata-0123456789abcdef.tmp", ".conflictdata-mine.tmp", ".conflictdata-build-mine.tmp", "notes")
    for name in others:
        (releases / name).mkdir(parents=True)
        (releases / name / "diary").write_bytes(b"x")
    released(tmp_path)
    assert all((releases / name / "diary").read_bytes() == b"x" for name in others)


def test_a_stranger_s_file_where_the_zip_should_be_is_not_overwritten_and_nothing_is_written(tmp_path):
    releases = tmp_path / "releases"
    releases.mkdir()
    (releases / f"conflictdata-{FIRST}.zip").write_bytes(b"mine")
    with pytest.raises(PartialRelease, match=r"\.zip is not in the index"):
        released(tmp_path)
    assert files_of(releases) == {f"conflictdata-{FIRST}.zip": b"mine"}


@pytest.mark.parametrize("name", [f"conflictdata-{FIRST}.zip", "index.json", FIRST])
@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nothing"])
def test_what_stands_in_the_way_of_a_release_is_reported_before_anything_is_written(tmp_path, name, kind):
    releases = tmp_path / "releases"
    releases.mkdir()
    match kind:
        case "folder":
            (releases / name / "inner").mkdir(parents=True)
        case "pipe":
            os.mkfifo(releases / name)
        case "link to nothing":
            (releases / name).symlink_to(tmp_path / "no" / "folder")
    with pytest.raises(ConflictDataError, match=name):
        released(tmp_path)
    assert [path.name for path in releases.iterdir()] == [name]


def test_a_zip_that_a_killed_build_left_is_finished(tmp_path):
    released(tmp_path)
    whole = files_of(tmp_path / "releases")
    (tmp_path / "releases" / "index.json").unlink()
    shutil.rmtree(tmp_path / "releases" / FIRST)
    released(tmp_path)
    assert files_of(tmp_path / "releases") == whole


def test_a_folder_that_was_made_for_a_build_that_is_refused_goes_again(tmp_path):
    folder = records_folder(tmp_path)
    rewritten(folder, "event/CD-0002", title=None)
    with pytest.raises(NotReleasable):
        build(FIRST, DAY, FINAL, tmp_path / "new" / "releases", records=folder, first=True)
    assert not (tmp_path / "new").exists()
    (tmp_path / "mine").mkdir()
    with pytest.raises(NotReleasable):
        build(FIRST, DAY, FINAL, tmp_path / "mine", records=folder, first=True)
    assert (tmp_path / "mine").exists()


def test_two_builds_at_once_are_refused(tmp_path):
    (tmp_path / "releases").mkdir()
    with locked(tmp_path / "releases"), pytest.raises(AnotherBuild, match="another build runs"):
        released(tmp_path)
    assert [*(tmp_path / "releases").iterdir()] == []
    released(tmp_path)


@pytest.mark.parametrize("call", ["os.open", "fcntl.flock"])
def test_a_folder_that_cannot_be_locked_is_reported(tmp_path, monkeypatch, call):
    def refused(*given):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(call, refused)
    with pytest.raises(AnotherBuild, match="cannot be locked"), locked(tmp_path):
        pass


def test_the_lock_of_a_killed_build_holds_nobody_up(tmp_path):
    (tmp_path / "releases").mkdir()
    code = (
        "import os, signal, sys; from pathlib import Path; from conflictdata.publishing.placement import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, tmp_path / "releases"], cwd=ROOT, check=False)
    assert killed.returncode == -9
    released(tmp_path)


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


# From the command line.


def test_the_command_builds_verifies_and_says_the_hash(tmp_path):
    folder = records_folder(tmp_path)
    words = ("release", "build", FIRST, "--date", "2026-11-20", "--stage", "final", "--records", folder)
    assert "or --first" in call(*words, "--into", tmp_path / "out", code=1).stderr
    built = call(*words, "--into", tmp_path / "out", "--first")
    assert f"releasing {folder}: " in built.stderr
    assert f"release {FIRST}: no earlier release; 0 warnings" in built.stderr
    archive = tmp_path / "out" / f"conflictdata-{FIRST}.zip"
    assert built.stdout == f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n"
    assert verify(tmp_path / "out" / FIRST, rebuild=True).findings == ()
    assert "already exists" in call(*words, "--into", tmp_path / "out", code=1).stderr
    rewritten(folder, "event/CD-0002", title="Another title")
    next_one = ("release", "build", SECOND, "--date", "2026-12-01", "--stage", "final", "--records", folder)
    refused = call(*next_one, "--into", tmp_path / "out", code=1)
    assert refused.stdout.startswith("error: event/CD-0002:/title: ")
    assert "nothing was written" in refused.stderr
    reasoned(folder, SECOND, {"kind": "revised", "records": ["event/CD-0002"], "reason": "Clearer."})
    assert f"1 change since {FIRST}" in call(*next_one, "--into", tmp_path / "out").stderr


@pytest.mark.parametrize(
    "words",
    [
        ("2026.13.0", "--date", "2026-11-20", "--stage", "final"),
        ("2026.11.0", "--date", "20 November", "--stage", "final"),
        ("2026.11.0", "--date", "2026-11-20", "--stage", "draft"),
        ("2026.11.0", "--stage", "final"),
        ("2026.11.0", "--date", "2026-11-20"),
    ],
)
def test_a_build_that_is_not_understood_is_misuse(tmp_path, words):
    call("release", "build", *words, "--into", tmp_path / "out", code=2)
    assert not (tmp_path / "out").exists()


def test_an_empty_name_is_no_folder_to_build_into(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ("release", "build", FIRST, "--date", "2026-11-20", "--stage", "final", "--into", "")
    assert "the name is empty" in call(*words, code=2).stderr
    assert [*tmp_path.iterdir()] == []


def test_releases_cannot_be_put_where_a_file_is(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConflictDataError, match="cannot make the folder"):
        build(FIRST, DAY, FINAL, tmp_path / "file" / "releases", records=real_records(), first=True)


def test_a_large_zip_that_a_killed_build_left_whole_is_taken_for_what_it_is(tmp_path):
    archive = b"PK\x03\x04" + bytes(2 << 20)
    (tmp_path / "release.zip").write_bytes(archive)
    assert placement._file_stands(tmp_path / "release.zip", archive, replaced=False)
    with pytest.raises(PartialRelease):
        placement._file_stands(tmp_path / "release.zip", archive[:-1] + b"x", replaced=False)
