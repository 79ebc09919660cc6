"""What users open the exports with: pandas and DuckDB read every row and every type of it, with plain options."""

from __future__ import annotations

import duckdb
import pandas
import pytest

from conflictdata.tables.events import EVENTS
from tests.support.exported import folder_of, rows, written


@pytest.fixture
def files(tmp_path, whole):
    """The flat CSV and the ACLED layout on disk."""
    for name in ("csv", "acled", "json", "jsonl"):
        (tmp_path / f"events.{name}").write_bytes(written(name, whole))
    return tmp_path


def test_pandas_reads_the_flat_csv(files, whole):
    frame = pandas.read_csv(files / "events.csv", parse_dates=["date_earliest", "date_latest"])
    assert list(frame.columns) == [column.name for column in EVENTS.columns]
    assert list(frame["id"]) == [event.id for event in whole.events if event.withdrawn is None]
    assert pandas.api.types.is_datetime64_any_dtype(frame["date_earliest"])
    for number in ("latitude", "longitude", "killed_low", "killed_high", "n_claims", "n_origins"):
        assert pandas.api.types.is_numeric_dtype(frame[number])


def test_pandas_reads_the_acled_layout(files, whole):
    frame = pandas.read_csv(files / "events.acled", parse_dates=["event_date"])
    assert list(frame["event_id_cnty"]) == [row["event_id_cnty"] for row in rows(written("acled", whole))]
    assert frame["fatalities"].dtype == frame["iso"].dtype == frame["year"].dtype == "int64"
    assert (frame["event_date"].dt.year == frame["year"]).all()
    assert frame["latitude"].between(-90, 90).all() and frame["longitude"].between(-180, 180).all()


def test_pandas_reads_the_events_as_lines(files, whole):
    frame = pandas.read_json(files / "events.jsonl", lines=True)
    assert list(frame["id"]) == list(whole.events.ids())


def test_duckdb_reads_the_flat_csv(files, whole):
    read = duckdb.sql(f"select id, date_earliest, title from read_csv('{files}/events.csv')")
    assert [str(kind) for kind in read.types] == ["VARCHAR", "DATE", "VARCHAR"]
    expected = [(e.id, e.when.first, e.title) for e in whole.events if e.withdrawn is None]
    assert read.fetchall() == expected


def test_duckdb_reads_the_acled_layout(files, whole):
    read = duckdb.sql(f"select event_id_cnty, fatalities, notes from read_csv('{files}/events.acled', header=true)")
    expected = [(r["event_id_cnty"], int(r["fatalities"]), r["notes"]) for r in rows(written("acled", whole))]
    assert read.fetchall() == expected


def test_duckdb_joins_the_tables_by_their_keys(tmp_path, whole):
    folder = folder_of(tmp_path / "tables", whole)
    [(joined, claims, evidence)] = duckdb.sql(
        f"""
        select count(distinct c.id), (select count(*) from read_csv('{folder}/claims.csv', header=true)), count(e.id)
        from read_csv('{folder}/claims.csv', header=true) c
        join read_csv('{folder}/events.csv', header=true) v on v.id = c.event_id
        join read_csv('{folder}/evidence.csv', header=true) e on e.claim_id = c.id
        join read_csv('{folder}/sources.csv', header=true) s on s.id = e.source_id
        """
    ).fetchall()
    assert joined == claims == len(whole.claims)
    assert evidence == sum(len(placed.claim.evidence) for placed in whole.claims)


def test_duckdb_reads_the_whole_document(files, whole):
    [(events,)] = duckdb.sql(f"select len(events) from read_json('{files}/events.json')").fetchall()
    assert events == len(whole.events)
