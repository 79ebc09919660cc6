"""Tables, found events and found claims: the same rows and columns whichever way one asks."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflictdata
from conflictdata.errors import InvalidValue, PositionOutOfRange, UnknownName
from tests.support.builders import claim, event, place, records
from tests.support.effort import effort
from tests.support.sample import sample

OURS = conflictdata.Dataset(sample())
DAYS = st.dates(dt.date(2016, 5, 1), dt.date(2016, 8, 1))
WINDOWS: list[dict[str, Any]] = [
    {"earliest": "2016-06-01", "latest": "2016-06-09"},
    {"earliest": "2016-06-05"},
    {"latest": "2016-06-20"},
    {"started": {"earliest": "2016-06-10", "latest": "2016-06-12"}, "ended": {"latest": "2016-07-01"}},
    {"started": {"latest": "2016-06-30"}},
]
WORLD = conflictdata.Dataset(
    records(
        [event(n, [claim(1)], when=when | {"basis": "1"}) for n, when in enumerate(WINDOWS, 1)], [], [place("mill")]
    )
)


@given(DAYS, DAYS)
def test_certain_events_are_among_the_possible_and_lie_within_the_days(one: dt.date, other: dt.date) -> None:
    start, end = min(one, other), max(one, other)
    found, certain = WORLD.find(start=start, end=end), WORLD.find(start=start, end=end, certain=True)
    assert {*certain.ids()} <= {*found.ids()}
    for each in certain:
        assert each.date_start is not None and start <= each.date_start
        assert each.date_end is not None and each.date_end <= end
    assert certain.open_windows == 0
    assert found.open_windows == sum(each.date_start is None or each.date_end is None for each in found)
    assert (found.note is None) == (found.open_windows == 0)


def test_certain_without_days_is_refused() -> None:
    with pytest.raises(InvalidValue):
        WORLD.find(certain=True)


@pytest.mark.parametrize("table", ["events", "claims", "actors", "places", "sources"])
def test_a_position_that_no_record_has_says_how_many_there_are(table: str) -> None:
    held = getattr(OURS, table)
    assert (held[0], held[-len(held)]) == (held[-len(held)], held[0])
    for position in (len(held), -len(held) - 1):
        with pytest.raises(IndexError, match=f"{position}, because the table has {len(held)} records") as caught:
            held[position]
        assert isinstance(caught.value, PositionOutOfRange)


@pytest.mark.parametrize("asked", [{"place": "raqqa"}, {"actor": "ISIS"}, {"start": "2017-01-01"}])
def test_found_events_have_the_rows_and_columns_of_the_table(asked: dict[str, str]) -> None:
    found = OURS.find(**asked)  # type: ignore[arg-type]
    assert [*found.to_pandas().columns] == found.to_polars().columns == [*OURS.to_pandas("events").columns]
    assert [*found.to_pandas()["id"]] == [*found.to_polars()["id"]] == [*found.ids()]
    assert [each["id"] for each in found.to_dict()] == [*found.ids()]


@effort(0.5)
@given(
    st.sampled_from([None, "airwars", "YPG", "syria direct"]),
    st.sampled_from([None, "killed", "control"]),
    st.sampled_from([None, "asserts", "denies"]),
    st.sampled_from([None, "CD-0043", "cd-53"]),
)
def test_claims_found_fit_everything_asked(who: str | None, what: str | None, how: str | None, of: str | None) -> None:
    found = {*OURS.claims.find(claimant=who, property=what, stance=how, event=of).ids()}
    for placed in OURS.claims:
        fits = (
            placed.event.withdrawn is None
            and (who is None or placed.claim.claimant == OURS.actors[who].id)
            and what in (None, placed.claim.property)
            and how in (None, placed.claim.stance)
            and (of is None or placed.event.id == OURS.events[of].id)
        )
        assert (placed.id in found) == fits


def test_claims_are_found_by_words_and_by_speaker_in_any_letter_case() -> None:
    assert OURS.claims.find(speaker="mustafa BALI").ids()
    assert all("Bali" in (each.claim.speaker or "") for each in OURS.claims.find(speaker="bali"))
    assert "CD-0043#c23" in OURS.claims.find(text="Hospital").ids()
    assert "CD-0043#c18" in OURS.claims.find(text="estimated 480").ids()
    assert OURS.claims.find(text="no such words at all") == ()
    assert "hospital" in str(OURS.claims.find(text="hospital"))


def test_words_are_not_looked_for_in_the_names_of_actors() -> None:
    assert any("Baghdadi" in name.text for name in OURS.actors["islamic-state"].names)
    of_them = {claim.id for claim in OURS.claims.find(claimant="islamic-state")}
    assert of_them and not of_them & {*OURS.claims.find(text="Baghdadi's organization").ids()}


def test_words_are_looked_for_in_the_title_of_the_event() -> None:
    placed = OURS.claims[0]
    assert placed.id in OURS.claims.find(text=placed.event.title).ids()


@pytest.mark.parametrize("asked", [{"claimant": "airwarz"}, {"property": "kiled"}, {"event": "CD-9999"}])
def test_what_is_unknown_in_a_search_for_claims_is_suggested(asked: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        OURS.claims.find(**asked)  # type: ignore[arg-type]
    with pytest.raises(InvalidValue):
        OURS.claims.find(text=" ")


def test_an_event_of_a_dataset_knows_what_is_derived_of_it_and_equals_its_record() -> None:
    frame = OURS.to_pandas("events").set_index("id")
    for each in OURS.events:
        row = frame.loc[each.id]
        assert (each.place.name if each.place else None) == (row["place"] if isinstance(row["place"], str) else None)
        assert each.latitude is None or each.latitude == row["latitude"]
        assert each.longitude is None or each.longitude == row["longitude"]
        assert each.killed.low is None or each.killed.low == row["killed_low"]
        assert each.date_start is None or each.date_end is None or each.date_start <= each.date_end
    alone = copy.copy(OURS.events[0])
    assert alone == OURS.events[0]
    assert hash(alone) == hash(OURS.events[0])
    with pytest.raises(conflictdata.EventInNoDataset, match="CD-0001"):
        alone.killed  # noqa: B018


def test_an_event_answers_from_the_dataset_that_it_was_taken_from() -> None:
    other = conflictdata.Dataset(records([*[event(1, [claim(1)], where={"place": "mill", "precision": "exact"})]]))
    first = conflictdata.Dataset(other.records)
    assert first.events[0] is other.events[0]
    moved = conflictdata.Dataset(
        conflictdata.Records.of(other.records.sources, (), WORLD.records.places, other.records.events)
    )
    assert (other.events[0].place, moved.events[0].place) == (None, WORLD.places["mill"])
    assert moved.events[0] == other.events[0]


def test_help_on_a_record_has_the_descriptions_of_the_schema() -> None:
    assert "Where it happened" in (conflictdata.Event.__doc__ or "")
    for model in (
        conflictdata.Event,
        conflictdata.Claim,
        conflictdata.Actor,
        conflictdata.Count,
        conflictdata.Evidence,
    ):
        described = [line.split(":")[0].strip() for line in (model.__doc__ or "").splitlines()]
        assert {field.name for field in fields(model)} <= {*described}, model
