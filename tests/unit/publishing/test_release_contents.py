"""What a release holds: every file that was promised, in its format, with what it says of itself."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import subprocess
import zipfile

import pytest

from conflictdata.canonical import read_object
from conflictdata.loading import load
from conflictdata.publishing.release_notes import section
from conflictdata.schema.validate import validate
from tests.support.calling import ROOT, check_jsonschema
from tests.support.releases import FIRST, REAL, SECOND, files_of, reasoned, released, rewritten


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
    live = [event.id for event in load(real.folder).events if event.withdrawn is None]
    assert [row["flat/id"].decode() for row in rows] == live
    assert len([*described.records("claims")]) == len(load(real.folder).claims)


def test_the_citation_obeys_its_format(real):
    checked = check_jsonschema("--builtin-schema", "vendor.citation-file-format", real.folder / "CITATION.cff")
    assert checked.exit_code == 0, checked.output


def test_the_dataset_obeys_the_schema_that_lies_beside_it(shelf):
    schema = shelf / FIRST / "schema" / "bundle.schema.json"
    checked = check_jsonschema("--schemafile", schema, shelf / FIRST / "dataset.json")
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


def test_the_notes_tell_counts_changes_with_reasons_and_the_changelog(real, shelf):
    first, second = ((shelf / version / "NOTES.md").read_text(encoding="utf-8") for version in (FIRST, SECOND))
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
