"""Releases in the benchmark: building, verifying and comparing, each against the least that could be done."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from conflictdata.atomic import write_folder
from conflictdata.canonical import dump_line
from conflictdata.formats.acled.writer import ACLED
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_report import skip_report
from conflictdata.loading import load_bundled
from conflictdata.model import Event, Records
from conflictdata.publishing.diff import changes_between
from conflictdata.publishing.verify import verify
from tests.robustness.bench import seconds
from tests.support.calling import write_records
from tests.support.releases import first_of

SMALL, LARGE = 20_000, 100_000


def many(count: int) -> Records:
    """The dataset with its events repeated under other ids until there are at least so many."""
    base = load_bundled()
    lines = [dump_line(event.to_object()).decode() for event in base.events]
    copies = range(1_000_000, 1_000_000 + 1000 * -(-count // len(lines)), 1000)
    events = [Event.from_object(json.loads(_under_other_ids(line, at))) for at in copies for line in lines]
    return Records.of(base.sources, base.actors, base.places, events)


def _under_other_ids(line: str, at: int) -> str:
    return re.sub(r"CD-0*([0-9]+)", lambda found: f"CD-{at + int(found[1])}", line)


def exported(records: Records, folder: Path) -> None:
    """Write what a release derives from the records, and nothing more."""
    files = {
        f"{name}{form.extension}": b"".join(form.content(records))
        for name, form in FORMATS.items()
        if hasattr(form, "extension")
    }
    files["skipped.csv"] = b"".join(skip_report(ACLED.skips(records)))
    files |= {f"tables/{name}": b"".join(chunks) for name, chunks in FORMATS["tables"].contents(records)}
    write_folder(folder, files, replace=False)


def building(home: Path) -> float:
    """How many times longer building a release takes than loading the records and writing the same files."""
    records = home / "records"
    write_records(records, load_bundled())
    ours = min(
        seconds(lambda: first_of(records, home / f"out-{run}"))  # noqa: B023
        for run in range(5)
    )
    files = min(seconds(lambda: exported(load_bundled(), home / f"files-{run}")) for run in range(5))  # noqa: B023
    return ours / files


def verifying(home: Path) -> float:
    """How many times longer verifying a large release takes than `sha256sum` and parsing each of its JSON files."""
    records = home / "many"
    write_records(records, many(5000))
    release = first_of(records, home / "large").folder
    texts = [path.read_bytes() for path in release.rglob("*.json")]
    texts += (release / "events.jsonl").read_bytes().splitlines()

    def summed_and_parsed() -> None:
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=release, check=True)
        for text in texts:
            json.loads(text)

    verify(release)
    ours, least = (min(seconds(work) for _ in range(5)) for work in (lambda: verify(release), summed_and_parsed))
    return ours / least


def comparing(count: int) -> float:
    """Seconds for comparing two states of so many events, of which a tenth differ, for each thousand events."""
    old, new = many(count), many(count)
    changed = [
        replace(event, title="Another title") if number % 10 == 0 else event for number, event in enumerate(new.events)
    ]
    new = Records.of(new.sources, new.actors, new.places, changed)
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    found = sum(1 for _ in changes_between(old, new))
    taken = time.perf_counter() - start
    gc.unfreeze()
    assert found == -(-len(old.events) // 10)
    return taken / len(old.events) * 1000


def ratios() -> Iterator[tuple[str, float, float]]:
    """What is measured, the ratio, and what it may be at most."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        yield "building a release, of writing the same files alone", building(home), 3
        yield "verifying a release, of sha256sum and parsing its JSON files once", verifying(home), 10
    small, large = comparing(SMALL), comparing(LARGE)
    yield f"comparing {LARGE:,} events, for each event, of comparing {SMALL:,}", large / small, 1.5
