"""What the tests of exports share: records from documents, exports as bytes, and worlds whose events become rows."""

from __future__ import annotations

import base64
import contextlib
import csv
import io
import json
import random
import re
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from conflictdata.canonical.dump import dump
from conflictdata.codelists import codelist
from conflictdata.formats.interface import FileFormat
from conflictdata.formats.registry import FORMATS
from conflictdata.model import Document, Event, Records, id_order, type_of_kind
from tests.support.builders import actor, claim, counts, event, place, records, source
from tests.support.draw.values import HOSTILE, texts

Object = dict[str, Any]


def records_of(document: Object) -> Records:
    """The records of a dataset document."""
    return Records.of_document(Document.from_object(document))


def document_of(records: Records) -> bytes:
    """The records as one dataset document."""
    tables = {f"{kind}s": [record.to_object() for record in getattr(records, f"{kind}s")] for kind in type_of_kind}
    return dump({"$schema": "urn:conflictdata:schema:1.0.0:dataset", **tables}, max_bytes=1 << 28)


def written(name: str, whole: Records, events: list[Event] | None = None, **options: Any) -> bytes:
    """An export of one file."""
    return b"".join(FORMATS[name].content(whole, events, **options))


def folder_of(path: Path, whole: Records, events: list[Event] | None = None, **options: Any) -> Path:
    """An export of tables, put into a folder."""
    return folder_export("tables", path, whole, events, **options)


def folder_export(name: str, path: Path, whole: Records, events: list[Event] | None = None, **options: Any) -> Path:
    """An export of several files, put into a folder."""
    for file, content in FORMATS[name].contents(whole, events, **options):
        (path / file).parent.mkdir(parents=True, exist_ok=True)
        (path / file).write_bytes(b"".join(content))
    return path


def everything(whole: Records, events: list[Event] | None = None) -> dict[str, bytes]:
    """Every format's bytes, by the name of the format, and of a file in a folder its name after that."""
    made: dict[str, bytes] = {}
    for name, each in FORMATS.items():
        if isinstance(each, FileFormat):
            made[name] = b"".join(each.content(whole, events))
        else:
            made |= {f"{name}/{file}": b"".join(content) for file, content in each.contents(whole, events)}
    return made


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by the standard library's own reader."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def ids_in(name: str, whole: Records, events: Iterable[Event] | None = None) -> list[str]:
    """The ids of the events that an export has rows or records of."""
    each = FORMATS[name]
    if isinstance(each, FileFormat):
        data = b"".join(each.content(whole, events))
    else:
        files = {file: b"".join(content) for file, content in each.contents(whole, events)}
    match name:
        case "json":
            return [event["id"] for event in json.loads(data)["events"]]
        case "jsonl" | "geojsonl":
            return [json.loads(line)["id"] for line in data.splitlines()]
        case "geojson":
            return [feature["id"] for feature in json.loads(data)["features"]]
        case "csv" | "acled" | "ged":
            return [row[{"csv": "id", "acled": "event_id_cnty", "ged": "relid"}[name]] for row in rows(data)]
        case "kml":
            return sorted(re.findall('<Placemark id="(CD-[0-9]+)">', data.decode()), key=id_order)
        case "html":
            packed = re.search(r'id="payload"[^>]*>([A-Za-z0-9+/=]+)<', data.decode())
            return [event["id"] for event in json.loads(zlib.decompress(base64.b64decode(packed[1])))["events"]]
        case "tables":
            return [row["id"] for row in rows(files["events.csv"])]
        case "xlsx":
            import openpyxl

            return [row[0] for row in openpyxl.load_workbook(io.BytesIO(data))["events"].iter_rows(2, values_only=True)]
        case "timemap":
            return [event["id"] for event in json.loads(files["events.json"])]
        case "parquet":
            import pyarrow.parquet

            return pyarrow.parquet.read_table(io.BytesIO(files["events.parquet"]))["id"].to_pylist()
        case "sqlite":
            connection = sqlite3.connect(":memory:")
            connection.deserialize(files["conflictdata.db"])
            with contextlib.closing(connection):
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
                return [row[0] for row in connection.execute("SELECT id FROM events ORDER BY rowid")]
    raise NotImplementedError(name)


def shuffled(whole: Records, seed: int) -> Records:
    """The same records, gathered in another order."""
    mixed = [list(table) for table in (whole.sources, whole.actors, whole.places, whole.events)]
    for table in mixed:
        random.Random(seed).shuffle(table)
    return Records.of(*mixed, release=whole.release, period=whole.period)


# A world whose incidents have rows in the ACLED column layout, or miss one of the things that a row needs.

