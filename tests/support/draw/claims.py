"""Claims of every property, with values that fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from conflictdata.codelists import codelist
from tests.support.draw.values import (
    Json,
    Strategy,
    code,
    country_codes,
    days,
    lines,
    numbered,
    record,
    schema_at,
    several,
    texts,
    whens,
)
from tests.support.draw.world import FREE, World, attributed

VALUE_OF = {row["code"]: row["value"] for row in codelist("properties")}
"""The member that holds the value of each property."""
UNITS_OF = {row["code"]: row["units"].split() for row in codelist("properties")}
"""The units that each counting property may have."""
MEASURES = ("distance", "duration")
"""The counting properties whose numbers may have decimals."""


@cache
def _scoped() -> tuple[str, ...]:
    """The properties whose counts need a scope, as the schema says."""
    rule = next(rule for rule in schema_at("claim", "allOf") if "scope" in str(rule.get("then")))
    return tuple(rule["if"]["properties"]["property"]["enum"])


def populations(world: World = FREE) -> Strategy:
    """Who or what is counted."""
    members = {"actor": world.actors, "status": code("population_status"), "nationality": country_codes()}
    return record({}, **members, item=lines(80)).filter(bool)


@st.composite
def counts(draw: st.DrawFn, world: World = FREE, *, prop: str = "killed", kind: str = "operation") -> Json:
    """A count whose numbers fit its bound, its property and the kind of the event."""
    number = st.integers(0, 10_000_000) | st.integers(0, 99)
    if prop in MEASURES:
        number |= st.integers(1, 99_999).filter(lambda tenths: tenths % 10).map(lambda tenths: tenths / 10)
    low, high = sorted((draw(number), draw(number)))
    bound = draw(code("bound", but=("range",) if low == high else ()))
    limits = {
        "exact": {"low": low, "high": low},
        "about": {"low": low, "high": low},
        "range": {"low": low, "high": high},
        "at_least": {"low": low},
        "at_most": {"high": high},
        "vague": {},
    }[bound]
    scope = {"scope": st.just("incident") if kind == "incident" else code("count_scope")}
    required = {"bound": st.just(bound), "as_stated": lines(40), "unit": st.sampled_from(UNITS_OF[prop])}
    optional = {"of": populations(world), "by": several(world.actors)}
    if world.free:
        optional["includes"] = several(world.refs())
    if prop in _scoped():
        required |= scope
    else:
        optional |= scope
    return limits | draw(record(required, **optional))


def controls(world: World = FREE) -> Strategy:
    """Who holds what."""
    held = record({"place": world.places, "holder": world.actors}, extent=code("extent"), from_=world.actors)
    return held.filter(lambda control: control.get("from") != control["holder"])


def results(world: World = FREE) -> Strategy:
    """How it ended."""
    return record({"outcome": code("outcome")}, actor=world.actors)


def responsibilities(world: World = FREE) -> Strategy:
    """Who did it."""
    return record({"actors": several(world.actors), "how": code("responsibility_mode")})


def movements(world: World = FREE) -> Strategy:
    """Who moved, from somewhere or to somewhere."""
    moved = {"actor": world.actors, "what": lines(80)}
    place = world.places
    return (
        record(moved | {"from": place}) | record(moved | {"to": place}) | record(moved | {"from": place, "to": place})
    )


def statements(world: World = FREE) -> Strategy:
    """Anything else."""
    return record({"topic": code("topic"), "text": texts(600)}, about=several(world.actors))


def _value(world: World, prop: str, kind: str) -> dict[str, Strategy]:
    made: dict[str, Callable[[], Strategy]] = {
        "control": lambda: controls(world),
        "result": lambda: results(world),
        "responsibility": lambda: responsibilities(world),
        "movement": lambda: movements(world),
        "date": lambda: days(world.first, world.last),
        "statement": lambda: statements(world),
        "count": lambda: counts(world, prop=prop, kind=kind),
    }
    member = VALUE_OF[prop]
    return {member: made[member]()} if member else {}


@st.composite
def claims(draw: st.DrawFn, world: World = FREE, *, number: int | None = None, kind: str = "operation") -> Json:
    """Claims of every property, stance, attribution and status."""
    barred = ("strength",) if kind == "incident" and not world.free else ()
    prop, stance = draw(code("property", but=barred)), draw(code("stance"))
    required = {"id": numbered("c") if number is None else st.just(f"c{number}")} | _value(world, prop, kind)
    if stance == "plans":
        required["fate"] = code("fate")
    optional = {
        "window": whens(world.first, world.last),
        "where": world.wheres(),
        "stated_on": days(*world.told),
        "hedge": code("hedge"),
        "attests": st.booleans(),
        "notes": texts(4000),
    }
    if world.earlier != ():
        optional["conflicts_with"] = several(world.refs())
    status = draw(st.just({}) | record({"status": code("claim_status"), "status_reason": texts(1000)}))
    return {"property": prop, "stance": stance} | draw(attributed(world)) | draw(record(required, **optional)) | status
