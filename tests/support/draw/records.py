"""Whole records, and datasets whose records refer to one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from conflictdata.codelists import codelist
from conflictdata.schema.documents import urn
from tests.support.draw.claims import claims
from tests.support.draw.values import (
    Json,
    Strategy,
    code,
    dates,
    days,
    ends,
    event_ids,
    file_names,
    languages,
    lines,
    names,
    numbered,
    overrides,
    points,
    record,
    schema_at,
    several,
    slugs,
    spelled,
    texts,
    urls,
    whens,
    withdrawals,
)
from tests.support.draw.world import FREE, World, attributed

SCALES = schema_at("actor", "properties", "source_scale", "enum")


def throughout(world: World) -> Strategy:
    """The time of an operation in which everything in this world can happen."""
    ends_of_it = {"started": {"earliest": world.first}, "ended": {"latest": world.last}}
    return record({"basis": texts(1000)}).map(ends_of_it.__or__)


def participants(world: World = FREE, attesting: Sequence[str] = ()) -> Strategy:
    """Who took part."""
    naming = st.sampled_from(attesting) if attesting else numbered("c")
    return record({"actor": world.actors, "role": code("role")}, side=st.sampled_from([1, 2]), claims=several(naming))


def external_ids() -> Strategy:
    """Ids in other datasets."""
    return record({"dataset": code("external_dataset"), "id": lines(60)}, url=urls())


def ucdp_actors() -> Strategy:
    """Actors of the UCDP actor list."""
    return record({"id": st.integers(1, 1_000_000), "name": lines(120)})


def distinctions() -> Strategy:
    """Look-alikes that are other events."""
    return record({"event": event_ids(), "reason": texts(1000)})


@st.composite
def events(draw: st.DrawFn, world: World = FREE, *, event_id: str | None = None, kind: str | None = None) -> Json:
    """Events of either kind with one claim or a few."""
    kind = kind or draw(code("event_kind"))
    event_id = event_id or draw(event_ids())
    made: list[Json] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        own = tuple(f"{event_id}#{claim['id']}" for claim in made)
        here = replace(world, earlier=None if world.earlier is None else world.earlier + own)
        made.append(draw(claims(here, number=number, kind=kind)))
    part = participants(world, [claim["id"] for claim in made])
    required = {
        "title": lines(160),
        "type": st.sampled_from([row["code"] for row in codelist("event-types") if row["kind"] == kind]),
        "when": whens(world.first, world.last, basis=True) if kind == "incident" or world.free else throughout(world),
        "summary": texts(2000),
    }
    optional = {
        "where": world.wheres(),
        "participants": st.lists(part, min_size=1, max_size=3, unique_by=lambda part: part["actor"]),
        "means": several(code("means")),
        "target": several(code("target")),
        "external_ids": several_objects(external_ids()),
        "grade_override": overrides(),
        "notes": texts(),
    }
    if world.free:
        looks_like = st.lists(distinctions(), min_size=1, max_size=2, unique_by=lambda other: other["event"])
        optional |= {"part_of": event_ids(), "withdrawn": withdrawals(event_ids()), "distinct_from": looks_like}
    elif world.operations:
        optional["part_of"] = st.sampled_from(world.operations)
    head = {"$schema": urn("event"), "id": event_id, "kind": kind, "claims": made}
    return head | draw(record(required, **optional))


@st.composite
def relations(draw: st.DrawFn, world: World = FREE, *, number: int | None = None, to: Strategy | None = None) -> Json:
    """Relations to other actors, as somebody states them."""
    required = {
        "id": numbered("r") if number is None else st.just(f"r{number}"),
        "type": code("relation_type"),
        "actor": world.actors if to is None else to,
        "stance": code("stance"),
    }
    optional = {"as": lines(120), "when": whens(world.first, world.last), "notes": texts(4000)}
    return draw(record(required, **optional)) | draw(attributed(world))


def layout_names() -> Strategy:
    """Names in the ACLED column layout."""
    required = {"name": lines(120), "inter": st.integers(1, 8)}
    return record(required, country=code("country"), from_=dates(last="2014-12-31"), to=dates("2015-01-01"))


@st.composite
def actors(draw: st.DrawFn, world: World = FREE, *, actor_id: str | None = None, others: Sequence[str] = ()) -> Json:
    """Actors of every kind; in a dataset related to `others` only, so that relations lead nowhere in circles."""
    actor_id = actor_id or draw(slugs())
    kind = "unattributed" if actor_id == "unattributed" else draw(code("actor_kind", but=("unattributed",)))
    to = slugs().filter(actor_id.__ne__) if world.free else st.sampled_from(others)
    most = 2 if world.free or others else 0
    related = [draw(relations(world, number=number, to=to)) for number in range(1, draw(st.integers(0, most)) + 1)]
    optional = {
        "names": several_objects(names() if world.free else names_in(world)),
        "country": code("country"),
        "acled": st.lists(layout_names(), min_size=1, max_size=2 if world.free else 1, unique_by=spelled),
        "source_scale": st.sampled_from(SCALES),
        "ucdp": ucdp_actors(),
        "notes": texts(),
    }
    if world.free:
        optional["withdrawn"] = withdrawals(slugs())
    head = {"$schema": urn("actor"), "id": actor_id, "kind": kind} | ({"relations": related} if related else {})
    return head | draw(record({"name": lines(120), "description": texts(1000)}, **optional))


def names_in(world: World) -> Strategy:
    """Names as the documents of this world spell them."""
    return record(
        {"text": lines(120), "kind": code("name_kind")}, sources=several(st.sampled_from(sorted(world.sources or {})))
    )


def several_objects(items: Strategy) -> Strategy:
    """One object or two, different in every member that tells them apart."""
    return st.lists(items, min_size=1, max_size=2, unique_by=spelled)


def admins() -> Strategy:
    """Administrative areas."""
    rest = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)
    return record({"name": lines(120)}, pcode=st.builds("SY{}".format, rest))


def box_of(country: str) -> dict[str, float]:
    """The box of degrees that a country lies in."""
    row = next(row for row in codelist("countries") if row["code"] == country)
    return {side: float(row[side]) for side in ("south", "north", "west", "east")}


@st.composite
def places(
    draw: st.DrawFn, *, place_id: str | None = None, within: Sequence[str] | None = None, country: str = ""
) -> Json:
    """Places with a point inside their country, or with the reason why there is none."""
    row = draw(st.sampled_from([row for row in codelist("countries") if row["code"].startswith(country)]))
    located = record({"point": points(**box_of(row["code"]))}) | record({"point_unknown": texts(1000)})
    optional = {"geonames_id": st.integers(1, 100_000_000), "notes": texts()}
    in_country = record({"country": st.just(row["code"])}, admin1=admins(), admin2=admins(), admin3=admins())
    if within is None:
        optional |= {"within": slugs(), "withdrawn": withdrawals(slugs()), "names": several_objects(names())}
    elif within:
        optional["within"] = st.sampled_from(within)
    head = {"$schema": urn("place"), "id": place_id or draw(slugs())}
    named = record({"name": lines(120), "kind": code("place_kind")}, **optional)
    return head | draw(located) | draw(st.just({}) | in_country) | draw(named)


def steps() -> Strategy:
    """Hands through which a text went."""
    return record({"step": code("chain_step")}, by=slugs(), author=lines(120), url=urls(), date=days())


def first_steps(publishers: Strategy) -> Strategy:
    """First publication by one of those given, in the first days of 2018."""
    published = {"step": st.just("first_published"), "by": publishers, "date": ends("2018-01-01", "2018-01-09")}
    return record(published, author=lines(120), url=urls())


def alterations(paragraphs: int = 100_000) -> Strategy:
    """What was changed, and where."""
    return record({"paragraphs": several(st.integers(1, paragraphs)), "note": texts(1000)})


@st.composite
def sources(draw: st.DrawFn, *, source_id: str | None = None, publishers: Strategy | None = None) -> Json:
    """Documents; with `publishers`, first published by one of them in 2018, after everything that they tell."""
    paragraphs = draw(st.integers(3, 40))
    composition = draw(code("composition"))
    required = {
        "title": lines(),
        "language": languages(),
        "chain": st.lists(steps(), min_size=1, max_size=2),
        "sha256": st.binary(min_size=32, max_size=32).map(bytes.hex),
        "file": file_names(),
    }
    if publishers is not None:
        required["chain"] = st.tuples(first_steps(publishers)).map(list)
    optional = {
        "furniture": several(st.integers(2, paragraphs)),
        "notes": texts(),
        "wire": slugs() if publishers is None else publishers,
        "layout": code("layout"),
    }
    altered = {"alterations": st.lists(alterations(paragraphs), min_size=1, max_size=2)}
    if composition == "whole":
        optional |= altered
    else:
        required |= altered
    if publishers is None:
        optional["withdrawn"] = withdrawals(slugs())
    head = {"$schema": urn("source"), "id": source_id or draw(slugs()), "paragraphs": paragraphs}
    return head | {"composition": composition} | draw(record(required, **optional))


@st.composite
def releases(draw: st.DrawFn) -> Json:
    """Which release a dataset is."""
    version = "{}.{}.{}".format(*draw(st.tuples(st.integers(2000, 2099), st.integers(1, 12), st.integers(0, 9999))))
    return {"version": version} | draw(record({"date": dates(), "stage": code("release_stage")}))


def periods() -> Strategy:
    """The days of which everything in a dataset is told."""
    days = {"$schema": urn("period"), "earliest": "2014-01-01", "latest": "2017-12-31"}
    return record({}, basis=texts(1000)).map(days.__or__)


def selections() -> Strategy:
    """What the events of a dataset were chosen from."""
    return record({}, release=releases(), filters=st.lists(texts(1000), min_size=1, max_size=3))


@st.composite
def datasets(draw: st.DrawFn) -> Json:
    """Datasets whose references resolve, whose ids are unique and that no rule finds an error in."""
    some = slugs().filter("unattributed".__ne__)
    publisher, *claimants = draw(st.lists(some, min_size=2, max_size=4, unique=True))
    published = st.just(publisher)
    documents = {name: draw(sources(source_id=name, publishers=published)) for name in draw(several(slugs(), 2))}
    place_ids = sorted(draw(several(slugs(), 3)))
    actor_ids = sorted([publisher, *claimants])
    world = World(
        actors=st.sampled_from(actor_ids),
        claimants=st.sampled_from(claimants),
        places=st.sampled_from(place_ids),
        sources=documents,
        earlier=(),
        operations=(),
        first="2014-01-01",
        last="2017-11-30",
        told=("2017-12-01", "2017-12-31"),
    )
    country = draw(code("country"))
    world = replace(world, points=points(**box_of(country)))
    made: list[Json] = []
    for number, kind in enumerate(sorted(draw(st.lists(code("event_kind"), max_size=3)), reverse=True), start=1):
        made.append(draw(events(world, event_id=f"CD-{number:04d}", kind=kind)))
        claimed = tuple(f"CD-{number:04d}#{claim['id']}" for claim in made[-1]["claims"])
        operations = (f"CD-{number:04d}",) if kind == "operation" else ()
        world = replace(
            world, earlier=(world.earlier or ()) + claimed, operations=(world.operations or ()) + operations
        )
    whole = {
        "$schema": urn("dataset"),
        "sources": [documents[name] for name in sorted(documents)],
        "actors": sorted(
            (
                draw(actors(world, actor_id=name, others=actor_ids[:n]))
                for n, name in enumerate([*actor_ids, "unattributed"])
            ),
            key=lambda actor: actor["id"],
        ),
        "places": [
            draw(places(place_id=name, within=place_ids[:n], country=country)) for n, name in enumerate(place_ids)
        ],
        "events": made,
    }
    late = releases().map(lambda release: release | {"date": max(release["date"], "2099-01-01")})  # after all documents
    return whole | draw(record({}, release=late, period=periods()))
