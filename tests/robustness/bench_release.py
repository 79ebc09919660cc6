"""Releases in the benchmark: building, verifying and comparing, each against the least that could be done.

`python -m tests.robustness.bench_release 1000` measures building alone, at so many events.
"""

from __future__ import annotations

import gc
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from conflictdata.atomic_folders import write_folder
from conflictdata.canonical import dump_line
from conflictdata.formats.acled.writer import ACLED
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_report import skip_report
from conflictdata.loading import load_bundled, load_path
from conflictdata.model import Event, Records
from conflictdata.publishing.diff import changes_between
from conflictdata.publishing.release_files import EXPORTS
from conflictdata.publishing.verify import verify
from tests.robustness.bench import Ratio, cpu_seconds, median, seconds
from tests.robustness.bench_scale import many as small_events
from tests.support.calling import write_records
from tests.support.releases import FIRST, first_of

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
    files = {path: b"".join(form.content(records)) for path, form in EXPORTS.items()}
    files["skipped.csv"] = b"".join(skip_report(ACLED.skips(records)))
    files |= {f"tables/{name}": b"".join(chunks) for name, chunks in FORMATS["tables"].contents(records)}
    write_folder(folder, files, replace=False)


def building(count: int) -> Iterator[tuple[str, float, float]]:
    """Building a release of so many events, and verifying it by building it again."""
    with tempfile.TemporaryDirectory() as folder:
        home, records = Path(folder), Path(folder) / "records"
        write_records(records, small_events(count))
        runs = range(3 if count <= SMALL else 1)

        def build(run: int) -> float:
            return cpu_seconds(lambda: first_of(records, home / f"out-{run}"))

        def files(run: int) -> float:
            held = load_path(records)
            return cpu_seconds(lambda: exported(held, home / f"files-{run}"))

        pairs = [(build(run), files(run)) for run in runs]
        built, written = (statistics.median(each) for each in zip(*pairs, strict=True))
        again = median(lambda: verify(home / "out-0" / FIRST, rebuild=True), len(runs))
        yield f"building a release of {count:,} events, of writing the same files", built / written, 2.5
        yield f"verifying it by building it again, of building it, {count:,} events", again / built, 1.2
        peaks = [
            int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
            for code in (_BUILD.format(str(records), str(home / "memory")), _HOLD.format(str(records)))
        ]
        yield f"peak memory of building it, of holding its dataset, {count:,} events", peaks[0] / peaks[1], 1.5


# Without the other helpers of the tests, whose imports take 20 MB.
_BUILD = """
import datetime as dt
from pathlib import Path
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing import build, history_check
from tests.robustness.bench import peak_memory
records, into = Path({!r}), Path({!r})
history_check.releases_folder = lambda: into / "none"
build.build("2091.11.0", dt.date(2026, 11, 20), ReleaseStage.FINAL, into, records=records, first=True)
print(peak_memory())
"""
_HOLD = (
    "import conflictdata; from tests.robustness.bench import peak_memory; held = conflictdata.load({!r});"
    " print(peak_memory())"
)


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
    for count in (1000, LARGE):
        yield from building(count)
    with tempfile.TemporaryDirectory() as folder:
        yield "verifying a release, of sha256sum and parsing its JSON files once", verifying(Path(folder)), 10
    small, large = comparing(SMALL), comparing(LARGE)
    yield f"comparing {LARGE:,} events, for each event, of comparing {SMALL:,}", large / small, 1.5


if __name__ == "__main__":
    for measured in building(int(sys.argv[1])):
        print(Ratio(*measured), flush=True)  # noqa: T201
