"""Formats for maps: GeoJSON, KML and TimeMap, opened by the programs that users open them with."""

from __future__ import annotations

import json
import warnings
from datetime import datetime
from xml.etree import ElementTree

import geopandas
import pandas
from fastkml.validator import validate as validate_kml
from geojson_pydantic import Feature, FeatureCollection
from hypothesis import given

from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import locate
from conflictdata.formats.registry import FORMATS
from conflictdata.tables.event_item import EventItem
from conflictdata.tables.events import EVENTS
from conflictdata.text import spell_cell
from tests.support.effort import effort
from tests.support.exported import folder_export, written
from tests.support.sample import sample
from tests.support.shared import shared_records, shared_worlds

KML = "{http://www.opengis.net/kml/2.2}"
EVENT_MEMBERS = {
    *("id", "description", "date", "time", "time_precision", "location", "latitude", "longitude", "type", "category"),
    *("associations", "sources", "comments", "time_display"),
}
"""The members that TimeMap's own check of events takes and that are written here."""


def live(whole):
    """The events that are not withdrawn."""
    return [event for event in whole.events if event.withdrawn is None]


@effort(0.5)
@given(shared_records() | shared_worlds())
def test_a_feature_has_the_columns_of_the_table_and_a_point_where_there_is_one(whole):
    found = json.loads(written("geojson", whole))
    FeatureCollection.model_validate(found)
    assert [feature["id"] for feature in found["features"]] == [event.id for event in live(whole)]
    for event, feature in zip(live(whole), found["features"], strict=True):
        item = EventItem(whole, event)
        located = item.located
        expected = None if located is None else {"type": "Point", "coordinates": [located.point.lon, located.point.lat]}
        assert feature["geometry"] == expected
        assert list(feature["properties"]) == [column.name for column in EVENTS.columns]
        for column in EVENTS.columns:
            cell, value = feature["properties"][column.name], column.value(item)
            assert (cell is None) == (value is None)
            assert value is None or spell_cell(value) == spell_cell(cell)


@effort(0.5)
@given(shared_records())
def test_features_one_a_line_are_those_of_the_collection(whole):
    lines = written("geojsonl", whole).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(written("geojson", whole))["features"]
    for line in lines:
        Feature.model_validate_json(line)


def test_features_are_the_same_bytes_without_the_quick_library(monkeypatch):
    quick = written("geojsonl", sample())
    monkeypatch.setattr("conflictdata.canonical.dump.is_installed", lambda library: False)
    assert written("geojsonl", sample()) == quick


def test_geopandas_opens_geojson(tmp_path, whole):
    (tmp_path / "events.geojson").write_bytes(written("geojson", whole))
    frame = geopandas.read_file(tmp_path / "events.geojson")
    assert list(frame["id"]) == [event.id for event in live(whole)]
    assert frame.crs.to_epsg() == 4326
    located = [event.where is not None and locate(whole, event.where) is not None for event in live(whole)]
    assert list(frame.geometry.notna()) == located
    assert pandas.api.types.is_datetime64_any_dtype(frame["date_start"])


@effort(0.25)
@given(shared_records())
def test_kml_obeys_its_schema_whatever_the_text(tmp_path_factory, whole):
    path = tmp_path_factory.mktemp("kml") / "events.kml"
    path.write_bytes(written("kml", whole))
    assert validate_kml(file_to_validate=path)


def test_kml_has_a_folder_for_each_type_and_the_span_of_the_effective_window(tmp_path, whole):
    document = ElementTree.fromstring(written("kml", whole))[0]
    folders = document.findall(f"{KML}Folder")
    assert {folder.get("id") for folder in folders} == {event.type for event in live(whole)}
    marks = {mark.get("id"): mark for folder in folders for mark in folder.findall(f"{KML}Placemark")}
    assert set(marks) == {event.id for event in live(whole)}
    for event in live(whole):
        dates = event_dates(whole, event)
        for end, day in (("begin", dates.start), ("end", dates.end)):
            assert marks[event.id].findtext(f"{KML}TimeSpan/{KML}{end}") == (str(day) if day else None)
    (tmp_path / "events.kml").write_bytes(written("kml", whole))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layers = geopandas.list_layers(tmp_path / "events.kml")
        rows = sum(len(geopandas.read_file(tmp_path / "events.kml", layer=name)) for name in layers["name"])
    assert rows == len(live(whole))


@effort(0.5)
@given(shared_records() | shared_worlds())
def test_timemap_gets_nothing_but_text_in_members_that_it_knows(tmp_path_factory, whole):
    folder = folder_export("timemap", tmp_path_factory.mktemp("timemap"), whole)
    events, associations, sources = (
        json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("events", "associations", "sources")
    )
    skipped = {skip.event_id for skip in FORMATS["timemap"].skips(whole)}
    assert sorted([*skipped, *(event["id"] for event in events)]) == sorted(whole.events.ids())
    known = {each["id"] for each in associations}
    for event in events:
        assert set(event) == EVENT_MEMBERS
        lists = {name: event.pop(name) for name in ("associations", "sources")}
        assert all(isinstance(value, str) for value in event.values())
        assert bool(event["latitude"]) == bool(event["longitude"])
        assert datetime.strptime(event["date"], "%m/%d/%Y").date() == event_dates(whole, whole.events[event["id"]]).best  # noqa: DTZ007
        assert set(lists["associations"]) <= known and set(lists["sources"]) <= set(sources)
    for each in associations:
        assert set(each) == {"id", "title", "mode", "filter_paths"} and each["mode"] in ("FILTER", "CATEGORY")
    for name, source in sources.items():
        assert source["id"] == name and isinstance(source["paths"], list)
        assert all(isinstance(value, str) for member, value in source.items() if member != "paths")
