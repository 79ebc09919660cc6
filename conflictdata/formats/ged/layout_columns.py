"""The 49 columns of UCDP GED in the order of version 25.1, each with its content."""

from __future__ import annotations

from collections.abc import Callable

from conflictdata.formats.ged.coding import Cited, GedRow, priogrid
from conflictdata.formats.ged.parties import CIVILIANS_DSET_ID, CIVILIANS_ID, code
from conflictdata.tables.columns import Column, ColumnType, Value

FIRST_ID = 900_000_000
"""Our ids begin above all ids of UCDP, so that no row can be mistaken for one of UCDP's."""

REGIONS = frozenset({"Africa", "Americas", "Asia", "Europe", "Middle East"})
STATUS = "Coded by conflictdata"


def columns(*, dates: str = "time") -> tuple[Column[GedRow], ...]:
    """The columns, with days as 25.1 has them, with a `time`, or as `iso`."""
    return (
        _number("id", f"{FIRST_ID} and the number of the event's id.", lambda r: FIRST_ID + int(r.event.id[3:])),
        _text("relid", "The event's id; unlike any of UCDP's own.", lambda r: r.event.id),
        _number("year", "The year of both days.", lambda r: r.time.start.year),
        _text("active_year", "Always blank: it follows from UCDP's own counts.", lambda r: None),
        _text("code_status", f"Always `{STATUS}`.", lambda r: STATUS),
        _number("type_of_violence", "1 state-based, 2 non-state, 3 one-sided.", _violence),
        _number("conflict_dset_id", "UCDP's older id of the conflict; blank where none is known.", _conflict_dset),
        _number("conflict_new_id", "UCDP's id of the conflict.", lambda r: r.parties.conflict_id),
        _text("conflict_name", "UCDP's name of the conflict, or of the dyad.", lambda r: r.parties.conflict_name),
        _number("dyad_dset_id", "UCDP's older id of the dyad.", _dyad_dset),
        _number("dyad_new_id", "UCDP's id of the dyad; blank where none is known.", lambda r: r.parties.dyad_id),
        _text("dyad_name", "The two sides, joined by a hyphen between spaces.", lambda r: r.parties.dyad_name),
        _number("side_a_dset_id", "UCDP's older id of side a.", lambda r: r.parties.a.ucdp),
        _number("side_a_new_id", "UCDP's id of side a; blank where none is known.", lambda r: r.parties.a.ucdp),
        _text("side_a", "Side a: the state, or the party that attacks civilians.", lambda r: r.parties.a.name),
        _number("side_b_dset_id", "UCDP's older id of side b; 9999 for civilians.", _side_b_dset),
        _number("side_b_new_id", "UCDP's id of side b; 1 for civilians.", lambda r: r.parties.b.ucdp),
        _text("side_b", "Side b.", lambda r: r.parties.b.name),
        _number("number_of_sources", "How many documents its claims stand in.", lambda r: len(r.sources)),
        _text("source_article", 'Each document as `"publisher,day,title"`, separated by semicolons.', _article),
        _text("source_office", "The publishers, separated by semicolons.", lambda r: _joined(r, lambda s: s.office)),
        _text("source_date", "Their days, in the same order.", lambda r: _joined(r, lambda s: s.day)),
        _text("source_headline", "Their titles, in the same order.", lambda r: _joined(r, lambda s: s.title)),
        _text("source_original", "The claimants, separated by semicolons.", lambda r: ";".join(r.claimants)),
        _number("where_prec", "1 place, 2 near it, 4 governorate, 5 a larger area, 6 country.", _where_prec),
        _text("where_coordinates", "The name of the place.", lambda r: r.where.place.name),
        _text("where_description", "What else the text says of the place.", _where_note),
        _text("adm_1", "The first-level administrative area.", lambda r: r.where.adm_1),
        _text("adm_2", "The second-level administrative area.", lambda r: r.where.adm_2),
        Column("latitude", ColumnType.NUMBER, "Degrees north, WGS 84.", lambda r: r.where.located.point.lat),
        Column("longitude", ColumnType.NUMBER, "Degrees east, WGS 84.", lambda r: r.where.located.point.lon),
        _text("geom_wkt", "The point as well-known text, longitude first.", _wkt),
        _number("priogrid_gid", "The PRIO-GRID cell of the point.", _cell),
        _text("country", "The country.", lambda r: r.where.country["title"]),
        _number("country_id", "The country's Gleditsch-Ward number.", lambda r: int(r.where.country["gwno"])),
        _text("region", "The country's region.", _region),
        _number("event_clarity", "Always 1: an incident is one event.", lambda r: 1),
        _number("date_prec", "1 a day, 2 to 6 days, 3 a week, 4 a month, 5 a year.", lambda r: r.time.precision),
        _text(
            "date_start", "The first day on which it can have happened.", lambda r: _spelled(str(r.time.start), dates)
        ),
        _text("date_end", "The last day on which it can have happened.", lambda r: _spelled(str(r.time.end), dates)),
        _number("deaths_a", "People killed on side a.", lambda r: r.deaths.a),
        _number("deaths_b", "People killed on side b.", lambda r: r.deaths.b),
        _number("deaths_civilians", "Civilians killed.", lambda r: r.deaths.civilians),
        _number("deaths_unknown", "People killed whose side is not known.", lambda r: r.deaths.unknown),
        _number("best", "The best estimate: always the sum of the four columns before.", lambda r: r.deaths.best),
        _number(
            "high",
            "The highest number; the largest number named where no upper bound for all is reported.",
            lambda r: r.deaths.high,
        ),
        _number("low", "The lowest number.", lambda r: r.deaths.low),
        _number("gwnoa", "The Gleditsch-Ward number of side a, where it is a state.", lambda r: r.parties.a.gwno),
        _number("gwnob", "The Gleditsch-Ward number of side b, where it is a state.", lambda r: r.parties.b.gwno),
    )


