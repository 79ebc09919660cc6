"""What the rules promise of any records: no exception, no dependence on order, the answer of counting by hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations, pairwise, permutations, product

import pytest
from hypothesis import event as note
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import read_object
from conflictdata.canonical.dump import dump
from conflictdata.findings import Code, Severity
from conflictdata.formats.json_document import validate_dataset
from conflictdata.model import Event, Records
from conflictdata.rules import check_record, check_records
from conflictdata.rules.cycles import cycles_in
from conflictdata.rules.duplicates import MOST
from conflictdata.validation import to_record
from tests.support import builders, strategies
from tests.support.effort import effort

TABLES = ("sources", "actors", "places", "events")
FEW_DAYS = [dt.date(2016, 2, day).isoformat() for day in range(1, 6)]


def said(records: Records) -> list[tuple[str, str, str, str]]:
    found = check_records(records, lambda kind, record_id: (f"{kind} {record_id}", ""))
    return sorted((finding.file, finding.pointer, finding.code, finding.message) for finding in found)


@given(strategies.RECORDS["event"]() | strategies.RECORDS["actor"]() | strategies.places() | strategies.sources())
@effort(4)
def test_whatever_the_schema_allows_the_rules_of_one_record_can_judge(obj):
    record = to_record(obj, obj["$schema"].rpartition(":")[2])
    for finding in check_record(record, "drawn"):
        note(finding.code)
        assert reaches(obj, finding.pointer), f"{finding.pointer} leads nowhere"


@given(st.lists(strategies.events() | strategies.actors() | strategies.places() | strategies.sources(), max_size=6))
@effort(1.5)
def test_whatever_the_schema_allows_the_rules_between_records_can_judge(objects):
    tables = {name: [obj for obj in objects if obj["$schema"].endswith(f":{name[:-1]}")] for name in TABLES}
    document = {"$schema": "urn:conflictdata:schema:1.0.0:dataset", **tables}
    for finding in validate_dataset(dump(document), "drawn")[1]:
        note(finding.code)
        assert reaches(document, finding.pointer), f"{finding.pointer} leads nowhere"


def reaches(obj: object, pointer: str) -> bool:
    """Whether the pointer names a part of the object."""
    for part in pointer.split("/")[1:]:
        try:
            obj = obj[int(part)] if isinstance(obj, list) else obj[part]
        except (KeyError, IndexError, ValueError):
            return False
    return True


@given(strategies.datasets())
@effort()
def test_a_dataset_drawn_to_be_sound_has_no_error(document):
    errors = [f for f in validate_dataset(dump(document), "drawn")[1] if f.severity is Severity.ERROR]
    assert errors == []


@given(strategies.datasets(), st.randoms(use_true_random=False))
@effort(0.75)
def test_the_order_in_which_records_are_read_changes_no_finding(document, shuffler):
    tables = {
        kind: [to_record(obj, kind) for obj in document[f"{kind}s"]] for kind in ("source", "actor", "place", "event")
    }
    mixed = {name: shuffler.sample(rows, len(rows)) for name, rows in tables.items()}
    assert said(Records.of(*tables.values())) == said(Records.of(*mixed.values()))


ENDS = st.fixed_dictionaries({}, optional={end: st.sampled_from(FEW_DAYS) for end in ("earliest", "latest")})
LASTING = st.fixed_dictionaries({}, optional={"started": ENDS.filter(bool), "ended": ENDS.filter(bool)}).filter(bool)


@given(LASTING)
@effort(2)
def test_a_lasting_window_is_reversed_exactly_where_no_two_days_fit_it(when):
    """It began and ended within their windows, not the other way round, and was going on on `ended.earliest`."""

    def possible(end: str) -> list[str]:
        window = when.get(end, {})
        return [day for day in FEW_DAYS if window.get("earliest", "") <= day <= window.get("latest", "9")]

    going_on = when.get("ended", {}).get("earliest", "9")
    fits = any(start <= min(end, going_on) for start, end in product(possible("started"), possible("ended")))
    event = to_record(builders.event(1, [builders.claim(1)], when={**when, "basis": "Drawn."}), "event")
    reversed_ = [finding for finding in check_record(event, "x") if finding.code is Code.WINDOW_REVERSED]
    note("fits" if fits else "reversed")
    assert (reversed_ == []) == fits


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8, unique=True))
@effort(2)
def test_a_circle_is_told_exactly_where_some_order_does_not_exist(edges):
    graph = {start: [(f"/{end}", end) for s, end in edges if s == start] for start, _ in edges}
    found = list(cycles_in(graph))
    ordered = any(all(o.index(s) < o.index(e) for s, e in edges if s != e) for o in permutations("abcd"))
    note("ordered" if ordered else "circle")
    assert (found == []) == ordered
    for pointer, cycle in found:
        assert cycle[0] == cycle[-1]
        assert set(pairwise(cycle)) <= set(edges)
        assert pointer == f"/{cycle[1]}"


def test_a_chain_as_long_as_a_dataset_is_followed_without_recursion():
    graph = {str(n): [("/part_of", str(n + 1))] for n in range(50_000)}
    assert list(cycles_in(graph)) == []
    graph["50000"] = [("/part_of", "0")]
    assert len(list(cycles_in(graph))) == 1


DRAWN_EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "first": st.none() | st.sampled_from(FEW_DAYS),
            "last": st.none() | st.sampled_from(FEW_DAYS),
            "place": st.none() | st.sampled_from(["mill", "hill"]),
            "type": st.sampled_from(["shelling", "looting"]),
            "actors": st.sets(st.sampled_from(["army", "brigade"])),
            "apart": st.sets(st.integers(1, 5)),
        }
    ).filter(lambda e: (e["first"] or e["last"]) and (e["first"] or "") <= (e["last"] or "9")),
    max_size=5,
)


def drawn_event(number: int, *, first, last, place, type, actors, apart) -> Event:  # noqa: A002
    """An event of what was drawn."""
    obj = builders.event(number, [builders.claim(1)], type=type, when={"basis": "Drawn."})
    obj["when"] |= {end: day for end, day in (("earliest", first), ("latest", last)) if day}
    if place:
        obj["where"] = {"place": place, "precision": "near"}
    if actors:
        obj["participants"] = [{"actor": actor, "role": "party"} for actor in sorted(actors)]
    if apart:
        obj["distinct_from"] = [{"event": f"CD-{other:04}", "reason": "Drawn."} for other in sorted(apart)]
    return Event.model_validate(obj, strict=False)


@given(DRAWN_EVENTS)
@effort(4)
def test_look_alikes_are_exactly_the_pairs_that_share_type_place_actor_and_a_possible_day(drawn):
    events = [drawn_event(number, **each) for number, each in enumerate(drawn, 1)]
    expected = {
        (f"CD-{j:04}", f"CD-{i:04}")
        for (i, a), (j, b) in combinations(enumerate(drawn, 1), 2)
        if a["type"] == b["type"]
        and a["place"] == b["place"]
        and a["actors"] & b["actors"]
        and max(a["first"] or "", b["first"] or "") <= min(a["last"] or "9", b["last"] or "9")
        and j not in a["apart"]
        and i not in b["apart"]
    }
    records = Records.of(events=events)
    told = {
        (file.removeprefix("event "), message[:7])
        for file, _, code, message in said(records)
        if code == Code.POSSIBLE_DUPLICATE
    }
    note(f"{len(expected)} pairs")
    assert told == expected


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(0, 30))
@effort(2)
def test_parts_of_one_claimant_exceed_a_total_exactly_where_their_sum_does(lows, high):
    parts = [
        builders.claim(n, "killed", count=builders.count(low, of={"status": status}))
        for n, low, status in zip(range(2, 9), lows, ["civilian", "combatant"] * 2, strict=False)
    ]
    total = builders.count(high, high, includes=[f"CD-0001#c{n}" for n in range(2, 2 + len(lows))])
    event = to_record(builders.event(1, [builders.claim(1, "killed", count=total), *parts]), "event")
    codes = [finding.code for finding in check_record(event, "x")]
    assert codes == [Code.PARTS_EXCEED_TOTAL] * (sum(lows) > high)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 60))
@effort(2)
def test_decimals_add_up_as_they_are_written(lows, high):
    """In binary, 0.1 and 0.2 are more than 0.3."""
    parts = [builders.claim(n, "distance", count=tenths(low, unit="km")) for n, low in enumerate(lows, 2)]
    total = tenths(high, unit="km", includes=[part_of(part) for part in parts])
    event = to_record(builders.event(1, [builders.claim(1, "distance", count=total), *parts]), "event")
    codes = [finding.code for finding in check_record(event, "x")]
    assert codes == [Code.PARTS_EXCEED_TOTAL] * (sum(lows) > high)


def tenths(number, **more):
    low = number // 10 if number % 10 == 0 else number / 10
    return builders.count(0, 0, **more) | {"low": low, "high": low}


def part_of(claim):
    return f"CD-0001#{claim['id']}"


def test_parts_that_another_claims_or_that_may_overlap_are_no_fault():
    total = builders.count(10, 10, includes=["CD-0001#c2", "CD-0001#c3", "CD-0001#c4"])
    claims = [
        builders.claim(1, "killed", count=total),
        builders.claim(2, "killed", count=builders.count(9, of={"status": "civilian"})),
        builders.claim(3, "killed", count=builders.count(8, of={"status": "child"})),
        builders.claim(4, "killed", "front", count=builders.count(50)),
    ]
    assert list(check_record(to_record(builders.event(1, claims), "event"), "x")) == []


def test_findings_of_a_document_point_into_the_document():
    document = {
        "$schema": "urn:conflictdata:schema:1.0.0:dataset",
        "sources": [],
        "actors": [],
        "places": [builders.place("hill"), builders.place("mill", within="hall")],
        "events": [],
    }
    data = dump(document)
    pointers = {finding.pointer for finding in validate_dataset(data, "drawn.json")[1]}
    assert pointers == {"/places/0", "/places/1", "/places/1/within"}
    assert all(reaches(read_object(data, "x"), pointer) for pointer in pointers)


SIDES = ("civilian", "combatant")


@pytest.mark.parametrize(
    ("total", "parts", "told"),
    [
        ({}, [{"low": 11}], True),
        ({}, [{"low": 10}], False),
        ({"status": "superseded", "status_reason": "A later toll."}, [{"low": 11}], False),
        ({"stance": "denies"}, [{"low": 11}], False),
        ({}, [{"low": 11, "status": "rejected", "status_reason": "Misread."}], False),
        ({}, [{"low": 11, "stance": "doubts"}], False),
        ({}, [{"low": 11, "claimant": "front"}], False),
        ({}, [{"low": 11, "what": "injured"}], False),
        ({}, [{"high": 11}], False),
        ({}, [{}], False),
        ({}, [{"low": 6}, {"low": 5}], True),
        ({}, [{"low": 6, "includes": ["CD-0001#c3"]}, {"low": 5}], False),
        ({}, [{"low": 6, "of": {"status": "civilian"}}, {"low": 5, "of": {"status": "child"}}], False),
        ({}, [{"low": 6, "of": {"status": "child"}}, {"low": 5, "of": {"status": "child"}}], True),
        ({}, [{"low": 6, "of": {"actor": "army"}}, {"low": 5, "of": {"actor": "brigade"}}], False),
        ({}, [{"low": 6, "of": {"nationality": "FRA"}}, {"low": 5, "of": {"nationality": "SYR"}}], False),
        ({}, [{"high": 3}, {"low": 1, "claimant": "front"}, {"low": 11}], True),
        ({}, [{"low": 9, "of": {"status": "child"}}, *({"low": 6, "of": {"status": each}} for each in SIDES)], True),
    ],
)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_parts_exceed_a_total_only_where_that_is_certain(total, parts, told, elsewhere):
    """The same claimant, live, asserting, of the same property, and parts that share nobody."""
    home = "CD-0002" if elsewhere else "CD-0001"
    whole = builders.count(10, 10, includes=[f"{home}#c{n}" for n in range(2, 2 + len(parts))])
    claims = [builders.claim(1, "killed", count=whole) | total]
    others = []
    for n, part in enumerate(parts, 2):
        inner = [address.replace("CD-0001", home) for address in part.get("includes", ())]
        more = {"of": part["of"]} if "of" in part else {"includes": inner} if inner else {}
        counted = builders.count(part.get("low"), part.get("high"), **more)
        kept = {key: part[key] for key in ("status", "status_reason", "stance") if key in part}
        others.append(
            builders.claim(n, part.get("what", "killed"), part.get("claimant", "monitor"), count=counted) | kept
        )
    events = [builders.event(1, claims + ([] if elsewhere else others))]
    events += [builders.event(2, others, where={"place": "hill", "precision": "near"})] if elsewhere else []
    records = [Event.model_validate(obj, strict=False) for obj in events]
    alone = [finding for event in records for finding in check_record(event, "x")]
    together = [finding for finding in said(Records.of(events=records)) if finding[2] == Code.PARTS_EXCEED_TOTAL]
    assert (len(alone), len(together)) == ((0, int(told)) if elsewhere else (int(told), 0))


@pytest.mark.parametrize(
    ("parts", "high", "told"), [((0.1, 0.2), 0.3, 0), ((0.1, 0.2), 0.299999, 1), ((1, 0.1), 1.1, 0)]
)
def test_parts_are_added_as_they_are_written(parts, high, told):
    kilometres = {"unit": "km", "bound": "exact", "as_stated": "so far"}
    numbers = [(high, {"includes": ["CD-0001#c2", "CD-0001#c3"]}), *((part, {}) for part in parts)]
    claims = [
        builders.claim(n, "distance", count={"low": number, "high": number, **kilometres, **more})
        for n, (number, more) in enumerate(numbers, 1)
    ]
    event = Event.model_validate(builders.event(1, claims), strict=False)
    assert [finding.code for finding in check_record(event, "x")] == [Code.PARTS_EXCEED_TOTAL] * told


def test_a_part_without_a_count_adds_nothing():
    total = builders.count(10, 10, includes=["CD-0001#c2", "CD-0001#c9"])
    event = builders.event(1, [builders.claim(1, "killed", count=total), builders.claim(2)])
    assert list(check_record(Event.model_validate(event, strict=False), "x")) == []


def test_of_many_look_alikes_each_is_told_of_and_of_none_more_than_a_few():
    same = {"first": FEW_DAYS[0], "last": None, "place": "mill", "type": "shelling", "actors": {"army"}, "apart": set()}
    events = [drawn_event(number, **same) for number in range(1, 13)]
    told = Counter(file.removeprefix("event ") for file, *_ in said_of_look_alikes(Records.of(events=events)))
    assert told == {f"CD-{number:04}": min(number - 1, MOST) for number in range(2, 13)}


def test_of_many_look_alikes_those_that_begin_last_before_it_are_named_in_order_of_their_numbers():
    same = {"last": None, "place": "mill", "type": "shelling", "actors": {"army"}, "apart": set()}
    days = [dt.date(2016, 2, day).isoformat() for day in range(1, 13)]
    events = [drawn_event(number, first=day, **same) for number, day in enumerate(days, 9_994)]
    found = check_records(Records.of(events=events), lambda kind, record_id: (record_id, ""))
    told = [(each.file, each.message.partition(" ")[0]) for each in found if each.code is Code.POSSIBLE_DUPLICATE]
    ids = [f"CD-{number}" for number in range(9_994, 10_006)]
    assert told == [(late, early) for n, late in enumerate(ids) for early in ids[max(0, n - MOST) : n]]


def said_of_look_alikes(records: Records) -> list[tuple[str, str, str, str]]:
    return [each for each in said(records) if each[2] == Code.POSSIBLE_DUPLICATE]


@pytest.mark.parametrize(
    ("length", "circle"),
    [
        (3, "p2 -> p0 -> p1 -> p2"),
        (7, "p6 -> p0 -> p1 -> p2 -> p3 -> p4 -> p5 -> p6"),
        (8, "p7 -> p0 -> p1 -> p2 -> ... -> p5 -> p6 -> p7"),
        (500, "p499 -> p0 -> p1 -> p2 -> ... -> p497 -> p498 -> p499"),
    ],
)
def test_a_circle_of_few_is_told_whole_and_one_of_many_in_a_sentence(length, circle):
    places = [builders.place(f"p{n}", within=f"p{(n + 1) % length}") for n in range(length)]
    messages = [message for _, _, code, message in said(builders.records(places=places)) if code == "reference-cycle"]
    assert len(messages) == 1 and f": {circle};" in messages[0]


@pytest.mark.parametrize(
    ("composition", "days", "last_day"),
    [
        ("whole", ["2016-02-10"], "2016-02-10"),
        ("whole", ["2016-02-10", "2016-02-20"], "2016-02-10"),
        ("whole", [None, "2016-02-20"], "2016-02-20"),
        ("altered", ["2016-02-10", "2016-02-20"], "2016-02-20"),
        ("spliced", ["2016-02-10", None], None),
        ("whole", [None], None),
    ],
)
def test_an_event_and_what_is_said_of_it_lie_no_later_than_the_text_was_written(composition, days, last_day):
    """A whole text was written before it was first dated; a later hand may have altered any other."""
    chain = [
        {"step": step, "by": "paper", **({"date": {"earliest": "2016-01-01", "latest": day}} if day else {})}
        for step, day in zip(("first_published", "republished"), days, strict=False)
    ]
    source = builders.source("paper-1", composition=composition, chain=chain)
    for day in ("2016-02-10", "2016-02-11", "2016-02-20", "2016-02-21"):
        when = {"earliest": day, "latest": day}
        happened = builders.event(1, [builders.claim(1)], when=when | {"basis": "Drawn."})
        stated = builders.event(1, [builders.claim(1, stated_on=when)], when={"latest": day, "basis": "Drawn."})
        late = last_day is not None and day > last_day
        for event, code in ((happened, Code.EVENT_AFTER_DOCUMENT), (stated, Code.STATED_ON_MISMATCH)):
            found = [each for each in said(builders.records([event], sources=[source])) if each[2] == code]
            assert len(found) == late, (day, code)


PLAN = builders.claim(2, "occurred", stance="plans", fate="not_known")
OBJECTIVE = {"statement": {"topic": "objective", "text": "They want the mill."}}


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ([builders.claim(1)], True),
        ([builders.claim(1, stance="denies")], False),
        ([builders.claim(1, stance="doubts")], False),
        ([PLAN], False),
        ([builders.claim(1, "date", date={"earliest": "2016-07-01"}, stance="plans", fate="not_known")], False),
        ([builders.claim(1, "statement", **OBJECTIVE)], True),
        ([builders.claim(1, "statement", **OBJECTIVE), PLAN], False),
        ([builders.claim(1), PLAN], True),
        ([builders.claim(1, window={"earliest": "2016-06-01", "latest": "2016-06-01"})], False),
        ([builders.claim(1, source="paper-2")], False),
        ([builders.claim(1, source="paper-3")], False),
    ],
)
def test_only_what_a_claim_reports_as_done_must_have_been_done(claims, told):
    """The event is of July; the one document of June, the other of August, the third of no known day."""
    sources = [builders.source("paper-1", day="2016-06-10"), builders.source("paper-2", day="2016-08-10")]
    sources.append(builders.source("paper-3", chain=[{"step": "first_published", "by": "paper"}]))
    event = builders.event(1, claims, when={"earliest": "2016-07-01", "latest": "2016-07-01", "basis": "Drawn."})
    found = [each for each in said(builders.records([event], sources=sources)) if each[2] == Code.EVENT_AFTER_DOCUMENT]
    assert len(found) == told


def test_the_latest_of_several_documents_counts():
    claim = builders.claim(1)
    claim["evidence"] = [claim["evidence"][0], claim["evidence"][0] | {"source": "paper-2"}]
    when = {"earliest": "2016-07-01", "latest": "2016-07-01", "basis": "Drawn."}
    event = builders.event(1, [claim], when=when)
    for day, told in (("2016-08-10", 0), ("2016-06-20", 1)):
        sources = [builders.source("paper-1", day="2016-06-10"), builders.source("paper-2", day=day)]
        found = [each[2] for each in said(builders.records([event], sources=sources))]
        assert found.count(Code.EVENT_AFTER_DOCUMENT) == told


def test_a_withdrawn_record_may_be_unused_and_a_live_one_may_not():
    gone = builders.place("hill", withdrawn={"reason": "Entered twice."})
    found = said(builders.records(places=[gone, builders.place("mill")], sources=[builders.source("paper-1")]))
    assert [each[0] for each in found if each[2] == Code.UNUSED_RECORD] == ["place mill", "source paper-1"]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ({}, True),
        ({"stance": "denies"}, False),
        ({"stance": "doubts"}, False),
        ({"stance": "plans", "fate": "late"}, False),
        ({"what": "statement", **OBJECTIVE}, False),
        ({"what": "strength", "count": builders.count(5)}, False),
        ({"what": "killed", "count": builders.count(5)}, True),
        ({"window": {"latest": "2016-06-01"}}, False),
        ({"window": {"started": {"earliest": "2016-06-03"}}}, True),
    ],
)
def test_only_what_has_happened_cannot_have_been_said_before(claim, told):
    """The event is of 5 June, and the claim was stated on the second."""
    event = builders.event(
        1, [builders.claim(1, **claim, stated_on={"latest": "2016-06-02"})], kind="operation", type="battle"
    )
    codes = [finding.code for finding in check_record(Event.model_validate(event, strict=False), "x")]
    assert codes == [Code.STATED_ON_MISMATCH] * told
