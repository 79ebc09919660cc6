"""Counts over how many damaged records the two judges agree.

Run it with `python -m tests.robustness.agreement --count 1000000 --seed 2026`.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import repeat
from multiprocessing import cpu_count
from typing import Any

from hypothesis import HealthCheck, given, seed, settings

from conflictdata.canonical import read_object
from conflictdata.errors import InvalidInput
from conflictdata.resources import records_folder
from conflictdata.schema.validate import fast_validator, slow_validator
from tests.support.damage import damage
from tests.support.draw.values import spelled
from tests.support.models import held
from tests.support.strategies import RECORDS

Json = Any
CHUNK = 250
"""Documents that share a random seed, so that a run does not depend on how it is shared out."""
DRAWN = {"source": 30, "actor": 30, "place": 30, "event": 90, "dataset": 6}
"""How many generated documents of each kind are damaged, beside the records of the dataset."""


@cache
def sound(run: int) -> tuple[tuple[str, Json], ...]:
    """Valid documents with their kinds: all records of the dataset, and as many generated ones."""
    documents = [
        (folder.removesuffix("s"), json.loads(path.read_bytes()))
        for folder in ("sources", "actors", "places", "events")
        for path in sorted((records_folder() / folder).glob("*.json"))
    ]
    documents += [(kind, value) for kind, number in DRAWN.items() for value in _drawn(kind, number, run)]
    return tuple(documents)


def _drawn(kind: str, number: int, run: int) -> list[Json]:
    drawn: list[Json] = []

    @seed(run)
    @settings(max_examples=number, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(RECORDS[kind]())
    def gather(value: Json) -> None:
        drawn.append(value)

    gather()
    return drawn


def judged(run: int, chunk: int, size: int) -> collections.Counter[str]:
    """What became of `size` damaged documents; a document on which anything disagrees is counted by its text."""
    rng = random.Random(f"{run} {chunk}")
    seen: collections.Counter[str] = collections.Counter()
    for _ in range(size):
        kind, whole = rng.choice(sound(run))
        data = json.dumps(damage(whole, rng, rng.choice(sound(run))[1]), ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
        seen.update(_verdict(kind, data))
    return seen


def _verdict(kind: str, data: bytes) -> list[str]:
    try:
        obj = read_object(data, "damaged", max_bytes=len(data))
    except InvalidInput:
        return ["refused by the gate"]
    slow, fast = slow_validator(kind).is_valid(obj), fast_validator(kind).is_valid(obj)
    if slow != fast:
        return ["disagreements", f"{kind}: jsonschema {slow}, jsonschema-rs {fast}: {data!r}"]
    if not slow:
        return ["refused by both"]
    if spelled(held(kind, None, obj)) != spelled(obj):
        return ["accepted by both", "changed by the model", f"{kind}: {data!r}"]
    return ["accepted by both"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 if the judges disagree, or the model changes what they accept."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.agreement", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many damaged documents (20000)")
    parser.add_argument("--seed", type=int, default=2026, help="the run; the same seed gives the same documents (2026)")
    parser.add_argument("--jobs", type=int, default=cpu_count(), help="processes (one for each processor)")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    sizes = [min(CHUNK, options.count - done) for done in range(0, options.count, CHUNK)]
    if options.jobs > 1:
        sound(options.seed)  # drawn once here, inherited by the processes where the system forks
        with ProcessPoolExecutor(options.jobs) as pool:
            seen = sum(pool.map(judged, repeat(options.seed), range(len(sizes)), sizes), collections.Counter())
    else:
        seen = sum(map(judged, repeat(options.seed), range(len(sizes)), sizes), collections.Counter())
    figures = ("refused by the gate", "refused by both", "accepted by both", "disagreements", "changed by the model")
    lines = [f"seed {options.seed}", f"documents {options.count}", *(f"{figure} {seen[figure]}" for figure in figures)]
    lines += [*sorted(seen.keys() - {*figures})[:10], f"seconds {time.perf_counter() - start:.0f}"]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if seen["disagreements"] or seen["changed by the model"] else 0


if __name__ == "__main__":
    sys.exit(main())
