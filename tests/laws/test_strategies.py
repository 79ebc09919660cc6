"""What the tests draw is what they say they draw: datasets that hang together, damage that leaves its victim alone."""

from __future__ import annotations

import copy
import random

from hypothesis import event, given
from hypothesis import strategies as st

from conflictdata.findings import Severity
from conflictdata.model import Document, Records
from conflictdata.rules import check_record, check_records
from tests.support.damage import damage
from tests.support.draw.records import datasets
from tests.support.draw.values import spelled
from tests.support.effort import effort
from tests.support.example import example


def file_of(kind, record_id):
    return f"{kind}s/{record_id}.json", ""


@given(datasets())
@effort(0.25)
def test_a_drawn_dataset_breaks_no_rule(document):
    records = Records.of_document(Document.from_object(document))
    found = list(check_records(records, file_of))
    for table in (records.sources, records.actors, records.places, records.events):
        found += [finding for record in table for finding in check_record(record, f"{record.id}.json")]
    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []
    event(f"events: {len(records.events)}")


@given(st.integers(0, 2**32))
@effort()
def test_damage_follows_from_its_seed_and_leaves_its_victim_alone(seed):
    victim = example()
    damaged = damage(victim, random.Random(seed))
    assert victim == example()
    assert spelled(damaged) == spelled(damage(copy.deepcopy(victim), random.Random(seed)))
    event("changed" if spelled(damaged) != spelled(victim) else "unchanged")


def test_damage_mostly_changes_something_and_sometimes_almost_nothing():
    whole = spelled(example())
    drawn = [spelled(damage(example(), random.Random(seed))) for seed in range(200)]
    assert sum(text != whole for text in drawn) > 150
    assert any(0 < abs(len(text) - len(whole)) < 3 for text in drawn)