def _violence(row: GedRow) -> int:
    return int(code(row.parties.violence))


def _conflict_dset(row: GedRow) -> int | None:
    """The id of the conflict (state-based violence), of the dyad (non-state) or of side a (one-sided)."""
    return {1: row.parties.conflict_id, 2: row.parties.dyad_id, 3: row.parties.a.ucdp}[_violence(row)]


def _dyad_dset(row: GedRow) -> int | None:
    return row.parties.a.ucdp if _violence(row) == 3 else row.parties.dyad_id


def _side_b_dset(row: GedRow) -> int | None:
    return CIVILIANS_DSET_ID if row.parties.b.ucdp == CIVILIANS_ID else row.parties.b.ucdp


def _article(row: GedRow) -> str:
    return ";".join(f'"{each.office},{each.day},{each.title}"' for each in row.sources)


def _joined(row: GedRow, part: Callable[[Cited], str]) -> str:
    return ";".join(part(each).replace(";", ",") for each in row.sources)


def _where_prec(row: GedRow) -> int:
    return row.where.precision


def _where_note(row: GedRow) -> str | None:
    return row.event.where.note if row.event.where is not None else None


def _wkt(row: GedRow) -> str:
    return f"POINT ({row.where.located.point.lon} {row.where.located.point.lat})"


def _cell(row: GedRow) -> int:
    return priogrid(row.where.located.point.lat, row.where.located.point.lon)


def _region(row: GedRow) -> str | None:
    region = row.where.country["acled_region"]
    return region if region in REGIONS else None


def _spelled(day: str, dates: str) -> str:
    return f"{day} 00:00:00.000" if dates == "time" else day


def _number(name: str, description: str, value: Callable[[GedRow], Value]) -> Column[GedRow]:
    return Column(name, ColumnType.INTEGER, description, value)


def _text(name: str, description: str, value: Callable[[GedRow], Value]) -> Column[GedRow]:
    return Column(name, ColumnType.STRING, description, value)
