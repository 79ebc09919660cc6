"""Each change is told with the reason that fits it best, and a change without one is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.findings import Code
from conflictdata.model.codes import ChangeKind
from conflictdata.model.release import Changes
from conflictdata.publishing.change import Change, Edit, Shape
from conflictdata.publishing.change_reasons import NEW, Reason, explained, reasons_in, unexplained
from conflictdata.publishing.diff import changes_between
from conflictdata.schema import urn
from conflictdata.schema.validate import validate
from tests.support.effort import effort
from tests.support.small import setting, small_with


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


def test_a_reason_explains_its_records_and_fields_and_the_closest_counts():
    new = small_with(e0002=setting(title="New", summary="New."), e0003=setting(summary="New."))
    told, wrong = because(
        small_with(),
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
        small_with(),
        small_with(e0002=setting(title="New", summary="New.")),
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
    told, wrong = because(small_with(), small_with(e0002=setting(title="New")), *twice)
    assert [(c.kind, c.reason) for c in told] == [(ChangeKind.CORRECTED, "It was corrected.; It was revised.")]
    assert wrong == []


@pytest.mark.parametrize(
    ("new", "entry", "words"),
    [
        (
            small_with(e0002=setting(title="New")),
            {"kind": "added", "records": ["event/CD-0002"], "reason": "x"},
            "differs at /title",
        ),
        (
            small_with(e0002=setting(title="New")),
            {"kind": "revised", "fields": ["/titles"], "reason": "x"},
            "differs at /title",
        ),
        (
            small_with(e0002=setting(withdrawn={"reason": "x"})),
            {"kind": "corrected", "records": ["event/CD-0002"], "reason": "x"},
            "is withdrawn",
        ),
        (
            small_with(e0003=None),
            {"kind": "withdrawn", "records": ["event/CD-0003"], "reason": "x"},
            "is missing",
        ),
    ],
)
def test_a_reason_of_another_kind_or_place_explains_nothing(new, entry, words):
    told, wrong = because(small_with(), new, entry)
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
