"""The expected columns of files in the ACLED layout, of any year: found by name, and most may be missing."""

from __future__ import annotations

from conflictdata.findings import Code
from conflictdata.formats.layout_files.expected import Expected, Kind, LayoutSpec, RowRule

_INTER = tuple(
    RowRule(
        (name,),
        f"{{{name}}} < ':' AND TRY_CAST({{{name}}} AS INTEGER) NOT BETWEEN 0 AND 8",  # the digits are followed by text
        Code.OUT_OF_RANGE,
        "the inter code is a number outside 0 to 8",
    )
    for name in ("inter1", "inter2")
)

ACLED_FILE = LayoutSpec(
    "the ACLED column layout",
    (
        Expected("event_id_cnty", filled=True),
        Expected("event_date", Kind.DATE, needed=True, filled=True),
        Expected("year", Kind.INTEGER, low=1990, high=2100),
        Expected("time_precision", Kind.INTEGER, low=1, high=3),
        Expected("disorder_type"),
        Expected("event_type", needed=True, filled=True),
        Expected("sub_event_type"),
        Expected("actor1"),
        Expected("assoc_actor_1"),
        Expected("inter1"),
        Expected("actor2"),
        Expected("assoc_actor_2"),
        Expected("inter2"),
        Expected("interaction"),
        Expected("civilian_targeting"),
        Expected("iso", Kind.INTEGER, low=0, high=999),
        Expected("region"),
        Expected("country", filled=True),
        Expected("admin1"),
        Expected("admin2"),
        Expected("admin3"),
        Expected("location"),
        Expected("latitude", Kind.NUMBER, needed=True, filled=True, low=-90, high=90),
        Expected("longitude", Kind.NUMBER, needed=True, filled=True, low=-180, high=180),
        Expected("geo_precision", Kind.INTEGER, low=1, high=3),
        Expected("source"),
        Expected("source_scale"),
        Expected("notes"),
        Expected("fatalities", Kind.INTEGER, needed=True, filled=True, low=0),
        Expected("tags"),
        Expected("timestamp", Kind.INTEGER, low=0),
        # Columns of earlier files, and optional ones.
        Expected("data_id", Kind.INTEGER),
        Expected("event_id_no_cnty", Kind.INTEGER),
        Expected("iso3"),
        *(Expected(f"population_{size}", Kind.INTEGER, low=0) for size in ("1km", "2km", "5km", "best")),
    ),
    (
        RowRule(("event_date", "year"), "{year} <> year({event_date})", Code.CELL_MISMATCH, "another year"),
        *_INTER,
    ),
)
