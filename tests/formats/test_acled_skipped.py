"""Which events have no row in the ACLED layout, and the reason that is given for each."""

from __future__ import annotations

import pytest

from conflictdata.analysis.acled_mapping import layout_type
from conflictdata.codelists import codelist, codes
from conflictdata.formats.acled.coding import Row, row_of
from conflictdata.formats.registry import FORMATS
from conflictdata.formats.skip_reasons import AcledReason
from conflictdata.model.codes import EventType
from tests.support.acled import FIGHT, HERE, incident, only_row, reasons, world
from tests.support.builders import claim, event
from tests.support.exported import rows, written


@pytest.mark.parametrize("kind", [row["code"] for row in codelist("event-types")])
def test_every_event_type_has_a_row_or_says_that_it_maps_to_none(kind):
    [mapping] = [row for row in codelist("event-types") if row["code"] == kind]
    whole = world(incident(type=kind, kind=mapping["kind"]))
    assert EventType(kind)
    if mapping["kind"] == "operation":
        assert reasons(whole) == ["operation"]
    elif kind == "attack":  # the front is armed, so that it is a fight
        assert only_row(whole)["event_type"] == "Battles"
    elif mapping["acled_event_type"]:
        state = mapping["acled_sub_event_type_state"] or mapping["acled_sub_event_type"]
        row = only_row(whole)
        assert (row["event_type"], row["sub_event_type"]) == (mapping["acled_event_type"], state)
        assert layout_type(whole, whole.events[0]) == (row["event_type"], row["sub_event_type"])
    else:
        assert reasons(whole) == ["no-acled-type"]


def test_the_reasons_are_those_of_the_codelist():
    assert [reason.value for reason in AcledReason] == list(codes("acled-skip-reasons"))


REFUSED = {
    "operation": {"kind": "operation", "type": "battle"},
    "withdrawn": {"withdrawn": {"reason": "Told twice."}},
    "window-open": {"when": {"latest": "2016-06-05", "basis": "Paragraph 1."}},
    "window-too-wide": {"when": {"earliest": "2016-04-05", "latest": "2016-06-05", "basis": "Paragraph 1."}},
    "no-place": {"where": None},
    "place-too-vague": {"where": {"place": "town", "precision": "country"}},
    "no-point": {"where": {"place": "nowhere", "precision": "settlement"}},
    "no-country": {"where": {"place": "frontier", "precision": "settlement"}},
    "no-actor": {"participants": FIGHT[1:], "type": "air_strike"},
    "actor-without-name": {"participants": [{"actor": "realm", "side": 1, "role": "attacker"}]},
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_a_row_needs_is_refused_where_it_is_missing_and_not_guessed(reason):
    more = {key: value for key, value in REFUSED[reason].items() if value is not None}
    made = incident(**more)
    for key in REFUSED[reason].keys() - more.keys():
        del made[key]
    assert reasons(world(made)) == [reason]


EITHER = claim(2, "responsibility", responsibility={"actors": ["army", "front"], "how": "either"})
DISPUTED = {
    "no-origin": [claim(1, claimant=None)],
    "occurrence-disputed": [claim(1), claim(2, claimant="wire", stance="denies")],
    "responsibility-either": [claim(1), EITHER],
    "responsibility-disputed": [
        claim(1, "responsibility", responsibility={"actors": ["army"], "how": "all"}),
        claim(2, "responsibility", "wire", stance="denies", responsibility={"actors": ["army"], "how": "all"}),
    ],
}


@pytest.mark.parametrize("reason", DISPUTED)
def test_what_nobody_stands_for_or_somebody_contests_is_refused(reason):
    assert reasons(world(incident(*DISPUTED[reason]))) == [reason]


def test_every_reason_is_given_at_once():
    made = incident(
        claim(1, claimant=None), participants=FIGHT[1:], when=REFUSED["window-open"]["when"], type="air_strike"
    )
    assert reasons(world(made)) == ["no-origin", "window-open", "no-actor"]


def test_one_account_is_not_exported_without_the_other():
    first = incident(claim(1, "result", "army", result={"outcome": "succeeded"}))
    other = claim(1, "result", "wire", result={"outcome": "failed"}, conflicts_with=["CD-0001#c1"])
    second = event(2, [other], participants=FIGHT, where=HERE)
    assert [row["event_id_cnty"] for row in rows(written("acled", world(first, second)))] == ["CD-0001", "CD-0002"]
    refused = event(2, [other], participants=FIGHT, where={"place": "town", "precision": "country"})
    assert sorted(reasons(world(first, refused))) == ["other-account-refused", "place-too-vague"]


def test_a_point_borrowed_from_a_country_is_refused():
    assert reasons(world(incident(where={"place": "village", "precision": "settlement"}))) == ["place-too-vague"]


def test_only_the_chosen_events_get_rows_and_reasons():
    whole = world(incident(), incident() | {"id": "CD-0002"}, incident(type="attack") | {"id": "CD-0003"})
    chosen = [whole.events["CD-0002"]]
    assert [row["event_id_cnty"] for row in rows(written("acled", whole, chosen))] == ["CD-0002"]
    assert list(FORMATS["acled"].skips(whole, chosen)) == []
    assert isinstance(row_of(whole, chosen[0]), Row)
