"""What differs between two states leads from one to the other, and what was released keeps its meaning."""

from __future__ import annotations

import random

import pytest
from hypothesis import event as seen
from hypothesis import given

from conflictdata.canonical import dump_line, read_object
from conflictdata.errors import CannotApply, InvalidInput
from conflictdata.findings import Code
from conflictdata.formats.json_document import JSON
from conflictdata.model import Records, Release
from conflictdata.publishing.change import Change, Edit, Shape
from conflictdata.publishing.diff import KINDS, changes_between, edits_between, table_of
from conflictdata.publishing.history_check import check_history
from conflictdata.publishing.patch import applied
from tests.support.draw.pairs import made, mixed, pairs
from tests.support.effort import effort
from tests.support.sample import sample
from tests.support.small import setting, small_with

RELEASE = Release.from_object({"version": "2026.12.0", "date": "2026-12-01", "stage": "final"})
RECORDS = sample()


def spelled(records):
    return b"".join(JSON.content(records))


def of_release(records, release=RELEASE):
    return Records.of(records.sources, records.actors, records.places, records.events, release)


def retold(change):
    """The change as whoever reads its line gets it."""
    return Change.of_object(read_object(dump_line(change.to_object()), "line"), "line")


@pytest.mark.slow
@given(pairs())
@effort(0.6)
def test_applying_what_differs_gives_the_next_state_byte_for_byte(pair):
    old, new = pair
    changes = [*changes_between(old, new)]
    for change in changes:
        seen(change.shape)
        assert retold(change) == change
    after = applied(map(retold, changes), old, RELEASE)
    assert spelled(after) == spelled(of_release(new))
    assert [*changes_between(after, new)] == []


@given(pairs())
@effort(0.25)
def test_what_stays_the_same_is_not_reported_and_what_differs_is(pair):
    old, new = pair
    told = {change.path for change in changes_between(old, new)}
    for kind in KINDS:
        before, after = table_of(old, kind), table_of(new, kind)
        for record_id in {*before.ids(), *after.ids()}:
            same = before.get(record_id) == after.get(record_id)
            assert same is (f"{kind}/{record_id}" not in told)


@pytest.mark.parametrize("seed", range(5))
def test_real_records_changed_at_random_are_led_to_as_well(seed):
    rng = random.Random(seed)
    objects = {event.id: event.to_object() for event in RECORDS.events}
    for event_id in rng.sample(sorted(objects), 20):
        other = objects[rng.choice(sorted(objects))]
        objects[event_id] = mixed(objects[event_id], other, rng) | {"id": event_id}
    for event_id in rng.sample(sorted(objects), 3):
        del objects[event_id]
    events = [made("event", each) for each in objects.values()]
    new = Records.of(RECORDS.sources, RECORDS.actors, RECORDS.places, events)
    changes = [retold(change) for change in changes_between(RECORDS, new)]
    assert len(changes) > 10
    assert spelled(applied(changes, RECORDS, RELEASE)) == spelled(of_release(new))


def test_a_state_differs_in_nothing_from_itself_read_again():
    again = Records.of(*([made(kind, r.to_object()) for r in table_of(RECORDS, kind)] for kind in KINDS))
    assert [*changes_between(RECORDS, again)] == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 2}, [Edit("/a", 1, 2)]),
        ({"a": 1}, {"b": 1}, [Edit("/a", 1, None), Edit("/b", None, 1)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [Edit("/a/c", 2, 3)]),
        ({"a": ["x", "y"]}, {"a": ["x"]}, [Edit("/a", ["x", "y"], ["x"])]),
        ({"a/b~": 1}, {"a/b~": 2}, [Edit("/a~1b~0", 1, 2)]),
        ({"l": [{"id": "c1", "n": 1}]}, {"l": [{"id": "c1", "n": 2}]}, [Edit("/l/c1/n", 1, 2)]),
        ({"l": [{"id": "c1"}]}, {"l": [{"id": "c1"}, {"id": "c2"}]}, [Edit("/l/c2", None, {"id": "c2"})]),
        ({"l": [{"id": "c1"}, {"id": "c2"}]}, {"l": [{"id": "c2"}]}, [Edit("/l/c1", {"id": "c1"}, None)]),
        ({"l": [{"id": "a"}, {"id": "b"}]}, {"l": [{"id": "b"}, {"id": "a"}]}, [Edit("/l", order=("b", "a"))]),
        ({"l": [{"id": "a"}]}, {"l": [{"n": 1}]}, [Edit("/l", [{"id": "a"}], [{"n": 1}])]),
        ({"a": 0}, {"a": 0}, []),
    ],
)
def test_an_edit_names_the_smallest_part_and_claims_by_their_id(old, new, expected):
    assert [*edits_between(old, new)] == expected


