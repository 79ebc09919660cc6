"""Formatting writes records in canonical form, and leaves alone what it cannot."""

from __future__ import annotations

import io
import json
from pathlib import Path

from conflictdata.atomic import write_bytes
from conflictdata.curation import formatter
from conflictdata.curation.formatter import Formatted, format_folder
from conflictdata.errors import CannotWrite
from conflictdata.findings import Code
from conflictdata.formats.json_lines import validate_lines
from conflictdata.validation import validate_bytes


def test_formatting_writes_the_one_spelling_and_only_where_it_is_another(folder):
    sound = {path: path.read_bytes() for path in folder.rglob("*.json")}
    changed = sorted(sound)[::2]
    for path in changed:
        path.write_bytes(json.dumps(dict(reversed(json.loads(sound[path]).items())), indent=7).encode())
    untouched = {path: path.stat().st_mtime_ns for path in set(sound) - set(changed)}
    assert sorted(format_folder(folder, check=True).changed) == changed
    assert all(path.read_bytes() != sound[path] for path in changed), "checking writes nothing"
    done = format_folder(folder)
    assert (sorted(done.changed), done.findings, done.failed) == (changed, [], [])
    assert {path: path.read_bytes() for path in sound} == sound
    assert {path: path.stat().st_mtime_ns for path in untouched} == untouched
    assert format_folder(folder) == Formatted()


def test_formatting_leaves_alone_what_does_not_pass_the_schema(folder):
    path = folder / "places" / "examplia.json"
    for content, code in ((b"{", Code.JSON_SYNTAX), (b'{"$schema": 5}', Code.UNKNOWN_SCHEMA)):
        path.write_bytes(content)
        done = format_folder(folder)
        assert (done.changed, [finding.code for finding in done.findings]) == ([], [code])
        assert path.read_bytes() == content


def test_formatting_never_writes_through_a_link_that_leads_out(folder):
    outside = folder.parent / "hill.json"
    outside.write_bytes((folder / "places" / "examplia.json").read_bytes().replace(b"\n", b""))
    before = outside.read_bytes()
    (folder / "places" / "hill.json").symlink_to(outside)
    assert [finding.code for finding in format_folder(folder).findings] == [Code.UNREADABLE_FILE]
    assert outside.read_bytes() == before


def test_formatting_goes_on_after_a_file_that_cannot_be_written_or_that_changes_meanwhile(folder, monkeypatch):
    first, second, third = sorted((folder / "places").glob("*.json"))[:3]
    right = {path: path.read_bytes() for path in (first, second, third)}
    for path in right:
        path.write_bytes(right[path].replace(b"\n", b""))

    def judged(data: bytes, file: str):
        if Path(file) == third:
            third.write_bytes(b"{}")  # an editor saves it in the meantime
        return validate_bytes(data, file)

    def write(path: Path, content: bytes) -> None:
        if path == first:
            raise CannotWrite(path, "it is read-only")
        write_bytes(path, content)

    monkeypatch.setattr(formatter, "validate_bytes", judged)
    monkeypatch.setattr(formatter, "write_bytes", write)
    done = format_folder(folder)
    assert done.changed == [second]
    assert [str(error) for error in done.failed] == [
        f"cannot write {first}: it is read-only",
        f"cannot write {third}: another program has just changed it; run the command again",
    ]
    assert second.read_bytes() == right[second]
    assert third.read_bytes() == b"{}"


def test_formatting_one_file_touches_that_file(folder):
    path = folder / "places" / "examplia.json"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"\n", b""))
    assert format_folder(path) == Formatted([path])
    assert path.read_bytes() == right


def test_a_record_that_would_be_too_large_in_its_one_spelling_is_left_alone(folder):
    path = folder / "events" / "CD-9001.json"
    event = json.loads(path.read_bytes())
    item = {**event["claims"][1]["evidence"][0]}
    claim = event["claims"][1] | {"evidence": [item | {"paragraph": n} for n in range(1, 21)]}
    event["claims"] = [claim | {"id": f"c{n}", "notes": "n" * 100} for n in range(1, 501)]
    path.write_bytes(json.dumps(event, separators=(",", ":")).encode())
    before = path.read_bytes()
    assert len(before) < 1 << 20
    assert [finding.code for finding in validate_bytes(before, "x")[1]] == [Code.TOO_LARGE]
    assert [finding.code for finding in validate_lines(io.BytesIO(before), "x")] == [Code.TOO_LARGE]
    assert [finding.code for finding in format_folder(path).findings] == [Code.TOO_LARGE]
    assert path.read_bytes() == before
