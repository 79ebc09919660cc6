"""One event with everything that matters in it, invented from end to end; `example()` is a copy to break."""

from __future__ import annotations

import json
from typing import Any

_EXAMPLE = """
{
  "$schema": "urn:conflictdata:schema:1.0.0:event",
  "id": "CD-9001",
  "kind": "incident",
  "title": "Northern Brigade takes the mill district of Exampleton",
  "type": "territory_captured",
  "part_of": "CD-9000",
  "when": {"earliest": "2016-02-22", "latest": "2016-02-23", "basis": "Paragraph 4 says Monday night."},
  "where": {"place": "exampleton-mill", "precision": "settlement"},
  "participants": [
    {"actor": "northern-brigade", "side": 1, "role": "attacker"},
    {"actor": "southern-front", "side": 2, "role": "defender"}
  ],
  "claims": [
    {
      "id": "c1", "claimant": "northern-brigade", "attribution": "named", "speaker": "its spokesman",
      "via": ["examplewire"], "stance": "asserts", "property": "control",
      "control": {"place": "exampleton-mill", "holder": "northern-brigade", "extent": "full", "from": "southern-front"},
      "stated_on": {"earliest": "2016-02-23", "latest": "2016-02-24"},
      "evidence": [{"source": "exampletimes-2016-02-24", "paragraph": 4, "digest": "6f2c0a9be1d45873"}]
    },
    {
      "id": "c2", "claimant": "valley-monitor", "attribution": "named", "stance": "asserts", "property": "killed",
      "count": {"low": 12, "bound": "at_least", "as_stated": "at least 12", "unit": "person", "scope": "incident",
                "of": {"actor": "southern-front", "status": "combatant"}},
      "evidence": [{"source": "exampletimes-2016-02-24", "paragraph": 7, "digest": "03be77f1a2c94d10"}]
    },
    {
      "id": "c3", "claimant": "southern-front", "attribution": "named", "stance": "denies", "property": "control",
      "control": {"place": "exampleton-mill", "holder": "northern-brigade", "extent": "full"},
      "conflicts_with": ["CD-9001#c1"],
      "evidence": [{"source": "exampletimes-2016-02-24", "paragraph": 9, "digest": "c81d5e3390ab7f42"}]
    }
  ],
  "summary": "The Northern Brigade said it held the mill district; the Southern Front denied it."
}
"""


def example() -> dict[str, Any]:
    """A fresh copy of the event."""
    event: dict[str, Any] = json.loads(_EXAMPLE)
    return event
