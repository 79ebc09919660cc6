"""Where places lie, which days a window holds, who is meant by a name, and which events fit a question."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.acled_mapping import layout_name, layout_type
from conflictdata.analysis.event_search import EventFilter
from conflictdata.analysis.geography import admin, country, inside, lies_in, locate, place_path, within
from conflictdata.analysis.lookup import actor_id, place_id
from conflictdata.analysis.possible_days import certain, possible
from conflictdata.date_windows import contains, read_day, spell_window
from conflictdata.errors import InvalidValue, UnknownName
from conflictdata.model import When, Where
from conflictdata.model.codes import PlacePrecision
from tests.support.builders import Object, actor, claim, event, place, records, source
from tests.support.draw.values import whens
from tests.support.effort import effort

few = effort()
TOWN = (36.5, 38.25)


def at(place_id: str, precision: str = "settlement") -> Where:
    return Where(place=place_id, precision=PlacePrecision(precision))


def test_a_place_has_its_own_point() -> None:
    found = locate(records(places=[place("town", point=TOWN)]), at("town", "near"))
    assert found is not None
    assert (found.point.lat, found.of, found.precision, found.borrowed) == (36.5, "town", "near", False)


@pytest.mark.parametrize(
    ("kind", "stated", "expected"),
    [
        ("town", "exact", "area"),
        ("region", "near", "area"),
        ("governorate", "exact", "governorate"),
        ("country", "exact", "country"),
        ("town", "governorate", "governorate"),
    ],
)
def test_a_place_without_a_point_borrows_the_nearest_at_a_coarser_precision(
    kind: str, stated: str, expected: str
) -> None:
    built = records(places=[place("mill", "quarter"), place("quarter", "town"), place("town", None, TOWN, kind=kind)])
    found = locate(built, at("mill", stated))
    assert found is not None
    assert (found.of, found.precision, found.borrowed) == ("town", expected, True)


def test_without_a_point_anywhere_there_is_none() -> None:
    built = records(places=[place("mill", "town"), place("town")])
    assert locate(built, at("mill")) is None
    assert locate(built, at("nowhere")) is None


def test_country_and_areas_come_from_the_nearest_place_that_says() -> None:
    built = records(
        places=[
            place("mill", "town"),
            place("town", "province", admin2={"name": "Old District"}),
            place("province", "land", admin1={"name": "Province", "pcode": "SY11"}),
            place("land", country="SYR"),
            place("river"),
        ]
    )
    assert country(built, "mill") == "SYR"
    assert country(built, "river") is None
    assert [area.name if area else None for level in (1, 2, 3) for area in [admin(built, "mill", level)]] == [
        "Province",
        "Old District",
        None,
    ]
    assert place_path(built, "mill") == ("Mill", "Town", "Province", "Land")


@few
@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_what_lies_in_a_place_is_what_lies_within_it_and_no_ring_is_endless(links: dict[str, str]) -> None:
    built = records(places=[place(each, links.get(each)) for each in "abcdef"])
    for outer in "abcdef":
        assert inside(built, outer) == {i for i in "abcdef" if outer in [p.id for p in within(built, i)]}


@few
@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefgh")))
def test_whether_a_place_lies_in_another_is_whether_it_is_inside(links: dict[str, str]) -> None:
    """Rings and places that are named and have no record included."""
    built = records(places=[place(each, links.get(each)) for each in "abcdef"])
    for one, other in product("abcdefghi", repeat=2):
        assert lies_in(built, one, other) == (one in inside(built, other))


@few
@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdef")))
def test_what_a_place_lacks_is_that_of_the_nearest_that_has_it(links: dict[str, str], known: set[str]) -> None:
    said: dict[str, Any] = {each: {"country": "SYR", "admin2": {"name": each}, "point": TOWN} for each in known}
    built = records(places=[place(each, links.get(each), **said.get(each, {})) for each in "abcdef"])
    for each in "abcdefg":
        nearest = next((one.id for one in within(built, each) if one.id in known), None)
        area, point = admin(built, each, 2), locate(built, at(each))
        assert (area and area.name, point and point.of) == (nearest, nearest)
        assert country(built, each) == ("SYR" if nearest else None)
        assert admin(built, each, 1) is None


@few
@given(whens())
def test_certain_days_are_possible_days(drawn: Object) -> None:
    when = When.from_object(drawn)
    sure = certain(when)
    ordered = [day for day in (when.first, sure and sure[0], sure and sure[1], when.last) if day]
    assert sure is None or ordered != sorted(ordered) or contains(possible(when), sure)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ({"earliest": "2016-06-01", "latest": "2016-06-30"}, None),
        ({"earliest": "2016-06-01"}, None),
        ({"earliest": "2016-06-01", "latest": "2016-06-01"}, ("2016-06-01", "2016-06-01")),
        ({"started": {"latest": "2016-06-02"}, "ended": {"earliest": "2016-06-09"}}, ("2016-06-02", "2016-06-09")),
        ({"started": {"latest": "2016-06-02"}}, ("2016-06-02", "2016-06-02")),
        ({"ended": {"earliest": "2016-06-09"}}, ("2016-06-09", "2016-06-09")),
        ({"started": {"latest": "2016-06-12"}, "ended": {"earliest": "2016-06-09"}}, None),
        ({"started": {"earliest": "2016-06-02"}, "ended": {"latest": "2016-06-09"}}, None),
    ],
)
def test_only_days_that_every_reading_shares_are_certain(window: Object, expected: tuple[str, str] | None) -> None:
    sure = certain(When.from_object(window))
    assert (sure and tuple(map(str, sure))) == expected


def test_days_are_read_as_written_and_refused_otherwise() -> None:
    assert read_day("2016-02-29") == read_day(dt.date(2016, 2, 29)) == read_day(dt.datetime(2016, 2, 29, 12))  # noqa: DTZ001
    for wrong in ("2015-02-29", "20160229", "2016-W09-1", "", "2016-2-9", "yesterday"):
        with pytest.raises(InvalidValue):
            read_day(wrong)
    assert spell_window((None, dt.date(2016, 1, 2))) == "... to 2016-01-02"


NAMES = [{"text": "ISIS", "kind": "acronym"}, {"text": "The State", "kind": "common"}]


def test_a_name_that_one_record_bears_is_as_good_as_its_id() -> None:
    built = records(actors=[actor("islamic-state", names=NAMES), actor("army")], places=[place("raqqa-city")])
    assert {actor_id(built, name) for name in ("islamic-state", "ISIS", "isis", "Islamic State")} == {"islamic-state"}
    assert place_id(built, "RAQQA CITY") == "raqqa-city"


def test_a_name_that_two_bear_or_none_is_refused_with_what_was_perhaps_meant() -> None:
    built = records(actors=[actor("islamic-state", names=NAMES), actor("the-isis", names=NAMES[:1]), actor("army")])
    with pytest.raises(UnknownName) as shared:
        actor_id(built, "isis")
    assert shared.value.near == ("islamic-state", "the-isis")
    with pytest.raises(UnknownName) as mistyped:
        actor_id(built, "islamc-state")
    assert "islamic-state" in str(mistyped.value)
    assert mistyped.value.near == ("islamic-state",)


def world() -> Any:
    def one(number: int, who: str, where: str | None, when: Object, **more: Any) -> Object:
        placed = {"where": {"place": where, "precision": "exact"}} if where else {}
        parties = [{"actor": who, "side": 1, "role": "attacker"}]
        paper = more.pop("source", "paper-1")
        return event(
            number, [claim(1, source=paper)], participants=parties, when=when | {"basis": "1"}, **placed, **more
        )

    june, july = ({"earliest": f"2016-{m}-01", "latest": f"2016-{m}-09"} for m in ("06", "07"))
    return records(
        [
            one(1, "army", "town", june),
            one(2, "brigade", "mill", july, source="paper-2"),
            one(3, "front", None, {"latest": "2016-06-30"}, type="shelling", part_of="CD-0004"),
            one(
                4,
                "front",
                "land",
                {"started": {"earliest": "2016-06-20"}},
                kind="operation",
                type="siege",
                part_of="CD-0005",
            ),
            one(5, "front", "land", june, kind="operation", type="battle"),
            one(6, "army", "town", june, withdrawn={"reason": "Invented."}),
        ],
        [actor("army"), actor("brigade", ["army"]), actor("front")],
        [place("mill", "town"), place("town", "land"), place("land")],
        [source("paper-1"), source("paper-2")],
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"actor": "army"}, [1, 2]),
        ({"actor": "Army", "branches": False}, [1]),
        ({"actor": "brigade"}, [2]),
        ({"place": "town"}, [1, 2]),
        ({"place": "town", "inside": False}, [1]),
        ({"place": "land"}, [1, 2, 4, 5]),
        ({"type": "shelling"}, [3]),
        ({"kind": "operation"}, [4, 5]),
        ({"source": "paper-2"}, [2]),
        ({"start": "2016-07-01"}, [2, 4]),
        ({"end": dt.date(2016, 6, 19)}, [1, 5]),
        ({"start": "2016-06-10", "end": "2016-06-19"}, []),
        ({"start": "2016-06-21", "end": "2016-06-25"}, [3, 4]),
        ({"start": "2016-06-15", "end": "2016-06-30", "certain": True}, [3]),
        ({"start": "2016-06-25", "end": "2016-06-30"}, [3, 4]),
        ({"part_of": "CD-0005"}, [3, 4]),
        ({"actor": "front", "kind": "incident"}, [3]),
    ],
)
def test_what_is_found_fits_everything_asked(asked: dict[str, Any], found: list[int]) -> None:
    assert [int(each.id[3:]) for each in EventFilter(**asked).find(world())] == found


@pytest.mark.parametrize("asked", [{"actor": "arm"}, {"place": "x"}, {"type": "x"}, {"kind": "x"}, {"source": "x"}])
def test_asking_for_what_is_not_there_is_an_error_and_no_empty_answer(asked: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        EventFilter(**asked).find(world())


def test_the_layouts_name_for_the_country_comes_before_the_general_one() -> None:
    named = [
        {"name": "Army", "inter": 8},
        {"name": "Army (Syria)", "inter": 1, "country": "SYR"},
        {"name": "Old Army", "inter": 1, "country": "IRQ", "to": "2015-12-31"},
    ]
    army = records(actors=[actor("army", acled=named)]).actors[0]

    def called(iso3: str | None, day: dt.date | None) -> str | None:
        found = layout_name(army, iso3, day)
        return found.name if found else None

    assert called("SYR", dt.date(2016, 1, 1)) == "Army (Syria)"
    assert called("IRQ", dt.date(2016, 1, 1)) == "Army"
    assert called("IRQ", dt.date(2015, 1, 1)) == "Old Army"
    assert called(None, None) == "Army"


@pytest.mark.parametrize(
    ("inter", "expected"), [(1, "Government regains territory"), (2, "Non-state actor overtakes territory")]
)
def test_who_takes_territory_decides_the_layouts_sub_event_type(inter: int, expected: str) -> None:
    parties = [{"actor": "army", "side": 1, "role": "attacker"}]
    built = records(
        [
            event(1, [claim(1)], type="territory_captured", participants=parties),
            event(2, [claim(1)], kind="operation", type="battle"),
        ],
        [actor("army", acled=[{"name": "Army", "inter": inter}])],
    )
    assert layout_type(built, built.events[0]) == ("Battles", expected)
    assert layout_type(built, built.events[1]) is None
    assert layout_type(built, built.events[1], operations=True) == ("Battles", "Armed clash")
