"""Of any record, a change that the schema forbids is one finding at its place, whichever validator decides."""

from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

from conflictdata.findings import Code
from conflictdata.schema import KINDS
from conflictdata.schema.documents import resolve, schema
from conflictdata.schema.validate import fast_validator, slow_validator, validate
from tests.support.effort import effort
from tests.support.shared import shared_documents
from tests.support.strategies import RECORDS, damaged


def at(obj, pointer):
    """What an RFC 6901 pointer points to."""
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        obj = obj[int(step) if isinstance(obj, list) else step]
    return obj


def required_members(obj, part, path=""):
    """Each member that its schema requires whatever else is given, with the pointer of the object that holds it."""
    while "$ref" in part:
        part = resolve(part["$ref"])
    if isinstance(obj, dict):
        yield from ((path, name) for name in part.get("required", ()))
        for name, member in obj.items():
            escaped = name.replace("~", "~0").replace("/", "~1")
            yield from required_members(member, part["properties"][name], f"{path}/{escaped}")
    elif isinstance(obj, list):
        for position, item in enumerate(obj):
            yield from required_members(item, part["items"], f"{path}/{position}")


DRAWN = RECORDS | {"dataset": shared_documents}
ANY_KIND = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), DRAWN[kind]()))


@given(ANY_KIND, st.randoms(use_true_random=False))
@effort()
def test_removing_a_required_member_is_one_finding_where_it_was(drawn, rng):
    kind, whole = drawn
    pointer, name = rng.choice(sorted(set(required_members(whole, schema(kind)))))
    del at(whole, pointer)[name]
    findings = validate(whole, kind, "f")
    assert [(found.pointer, found.code) for found in findings] == [(pointer, Code.MISSING_MEMBER)]
    assert f"`{name}` is missing" in findings[0].message


@given(ANY_KIND, st.randoms(use_true_random=False), st.text(min_size=1).filter(lambda text: text.isprintable()))
@effort()
def test_adding_an_unknown_member_is_one_finding_where_it_is(drawn, rng, name):
    kind, whole = drawn
    pointer = rng.choice(sorted({pointer for pointer, _ in required_members(whole, schema(kind))}))
    name = f"{name}?"
    at(whole, pointer)[name] = 1
    findings = validate(whole, kind, "f")
    assert [found.code for found in findings] == [Code.UNKNOWN_MEMBER]
    assert at(whole, findings[0].pointer) == 1


@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), damaged(DRAWN[kind]()))))
@effort(1.5)
def test_the_findings_are_the_same_whoever_decides_and_none_means_valid(drawn):
    kind, whole = drawn
    slowly, fast = validate(whole, kind, "f", fast=False), validate(whole, kind, "f", fast=True)
    assert slowly == fast == validate(whole, kind, "f") == sorted(set(slowly))
    assert (slowly == []) == slow_validator(kind).is_valid(whole) == fast_validator(kind).is_valid(whole)
    event("valid" if not slowly else "faulty")
    for found in slowly:
        event(found.code)
        at(whole, found.pointer)
        assert found.message.isprintable() and len(found.message) < 1500
