"""Comparing two states: what is found leads from one to the other byte for byte, and each change has its reason."""

from __future__ import annotations

import random
from copy import deepcopy

import pytest
from hypothesis import event as seen
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import dump_line, read_object
from conflictdata.errors import CannotApply, InvalidInput
from conflictdata.findings import Code
from conflictdata.formats.json_document import JSON
from conflictdata.model import Records, Release
from conflictdata.model.codes import ChangeKind
from conflictdata.model.release import Changes
from conflictdata.publishing.change import Change, Edit, Shape
from conflictdata.publishing.change_reasons import NEW, Reason, explained, reasons_in, unexplained
from conflictdata.publishing.diff import KINDS, changes_between, edits_between, table_of
from conflictdata.publishing.history_check import check_history
from conflictdata.publishing.patch import applied
from conflictdata.schema import urn
from conflictdata.schema.validate import validate
from tests.support.draw.pairs import made, mixed, pairs
from tests.support.effort import effort
from tests.support.sample import sample
from tests.support.small import small

RELEASE = Release.from_object({"version": "2026.12.0", "date": "2026-12-01", "stage": "final"})
RECORDS = sample()


def spelled(records):
    return b"".join(JSON.content(records))


def of_release(records, release=RELEASE):
    return Records.of(records.sources, records.actors, records.places, records.events, release)


def retold(change):
    """The change as whoever reads its line gets it."""
    return Change.of_object(read_object(dump_line(change.to_object()), "line"), "line")


def state(**events):
    """A dataset of one small world, its events changed by functions of their objects; None takes one away."""
    base = small()
    objects = {event.id: event.to_object() for event in base.events}
    for name, change in events.items():
        event_id = f"CD-{name.removeprefix('e')}"
        changed = change(deepcopy(objects.get(event_id, objects["CD-0002"] | {"id": event_id}))) if change else None
        if changed is None:
            del objects[event_id]
        else:
            objects[event_id] = changed
    return Records.of(base.sources, base.actors, base.places, [made("event", each) for each in objects.values()])


def setting(**members):
    return lambda event: event | members


def file_of(*entries):
    """The reasons of a file of changes that obeys its schema."""
    members = {"$schema": urn("changes"), "version": "2026.12.0", "changes": [*entries]}
    assert validate(members, "changes", "f") == []
    return reasons_in(Changes.from_object(members), "f")


def because(old, new, *entries):
    """What changed with its reasons, and what is wrong with those."""
    reasons = file_of(*entries)
    found = [*explained(changes_between(old, new), reasons)]
    return [each.change for each in found if each.reasons], [*unexplained(found, reasons)]


# From one state to the next.


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


# How a change is told.


def claims_reordered(event):
    return event | {"claims": event["claims"][::-1]}


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
    shapes = {c.path: c.shape for c in changes_between(state(), state(e0002=tombstone, e0003=None))}
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
        applied([change], state())


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


# Reasons.


def test_a_reason_explains_its_records_and_fields_and_the_closest_counts():
    new = state(e0002=setting(title="New", summary="New."), e0003=setting(summary="New."))
    told, wrong = because(
        state(),
        new,
        {"kind": "revised", "fields": ["/summary"], "reason": "Reworded."},
        {"kind": "corrected", "records": ["event/CD-0002"], "reason": "Misread."},
        {"kind": "revised", "records": ["event/CD-0003"], "fields": ["/summary"], "reason": "Closer."},
        {"kind": "corrected", "records": ["event/CD-0003"], "reason": "Misread."},
    )
    assert [(c.path, c.kind, c.reason, [e.pointer for e in c.edits]) for c in told] == [
        ("event/CD-0002", "corrected", "Misread.", ["/title", "/summary"]),
        ("event/CD-0003", "revised", "Closer.", ["/summary"]),
    ]
    assert [(found.code, found.file, found.pointer) for found in wrong] == [
        (Code.REASON_WITHOUT_CHANGE, "f", "/changes/0"),
        (Code.REASON_WITHOUT_CHANGE, "f", "/changes/3"),
    ]


def test_different_fields_of_a_record_can_have_different_reasons():
    told, wrong = because(
        state(),
        state(e0002=setting(title="New", summary="New.")),
        {"kind": "corrected", "records": ["event/CD-0002"], "fields": ["/title"], "reason": "A slip."},
        {"kind": "revised", "records": ["event/CD-0002"], "fields": ["/summary"], "reason": "More is known."},
    )
    assert [(c.kind, c.reason, [e.pointer for e in c.edits]) for c in told] == [
        (ChangeKind.CORRECTED, "A slip.", ["/title"]),
        (ChangeKind.REVISED, "More is known.", ["/summary"]),
    ]
    assert wrong == []


FIELDS = ["/when", "/when/latest", "/whenever", "/claims/c1", "/claims/c1/count"]
PATHS = ["event/CD-0002", "event/CD-0003", "actor/army"]
WHY = st.builds(
    lambda kind, text, records, fields, number: Reason(kind, text, records, tuple(fields), ("f", f"/changes/{number}")),
    st.sampled_from([*ChangeKind]),
    st.sampled_from(["One.", "Two."]),
    st.frozensets(st.sampled_from(PATHS), max_size=2),
    st.lists(st.sampled_from(FIELDS), max_size=2, unique=True),
    st.integers(0, 3),
)
EDITS = st.lists(
    st.builds(Edit, st.sampled_from([*FIELDS, "/claims/c1/count/low", "/claims/c2", "/title"]), st.just(1), st.just(2)),
    min_size=1,
    max_size=4,
)


