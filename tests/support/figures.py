"""An event of some claims, and a document of uncertain date, for tests of figures."""

from __future__ import annotations

from typing import Any

from tests.support.builders import ACTORS, Object, actor, claim, event, records, source


def dated(name: str, first: str | None, last: str | None) -> Object:
    """A document first published on some day from the first to the last, of which either may not be known."""
    ends = {key: day for key, day in (("earliest", first), ("latest", last)) if day is not None}
    paper = source(name)
    paper["chain"][0]["date"] = ends
    return paper


def one(*claims: Object, **more: Any) -> Any:
    """Records of one event with these claims beside the one that it happened, and that event."""
    built = records([event(1, [claim(1), *claims], **more)], [actor(each) for each in ACTORS])
    return built, built.events[0]
