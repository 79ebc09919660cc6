"""A filter means the same everywhere: in every format, in the list and in what is loaded back."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import re
import unicodedata
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import event as note
from hypothesis import strategies as st

from conflictdata.analysis.claim_search import ClaimFilter
from conflictdata.analysis.event_search import EventFilter
from conflictdata.dataset import Dataset
from conflictdata.errors import InvalidValue
from conflictdata.findings import Code
from conflictdata.formats.json_document import validate_dataset
from conflictdata.formats.registry import FORMATS
from conflictdata.record_tables import ClaimTable
from conflictdata.tables.registry import TABLES, table_rows
from conflictdata.text import fold_text
from conflictdata.validation import errors_only
from tests.support.draw.records import datasets
from tests.support.effort import effort
from tests.support.exported import folder_of, ids_in, records_of, worlds, written
from tests.support.sample import sample
from tests.support.small import small


@st.composite
def filters(draw: st.DrawFn, whole: Dataset) -> dict[str, Any]:
    """Arguments of `find`, some of which fit."""
    records = whole.records
    operations = [event.id for event in records.events if event.kind == "operation"]
    names = {"actor": records.actors.ids(), "place": records.places.ids(), "source": records.sources.ids()}
    names |= {"part_of": operations, "type": sorted({event.type for event in records.events})}
    names |= {"kind": ["incident", "operation"]}
    chosen = draw(st.sets(st.sampled_from([name for name, ids in names.items() if ids]), max_size=2))
    asked: dict[str, Any] = {name: draw(st.sampled_from(names[name])) for name in sorted(chosen)}
    if draw(st.booleans()):
        asked["start"] = draw(st.dates(dt.date(2015, 1, 1), dt.date(2017, 1, 1)))
        asked["certain"] = draw(st.booleans())
    if draw(st.booleans()):
        asked["text"] = draw(st.sampled_from(["e", "the", "mill", "A", *(event.title for event in records.events[:2])]))
        assume(any(character.isalnum() for character in fold_text(asked["text"])))
    return asked


@pytest.mark.parametrize(("search", "asked"), [(Dataset.find, EventFilter), (ClaimTable.find, ClaimFilter)])
def test_a_search_takes_what_its_filter_has(search, asked):
    taken = list(inspect.signature(search).parameters.values())[1:]
    assert [(one.name, one.default) for one in taken] == [(field.name, field.default) for field in fields(asked)]
    assert {one.kind for one in taken} == {inspect.Parameter.KEYWORD_ONLY}


@effort(0.2)
@given(datasets().map(records_of), st.sampled_from(["title", "summary", "notes"]), st.data())
def test_an_event_is_found_by_any_words_of_its_texts_as_people_type_them(records, member, data):
    whole = Dataset(records)
    live = [event for event in whole.events if event.withdrawn is None and getattr(event, member)]
    words = re.findall(r"\w+", getattr(data.draw(st.sampled_from(live)), member)) if live else []
    assume(words)
    word = data.draw(st.sampled_from(words))
    assume(any(character.isalnum() for character in fold_text(word)))
    texts = {event.id: (event.title, event.summary, event.notes or "") for event in live}
    for typed in (word, f" {word}\n", unicodedata.normalize("NFD", word), unicodedata.normalize("NFKC", word)):
        found = {*whole.find(text=typed).ids()}
        assert {event.id for event in live if word in getattr(event, member)} <= found
        assert all(any(fold_text(word) in fold_text(text) for text in texts[each]) for each in found & {*texts})


@pytest.mark.parametrize("text", ["", " ", "\n", '"', "..."])
def test_a_search_without_a_word_is_refused(text):
    for search in (Dataset(small()).find, Dataset(small()).claims.find):
        with pytest.raises(InvalidValue, match="text"):
            search(text=text)


@effort(0.2)
@given(datasets().map(records_of) | worlds(), st.data())
def test_every_format_has_the_events_that_the_filter_finds(records, data):
    whole = Dataset(records)
    found = whole.find(**data.draw(filters(whole)))
    note(f"{min(len(found), 1)} or more of {min(len(records.events), 1)} or more")
    for name, each in FORMATS.items():
        skipped = {skip.event_id for skip in each.skips(whole.records, found)}
        assert ids_in(name, whole.records, found) == [event.id for event in found if event.id not in skipped], name


@effort(0.2)
@given(datasets().map(records_of), st.data())
def test_a_selection_that_is_loaded_back_answers_as_the_whole_does_of_its_events(records, data):
    whole = Dataset(records)
    found = whole.find(**data.draw(filters(whole)))
    again, findings = validate_dataset(written("json", whole.records, found), "selection")
    assert errors_only(findings) == []
    part = Dataset(again)
    assert tuple(part.events) == tuple(found) and part.find().ids() == found.ids()
    for name in ("json", "csv", "tables", "acled"):
        assert ids_in(name, again) == ids_in(name, whole.records, found), name
    assert part.figures("killed").to_dict() == whole.figures("killed", events=found).to_dict()
    for event in found:
        assert part.explain(event.id).to_dict() == whole.explain(event.id).to_dict()
        assert part.disputes(event.id).to_dict() == whole.disputes(event.id).to_dict()
    for table in TABLES:
        assert {*table_rows(again, table)} <= {*table_rows(whole.records, table)}, table


def test_an_operation_without_its_parts_is_not_said_to_last_beyond_its_documents():
    whole = Dataset(sample())
    _, findings = validate_dataset(written("json", whole.records, whole.find(kind="operation")), "selection")
    assert Code.LAST_DAY_AFTER_DOCUMENT not in {finding.code for finding in findings}


def test_a_selection_says_from_which_release_and_by_which_filter_it_is(tmp_path):
    whole = Dataset(small())
    found = whole.find(place="exampleton", inside=False, start="2016-02-01")
    said = 'place="exampleton", inside=False, start="2016-02-01"'
    assert found.filter == said and found
    selection = json.loads(written("json", whole.records, found))["selection"]
    assert selection == {"release": whole.release.to_object(), "filters": [said]}
    folder = folder_of(tmp_path, whole.records, found)
    assert json.loads((folder / "datapackage.json").read_bytes())["conflictdata:selection"] == selection
    for name in FORMATS:
        if name not in ("json", "tables", "jsonl", "geojsonl", "csv", "acled", "ged", "xlsx"):
            assert said in text_of(name, whole.records, found), name
            assert "selection" not in text_of(name, whole.records, None).lower() or name == "html", name


def text_of(name, records, events):
    """What a format says, as far as it is text."""
    import base64
    import zlib

    from tests.support.exported import everything

    files = {file: data for file, data in everything(records, events).items() if file.split("/")[0] == name}
    text = b"\n".join(files.values()).decode(errors="replace")
    if name == "html":
        text = zlib.decompress(base64.b64decode(re.search(r">(eN[A-Za-z0-9+/=]+)<", text)[1])).decode()
    return text.replace("\\", "").replace("&quot;", '"')


def test_the_filters_of_a_selection_of_a_selection_are_both_named():
    whole = Dataset(small())
    once = Dataset(validate_dataset(written("json", whole.records, whole.find(kind="incident")), "once")[0])
    twice, _ = validate_dataset(written("json", once.records, once.find(type="air_strike")), "twice")
    assert twice.selection.filters == ('kind="incident"', 'type="air_strike"')
    assert twice.selection.release == whole.release
    assert once.citation == whole.citation.replace("2016.7.0", "2016.7.0, selection")