@given(st.lists(WHY, max_size=6), st.sampled_from([*Shape]), EDITS)
@effort(4)
def test_the_reasons_of_a_field_are_those_that_fit_it_best_of_all(reasons, shape, edits):
    fits = {"added": ("added",), "withdrawn": ("withdrawn",), "changed": ("revised", "corrected"), "removed": ()}

    def closeness(why: Reason, pointer: str) -> tuple[bool, int] | None:
        around = [len(field) for field in why.fields if f"{pointer}/".startswith(f"{field}/")]
        fit = why.kind in fits[shape] and (not why.records or PATHS[0] in why.records) and (around or not why.fields)
        return (bool(why.records), max(around, default=0)) if fit else None

    expected: dict[tuple[Reason, ...], list[str]] = {}
    for edit in edits if shape is Shape.CHANGED else [Edit("")]:
        known = [(why, close) for why in reasons if (close := closeness(why, edit.pointer)) is not None]
        best = max((close for _, close in known), default=None)
        expected.setdefault(tuple(why for why, close in known if close == best), []).append(edit.pointer)
    found = [*explained([Change("event", "CD-0002", shape, tuple(edits))], reasons)]
    told = [[edit.pointer for edit in because.change.edits] for because in found]
    if shape is Shape.ADDED and expected == {(): [""]}:
        expected = {(NEW,): [""]}  # a new record needs no reason
    assert [because.reasons for because in found] == [*expected]
    assert told == ([*expected.values()] if shape is Shape.CHANGED else [[edit.pointer for edit in edits]])
    idle = [why.place for why in reasons if not any(why in because.reasons for because in found)]
    wrong = [finding for finding in unexplained(found, reasons) if finding.code is Code.REASON_WITHOUT_CHANGE]
    assert [(finding.file, finding.pointer) for finding in wrong] == idle


def test_two_reasons_that_fit_alike_both_count():
    twice = [
        {"kind": kind, "records": ["event/CD-0002"], "reason": f"It was {kind}."} for kind in ("corrected", "revised")
    ]
    told, wrong = because(state(), state(e0002=setting(title="New")), *twice)
    assert [(c.kind, c.reason) for c in told] == [(ChangeKind.CORRECTED, "It was corrected.; It was revised.")]
    assert wrong == []


@pytest.mark.parametrize(
    ("new", "entry", "words"),
    [
        (
            state(e0002=setting(title="New")),
            {"kind": "added", "records": ["event/CD-0002"], "reason": "x"},
            "differs at /title",
        ),
        (
            state(e0002=setting(title="New")),
            {"kind": "revised", "fields": ["/titles"], "reason": "x"},
            "differs at /title",
        ),
        (
            state(e0002=setting(withdrawn={"reason": "x"})),
            {"kind": "corrected", "records": ["event/CD-0002"], "reason": "x"},
            "is withdrawn",
        ),
        (
            state(e0003=None),
            {"kind": "withdrawn", "records": ["event/CD-0003"], "reason": "x"},
            "is missing",
        ),
    ],
)
def test_a_reason_of_another_kind_or_place_explains_nothing(new, entry, words):
    told, wrong = because(state(), new, entry)
    assert told == []
    assert [found.code for found in wrong] == [Code.CHANGE_WITHOUT_REASON, Code.REASON_WITHOUT_CHANGE]
    assert words in wrong[0].message


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"kind": "revised", "reason": "x"}, Code.MISSING_MEMBER),
        ({"kind": "revised", "records": ["event/CD-0001"]}, Code.MISSING_MEMBER),
        ({"kind": "revised", "records": ["event/CD-0001"], "reason": " "}, Code.EMPTY_STRING),
        ({"kind": "other", "records": ["event/CD-0001"], "reason": "x"}, Code.NOT_IN_CODELIST),
        ({"kind": "added", "fields": ["/title"], "reason": "x"}, Code.MISSING_MEMBER),
        ({"kind": "revised", "records": ["CD-0001"], "reason": "x"}, Code.BAD_FORMAT),
        ({"kind": "revised", "fields": ["title"], "reason": "x"}, Code.BAD_FORMAT),
    ],
)
def test_a_change_file_without_kind_place_or_reason_is_a_finding(entry, code):
    members = {"$schema": urn("changes"), "version": "2026.12.0", "changes": [entry]}
    assert code in [found.code for found in validate(members, "changes", "f")]


# Ids.


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

    past = of_release(state())
    assert [*check_history(past, state(e0002=with_a_corrected_claim))] == []
    assert [*check_history(past, state(e0099=setting()))] == []
    for change, code, pointer in (
        (None, Code.RELEASED_ID_LOST, ""),
        (without_a_claim, Code.RELEASED_ID_LOST, "/claims/c2"),
        (with_another_claim, Code.RELEASED_ID_REUSED, "/claims/c2"),
    ):
        found = next(check_history(past, state(e0002=change)))
        assert (found.code, found.file, found.pointer) == (code, "event/CD-0002", pointer)


def test_a_tombstone_stays_one():
    tombstone = state(e0002=setting(withdrawn={"reason": "Not an event."}))
    assert [*check_history(of_release(state()), tombstone)] == []
    assert [found.code for found in check_history(of_release(tombstone), state())] == [Code.RELEASED_ID_REUSED]
    reworded = state(e0002=setting(withdrawn={"reason": "No event of its own."}))
    assert [*check_history(of_release(tombstone), reworded)] == []
