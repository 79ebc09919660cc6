"""A folder of JSON Lines: the same findings in the same order with any number of processes, and in batches."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.errors import ConflictDataError
from conflictdata.findings import MAX_FINDINGS, Code, Finding
from conflictdata.formats import json_lines_folder
from conflictdata.formats.json_lines import validate_batch, validate_lines
from conflictdata.formats.json_lines_folder import validate_line_files
from conflictdata.validate_path import line_files
from tests.support.calling import call
from tests.support.effort import effort
from tests.support.exported import written
from tests.support.sample import sample

FAULTY = b'{"$schema":"urn:conflictdata:schema:1.1.0:event","id":"CD-0001"}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files with sound and faulty lines; the last repeats an id of its own, and two of the first."""
    sound = written("jsonl", sample()).splitlines(keepends=True)[:12]
    (tmp_path / "a.jsonl").write_bytes(b"".join(sound[:6]))
    (tmp_path / "b.jsonl").write_bytes(b"".join([*sound[6:9], FAULTY, b"[]\n"]))
    (tmp_path / "c.jsonl").write_bytes(b"".join([*sound[9:], sound[9], *sound[:2]]))
    return tmp_path


def _found(folder: Path, jobs: int) -> list[Finding]:
    return list(validate_line_files(line_files(folder), "folder", jobs=jobs))


def test_the_findings_do_not_depend_on_the_number_of_processes(folder: Path) -> None:
    found = _found(folder, 1)
    assert found == _found(folder, 2)
    repeated = [finding.file for finding in found if finding.code is Code.DUPLICATE_ID]
    assert repeated == [f"{folder / 'c.jsonl'}:4", *[str(folder / "c.jsonl")] * 2]
    for path in line_files(folder)[:2]:
        alone = list(validate_lines(io.BytesIO(path.read_bytes()), str(path)))
        assert [one for one in found if one.file.partition(":")[0] == str(path)] == alone


def test_of_many_errors_in_many_files_the_first_thousand_are_listed(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.jsonl").write_bytes(b"[]\n" * (MAX_FINDINGS - 300))
    one, two = _found(tmp_path, 1), _found(tmp_path, 2)
    assert one == two and len(one) == MAX_FINDINGS + 1 and one[-1].code is Code.TOO_MANY_ITEMS


def test_a_process_that_dies_ends_the_run_with_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines_folder, "_send", print)  # it ends without an answer
    with pytest.raises(ConflictDataError, match=r"a\.jsonl.*--jobs"):
        _found(folder, 2)


def test_the_command_takes_jobs_for_a_folder_of_lines_and_for_nothing_else(folder: Path) -> None:
    assert call("validate", folder, code=1).stdout == call("validate", folder, "--jobs", 2, code=1).stdout
    call("validate", folder / "a.jsonl", "--jobs", 2, code=2)
    call("validate", folder, "--texts", folder, code=2)
    call("validate", folder, "--jobs", 0, code=2)


def test_a_folder_with_anything_else_is_no_folder_of_lines(folder: Path) -> None:
    (folder / "SHA256SUMS").write_bytes(b"")
    assert line_files(folder) == line_files(folder / "none") == line_files(folder / "a.jsonl") == []


@effort(0.25)
@given(st.lists(st.sampled_from(["sound", "faulty", "text"]), max_size=8), st.integers(1, 8))
def test_batches_of_a_file_have_the_findings_of_the_file(kinds: list[str], size: int) -> None:
    sound = written("jsonl", sample()).decode().splitlines()
    faults = {"faulty": FAULTY.decode().strip(), "text": "\ud800 words"}
    texts = [faults.get(kind, sound[n]) for n, kind in enumerate(kinds)]
    lines = [*enumerate(texts, 1)]
    whole = "".join(f"{text}\n" for text in texts).encode("utf-8", "surrogatepass")
    batches = [lines[at : at + size] for at in range(0, len(lines), size)]
    found = [finding for batch in batches for finding in validate_batch(batch, "x")]
    assert found == (list(validate_lines(io.BytesIO(whole), "x")) if texts else [])
