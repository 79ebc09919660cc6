"""A small invented dataset that obeys every rule and fills every table; its exports are under tests/golden."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from conflictdata.model import Records
from tests.support.builders import URN, Object, actor, claim, count, event, place, relation, source
from tests.support.draw.pairs import made
from tests.support.exported import records_of

RELEASE: Object = {"version": "2016.7.0", "date": "2016-07-01", "stage": "final"}

_FIGHT = [
    {"actor": "northern-brigade", "side": 1, "role": "attacker"},
    {"actor": "river-guard", "side": 1, "role": "supporter", "claims": ["c1"]},
    {"actor": "southern-front", "side": 2, "role": "defender"},
]
_MARKED = {
    "source": "exampletimes-2016-02-24",
    "paragraph": 1,
    "locator": "item 7",
    "digest": "0123456789abcdef",
}
_POINT = {"lat": 35.5, "lon": 38.25, "radius_m": 900, "source": "Invented.", "standing": "verified"}


def _says(number: int, what: str, claimant: str | None = "valley-monitor", **more: object) -> Object:
    return claim(number, what, claimant, source="exampletimes-2016-02-24", **more)


EVENTS = [
    event(
        1,
        [
            _says(1, "occurred"),
            _says(
                2,
                "strength",
                "southern-front",
                count={"low": 300, "high": 300, "bound": "about", "as_stated": "some 300", "unit": "person"},
                stated_on={"earliest": "2016-02-20", "latest": "2016-02-20"},
            ),
            _says(3, "distance", count={"high": 2.5, "bound": "at_most", "as_stated": "within 2.5 km", "unit": "km"}),
        ],
        kind="operation",
        type="battle",
        title="Battle of Exampleton",
        when={"started": {"earliest": "2016-02-01", "latest": "2016-02-10"}, "basis": "Paragraph 1: early February."},
        where={"place": "exampleton", "precision": "settlement"},
        participants=[part for part in _FIGHT if part["actor"] != "river-guard"],
    ),
    event(
        2,
        [
            _says(
                1,
                "control",
                "northern-brigade",
                control={
                    "place": "mill-district",
                    "holder": "northern-brigade",
                    "extent": "full",
                    "from": "southern-front",
                },
                speaker="its spokesman",
                via=["examplewire"],
            ),
            _says(2, "killed", count=count(12, of={"actor": "southern-front", "status": "combatant"})),
            _says(
                3, "killed", "southern-front", count=count(2, 2, of={"actor": "southern-front", "status": "combatant"})
            ),
            _says(
                4,
                "control",
                "southern-front",
                stance="denies",
                control={"place": "mill-district", "holder": "northern-brigade", "extent": "full"},
                conflicts_with=["CD-0002#c1"],
                notes="=1+1 is text here, and so is\na second line.",
            ),
        ],
        type="territory_captured",
        title='Northern Brigade takes the "mill district", it says',
        part_of="CD-0001",
        when={"earliest": "2016-02-22", "latest": "2016-02-23", "basis": "Paragraph 4 says Monday night."},
        where={"place": "mill-district", "precision": "settlement", "note": "West of the mill."},
        participants=_FIGHT,
        distinct_from=[{"event": "CD-0003", "reason": "Another day."}],
    ),
    event(
        3,
        [
            _says(1, "occurred", "valley-monitor", attests=True) | {"evidence": [_MARKED]},
            _says(2, "killed", None, count=count(as_stated="dozens"), hedge="allegedly"),
        ],
        type="attack_on_civilians",
        title="-Attack- on the people of Exampleton",
        when={"earliest": "2016-02-12", "latest": "2016-02-12", "basis": "Paragraph 6 gives the day."},
        where={"place": "exampleton", "precision": "near", "point": _POINT | {"lat": 35.75, "mgrs": "37SEV1234"}},
        means=["small_arms", "arson"],
        target=["market"],
        external_ids=[{"dataset": "ucdp_ged", "id": "12", "url": "https://ged.example/12"}],
        participants=[
            {"actor": "southern-front", "side": 1, "role": "perpetrator"},
            {"actor": "residents", "role": "victim"},
        ],
        notes="The day is sure.",
    ),
    event(
        4,
        [_says(1, "occurred", None)],
        type="shelling",
        title="Shelling told by nobody in particular",
        when={"latest": "2016-02-23", "basis": "Before the article."},
        grade_override={"grade": "weak", "reason": "Nobody stands for it."},
    ),
    event(
        5,
        [_says(1, "occurred")],
        title="Told twice",
        when={"earliest": "2016-02-12", "latest": "2016-02-12", "basis": "Paragraph 6 gives the day."},
        withdrawn={"reason": "The same as CD-0003.", "replaced_by": ["CD-0003"]},
    ),
]
_LAYOUT = {"country": "SYR", "from": "2014-01-01"}
ACTORS = [
    actor(
        "northern-brigade", name="Northern Brigade", acled=[{"name": "Northern Brigade; Main", "inter": 2, **_LAYOUT}]
    ),
    actor(
        "river-guard",
        name="River Guard",
        names=[{"text": "Haras al-Nahr", "kind": "variant", "sources": ["exampletimes-2016-02-24"]}],
        acled=[{"name": "River Guard (Syria)", "inter": 3, "country": "SYR"}],
        relations=[
            relation(
                1,
                "northern-brigade",
                claimant="valley-monitor",
                evidence=[{"source": "exampletimes-2016-02-24", "paragraph": 2, "digest": "00112233445566aa"}],
            )
        ],
    ),
    actor(
        "southern-front",
        name="Southern Front",
        acled=[{"name": "Southern Front", "inter": 2}],
        ucdp={"id": 7, "name": "Southern Front"},
    ),
    actor("residents", name="Residents", kind="population", acled=[{"name": "Civilians (Syria)", "inter": 7}]),
    actor("valley-monitor", name="Valley Monitor", kind="monitor", source_scale="Other"),
    actor("examplewire", name="Examplewire", kind="media", source_scale="International"),
    actor("exampletimes", name="The Example Times", kind="media", source_scale="National"),
    actor("unattributed", name="Not attributed", kind="unattributed"),
]
PLACES = [
    place("exampleland", name="Exampleland", kind="country", country="SYR"),
    place(
        "exampleton",
        "exampleland",
        name="Exampleton, on the river",
        kind="city",
        country="SYR",
        admin1={"name": "Valley", "pcode": "SY99"},
        geonames_id=1,
    )
    | {"point": _POINT},
    place("mill-district", "exampleton", name="Mill district", kind="neighbourhood"),
]
SOURCES = [
    source(
        "exampletimes-2016-02-24",
        "exampletimes",
        "2016-02-24",
        title="The battle goes on",
        composition="altered",
        wire="examplewire",
        layout="sentences",
        alterations=[{"paragraphs": [8, 9], "note": "Two paragraphs joined."}],
        furniture=[3],
    )
]
PLACES[1].pop("point_unknown")

DOCUMENT: Object = {
    "$schema": f"{URN}:dataset",
    "release": RELEASE,
    "sources": SOURCES,
    "actors": ACTORS,
    "places": PLACES,
    "events": EVENTS,
}


def small() -> Records:
    """The records of the small dataset, a release."""
    return records_of(DOCUMENT)


def small_with(**events: Callable[[Object], Object] | None) -> Records:
    """The small dataset without its release, its events changed by functions of their objects; None takes one away."""
    base = small()
    objects = {event.id: event.to_object() for event in base.events}
    for name, change in events.items():
        event_id = f"CD-{name.removeprefix('e')}"
        changed = change(deepcopy(objects.get(event_id, objects["CD-0002"] | {"id": event_id}))) if change else None
        if changed is None:
            del objects[event_id]
        else:
            objects[event_id] = changed
    return Records.of(base.sources, base.actors, base.places, [made("event", each) for each in objects.values()])


def setting(**members: object) -> Callable[[Object], Object]:
    """A change that gives an event these members."""
    return lambda event: event | members
