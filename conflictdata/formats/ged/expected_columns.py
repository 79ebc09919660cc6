"""The expected columns of UCDP GED files, of any version: found by name, because versions order them differently."""

from __future__ import annotations

from conflictdata.findings import Code
from conflictdata.formats.layout_files.expected import Expected, Kind, LayoutSpec, RowRule

_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")

GED_FILE = LayoutSpec(
    "the column layout of UCDP GED",
    (
        Expected("id", Kind.INTEGER, needed=True, filled=True),
        Expected("relid"),
        Expected("year", Kind.INTEGER, needed=True, filled=True, low=1975, high=2100),
        Expected("active_year", Kind.BOOLEAN),
        Expected("code_status"),
        Expected("type_of_violence", Kind.INTEGER, needed=True, filled=True, low=1, high=3),
        *(
            Expected(f"{what}_{which}_id", Kind.INTEGER)
            for what in ("conflict", "dyad", "side_a", "side_b")
            for which in ("dset", "new")
        ),
        Expected("conflict_name"),
        Expected("dyad_name"),
        Expected("side_a", needed=True),
        Expected("side_b", needed=True),
        Expected("number_of_sources", Kind.INTEGER, low=-1),
        *(Expected(f"source_{part}") for part in ("article", "office", "date", "headline", "original")),
        Expected("where_prec", Kind.INTEGER, low=1, high=7),
        *(Expected(name) for name in ("where_coordinates", "where_description", "adm_1", "adm_2", "geom_wkt")),
        Expected("latitude", Kind.NUMBER, needed=True, filled=True, low=-90, high=90),
        Expected("longitude", Kind.NUMBER, needed=True, filled=True, low=-180, high=180),
        Expected("priogrid_gid", Kind.INTEGER, low=1, high=259_200),
        Expected("country"),
        Expected("country_id", Kind.INTEGER),
        Expected("region"),
        Expected("event_clarity", Kind.INTEGER, low=1, high=2),
        Expected("date_prec", Kind.INTEGER, low=1, high=5),
        Expected("date_start", Kind.DATE, needed=True, filled=True),
        Expected("date_end", Kind.DATE, needed=True, filled=True),
        *(Expected(name, Kind.INTEGER, needed=True, filled=True, low=0) for name in (*_DEATHS, "best", "high", "low")),
        Expected("gwnoa"),
        Expected("gwnob", Kind.INTEGER),
    ),
    (
        RowRule(
            (*_DEATHS, "best"),
            f"{{best}} <> {' + '.join(f'{{{name}}}' for name in _DEATHS)}",
            Code.CELL_MISMATCH,
            "best is not the sum of the four columns of deaths",
        ),
        RowRule(
            ("low", "best", "high"),
            "{low} > {best} OR {best} > {high}",
            Code.ESTIMATES_OUT_OF_ORDER,
            "the best estimate is outside low and high (in UCDP's own files this is so in one of a hundred rows)",
        ),
        RowRule(
            ("date_start", "date_end"),
            "{date_end} < {date_start}",
            Code.WINDOW_REVERSED,
            "date_end is before date_start",
        ),
        RowRule(
            ("date_start", "date_end", "year"),
            "{year} <> year({date_start}) OR {year} <> year({date_end})",
            Code.CELL_MISMATCH,
            "the days are not both in the year",
        ),
        RowRule(
            ("latitude", "longitude", "priogrid_gid"),
            "{priogrid_gid} <> 720 * least(floor(({latitude} + 90) * 2), 359)"
            " + least(floor(({longitude} + 180) * 2), 719) + 1",
            Code.CELL_MISMATCH,
            "the PRIO-GRID cell does not contain the point",
        ),
        RowRule(
            ("type_of_violence", "deaths_a", "deaths_b"),
            "{type_of_violence} = 3 AND ({deaths_a} > 0 OR {deaths_b} > 0)",
            Code.CELL_MISMATCH,
            "one-sided violence cannot have deaths on side a or b",
        ),
    ),
)
