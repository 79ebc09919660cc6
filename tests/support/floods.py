"""Inputs in which one fault is repeated very many times, for every reader."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "golden" / "tables"
DOCUMENT = ROOT / "golden" / "dataset.json"
ACLED = ROOT / "golden" / "acled.csv"

Flood = Callable[[Path, int], Path]
"""Writes a flood of so many faults into a folder; the path to validate."""


def in_table(edit: Callable[[bytes, int], bytes], table: str = "claims") -> Flood:
    """A folder of tables, one of which is edited."""

    def write(folder: Path, many: int) -> Path:
        copy = Path(shutil.copytree(TABLES, folder / "tables"))
        path = copy / f"{table}.csv"
        path.write_bytes(edit(path.read_bytes(), many))
        return copy

    return write


def in_document(edit: Callable[[dict, int], object]) -> Flood:
    """A dataset document that is edited."""

    def write(folder: Path, many: int) -> Path:
        document = json.loads(DOCUMENT.read_bytes())
        edit(document, many)
        path = folder / "dataset.json"
        path.write_text(json.dumps(document, separators=(",", ":")), encoding="utf-8")
        return path

    return write


def in_lines(content: Callable[[int], bytes]) -> Flood:
    """A file of JSON Lines."""

    def write(folder: Path, many: int) -> Path:
        path = folder / "events.jsonl"
        path.write_bytes(content(many))
        return path

    return write


def in_layout(edit: Callable[[bytes, int], bytes]) -> Flood:
    """A file in the column layout of ACLED that is edited."""

    def write(folder: Path, many: int) -> Path:
        path = folder / "acled.csv"
        path.write_bytes(edit(ACLED.read_bytes(), many))
        return path

    return write


def _places(document: dict, many: int) -> None:
    place = document["places"][0]
    document["places"] += [place | {"id": f"place-{n}", "name": f"Place {n}"} for n in range(many // 20)]


def _events(members: dict, fraction: int) -> Callable[[dict, int], object]:
    def edit(document: dict, many: int) -> None:
        event = document["events"][0] | members
        document["events"] += [event | {"id": f"CD-{100_000 + n}"} for n in range(many // fraction)]

    return edit


FLOODS: dict[str, Flood] = {
    "blank rows at the end of a table": in_table(lambda data, many: data + b"\n" * many),
    "blank rows inside a table": in_table(lambda data, many: data + b"\n" * many + b"x\n"),
    "rows of commas": in_table(lambda data, many: data + (b"," * data.split(b"\n")[0].count(b",") + b"\n") * many),
    "a row of commas": in_table(lambda data, many: data + b"x," * many + b"\n"),
    "a heading of commas": in_table(lambda data, many: b"," * many + b"x\n" + data),
    "rows with one cell": in_table(lambda data, many: data + b"x\n" * many),
    "one row again and again": in_table(lambda data, many: data + (data.split(b"\n")[1] + b"\n") * (many // 10)),
    "blank lines of JSON": in_lines(lambda many: b"\n" * many + b"{}"),
    "empty objects as lines of JSON": in_lines(lambda many: b"{}\n" * many),
    "a line of commas": in_lines(lambda many: b"," * many + b"\n"),
    "events that are numbers": in_document(lambda document, many: document.update(events=[1] * many)),
    "events that are empty": in_document(lambda document, many: document.update(events=[{}] * (many // 2))),
    "an event with empty claims": in_document(lambda document, many: document["events"][0].update(claims=[{}] * many)),
    "a record with unknown members": in_document(
        lambda document, many: document["events"][0].update({f"m{n}": n for n in range(many // 2)})
    ),
    "places that nothing uses": in_document(_places),
    "events at a place that is not there": in_document(_events({"where": {"place": "none", "precision": "exact"}}, 50)),
    "events without a place in their location": in_document(_events({"where": {"precision": "exact"}}, 100)),
    "blank rows of a layout": in_layout(lambda data, many: data + b"\n" * many),
    "rows of commas of a layout": in_layout(lambda data, many: data + (b"," * 30 + b"\n") * many),
    "a heading of commas of a layout": in_layout(lambda data, many: b"," * many + b"\n" + data),
    "rows of a layout with one cell": in_layout(lambda data, many: data + b"x\n" * many),
    "rows of a layout with wrong days": in_layout(
        lambda data, many: (
            data.split(b"\n")[0] + b"\n" + (data.split(b"\n")[1].replace(b"2016-", b"x-") + b"\n") * (many // 5)
        )
    ),
}
"""Each flood by what it is."""
