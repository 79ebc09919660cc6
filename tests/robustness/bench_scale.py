"""Speed and memory at many events, as ratios within one run; part of `python -m tests.robustness.bench`.

`python -m tests.robustness.bench_scale 10000` measures these rows alone, at so many events.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import polars as pl

import conflictdata
from conflictdata.analysis.contradictions import disputed
from conflictdata.analysis.grades import grade
from conflictdata.analysis.origins import origins
from conflictdata.analysis.violence_type import violence_type
from conflictdata.canonical.dump import lay_out
from conflictdata.collector_pause import collector_paused
from conflictdata.formats.json_document import document
from conflictdata.formats.json_lines import validate_lines
from conflictdata.formats.registry import FORMATS
from conflictdata.loading import load_bundled, load_trusted
from conflictdata.model import Event, Records
from conflictdata.schema.documents import library
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.gathering import gathered
from conflictdata.tables.registry import LAYOUTS
from conflictdata.validate_path import validate_path
from tests.robustness.bench import Ratio, cpu_seconds, median

EVENTS, FEW = 100_000, 1000
_HELD = "from tests.robustness.bench_scale import memory_of; print(memory_of({count}))"


def objects(count: int) -> Iterator[dict[str, Any]]:
    """So many events made of those of the dataset, each under an id of its own, with three or four claims."""
    base = [event.to_object() for event in load_bundled().events]
    for number in range(count):
        event = dict(base[number % len(base)], id=f"CD-{1_000_000 + number}")
        event["claims"] = [_alone(claim) for claim in event["claims"][: 3 + number % 2]]
        for name in ("part_of", "distinct_from", "external_ids", "withdrawn"):
            event.pop(name, None)
        if "participants" in event:
            event["participants"] = [_without(each, "claims") for each in event["participants"]]
        yield event


def even(count: int) -> int:
    """About so many events, as a multiple of those of the dataset.

    Any other number has some of them once more than the others, and so another share of disputes, counts and control.
    """
    whole = len(load_bundled().events)
    return max(1, round(count / whole)) * whole


def _alone(claim: dict[str, Any]) -> dict[str, Any]:
    """The claim without what it says of other claims."""
    kept = _without(claim, "conflicts_with")
    if "count" in kept:
        kept["count"] = _without(kept["count"], "includes")
    return kept


def _without(members: dict[str, Any], left_out: str) -> dict[str, Any]:
    return {name: value for name, value in members.items() if name != left_out}


@collector_paused()
def many(count: int) -> Records:
    """A dataset of so many events."""
    base = load_bundled()
    return Records.of(base.sources, base.actors, base.places, map(Event.from_object, objects(count)))


def memory_of(count: int) -> int:
    """Bytes of memory that a process needs to hold a dataset of so many events, read line by line."""
    lines = [orjson.dumps(event) for event in objects(FEW)]
    page, status = os.sysconf("SC_PAGE_SIZE"), Path("/proc/self/statm")
    before = int(status.read_text().split()[1])
    with collector_paused():
        held = [Event.from_object(orjson.loads(lines[number % FEW])) for number in range(count)]
    return (int(status.read_text().split()[1]) - before) * page // len(held)


Question = Callable[[conflictdata.Dataset], object]


_PASSED = bytes(range(256)) * (1 << 19)
"""What is passed before an answer is timed, so that it begins with empty processor caches.

