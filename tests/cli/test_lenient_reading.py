"""Files of other programs: read where their meaning is certain, with a word; refused with --strict."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pandas
import pytest
from click.testing import CliRunner

from conflictdata.cli import main
from conflictdata.formats.csv_tables.reader import read_tables
from conflictdata.loading import load_path
from conflictdata.validation import errors_only
from tests.support.calling import call
from tests.support.exported import folder_of, written
from tests.support.small import small

ARCHIVE = Path(__file__).parents[1] / "cases" / "valid" / "releases" / "conflictdata-2016.7.0.zip"


def piped(*words: str, text: bytes, code: int = 0) -> str:
    """What a command prints that is given this on standard input."""
    result = CliRunner().invoke(main, [*words], input=text)
    assert result.exit_code == code, result.output
    return result.output


def test_tables_that_pandas_wrote_again_load_equal_and_say_what_was_read(tmp_path):
    folder = folder_of(tmp_path, small())
    for path in folder.glob("*.csv"):
        frame = pandas.read_csv(path, keep_default_na=False, na_values=[""], dtype={"sha256": str, "digest": str})
        frame.to_csv(path, index=False)
    records, findings = read_tables(folder)
    assert records == small() == load_path(folder)
    assert findings and errors_only(findings) == [] and all("was read as" in finding.message for finding in findings)
    assert "because of --strict" in call("validate", "--strict", folder, code=1).stderr
    call("validate", folder)


def test_tables_with_marks_line_ends_quotes_and_rows_of_other_programs_load_equal(tmp_path):
    folder = folder_of(tmp_path, small())
    path = folder / "participants.csv"
    data = path.read_bytes()
    blank = b'""' + b',""' * data.split(b"\n")[0].count(b",") + b"\n"
    path.write_bytes(b"\xef\xbb\xbf" + (data + blank * 3 + b"\n").replace(b"\n", b"\r\n"))
    records, findings = read_tables(folder)
    assert records == small() and errors_only(findings) == []
    told = " ".join(finding.message for finding in findings)
    assert "byte order mark" in told and "CR LF" in told and "4 blank rows at the end" in told


@pytest.mark.parametrize("left", ["__MACOSX/._manifest.json", "conflictdata-2016.7.0/.DS_Store"])
def test_what_a_system_put_into_an_archive_is_passed_over_with_a_word(left, tmp_path):
    path = Path(shutil.copy(ARCHIVE, tmp_path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(left, b"\0\0\0\1Bud1")
    assert load_path(path) == load_path(ARCHIVE)
    told = call("validate", path).stdout
    assert left in told and "[passed-over]" in told
    call("validate", "--strict", path, code=1)
    assert "[passed-over]" in call("release", "verify", path).stdout


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_standard_input_is_read_where_a_file_is_expected(name):
    assert "0 errors" in piped("validate", "-", text=written(name, small()))


def test_standard_input_is_a_dataset_and_a_layout():
    document = written("json", small())
    listed = json.loads(piped("list", "--data", "-", "--format", "json", text=document).partition("\n]")[0] + "\n]")
    assert [row["id"] for row in listed] == [event.id for event in small().events if event.withdrawn is None]
    assert "0 errors" in piped("read", "acled", "-", text=written("acled", small()))


@pytest.mark.parametrize("words", ["validate -", "list --data -", "read ged -", "match -", "digest -"])
def test_empty_standard_input_is_named_so_and_not_by_a_temporary_file(words):
    told = piped(*words.split(), text=b"", code=1)
    assert told.startswith("error: standard input:") and "[empty-input]" in told


@pytest.mark.parametrize("name", ["csv", "acled", "ged"])
def test_a_byte_order_mark_is_written_for_excel_where_it_is_asked_for(name):
    plain, marked = written(name, small()), written(name, small(), bom=True)
    assert marked == b"\xef\xbb\xbf" + plain
    assert pandas.read_csv(io.BytesIO(marked)).equals(pandas.read_csv(io.BytesIO(plain)))
