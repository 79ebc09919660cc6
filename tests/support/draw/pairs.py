"""Two states of one dataset: records that stay, change a little or much, come, go and are withdrawn."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import strategies as st

from conflictdata.model import Record, Records, type_of_kind
from tests.support.draw.records import actors, events, places, sources
from tests.support.draw.values import Json, Strategy, event_ids, slugs, withdrawals

DRAWN: dict[str, Callable[[str], Strategy]] = {
    "source": lambda record_id: sources().map(lambda record: record | {"id": record_id}),
    "actor": lambda record_id: actors(actor_id=record_id),
    "place": lambda record_id: places(place_id=record_id),
    "event": lambda record_id: events(event_id=record_id),
}
"""A strategy for a record of each kind and a given id."""


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Records, Records]:
    """Any two states; their references may lead nowhere, which is nothing to a comparison."""
    before: dict[str, list[Record]] = {kind: [] for kind in DRAWN}
    after: dict[str, list[Record]] = {kind: [] for kind in DRAWN}
    rng = random.Random(draw(st.integers(0, 2**32)))
    for kind, record_of in DRAWN.items():
        ids = st.lists(event_ids() if kind == "event" else slugs(), max_size=3, unique=True)
        for record_id in draw(ids):
            old = draw(record_of(record_id))
            match draw(st.sampled_from(("same", "mixed", "other", "added", "removed", "withdrawn"))):
                case "same":
                    states = (old, old)
                case "mixed":
                    states = (old, mixed(old, draw(record_of(record_id)), rng))
                case "other":
                    states = (old, draw(record_of(record_id)))
                case "added":
                    states = (None, old)
                case "removed":
                    states = (old, None)
                case _:
                    states = (old, old | {"withdrawn": draw(withdrawals(slugs()))})
            for records, state in zip((before, after), states, strict=True):
                if state is not None:
                    records[kind].append(made(kind, state))
    old_state, new_state = (Records.of(*(state[kind] for kind in DRAWN)) for state in (before, after))
    return old_state, new_state


def mixed(one: Json, other: Json, rng: random.Random) -> Json:
    """Members and listed things of both, as the model but not every rule would have them."""
    members = {}
    for name in [*one, *(name for name in other if name not in one)]:
        if name in one and name in other:
            both_lists = isinstance(one[name], list) and all(
                "id" in item for item in one[name] if isinstance(item, dict)
            )
            if both_lists and one[name] and isinstance(one[name][0], dict):
                members[name] = shuffled(one[name], other[name], rng)
            elif isinstance(one[name], dict) and isinstance(other[name], dict) and name != "when":
                members[name] = mixed(one[name], other[name], rng)
            else:
                members[name] = rng.choice((one, other))[name]
        elif rng.random() < 0.5:
            members[name] = one.get(name, other.get(name))
    return members


def shuffled(one: list[Json], other: list[Json], rng: random.Random) -> list[Json]:
    """Some of both, each id once, in any order."""
    items = {item["id"]: item for item in rng.sample([*one, *other], rng.randint(1, len(one) + len(other)))}
    return rng.sample(sorted(items.values(), key=lambda item: str(item["id"])), len(items))


def made(kind: str, members: Json) -> Record:
    """The record."""
    record: Record = type_of_kind[kind].from_object(members)
    return record
