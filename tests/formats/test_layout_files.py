"""Other people's files in the layouts of ACLED and UCDP GED: read whatever their vintage, checked, written back."""

from __future__ import annotations

import copy
import datetime as dt
import gc
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata import read_acled, read_ged
from conflictdata.errors import InvalidData
from conflictdata.findings import MAX_FINDINGS, Code, Severity
from tests.support.effort import effort
from tests.support.exported import written
from tests.support.layouts import GED_ROW, ROW, saved, spelled
from tests.support.shared import shared_worlds

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)


@effort(0.5)
@given(
    st.lists(st.fixed_dictionaries({"notes": CELLS, "actor1": CELLS}), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_file_is_read_whatever_its_text_and_written_back_byte_for_byte(tmp_path_factory, texts, separator, mark, end):
    folder = tmp_path_factory.mktemp("file")
    data = spelled([ROW | each for each in texts], separator=separator, mark=mark, end=end)
    file = read_acled(saved(folder, data))
    assert file.findings == () and file.n_rows == len(texts)
    frame = file.to_polars()
    assert frame["notes"].to_list() == [each["notes"] or None for each in texts]
    assert frame["event_date"].to_list() == [dt.date(2017, 6, 2)] * len(texts)
    file.write(folder / "again.csv")
    assert (folder / "again.csv").read_bytes() == data
    file.write(folder / "one.csv", rows=[len(texts) - 1])
    assert read_acled(folder / "one.csv").to_polars().equals(frame[-1:])


@effort(0.25)
@given(shared_worlds(), st.sampled_from(["iso", "export"]), st.sampled_from(["text", "numeric"]))
def test_what_we_write_in_the_layout_is_read_without_a_finding(tmp_path_factory, whole, dates, inter):
    data = written("acled", whole, dates=dates, inter=inter)
    file = read_acled(saved(tmp_path_factory.mktemp("acled"), data))
    assert file.findings == ()
    assert file.n_rows == data.count(b"\n") - 1


@pytest.mark.parametrize(
    "text",
    [
        "2017-06-02",
        "02 June 2017",
        "02-June-2017",
        "2-Jun-17",
        "2-Jun-2017",
        "02/06/2017",
        "02/06/17",
        "02-06-17",
        "2017-06-02 00:00:00.000",
        "2017-06-02T00:00:00Z",
    ],
)
def test_days_are_read_as_every_vintage_spells_them(tmp_path, text):
    file = read_acled(saved(tmp_path, spelled([ROW | {"event_date": text}])))
    assert file.findings == () and file.to_polars()["event_date"].to_list() == [dt.date(2017, 6, 2)]


@pytest.mark.parametrize("text", ["18-May-15", "18/05/15"])
def test_a_day_in_another_form_than_the_first_ones_is_the_same_day(tmp_path, text):
    day = {"event_date": text, "year": "2015"}
    file = read_acled(saved(tmp_path, spelled([*[ROW] * 600, ROW | day])))
    assert file.findings == () and file.to_polars()["event_date"].to_list()[-1] == dt.date(2015, 5, 18)


@pytest.mark.parametrize(
    ("encoding", "found"), [("cp1252", "cp1252"), ("mac_roman", "mac_roman"), ("utf-16", "utf-16-le")]
)
def test_encodings_are_distinguished(tmp_path, encoding, found):
    words = "Une école près de l’hôtel, à côté du marché; Peña, Müller, Åse, “cité”"
    file = read_acled(saved(tmp_path, spelled([ROW | {"notes": words}] * 3, encoding=encoding)))
    assert file.dialect.encoding == found
    assert set(file.to_polars()["notes"]) == {words}
    file.write(tmp_path / "again.csv", rows=[1])
    assert (tmp_path / "again.csv").read_bytes() == spelled([ROW | {"notes": words}], encoding=encoding)


def test_columns_are_found_by_name_and_others_kept_as_text(tmp_path):
    shuffled = {name.upper(): ROW[name] for name in sorted(ROW, reverse=True)} | {"mine": "007"}
    frame = read_acled(saved(tmp_path, spelled([shuffled]))).to_polars()
    assert frame["fatalities"].to_list() == [3] and frame["mine"].to_list() == ["007"]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda file: pickle.loads(pickle.dumps(file))])
