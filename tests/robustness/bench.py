"""Speed and memory as ratios within one run; exits 1 where a ratio misses its target.

Run it with `python -m tests.robustness.bench`.
"""

from __future__ import annotations

import io
import os
import re
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
_FILES = """
from pathlib import Path
from conflictdata.model import type_of_kind
from conflictdata.resources import records_folder
files = {kind: sorted((records_folder() / f"{kind}s").glob("*.json")) for kind in type_of_kind}
"""
TOUCH = "import conflictdata; [claim.count for event in conflictdata.load().events for claim in event.claims]"
FLOOR = f"""{_FILES}
from pydantic import TypeAdapter
for kind, paths in files.items():
    read = TypeAdapter(type_of_kind[kind]).validate_json
    for path in paths:
        read(path.read_bytes())
"""
FIRST = "2026.11.0"
"""The release with 66 events whose data was carried when the goals were set; the data has grown twelvefold since."""
TOUCH_FIRST = TOUCH.replace("load()", f"load({FIRST!r})")
FLOOR_FIRST = f"""
from pydantic import TypeAdapter
from conflictdata.model import Document
from conflictdata.resources import read_bytes
TypeAdapter(Document).validate_json(read_bytes("releases/{FIRST}/dataset.json"))
"""
PANDAS = f"""{_FILES}
import json, pandas
for paths in files.values():
    pandas.json_normalize([json.loads(path.read_bytes()) for path in paths])
"""
ASK = "from conflictdata.cli import main; main({words!r}, standalone_mode=False)"


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measured ratio and its target, if it has one; `at_least` where more is better."""

    name: str
    value: float
    target: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        if self.target is None:
            return f"     {self.value:8.2f}           {self.name}"
        sign = ">=" if self.at_least else "<="
        return f"{'ok  ' if self.met else 'MISS'} {self.value:8.2f} {sign} {self.target:<6g} {self.name}"


def cpu_seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time of one call, with the programs that it starts."""

    def used() -> float:
        return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))

    start = used()
    work()
    return used() - start


def median(work: Callable[[], object], runs: int = 3) -> float:
    """The median of the processor times of a few calls."""
    return statistics.median(cpu_seconds(work) for _ in range(runs))


# As users run it, each module is compiled once and not in each process.
_COMPILED_ONCE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def process(code: str) -> float:
    """Seconds of processor time of one whole process that runs `code`."""
    command = [sys.executable, "-c", code]
    return cpu_seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_COMPILED_ONCE))


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


def peak_memory() -> int:
    """The peak memory of this process in KiB.

    That of `getrusage` includes the process that started this one.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+([0-9]+)", status)[1])  # type: ignore[index]


def drain(path: Path) -> None:
    """Judge every line of a file and print the peak memory in KiB."""
    with path.open("rb") as stream:
        for _ in validate_lines(stream, "bench"):
            pass
    # Not ru_maxrss, which begins with the memory of the process that started this one.
    sys.stdout.write(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))[0])


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
    yield Ratio("--version, of --help", compared(ASK.format(words=["--version"]), HELP), 1.3)
    for words in (["show", "CD-0003"], ["list"], ["figures"]):
        name = f"conflictdata {' '.join(words)}, of an empty click program"
        yield Ratio(name, compared(ASK.format(words=words), CLICK), 2.5)
        of_first = compared(ASK.format(words=[*words, "--data", FIRST]), CLICK)
        yield Ratio(f"the same with the 66 events of {FIRST}", of_first, 2.5)
    yield Ratio("load() and touching all, of pydantic's import, models and parsing", compared(TOUCH, FLOOR), 0.35)
    yield Ratio(f"the same with the 66 events of {FIRST}", compared(TOUCH_FIRST, FLOOR_FIRST), 0.35)
    yield Ratio("load(), of pandas reading the same JSON", compared(LOAD, PANDAS), 0.5)
    yield Ratio("modules of this package that load() imports", modules(LOAD), 25)
    yield Ratio("modules of this package that `export csv` imports", modules(EXPORT), 65)
    yield Ratio("modules of this package that `validate` imports", modules(VALIDATE), 70)
    yield Ratio(
        "validating with the accelerators, times faster than jsonschema alone", acceleration(), 40, at_least=True
    )
    grown = peak(1_000_000) / peak(100_000)
    yield Ratio("memory of validating 1,000,000 records, of 100,000", grown, 1.005)  # which is 1.00 as printed
    from tests.robustness import bench_release, bench_scale

    yield from bench_scale.ratios()
    yield from (Ratio(*measured) for measured in bench_release.ratios())


if __name__ == "__main__":
    missed = 0
    for ratio in ratios():
        print(ratio, flush=True)  # noqa: T201
        missed += not ratio.met
    sys.exit(missed > 0)
