"""Spark reads the Parquet tables. Run it with

    uv run --extra test --with pyspark --with install-jdk python -m tests.robustness.spark

Spark needs Java 17; where there is none, install-jdk fetches one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from conflictdata.loading import load_bundled
from tests.support.exported import folder_export


def main() -> int:
    """Read events and claims, join them, and prune partitions; the exit status."""
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    if shutil.which("java") is None:
        import jdk  # type: ignore[import-not-found]

        os.environ["JAVA_HOME"] = jdk.install("17")
    records = load_bundled()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder_export("parquet", folder / "plain", records)
        folder_export("parquet", folder / "parts", records, partition_by="year,admin1")
        spark: Any = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
        events = spark.read.parquet(str(folder / "plain" / "events.parquet"))
        claims = spark.read.parquet(str(folder / "plain" / "claims.parquet"))
        parts = spark.read.parquet(str(folder / "parts" / "events"))
        assert events.count() == parts.count() == len(records.events)
        assert claims.join(events, claims.event_id == events.id).count() == len(records.claims)
        assert dict(events.dtypes)["date_start"] == "date" and dict(events.dtypes)["killed_low"] == "bigint"
        chosen = parts.filter("year = 2017")
        assert "PartitionFilters: [isnotnull(year" in chosen._jdf.queryExecution().toString()
        sys.stdout.write(f"{events.count()} events, {chosen.count()} of 2017\n")
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
