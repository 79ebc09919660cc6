"""Speed and memory as ratios within one run; exits 1 where a ratio misses its target.

Run it with `python -m tests.robustness.bench`.
"""

from __future__ import annotations

import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from conflictdata.canonical import dump_line
from conflictdata.formats.json_lines import validate_lines
from conflictdata.loading import load_bundled

RUNS = 15
CLICK = "import click\n@click.group()\ndef main(): 'Empty.'\nmain(['--help'])"
HELP = "from conflictdata.cli import main\nmain(['--help'])"
LOAD = "import conflictdata; conflictdata.load()"
BUNDLED = """
from conflictdata import __version__
from conflictdata.resources import releases_folder
data = (releases_folder() / __version__.partition(".post")[0] / "dataset.json").read_bytes()
"""
FLOOR = f"""{BUNDLED}
from pydantic import TypeAdapter
from conflictdata.model import Document
TypeAdapter(Document).validate_json(data)
"""
PANDAS = f"""{BUNDLED}
import json, pandas
document = json.loads(data)
for kind in ("sources", "actors", "places", "events"):
    pandas.json_normalize(document[kind])
"""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measured ratio and its target; `at_least` where more is better."""

    name: str
    value: float
    target: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        return f"{'ok  ' if self.met else 'MISS'} {self.value:8.2f} {sign} {self.target:<6g} {self.name}"


def process(code: str) -> float:
    """Seconds of one whole process that runs `code`."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compared(ours: str, theirs: str) -> float:
    """The median of the ratios of whole processes run in turn, after one of each that is not counted."""
    process(ours), process(theirs)
    return statistics.median(process(ours) / process(theirs) for _ in range(RUNS))


def lines(count: int) -> Iterator[bytes]:
    """So many of the dataset's events as JSON Lines, each under an id of its own."""
    events = [event.to_object() for event in load_bundled().events]
    for number in range(count):
        yield dump_line({**events[number % len(events)], "id": f"CD-{1000000 + number}"})


def seconds(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def judged(content: bytes, *, fast: bool) -> list[str]:
    """What the whole way says of JSON Lines."""
    return [str(finding) for finding in validate_lines(io.BytesIO(content), "bench", fast=fast)]


def acceleration() -> float:
    """How many times faster the whole way is with the accelerators than with jsonschema alone."""
    many, few = b"".join(lines(10_000)), b"".join(lines(300))
    assert judged(few, fast=True) == judged(few, fast=False)
    return (seconds(lambda: judged(few, fast=False)) / 300) / (seconds(lambda: judged(many, fast=True)) / 10_000)


def peak(count: int) -> int:
    """The peak memory in KiB of a process of its own that judges so many records from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        with path.open("wb") as file:
            file.writelines(lines(count))
        code = f"from pathlib import Path; from tests.robustness.bench import drain; drain(Path({str(path)!r}))"
        return int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)


def drain(path: Path) -> None:
    """Judge every line of a file and print the peak memory in KiB."""
    with path.open("rb") as stream:
        for _ in validate_lines(stream, "bench"):
            pass
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


EXPORT = "from conflictdata.cli import main; main(['export', 'csv'])"
VALIDATE = "from conflictdata.cli import main; main(['validate'])"


def modules(code: str) -> int:
    """How many modules of this package a process imports, by `python -X importtime`."""
    command = [sys.executable, "-X", "importtime", "-c", code]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return sum(line.rpartition("|")[2].strip().startswith("conflictdata") for line in told.splitlines())


def ratios() -> Iterator[Ratio]:
    """Every ratio that the project promises."""
    yield Ratio("import conflictdata, of a bare interpreter", compared("import conflictdata", "pass"), 1.2)
    yield Ratio("conflictdata --help, of an empty click program", compared(HELP, CLICK), 1.3)
    yield Ratio("load(), of importing pydantic, building the models and parsing", compared(LOAD, FLOOR), 1.3)
    yield Ratio("load(), of pandas reading the same JSON", compared(LOAD, PANDAS), 0.5)
    yield Ratio("modules of this package that load() imports", modules(LOAD), 25)
    yield Ratio("modules of this package that `export csv` imports", modules(EXPORT), 65)
    yield Ratio("modules of this package that `validate` imports", modules(VALIDATE), 70)
    yield Ratio(
        "validating with the accelerators, times faster than jsonschema alone", acceleration(), 10, at_least=True
    )
    yield Ratio("memory of validating 1,000,000 records, of 100,000", peak(1_000_000) / peak(100_000), 1.1)
    from tests.robustness import bench_release

    yield from (Ratio(*measured) for measured in bench_release.ratios())


if __name__ == "__main__":
    missed = 0
    for ratio in ratios():
        print(ratio, flush=True)  # noqa: T201
        missed += not ratio.met
    sys.exit(missed > 0)
