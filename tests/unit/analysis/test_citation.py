"""A citation names the release and the documents, is well formed in every format, and invents nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import yaml
from hypothesis import given

import conflictdata as cd
from conflictdata.analysis.citation import FORMS, TITLE, citation
from conflictdata.analysis.claim_text import actor_name
from conflictdata.analysis.credits import credited_works
from conflictdata.errors import UnknownName
from conflictdata.model import Records, Release
from tests.support.calling import call, check_jsonschema
from tests.support.draw.pairs import made
from tests.support.draw.values import lines
from tests.support.effort import effort
from tests.support.sample import sample
from tests.support.small import small

RECORDS = sample()
pytestmark = pytest.mark.usefixtures("installed_sample")
FINAL = Release.from_object({"version": "2026.11.0", "date": "2026-11-20", "stage": "final"})
CANDIDATE = Release.from_object({"version": "2026.11.0", "date": "2026-11-20", "stage": "candidate"})


def titled(title, author=None):
    """A small world in which the event and its document bear a title, and the document an author."""
    base = small()
    event = made("event", base.events["CD-0002"].to_object() | {"title": title})
    source = base.sources[0].to_object() | {"title": title}
    if author:
        source["chain"][0]["author"] = author
    return Records.of([made("source", source)], base.actors, base.places, [event], FINAL)


def test_the_dataset_is_cited_with_its_release():
    final, candidate, none = (citation(replace(RECORDS, release=of)) for of in (FINAL, CANDIDATE, None))
    assert final == f"conflictdata contributors. (2026). {TITLE} (Version 2026.11.0) [Data set].\n"
    assert "(Version 2026.11.0, candidate)" in candidate
    assert none == f"conflictdata contributors. (n.d.). {TITLE} (unreleased records) [Data set].\n"


def test_an_event_is_cited_with_every_document_that_its_live_claims_stand_in():
    unreleased = replace(RECORDS, release=None)
    for event in RECORDS.events:
        told = citation(unreleased, event.id).splitlines()
        sources = dict.fromkeys(e.source for claim in event.claims if claim.live for e in claim.evidence)
        assert len(told) == 1 + len(sources)
        gone = " (withdrawn)" if event.withdrawn is not None else ""
        assert told[0].startswith(f"conflictdata contributors. (n.d.). {event.id}{gone}: {event.title}")
        for line, source in zip(told[1:], sources, strict=True):
            assert RECORDS.sources[source].title in line


def test_addresses_and_names_come_from_the_records_alone():
    said = "".join(citation(RECORDS, event.id, form) for event in RECORDS.events for form in FORMS)
    known = {step.url for source in RECORDS.sources for step in source.chain}
    said = said.replace("\\", "")  # TeX
    assert {address.rstrip('",}') for address in re.findall(r'https?://[^\s"}]+', said)} <= known


def test_the_address_of_a_copy_is_not_given_as_that_of_the_document():
    base = small()
    source = base.sources[0].to_object()
    corpus, own = "https://doi.org/10.5281/zenodo.2607278", "https://example.org/article"
    for first, kept in (({}, True), ({"url": own}, False)):
        source["chain"] = [
            {"step": "first_published"} | first,
            {"step": "republished", "by": "exampletimes", "url": corpus},
        ]
        cited = Records.of([made("source", source)], base.actors, base.places, base.events, FINAL)
        note = f"As kept by {actor_name(cited, 'exampletimes')}: {corpus}"
        assert citation(cited, "CD-0002").splitlines()[1].endswith(f" {note}" if kept else f" {own}")
        item = json.loads(citation(cited, "CD-0002", "csl-json"))[1]
        assert (item.get("URL"), item.get("note")) == ((None, note) if kept else (own, None))
        reference = yaml.safe_load(citation(cited, "CD-0002", "cff"))["references"][0]
        assert (reference.get("url"), reference.get("notes")) == ((None, note) if kept else (own, None))
        bib = citation(cited, "CD-0002", "bibtex").split("@misc")[2]
        assert ("url = {" in bib, "note = {As kept by" in bib) == (not kept, kept)


def test_a_document_without_date_author_or_publisher_invents_none():
    base = small()
    source = base.sources[0].to_object()
    source["chain"] = [{"step": "first_published"}]
    bare = Records.of([made("source", source)], base.actors, base.places, base.events, FINAL)
    assert citation(bare, "CD-0002").splitlines()[1] == f"(n.d.). {source['title']}."
    source["chain"] = [{"step": "first_published", "date": {"earliest": "2016-02-28", "latest": "2016-03-01"}}]
    bare = Records.of([made("source", source)], base.actors, base.places, base.events, FINAL)
    assert citation(bare, "CD-0002").splitlines()[1] == f"(2016). {source['title']}."
    assert json.loads(citation(bare, "CD-0002", "csl-json"))[1]["issued"] == {"date-parts": [[2016]]}


@given(lines(160), lines(120))
@effort(0.5)
def test_any_title_and_author_survive_every_format(title, author):
    records = titled(title, author)
    assert citation(records, "CD-0002").count("\n") == 2
    event, document = json.loads(citation(records, "CD-0002", "csl-json"))
    assert event["title"] == f"CD-0002: {title}"
    assert (document["title"], document["author"]) == (title, [{"literal": author}])
    parsed = yaml.safe_load(citation(records, "CD-0002", "cff"))
    assert parsed["preferred-citation"]["title"] == f"CD-0002: {title}"
    assert parsed["references"][0]["title"] == title
    assert parsed["references"][0]["authors"] == [{"name": author}]
    for entry in citation(records, "CD-0002", "bibtex").split("\n\n"):
        plain = re.sub(r"\\[{}\\]", "", entry)
        depths = [plain[: at + 1].count("{") - plain[: at + 1].count("}") for at in range(len(plain))]
        assert min(depths) >= 0 and depths[-1] == 0
        assert not re.search(r"(?<!\\)[&%$#_]", re.sub(r"@misc\{[^,]*,|url = \{.*\}", "", plain))


def test_works_of_others_are_named_where_records_rest_on_them():
    assert not credited_works(small())
    works = {work.key: work for work in credited_works(RECORDS)}
    assert {"fa-kes", "coalition", "airwars", "geonames", "natural-earth"} == set(works)
    assert all(work.licence and work.url.startswith("https://") for work in works.values())
    told = citation(RECORDS, others=works.values())
    assert told.startswith(citation(RECORDS))
    assert all(f"{work.url} {work.licence}." in told for work in works.values())


@pytest.mark.parametrize("event", [None, "CD-0002"])
def test_cff_obeys_its_schema(tmp_path, event):
    path = tmp_path / "CITATION.cff"
    others = () if event else credited_works(RECORDS)
    path.write_text(citation(titled("Any: title # of {it}"), event, "cff", others), encoding="utf-8")
    checked = check_jsonschema("--builtin-schema", "vendor.citation-file-format", path)
    assert checked.exit_code == 0, checked.output


def test_what_is_not_there_is_refused_with_what_is():
    with pytest.raises(UnknownName):
        citation(RECORDS, "CD-9999")
    with pytest.raises(UnknownName, match="bibtex"):
        citation(RECORDS, form="bibtx")


def test_a_dataset_and_its_frames_say_how_to_cite_them():
    dataset = cd.Dataset(replace(RECORDS, release=FINAL))
    assert dataset.citation == citation(dataset.records).rstrip("\n")
    assert dataset.to_pandas("events").attrs["conflictdata"]["citation"] == dataset.citation
    assert "2026.11.0" in dataset.to_pandas("claims").attrs["conflictdata"]["release"]


def test_the_command_prints_it():
    assert call("cite").stdout == citation(RECORDS, others=credited_works(RECORDS))
    event = RECORDS.events[0].id
    assert call("cite", event, "--style", "bibtex").stdout == citation(RECORDS, event, "bibtex")
    assert "bibtex" in call("cite", "--style", "bibtx", code=2).stderr
    assert "there is no event" in call("cite", "CD-9999", code=1).stderr
