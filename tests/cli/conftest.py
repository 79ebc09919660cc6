"""What several commands are asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.builders import actor, claim, count, event, place, records
from tests.support.calling import write_records


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of invented records: two events, one withdrawn, a disputed number, a text that is held."""
    parts = [{"actor": "army", "side": 1, "role": "attacker"}, {"actor": "front", "side": 2, "role": "defender"}]
    folder = tmp_path_factory.mktemp("world") / "records"
    toll = claim(2, "killed", "army", count=count(3, 9), speaker="its spokesman", via=["wire"])
    doubt = claim(3, "killed", None, stance="doubts", count=count(3, 9), conflicts_with=["CD-0001#c2"])
    held = claim(4, "control", control={"place": "mill", "holder": "army", "extent": "part", "from": "front"})
    gone = {"reason": "The same as CD-0001.", "replaced_by": ["CD-0001"]}
    whole = records(
        [
            event(
                1, [claim(1), toll, doubt, held], participants=parts, where={"place": "mill", "precision": "settlement"}
            ),
            event(2, [claim(1)], withdrawn=gone),
        ],
        [actor(name) for name in ("army", "front", "monitor", "wire", "unattributed", "paper")],
        [place("mill", "country", (35, 39), country="SYR"), place("country", kind="country", country="SYR")],
    )
    write_records(folder, whole)
    return folder
