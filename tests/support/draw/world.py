"""What a record may refer to: anything at all, or in a dataset the records that it has."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.support.draw.values import (
    FIRST,
    LAST,
    Json,
    Strategy,
    claim_refs,
    code,
    lines,
    points,
    record,
    several,
    slugs,
    texts,
)


@dataclass(frozen=True, slots=True)
class World:
    """Strategies for ids, and limits of time; what is None is free, what is empty cannot be referred to.

    `claimants` publish nothing themselves; what is said of `first` to `last` is said within the days of `told`.
    """

    actors: Strategy = field(default_factory=slugs)
    claimants: Strategy = field(default_factory=slugs)
    places: Strategy = field(default_factory=slugs)
    sources: dict[str, Json] | None = None
    earlier: tuple[str, ...] | None = None
    operations: tuple[str, ...] | None = None
    first: str = FIRST
    last: str = LAST
    told: tuple[str, str] = (FIRST, LAST)
    points: Strategy | None = field(default_factory=lambda: points())

    @property
    def free(self) -> bool:
        """Whether any id may be named."""
        return self.sources is None

    def refs(self) -> Strategy:
        """Claims that a claim may point back to."""
        return claim_refs() if self.earlier is None else st.sampled_from(self.earlier)

    def evidence(self, among: Sequence[str] | None = None) -> Strategy:
        """Evidence in documents of this world, each paragraph always with the same digest."""
        if self.sources is None:
            where = st.tuples(slugs(), st.integers(1, 100_000))
        else:
            readable = [
                (name, paragraph)
                for name, source in self.sources.items()
                for paragraph in range(1, source["paragraphs"] + 1)
                if (among is None or name in among) and paragraph not in source.get("furniture", ())
            ]
            where = st.sampled_from(readable)
        cited = where.map(lambda at: {"source": at[0], "paragraph": at[1], "digest": digest(f"{at[0]} {at[1]}")})
        return st.builds(dict.__or__, cited, record({}, locator=lines(40)))

    def evidence_list(self, among: Sequence[str] | None = None) -> Strategy:
        """One paragraph or a few, none twice."""
        different = lambda item: (item["source"], item["paragraph"])  # noqa: E731
        return st.lists(self.evidence(among), min_size=1, max_size=3, unique_by=different)

    def wheres(self) -> Strategy:
        """Places in events and claims."""
        optional = {"note": texts(1000), "point": self.points} if self.points is not None else {"note": texts(1000)}
        return record({"place": self.places, "precision": code("place_precision")}, **optional)


FREE = World()
"""The world in which any id may be named."""


def digest(text: str) -> str:
    """Sixteen digits that follow from the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@st.composite
def attributed(draw: st.DrawFn, world: World = FREE) -> Json:
    """Who says it, how that is known, and where it stands, in agreement with one another."""
    attribution = draw(code("attribution"))
    optional = {"via": several(world.claimants), "speaker": lines(120)}
    required = {"evidence": world.evidence_list(), "claimant": world.claimants.filter("unattributed".__ne__)}
    if attribution == "unnamed":
        required |= {"claimant": st.just("unattributed"), "claimant_as_stated": lines(80)}
    elif attribution == "own_voice" and world.sources is not None:
        publisher = draw(st.sampled_from(sorted({source["chain"][0]["by"] for source in world.sources.values()})))
        own = [name for name, source in world.sources.items() if source["chain"][0]["by"] == publisher]
        required |= {"claimant": st.just(publisher), "evidence": world.evidence_list(own)}
    return {"attribution": attribution} | draw(record(required, **optional))
