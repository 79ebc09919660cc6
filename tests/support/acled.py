"""Small records for the ACLED column layout, and their rows."""

from __future__ import annotations

from conflictdata.formats.registry import FORMATS
from tests.support.builders import claim, event, records
from tests.support.exported import ACTORS, PLACES, SOURCES, rows, written

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"),
    *("civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude"),
    *("longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
FIGHT = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
HERE = {"place": "town", "precision": "settlement"}


def world(*events):
    """Records of these events among the actors, places and documents of the layout's world."""
    return records(events, ACTORS, PLACES, SOURCES)


def incident(*claims, **more):
    """An incident that has a row, unless `more` takes away what it needs."""
    return event(1, claims or [claim(1)], **{"participants": FIGHT, "where": HERE, **more})


def only_row(whole, **options):
    """The one row of records that have one."""
    [row] = rows(written("acled", whole, **options))
    return row


def reasons(whole):
    """Why events have no row."""
    return [skip.reason for skip in FORMATS["acled"].skips(whole)]