def test_a_copy_outlives_the_file_that_was_read(tmp_path, again):
    file = read_acled(saved(tmp_path, spelled([ROW, ROW | {"fatalities": "x"}])))
    frame, folder = file.to_polars(), file.folder
    copied = again(file)
    assert copied == file and copied.findings
    del file
    gc.collect()
    assert not folder.exists() and copied.to_polars().equals(frame)


def test_columns_without_a_name_are_read_with_a_warning(tmp_path):
    rows = [{"": str(number), **ROW} for number in (1, 2)]
    path = saved(tmp_path, spelled(rows))
    file = read_acled(path)
    [finding] = file.findings
    assert (finding.file, finding.pointer, finding.code) == (f"{path}:1", "/1", Code.CSV_REPAIRED)
    assert file.to_polars()[file.columns[0]].to_list() == ["1", "2"]
    file.write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


def test_na_is_empty_in_columns_of_numbers_and_days_with_one_warning_a_column(tmp_path):
    rows = [ROW, ROW | {"year": "NA", "notes": "NA"}, ROW | {"year": "NA"}]
    path = saved(tmp_path, spelled(rows))
    file = read_acled(path)
    [finding] = file.findings
    assert (finding.file, finding.pointer, finding.code) == (f"{path}:3", "/year", Code.CSV_REPAIRED)
    assert file.to_polars()["year"].to_list() == [int(ROW["year"]), None, None]
    assert file.to_polars()["notes"].to_list() == [ROW["notes"], "NA", ROW["notes"]]


@pytest.mark.parametrize("column", ["fatalities", "event_date", "latitude"])
def test_na_where_a_cell_must_be_filled_is_an_empty_cell(tmp_path, column):
    [finding] = read_acled(saved(tmp_path, spelled([ROW, ROW | {column: "NA"}]))).findings
    assert (finding.pointer, finding.code) == (f"/{column}", Code.EMPTY_STRING)


def test_frames_have_the_types_of_the_layout(tmp_path):
    file = read_acled(saved(tmp_path, spelled([ROW, ROW | {"actor1": "", "inter1": "Rebel group"}])))
    assert file.to_pandas().dtypes["event_date"] == "datetime64[ns]"
    assert file.to_pandas()["actor1"].isna().tolist() == [False, True]
    assert file.to_arrow().schema.names == list(ROW)


FAULTS = [
    ({"event_date": "2017-02-30"}, "event_date", Code.WRONG_TYPE),
    ({"year": "2016"}, "year", Code.CELL_MISMATCH),
    ({"fatalities": "some"}, "fatalities", Code.WRONG_TYPE),
    ({"fatalities": "12.5"}, "fatalities", Code.WRONG_TYPE),
    ({"fatalities": "-1"}, "fatalities", Code.OUT_OF_RANGE),
    ({"fatalities": ""}, "fatalities", Code.EMPTY_STRING),
    ({"latitude": "95"}, "latitude", Code.OUT_OF_RANGE),
    ({"latitude": "35,95"}, "latitude", Code.WRONG_TYPE),
    ({"inter1": "12"}, "inter1", Code.OUT_OF_RANGE),
]


@pytest.mark.parametrize(("cells", "column", "code"), FAULTS)
def test_a_faulty_cell_is_reported_with_row_column_and_code(tmp_path, cells, column, code):
    path = saved(tmp_path, spelled([ROW, ROW | cells, ROW]))
    [finding] = read_acled(path).findings
    assert (finding.file, finding.pointer, finding.code) == (f"{path}:3", f"/{column}", code)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"best": "4"}, "best", Code.CELL_MISMATCH),
        ({"low": "9"}, "high", Code.ESTIMATES_OUT_OF_ORDER),
        ({"date_end": "2017-06-01"}, "date_end", Code.WINDOW_REVERSED),
        ({"date_end": "2018-01-01"}, "year", Code.CELL_MISMATCH),
        ({"type_of_violence": "3"}, "deaths_b", Code.CELL_MISMATCH),
        ({"type_of_violence": "4"}, "type_of_violence", Code.OUT_OF_RANGE),
    ],
)
def test_the_rules_of_ged_are_checked_and_what_ucdp_admits_is_a_warning(tmp_path, cells, column, code):
    [finding] = read_ged(saved(tmp_path, spelled([GED_ROW | cells]))).findings
    assert (finding.pointer, finding.code) == (f"/{column}", code)
    assert (finding.severity is Severity.WARNING) == (code is Code.ESTIMATES_OUT_OF_ORDER)


