"""The README's examples for data larger than memory, run on two local workers each. Run it with

    uv run --extra test --with "dask[dataframe]" --with pyspark --with install-jdk python -m tests.engines

Spark needs Java 17; where there is none, install-jdk fetches one.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow

from conflictdata.formats.json_lines_folder import validate_line_files
from conflictdata.loading import load_bundled
from conflictdata.tables.events import EVENTS as TABLE
from conflictdata.tables.gathering import gathered
from tests.integration.readme import README
from tests.robustness.bench import lines
from tests.support.exported import folder_export

EVENTS = 3000


def main() -> int:
    """Run each block of the README's section; the exit status."""
    section = README.read_text(encoding="utf-8").split("## Larger than memory\n")[1].split("\n## ")[0]
    reading, check, with_dask, with_spark = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    records = load_bundled()
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "events.jsonl"
        folder_export("parquet", folder, records, partition_by="year,admin1")
        file.write_bytes(b"".join(damaged()))
        engines = {"duckdb": duckdb, "polars": polars, "pandas": pandas, "pyarrow": pyarrow, **started()}
        expected = sorted(
            (each.file, each.pointer, str(each.code), each.message) for each in validate_line_files([file], "folder")
        )
        scope: dict[str, Any] = {**engines, "folder": str(folder), "file": str(file)}
        exec(check, scope)
        for engine, code in (("dask", with_dask), ("spark", with_spark)):
            exec(code.replace("64MB", "1MB"), scope)  # so that there are several parts
            found = sorted(scope["findings"].itertuples(index=False, name=None))
            assert found == expected, (engine, len(found), len(expected))
            parts = in_parts(scope["lines"])
            assert parts > 1, engine
            sys.stdout.write(f"{engine}: {len(found)} findings, as one process, in {parts} parts\n")
        days = next(cells for column, cells in gathered(records, TABLE) if column.name == "date_best")
        wanted = sum(day is not None and day.year == 2017 for day in days)
        for line in reading.splitlines():
            if line.startswith("keys = "):
                exec(line, scope)
                continue
            rows = len(eval(line, scope))
            assert rows == wanted, (line, rows, wanted)
            sys.stdout.write(f"{line.partition('.')[0]}: {rows} events of 2017\n")
        chosen = scope["spark"].read.parquet(f"{folder}/events").filter("year = 2017")
        assert "PartitionFilters: [isnotnull(year" in chosen._jdf.queryExecution().toString()
        scope["spark"].stop()
    return 0


def started() -> dict[str, Any]:
    """Dask and Spark with two local workers each."""
    import dask  # type: ignore[import-not-found]
    import dask.bag  # type: ignore[import-not-found]
    import dask.dataframe  # type: ignore[import-not-found]
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    if shutil.which("java") is None:
        import jdk  # type: ignore[import-not-found]

        os.environ["JAVA_HOME"] = jdk.install("17")
    dask.config.set(scheduler="processes", num_workers=2)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    return {"dask": dask, "spark": spark}


def damaged() -> Iterator[bytes]:
    """Events as JSON Lines, of which each hundredth lacks its claims."""
    for number, line in enumerate(lines(EVENTS)):
        yield line if number % 100 else line.replace(b'"claims"', b'"claim"', 1)


def in_parts(lines: Any) -> int:
    """Into how many partitions an engine has divided lines."""
    return lines.rdd.getNumPartitions() if hasattr(lines, "rdd") else lines.npartitions


if __name__ == "__main__":
    sys.exit(main())