def test_a_tombstone_is_a_withdrawal_and_a_missing_record_a_loss():
    tombstone = setting(withdrawn={"reason": "It was another event."})
    shapes = {c.path: c.shape for c in changes_between(small_with(), small_with(e0002=tombstone, e0003=None))}
    assert shapes == {"event/CD-0002": Shape.WITHDRAWN, "event/CD-0003": Shape.REMOVED}


@pytest.mark.parametrize(
    "change",
    [
        Change("event", "CD-0099", Shape.CHANGED, (Edit("/title", "a", "b"),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/title", "not its title", "b"),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/nothing/here", "a", "b"),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/title", None, "b"),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/claims/c99/stance", "asserts", "denies"),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/claims/c1", None, {"id": "c1"}),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/claims/c99", None, {"id": "c98"}),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/claims", order=("c1",)),)),
        Change("event", "CD-0002", Shape.CHANGED, (Edit("/title/x", "a", "b"),)),
        Change("event", "CD-0099", Shape.REMOVED, record={}),
        Change("event", "CD-0002", Shape.REMOVED, record={"id": "CD-0002"}),
        Change("event", "CD-0002", Shape.ADDED, record={"id": "CD-0002"}),
        Change("claim", "c1", Shape.CHANGED, (Edit("/title", "a", "b"),)),
    ],
)
def test_changes_that_start_from_another_state_are_refused(change):
    with pytest.raises(CannotApply, match="apply the changes to"):
        applied([change], small_with())


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"change": "revised", "of": "event"},
        {"change": "revised", "of": "event", "id": 7},
        {"change": "revised", "of": "claim", "id": "c1"},
        {"change": "bettered", "of": "event", "id": "CD-0001"},
        {"change": "added", "of": "event", "id": "CD-0001"},
        {"change": "revised", "of": "event", "id": "CD-0001", "record": {}},
        {"change": "added", "of": "event", "id": "CD-0001", "record": []},
        {"change": "revised", "of": "event", "id": "CD-0001", "edits": {}},
        {"change": "revised", "of": "event", "id": "CD-0001", "edits": ["x"]},
        {"change": "revised", "of": "event", "id": "CD-0001", "edits": [{}]},
        {"change": "revised", "of": "event", "id": "CD-0001", "edits": [{"pointer": "title"}]},
        {"change": "revised", "of": "event", "id": "CD-0001", "edits": [{"pointer": "/claims", "order": [1]}]},
        {"change": "revised", "of": "event", "id": "CD-0001", "edits": [{"pointer": "/claims", "order": "c1"}]},
        {"change": "revised", "of": "event", "id": "CD-0001", "reason": ["x"]},
    ],
)
def test_a_line_that_is_no_change_is_a_finding(line):
    with pytest.raises(InvalidInput) as refused:
        Change.of_object(line, "CHANGES.jsonl:1")
    assert refused.value.finding.code is Code.WRONG_TYPE
    assert refused.value.finding.file == "CHANGES.jsonl:1"


def test_what_was_released_may_change_but_neither_go_nor_mean_something_else():
    def without_a_claim(event):
        return event | {"claims": event["claims"][:1]}

    def with_another_claim(event):
        other = event["claims"][1] | {"property": "occurred"}
        other = {name: value for name, value in other.items() if name not in ("count", "control")}
        evidence = [{"source": "exampletimes-2016-02-24", "paragraph": 2, "digest": "0" * 16}]
        return event | {"claims": [event["claims"][0], other | {"evidence": evidence}, *event["claims"][2:]]}

    def with_a_corrected_claim(event):
        first = event["claims"][0] | {"claimant": "southern-front"}
        return event | {"claims": [first, *event["claims"][1:]]}

    past = of_release(small_with())
    assert [*check_history(past, small_with(e0002=with_a_corrected_claim))] == []
    assert [*check_history(past, small_with(e0099=setting()))] == []
    for change, code, pointer in (
        (None, Code.RELEASED_ID_LOST, ""),
        (without_a_claim, Code.RELEASED_ID_LOST, "/claims/c2"),
        (with_another_claim, Code.RELEASED_ID_REUSED, "/claims/c2"),
    ):
        found = next(check_history(past, small_with(e0002=change)))
        assert (found.code, found.file, found.pointer) == (code, "event/CD-0002", pointer)


def test_a_tombstone_stays_one():
    tombstone = small_with(e0002=setting(withdrawn={"reason": "Not an event."}))
    assert [*check_history(of_release(small_with()), tombstone)] == []
    assert [found.code for found in check_history(of_release(tombstone), small_with())] == [Code.RELEASED_ID_REUSED]
    reworded = small_with(e0002=setting(withdrawn={"reason": "No event of its own."}))
    assert [*check_history(of_release(tombstone), reworded)] == []
