"""Columns that several tables share: windows, places, tombstones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conflictdata.tables.columns import Column, ColumnType, added, at, code, day, integer, listed, number, string, truth


def window(prefix: str, path: str, what: str) -> tuple[Column[Any], ...]:
    """The columns of a window: some day between earliest and latest, or lasting from started to ended."""
    return (
        day(f"{prefix}earliest", f"{what}: the first possible day, where it is some day between.", f"{path}.earliest"),
        day(f"{prefix}latest", f"{what}: the last possible day, where it is some day between.", f"{path}.latest"),
        *lasting(prefix, path, what),
        string(f"{prefix}basis", f"{what}: how the text was turned into days.", f"{path}.basis"),
    )


def lasting(prefix: str, path: str, what: str) -> tuple[Column[Any], ...]:
    """The columns of the four bounds of something that lasted."""
    return (
        day(
            f"{prefix}started_earliest",
            f"{what}: the first day on which it can have begun.",
            f"{path}.started.earliest",
        ),
        day(f"{prefix}started_latest", f"{what}: the last day on which it can have begun.", f"{path}.started.latest"),
        day(f"{prefix}ended_earliest", f"{what}: the first day on which it can have ended.", f"{path}.ended.earliest"),
        day(f"{prefix}ended_latest", f"{what}: the last day on which it can have ended.", f"{path}.ended.latest"),
    )


def days(prefix: str, path: str, what: str) -> tuple[Column[Any], ...]:
    """The columns of a window with an earliest and a latest day."""
    return (
        day(f"{prefix}earliest", f"{what}: the first possible day.", f"{path}.earliest"),
        day(f"{prefix}latest", f"{what}: the last possible day.", f"{path}.latest"),
        string(f"{prefix}basis", f"{what}: how the text was turned into days.", f"{path}.basis"),
    )


def where(path: str, what: str) -> tuple[Column[Any], ...]:
    """The columns of a place in an event or claim."""
    return (
        string("where_place", f"{what}: the place's id.", f"{path}.place"),
        code("where_precision", f"{what}: how closely the place fits.", f"{path}.precision", "place-precisions"),
        string("where_note", f"{what}: what else the text says of it.", f"{path}.note"),
    )


def where_point(path: str, what: str) -> tuple[Column[Any], ...]:
    """The coordinates that a document gives."""
    return added(
        "1.1.0",
        number("where_latitude", f"{what}: degrees north, WGS 84, as the document gives them.", f"{path}.lat"),
        number("where_longitude", f"{what}: degrees east, WGS 84, as the document gives them.", f"{path}.lon"),
        string("where_mgrs", f"{what}: the point in the Military Grid Reference System.", f"{path}.mgrs"),
        integer("where_radius_m", f"{what}: within how many metres of the point it is.", f"{path}.radius_m"),
        string("where_point_source", f"{what}: where the coordinates are from.", f"{path}.source"),
        code("where_point_standing", f"{what}: how reliable they are.", f"{path}.standing", "point-standings"),
    )


def voice(path: str) -> tuple[Column[Any], ...]:
    """The columns about a claimant: the words for an unnamed one, the speaker, the channels."""
    return (
        string("claimant_as_stated", "The text's words for an unnamed claimant.", f"{path}.claimant_as_stated"),
        string("speaker", "The person or office that speaks for the claimant.", f"{path}.speaker"),
        listed("via", "The channels through which it reached the document, in order.", f"{path}.via"),
    )


_WITHDRAWN = "Whether the record was withdrawn, or the one that the row belongs to; such rows count in no total."


def withdrawn(of: str = "withdrawn") -> Column[Any]:
    """Whether a row counts no longer, by the path in its item to a tombstone."""
    value = at(of)
    return Column("withdrawn", ColumnType.BOOLEAN, _WITHDRAWN, lambda item: value(item) is not None, derived=True)


def part_withdrawn() -> Column[Any]:
    """The same for a part of a record, whose item says it in `withdrawn`."""
    return replace(truth("withdrawn", _WITHDRAWN, "withdrawn"), derived=True)


def tombstone(path: str = "") -> tuple[Column[Any], ...]:
    """The columns of a withdrawn record."""
    return (
        string("withdrawn_reason", "Why the record was withdrawn; empty on a live record.", f"{path}withdrawn.reason"),
        listed("withdrawn_replaced_by", "The records that replaced it.", f"{path}withdrawn.replaced_by"),
    )