def test_at_most_a_thousand_findings_are_reported(tmp_path):
    file = read_acled(saved(tmp_path, spelled([ROW | {"fatalities": "x"}] * (MAX_FINDINGS + 500))))
    assert len(file.findings) == MAX_FINDINGS + 1 and file.n_rows == MAX_FINDINGS + 500


def row_of(**cells):
    return spelled([ROW | cells]).split(b"\n", 1)[1]


def cut(line):
    return line[: line.index(b"Battles")] + b'"Batt\n'


@pytest.mark.parametrize(
    ("edit", "rows", "code", "told"),
    [
        (lambda a, b, c: [a, b[:-1] + b",more\n", c], [3], Code.RAGGED_ROW, f"{len(ROW) + 1} cells"),
        (lambda a, b, c: [a[:-1] + b, c], [2], Code.RAGGED_ROW, f"{2 * len(ROW) - 1} cells"),
        (lambda a, b, c: [a, b[:9] + b"\n", b[9:], c], [3, 4], Code.RAGGED_ROW, "cells"),
        (lambda a, b, c: [a, cut(b), c], [3], Code.CSV_SYNTAX, "cell 4 in line 3"),
        (lambda a, b, c: [a, b, cut(c)], [4], Code.CSV_SYNTAX, "cell 4 in line 4"),
        (lambda a, b, c: [a, b'"' + b, b'"x"y,' + b, c], [3, 4], Code.CSV_SYNTAX, "cell 1 in line"),
    ],
)
def test_a_torn_row_is_one_finding_and_the_wrong_cells_of_others_are_reported_too(tmp_path, edit, rows, code, told):
    whole = [row_of(), row_of(notes="invented"), row_of(notes='a "word",\nor two')]
    edited = edit(*whole)
    path = saved(tmp_path, b"".join([",".join(ROW).encode() + b"\n", *edited, row_of(fatalities="x")]))
    file = read_acled(path)
    *torn, wrong = file.findings
    assert [(finding.file, finding.code) for finding in torn] == [(f"{path}:{row}", code) for row in rows]
    assert all(told in finding.message for finding in torn)
    assert (wrong.file, wrong.pointer) == (f"{path}:{len(edited) + 2}", "/fatalities")
    with pytest.raises(InvalidData):
        file.write(tmp_path / "one.csv", rows=[0])


@effort(0.25)
@given(
    st.lists(st.fixed_dictionaries({"notes": CELLS, "actor1": CELLS}), min_size=1, max_size=5),
    st.lists(st.sampled_from([b"\n", b"\r\n", b"\n\n"]), min_size=6, max_size=6),
)
def test_rows_are_counted_as_they_stand_in_the_file(tmp_path_factory, texts, ends):
    data, number = ",".join(ROW).encode(), 1
    for cells, end in zip([*texts, {"fatalities": "x"}], ends, strict=False):
        data += end + row_of(**cells)[:-1]
        number += end.count(b"\n")
    path = saved(tmp_path_factory.mktemp("file"), data)
    errors = [finding for finding in read_acled(path).findings if finding.severity is Severity.ERROR]
    assert [(each.file, each.pointer) for each in errors] == [(f"{path}:{number}", "/fatalities")]


def test_a_cell_or_a_row_may_be_long_up_to_a_limit(tmp_path):
    long = {"notes": "word " * 50_000}
    file = read_acled(saved(tmp_path, spelled([ROW, ROW | long])))
    assert file.findings == () and file.to_polars()["notes"].to_list()[1] == long["notes"]
    [finding] = read_acled(saved(tmp_path, spelled([ROW, ROW | {"notes": "word " * 500_000}]))).findings
    assert finding.file.endswith(":3") and "bytes" in finding.message
