"""Speed of the export formats and of reading other people's files, as ratios within one run, of 100,000 events.

Run it with `python -m tests.robustness.bench_formats`. It needs ogr2ogr, which Debian has in its package gdal-bin.
What is timed is the writing: the rows of the tables are there before, for both sides. Times are processor time, so that
what else the machine does is left out. Exits 1 where a ratio is missed.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import sqlite_utils

from conflictdata.formats.acled.layout_columns import columns as acled_columns
from conflictdata.formats.csv_writer import MINIMAL, csv_line
from conflictdata.formats.geojson import features
from conflictdata.formats.parquet.geo import with_points
from conflictdata.formats.parquet.writer import parquet_bytes
from conflictdata.formats.sqlite.database import fill
from conflictdata.loading import load_bundled
from conflictdata.tables.columns import Value
from conflictdata.tables.dataframes import arrow_table
from conflictdata.tables.registry import LAYOUTS, TABLES, table_rows
from conflictdata.text import spell_cell
from tests.robustness.bench import Ratio, cpu_seconds

EVENTS = 100_000
ACLED_ROWS = 1_000_000
RUNS = 3
MEMORY = "512MB"

Row = tuple[Value, ...]


def event_rows(count: int = EVENTS) -> list[Row]:
    """So many rows of the table of events, made of those of the dataset, each with an id and a point of its own."""
    return _grown("events", count)


def tables(count: int = EVENTS) -> dict[str, list[Row]]:
    """Every table, with so many events and claims; the other tables as they are."""
    records = load_bundled()
    grown = {"events": _grown("events", count), "claims": _grown("claims", count)}
    return {name: list(table_rows(records, name)) for name in TABLES} | grown


def _grown(table: str, count: int) -> list[Row]:
    rows = list(table_rows(load_bundled(), table))
    names = [column.name for column in TABLES[table]]
    key, chance = names.index("id"), random.Random(2026)
    moved = [n for n, name in enumerate(names) if name in ("latitude", "longitude")]
    made = []
    for number in range(count):
        row = list(rows[number % len(rows)])
        row[key] = f"CD-{1_000_000 + number}" if table == "events" else f"CD-{1_000_000 + number % EVENTS}#c{number}"
        for at in moved:
            if row[at] is not None:
                row[at] = round(float(row[at]) + chance.uniform(-0.5, 0.5), 5)  # type: ignore[arg-type]
        made.append(tuple(row))
    return made


def least(work: Callable[[], object]) -> float:
    """The median of a few times."""
    return statistics.median(cpu_seconds(work) for _ in range(RUNS))


def geojson_lines(folder: Path) -> Ratio:
    """Features a line, of GDAL's from the same table as CSV."""
    rows = event_rows()
    table = folder / "events.csv"
    with table.open("wb") as out:
        out.write(csv_line(column.name for column in TABLES["events"]))
        out.writelines(csv_line(map(spell_cell, row), MINIMAL) for row in rows)
    target = folder / "events.geojsonl"

    def ours() -> None:
        with target.open("wb") as out:
            out.writelines(feature + b"\n" for feature in features(rows))

    def theirs() -> None:
        (folder / "ogr.geojsonl").unlink(missing_ok=True)
        subprocess.run(
            ["ogr2ogr", "-f", "GeoJSONSeq", folder / "ogr.geojsonl", table,
             "-oo", "X_POSSIBLE_NAMES=longitude", "-oo", "Y_POSSIBLE_NAMES=latitude", "-oo", "AUTODETECT_TYPE=YES"],
            check=True, capture_output=True,
        )  # fmt: skip

    return Ratio("geojsonl, times faster than ogr2ogr from the CSV", least(theirs) / least(ours), 4, at_least=True)


def parquet(folder: Path) -> Ratio:
    """Parquet files of events and claims, of DuckDB's COPY of the same Arrow tables."""
    grown = tables()
    held = {name: arrow_table(name, rows) for name, rows in grown.items()}
    connection = duckdb.connect()
    for name, table in held.items():
        connection.register(name, table)

    def ours() -> None:
        for name, table in held.items():
            located = with_points(table) if name in ("events", "places") else table
            (folder / f"{name}.parquet").write_bytes(parquet_bytes(located))

    def theirs() -> None:
        for name in held:
            connection.execute(f"COPY {name} TO '{folder}/{name}.duckdb.parquet' (FORMAT parquet, COMPRESSION zstd)")

    return Ratio("parquet, of DuckDB's COPY of the same tables", least(ours) / least(theirs), 1.5)


