"""Writes datasets of hostile text in each lossless format, and reads them back.

Run it with `python -m tests.robustness.roundtrips`.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from itertools import repeat
from multiprocessing import cpu_count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

import conflictdata
from conflictdata.formats.registry import FORMATS
from conflictdata.model import Records
from tests.support.calling import write_records
from tests.support.draw.records import datasets
from tests.support.exported import records_of

CHUNK = 25
"""Datasets that share a random seed, so that a run does not depend on how it is shared out."""


def ways(whole: Records, home: Path) -> Iterator[tuple[str, Path]]:
    """Every lossless way to write the records, by name, and where they stand then."""
    (home / "dataset.json").write_bytes(b"".join(FORMATS["json"].content(whole, None)))
    yield "json", home / "dataset.json"
    for name, options in (("tables", {}), ("tables, spreadsheet-safe", {"spreadsheet_safe": True})):
        folder = home / name
        folder.mkdir()
        for file, content in FORMATS["tables"].contents(whole, None, **options):
            (folder / file).write_bytes(b"".join(content))
        yield name, folder
    if whole.release is None:  # a folder of records is the next release in the making, and no release
        write_records(home / "records", whole)
        yield "records", home / "records"


def lost(whole: Records) -> list[str]:
    """The ways by which the records do not come back equal, member for member and in order."""
    with tempfile.TemporaryDirectory() as home:
        return [
            name
            for name, path in ways(whole, Path(home))
            if _spelled(conflictdata.load(path).records) != _spelled(whole)
        ]


def _spelled(whole: Records) -> str:
    tables = (whole.sources, whole.actors, whole.places, whole.events)
    release = whole.release and whole.release.to_object()
    return json.dumps([release, *([record.to_object() for record in table] for table in tables)])


def taken(run: int, chunk: int, size: int) -> collections.Counter[str]:
    """What became of `size` datasets; one that does not come back equal is counted by its text."""
    seen: collections.Counter[str] = collections.Counter()

    @seed(f"{run} {chunk}")
    @settings(
        max_examples=size,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(datasets())
    def take(document: dict[str, Any]) -> None:
        whole = records_of(document)
        seen["datasets"] += 1
        seen["records"] += sum(len(table) for table in (whole.sources, whole.actors, whole.places, whole.events))
        for name in lost(whole):
            seen.update(["lost", f"{name}: {json.dumps(document)}"])

    take()
    return seen


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.roundtrips", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="how many datasets (300)")
    parser.add_argument("--seed", type=int, default=2026, help="the run; the same seed gives the same datasets (2026)")
    parser.add_argument("--jobs", type=int, default=cpu_count(), help="processes (one for each processor)")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    chunks = range(-(-options.count // CHUNK))
    sizes = [min(CHUNK, options.count - chunk * CHUNK) for chunk in chunks]
    seen: collections.Counter[str] = collections.Counter()
    with ProcessPoolExecutor(options.jobs) if options.jobs > 1 else nullcontext() as pool:
        for part in (pool.map if pool else map)(taken, repeat(options.seed), chunks, sizes):
            seen += part
    sys.stdout.write(
        f"{seen['datasets']} datasets of {seen['records']} records, seed {options.seed}, each written and read back as"
        f" json, tables, spreadsheet-safe tables and, if of no release, a folder of records: {seen['lost']} lost"
        f" ({time.monotonic() - started:.0f} s)\n"
    )
    for what in sorted(set(seen) - {"datasets", "records", "lost"}):
        sys.stdout.write(f"{what}\n")
    return 1 if seen["lost"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