_NAMES = [
    *({"name": "Civilians (Syria)", "inter": 7, "country": "SYR"}, {"name": "Civilians (Iraq)", "inter": 7}),
    *({"name": "Farmers; Herders", "inter": 4}, {"name": 'The "Northern" Brigade, 3rd', "inter": 3}),
]
ACTORS = [
    actor("army", acled=[{"name": "Military Forces", "inter": 1, "country": "SYR"}, {"name": "Army", "inter": 8}]),
    actor(
        "front",
        acled=[
            {"name": "Front (early)", "inter": 2, "to": "2016-06-04"},
            {"name": "Front (late)", "inter": 2, "from": "2016-06-05"},
        ],
    ),
    actor("brigade", part_of=["front"], acled=[_NAMES[3]]),
    actor("herders", acled=[_NAMES[2]]),
    actor("crowd", acled=[{"name": "Rioters", "inter": 5}]),
    actor("marchers", acled=[{"name": "Protesters", "inter": 6}]),
    actor("people", kind="population", acled=_NAMES[:2]),
    actor("coalition", kind="coalition", acled=[{"name": "Coalition", "inter": 8}]),
    actor("nameless"),
    actor("realm", kind="state"),
    actor("monitor", kind="monitor", name="Valley; Monitor", source_scale="Other"),
    actor("wire", kind="media", name='Wire "one"', source_scale="International"),
    actor("paper", kind="media", name="The Paper", source_scale="Local partner-New media"),
    actor("unattributed", kind="unattributed"),
]
PLACES = [
    place("land", kind="country", country="SYR", point=(35, 38.5)),
    place("province", "land", kind="governorate", point=(36.01219, 38.99467), admin1={"name": "Province"}),
    place("town", "province", point=(35.95283, 39.00788), admin2={"name": "Town, of"}, admin3={"name": "Town"}),
    place("quarter", "town", kind="neighbourhood"),
    place("hamlet", "province", kind="village"),
    place("village", "land", kind="village"),
    place("city", point=(36.335, 43.11889), country="IRQ"),
    place("frontier", point=(36.5, 41)),
    place("nowhere"),
]
SOURCES = [
    source("paper-1", "paper"),
    source("wire-1", "wire"),
    source("reprint-1", None, chain=[{"step": "republished", "by": "wire"}]),
    source("unknown-1", None, composition="spliced", alterations=[{"paragraphs": [1], "note": "Joined."}]),
]
TYPES = codelist("event-types")
MAPPED = [row for row in TYPES if row["acled_event_type"]]


@st.composite
def _whens(draw: st.DrawFn) -> Object:
    start = draw(st.integers(1, 28))
    length = draw(st.sampled_from([0, 0, 1, 5, 6, 7, 15, 29, 30, 31]))
    latest = (start + length - 1) % 30 + 1
    month = 5 + (start + length - 1) // 30
    days = {"earliest": f"2016-05-{start:02}", "latest": f"2016-{month:02}-{latest:02}"}
    shape = draw(st.sampled_from(["window"] * 6 + ["open", "lasting", "endless"]))
    if shape == "open":
        del days["earliest"]
    if shape in ("lasting", "endless"):
        days = {"started": {"earliest": days["earliest"]}} | (
            {"ended": {"latest": days["latest"]}} if shape == "lasting" else {}
        )
    return days | {"basis": "Invented."}


@st.composite
def _claims(draw: st.DrawFn) -> list[Object]:
    who = st.sampled_from(["monitor", "wire", "front", "army", None])
    where = st.sampled_from(["paper-1", "paper-1", "wire-1", "reprint-1", "unknown-1"])
    made = [claim(1, claimant=draw(who), source=draw(where))]
    for number in range(2, draw(st.integers(1, 4)) + 1):
        what = draw(st.sampled_from(["killed", "killed", "killed", "responsibility", "occurred"]))
        more: Object = {"source": draw(where)}
        if what == "killed":
            more["count"] = draw(counts())
        elif what == "responsibility":
            more["responsibility"] = {
                "actors": ["army", "front"],
                "how": draw(st.sampled_from(["all", "all", "either"])),
            }
        else:
            more["stance"] = draw(st.sampled_from(["asserts", "asserts", "denies", "doubts"]))
        made.append(claim(number, what, draw(who), **more))
    return made


@st.composite
def _incidents(draw: st.DrawFn, number: int) -> Object:
    row = draw(st.sampled_from(MAPPED) | st.sampled_from(TYPES))
    parts = st.fixed_dictionaries(
        {
            "actor": st.sampled_from([each["id"] for each in ACTORS[:9]]),
            "side": st.sampled_from([1, 1, 2, 2, None]),
            "role": st.sampled_from(["attacker", "supporter", "defender", "target", "victim"]),
        }
    )
    participants = [
        {key: value for key, value in part.items() if value is not None}
        for part in draw(st.lists(parts, max_size=5, unique_by=lambda part: part["actor"]))
    ]
    where = {
        "place": draw(st.sampled_from([each["id"] for each in PLACES])),
        "precision": draw(st.sampled_from([each["code"] for each in codelist("place-precisions")])),
    }
    more: Object = {"where": where} if draw(st.integers(0, 9)) else {}
    more |= {"participants": participants} if participants else {}
    more |= {} if draw(st.integers(0, 9)) else {"withdrawn": {"reason": "Invented."}}
    title = draw(st.sampled_from(HOSTILE).filter(str.strip))
    made = event(number, draw(_claims()), kind=row["kind"], type=row["code"], when=draw(_whens()), title=title, **more)
    return made | {"summary": draw(texts(200))}


@st.composite
def worlds(draw: st.DrawFn) -> Records:
    """Records of a few events of every type, near enough to rows of the ACLED column layout that many become one."""
    made = [draw(_incidents(number)) for number in range(1, draw(st.integers(1, 4)) + 1)]
    return records(made, ACTORS, PLACES, SOURCES)


def sure_rows() -> Records:
    """A world of three events that have a row, which drawn ones may all miss: a battle, an air strike, a massacre."""
    army, front, people = ({"actor": name, "side": side} for name, side in (("army", 1), ("front", 2), ("people", 2)))
    when = {"earliest": "2016-05-02", "latest": "2016-05-02", "basis": "Invented."}
    common: Object = {"where": {"place": "town", "precision": "settlement"}, "when": when}
    parts = {"armed_clash": front | {"role": "defender"}, "air_strike": front | {"role": "target"}}
    parts["attack_on_civilians"] = people | {"role": "victim"}
    made = [
        event(number, [claim(1)], type=kind, participants=[army | {"role": "attacker"}, part], **common)
        for number, (kind, part) in enumerate(parts.items(), 1)
    ]
    return records(made, ACTORS, PLACES, SOURCES)