def sqlite(folder: Path) -> Ratio:
    """The database of all tables, keys, indexes and search included, of sqlite-utils' insert of the same rows alone."""
    grown = tables()

    def ours() -> None:
        (folder / "ours.db").unlink(missing_ok=True)
        fill(folder / "ours.db", grown, {})

    def theirs() -> None:
        (folder / "theirs.db").unlink(missing_ok=True)
        database = sqlite_utils.Database(folder / "theirs.db")
        for name, rows in grown.items():
            names = [column.name for column in LAYOUTS[name].columns]
            database[name].insert_all(  # type: ignore[union-attr]
                (dict(zip(names, map(_plain, row), strict=True)) for row in rows), batch_size=1000
            )

    return Ratio("sqlite, of sqlite-utils' insert of the same rows", least(ours) / least(theirs), 1.5)


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else str(value) if isinstance(value, str) else value


def acled_file(path: Path, count: int = ACLED_ROWS) -> None:
    """A file of invented rows in the ACLED column layout."""
    chance = random.Random(2026)
    start = dt.date(2014, 1, 1)
    words = ["clashed", "shelled", "north", "of", "the", "town", "near", "a", "village", "reportedly", "forces", "on"]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(column.name for column in acled_columns())
        for number in range(count):
            day = start + dt.timedelta(days=number % 1460)
            row: list[object] = [f"SYR{number}", day, day.year, 1, "Political violence", "Battles", "Armed clash"]
            row += [
                "Northern Brigade",
                "",
                "Rebel group",
                "Southern Front",
                "",
                "Rebel group",
                "Rebel group-Rebel group",
            ]
            row += ["", 760, "Middle East", "Syria", "Province", "District", "", f"Place {number % 977}"]
            row += [f"{chance.uniform(32, 37):.4f}", f"{chance.uniform(35, 42):.4f}", 1, "Invented Wire", "National"]
            row += [" ".join(chance.choices(words, k=25)), number % 7, "", 1_700_000_000]
            writer.writerow(row)


_PEAK = """
def peak():
    # Not ru_maxrss, which begins with the memory of the process that started this one.
    return next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
"""

_OURS = f"""{_PEAK}
import sys, time
from pathlib import Path
import conflictdata
start = time.process_time()
file = conflictdata.read_acled(sys.argv[1])
assert file.n_rows == int(sys.argv[2]) and not file.findings, file
print(time.process_time() - start, peak())
"""

_THEIRS = f"""{_PEAK}
import sys, time
import duckdb
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
connection.execute("SET memory_limit = '{MEMORY}'")
start = time.process_time()
connection.execute(f"COPY (FROM read_csv('{{sys.argv[1]}}', header = true)) TO '{{sys.argv[1]}}.parquet'")
print(time.process_time() - start, peak())
"""


def reading(folder: Path) -> Iterator[Ratio]:
    """An ACLED file of a million rows read and checked, of DuckDB's COPY to Parquet without a check; and the memory."""
    path = folder / "acled.csv"
    acled_file(path)

    def run(program: str) -> tuple[float, int]:
        words = [sys.executable, "-c", program, str(path), str(ACLED_ROWS)]
        taken, peak = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
        return float(taken), int(peak)

    pairs = [(run(_OURS), run(_THEIRS)) for _ in range(RUNS)]
    ratio = statistics.median(ours[0] / theirs[0] for ours, theirs in pairs)
    yield Ratio("reading 1,000,000 rows with validation, of DuckDB's COPY to Parquet", ratio, 1.3)
    yield Ratio("MiB at the peak of that reading", max(ours[1] for ours, _ in pairs) / 1024, 512)


def ratios() -> Iterator[Ratio]:
    """Every ratio that is promised of formats."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield geojson_lines(folder)
        yield parquet(folder)
        yield sqlite(folder)
        yield from reading(folder)


if __name__ == "__main__":
    missed = 0
    for ratio in ratios():
        print(ratio, flush=True)  # noqa: T201
        missed += not ratio.met
    sys.exit(missed > 0)