Making the copies of many events has emptied them already, and those of a thousand events fit into them.
"""


def fresh(records: Records, asked: Question) -> float:
    """Seconds of an answer, the median of three datasets that were asked nothing before."""

    def once() -> float:
        dataset = conflictdata.Dataset(replace(records))
        gc.freeze()  # its events are copies
        _PASSED.count(1)
        return cpu_seconds(lambda: asked(dataset))

    return statistics.median(once() for _ in range(3))


def first_answer(records: Records) -> float:
    """Seconds of the first answers about one event."""
    event = records.events[len(records.events) // 2].id
    return fresh(records, lambda of: (of.grade(event), of.origins(event), of.sentence(event), of.disputes(event)))


OVER_ALL: dict[str, Question] = {
    "figures": lambda dataset: dataset.figures(),
    "disputes": lambda dataset: dataset.disputes(),
    "control": lambda dataset: dataset.control_series("syria"),
    "capture matrix": lambda dataset: dataset.capture_matrix(),
    "timeline": lambda dataset: dataset.timeline("islamic-state"),
}
"""Questions about all events."""


def trusted(count: int) -> Iterator[Ratio]:
    """Opening a document that is known to be valid; its records are made when they are asked for, or all of them."""
    lines = [orjson.dumps(event) for event in objects(count)]
    whole = b"".join(document(many(count)))

    def parsed() -> None:
        for line in lines:
            orjson.loads(line)

    def opened() -> None:
        with collector_paused(loads=True):
            load_trusted(whole, "dataset.json")

    def made() -> None:
        with collector_paused(loads=True):
            list(load_trusted(whole, "dataset.json").events)

    parsing = median(parsed)
    yield Ratio(f"opening {count:,} events, of orjson parsing them one by one", median(opened) / parsing, 3)
    yield Ratio(f"opening {count:,} events and making each record, of the same", median(made) / parsing)


def validated(count: int, folder: Path) -> Iterator[Ratio]:
    """Validating a document and a folder, and lines, each with the accelerators."""
    records = many(count)
    lines = b"".join(FORMATS["jsonl"].content(records))  # type: ignore[attr-defined]
    path = folder / "dataset.json"
    path.write_bytes(b"".join(document(records)))
    for name in ("sources", "actors", "places", "events"):
        (folder / "records" / name).mkdir(parents=True)
        for record in getattr(records, name):
            (folder / "records" / name / f"{record.id}.json").write_bytes(lay_out(record.to_object()))
    del records
    gc.collect()
    by_lines = median(lambda: list(validate_lines(BytesIO(lines), "bench")))
    as_document, as_folder = (median(lambda: validate_path(each)) for each in (path, folder / "records"))  # noqa: B023
    yield Ratio("validating a document, of the same records as JSON Lines", as_document / by_lines, 2)
    yield Ratio("validating a folder, of the same records as JSON Lines", as_folder / by_lines, 4)
    judge = jsonschema_rs.Draft202012Validator({"$ref": "#/$defs/event", "$defs": library()}, validate_formats=True)

    def least() -> None:
        for line in lines.splitlines():
            event = orjson.loads(line)
            assert orjson.dumps(event) == line
            assert judge.is_valid(event)

    least_time = median(least)
    yield Ratio("validating JSON Lines, of orjson, a round trip and jsonschema-rs", by_lines / least_time, 2)


def framed(records: Records) -> Iterator[Ratio]:
    """Data frames of the tables that grow with the events, the first one and those from columns that are kept, and CSV.

    The first frame of a table also pays for the answers in it, such as the number killed in each event.
    """
    dataset = conflictdata.Dataset(records)
    for name in ("events", "participants", "claims", "evidence"):
        ready = [(column.name, cells) for column, cells in gathered(records, LAYOUTS[name])]
        types = dataset.to_polars(name).schema
        made = median(lambda: pl.DataFrame([pl.Series(key, cells, types[key]) for key, cells in ready]))  # noqa: B023
        for way in ("to_polars", "to_pandas", "to_arrow"):
            ours = median(lambda: getattr(dataset, way)(name))  # noqa: B023
            yield Ratio(f"{way} of {name}, columns kept, of polars from ready columns", ours / made, 4)
        first = fresh(records, lambda of: of.to_polars(name))  # noqa: B023
        yield Ratio(f"to_polars of {name}, first time, of polars from ready columns", first / made)
        if name == "events":
            asked = fresh(records, lambda of: answers(of.records))
            yield Ratio("the answers about each event, of to_polars of events, first time", asked / first)
    frame = dataset.to_polars("events")
    written = median(lambda: frame.write_csv(BytesIO()))
    ours = median(lambda: b"".join(FORMATS["csv"].content(records)))  # type: ignore[attr-defined]
    yield Ratio("export csv, of polars writing the same frame", ours / written, 6)


def answers(records: Records) -> None:
    """What the table of events says of each event that is in no record."""
    for event in records.events:
        item = EventItem(records, event)
        _ = item.dates, item.killed, item.reported, item.acled_event_type
        grade(records, event), origins(records, event), disputed(records, event), violence_type(records, event)


def ratios(count: int = EVENTS) -> Iterator[Ratio]:
    """Each measure with its goal."""
    yield from trusted(count)
    told = subprocess.run([sys.executable, "-c", _HELD.format(count=count)], check=True, capture_output=True).stdout
    yield Ratio("KiB of memory held for each event", json.loads(told) / 1024, 6.5)
    with tempfile.TemporaryDirectory() as folder:
        yield from validated(min(count, 20_000), Path(folder))
    more, few = even(count), even(FEW)
    large, small = many(more), many(few)
    gc.collect()
    gc.freeze()  # the collector would look at all events again within each measure
    first_answer(many(10))
    yield Ratio(f"first answer about one event of {more:,}, of {few:,}", first_answer(large) / first_answer(small), 3)
    for name, asked in OVER_ALL.items():
        each_of_many, each_of_few = fresh(large, asked) / more, fresh(small, asked) / few
        yield Ratio(f"{name} of {more:,} events, each, of {few:,}", each_of_many / each_of_few, 1.3)
    yield from framed(many(min(count, 20_000)))


if __name__ == "__main__":
    for ratio in ratios(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS):
        print(ratio, flush=True)  # noqa: T201
