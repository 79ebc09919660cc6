"""What was withdrawn is in no list, count or answer: they are those of a dataset that never had it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.capture_matrix import capture_matrix
from conflictdata.dataset import Dataset
from conflictdata.formats.registry import FORMATS
from conflictdata.model import Records, Withdrawn
from conflictdata.tables.registry import TABLES, table_rows
from tests.support.effort import effort
from tests.support.small import small

WHOLE = small()
LIVE = [event.id for event in WHOLE.events if event.withdrawn is None]
GONE = Withdrawn(reason="It was invented.")


def with_events(events: Collection[object]) -> Records:
    """The small world with other events."""
    return Records.of(WHOLE.sources, WHOLE.actors, WHOLE.places, events, WHOLE.release)  # type: ignore[arg-type]


def some_withdrawn(ids: Collection[str]) -> tuple[Records, Records]:
    """The small world with these events withdrawn as well, and as if it had never had a withdrawn event."""
    events = [replace(event, withdrawn=GONE) if event.id in ids else event for event in WHOLE.events]
    return with_events(events), with_events([event for event in events if event.withdrawn is None])


WITHDRAWN = st.sets(st.sampled_from(LIVE)).map(some_withdrawn)


@given(WITHDRAWN)
@effort(0.5)
def test_answers_are_those_of_a_dataset_that_never_had_it(pair: tuple[Records, Records]) -> None:
    marked, never = map(Dataset, pair)
    for what in ("killed", "injured"):
        assert marked.figures(what, by="event").to_dict() == never.figures(what, by="event").to_dict()
    assert marked.disputes().to_dict() == never.disputes().to_dict()
    assert [event.id for event in marked.find()] == [event.id for event in never.find()]
    assert [claim.id for claim in marked.claims.find()] == [claim.id for claim in never.claims.find()]
    assert capture_matrix(pair[0]).to_dict() == capture_matrix(pair[1]).to_dict()
    for actor in WHOLE.actors:
        assert marked.timeline(actor.id).to_dict() == never.timeline(actor.id).to_dict()


@given(WITHDRAWN)
@effort(0.5)
def test_totals_agree_wherever_they_are_printed(pair: tuple[Records, Records]) -> None:
    marked, never = pair
    counts, expected = Dataset(marked)._counts(), Dataset(never)._counts()
    assert counts.pop("withdrawn") == len(marked.events) - len(never.events)
    assert expected.pop("withdrawn") == 0
    assert counts == expected
    assert counts["incidents"] + counts["operations"] == len(never.events) == _rows(marked, "csv")
    assert len(json.loads(b"".join(FORMATS["geojson"].content(marked)))["features"]) == len(never.events)  # type: ignore[union-attr]


def _rows(records: Records, form: str) -> int:
    text = b"".join(FORMATS[form].content(records)).decode()  # type: ignore[union-attr]
    return len(list(csv.reader(io.StringIO(text)))) - 1


@given(WITHDRAWN)
@effort(0.5)
def test_every_table_says_of_each_row_whether_it_was_withdrawn(pair: tuple[Records, Records]) -> None:
    marked, never = pair
    for name, columns in TABLES.items():
        where = [column.name for column in columns].index("withdrawn")
        kept = [row for row in table_rows(marked, name) if not row[where]]
        assert kept == list(table_rows(never, name)), name
