"""One record on the command line, or the whole chain of evidence behind it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

import conflictdata
from conflictdata.analysis.paragraph_digests import digest
from conflictdata.canonical.dump import dump
from conflictdata.dataset import Dataset
from tests.support.builders import actor, claim, event, place, records, source
from tests.support.calling import call, write_records
from tests.support.sample import sample

OURS = Dataset(sample())
pytestmark = pytest.mark.usefixtures("installed_sample")


def test_every_record_is_shown_and_an_event_ends_with_its_sentence() -> None:
    for name in ("events", "actors", "places", "sources"):
        table = getattr(OURS, name)
        for record in list(table)[:: len(table) // 8 + 1]:
            lines = call("show", f"{name}/{record.id}").stdout.splitlines()
            assert lines[0].startswith(f"{record.id}  ")
            if name == "events":
                assert lines[-1].strip() == OURS.sentence(record.id)
                assert [line for line in lines if line.startswith("  c")] != []


def test_an_actor_or_a_place_is_shown_by_a_name_that_only_it_bears(world: Path) -> None:
    for name, expected in (("ISIS", "islamic-state"), ("isis", "islamic-state"), ("Mosul", "mosul")):
        assert call("show", name).stdout.splitlines()[0].startswith(f"{expected}  ")


def test_a_name_that_several_records_bear_shows_none_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    both = [{**actor("army"), "name": "Both"}, actor("monitor"), actor("paper")]
    write_records(folder, records([event(1, [claim(1)])], both, [{**place("mill"), "name": "Both"}]))
    told = call("show", "both", "--data", folder, code=1).stderr
    assert all(part in told for part in ("both", "actors/army", "places/mill"))


def test_of_records_that_share_an_id_none_is_shown_for_another(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    write_records(
        folder, records([event(1, [claim(1)])], [actor(n) for n in ("monitor", "paper", "raqqa")], [place("raqqa")])
    )
    told = call("show", "raqqa", "--data", folder, code=1).stderr
    assert all(part in told for part in ("actors/raqqa", "places/raqqa"))
    for table in ("actors", "places"):
        shown = call("show", f"{table}/raqqa", "--data", folder, "--format", "json").stdout_bytes
        assert shown == (folder / table / "raqqa.json").read_bytes()
    for asked in ("sources/raqqa", "actors/", "x/raqqa", "places/paper"):
        assert "there is no record" in call("show", asked, "--data", folder, code=1).stderr


def test_a_shown_event_names_every_claim_origin_dispute_and_position(world: Path) -> None:
    ds = conflictdata.load(world)
    text = call("show", "CD-0001", "--data", world).stdout
    for expected in (*map(str, ds.positions("CD-0001")), *map(str, ds.disputes("CD-0001")), ds.grade("CD-0001")):
        assert expected in text
    assert "monitor asserts control: army holds mill (part), taken from front [paper-1 paragraph 1]" in text
    assert 'army asserts killed: "dozens" = 3-9 people, incident' in text
    assert "WITHDRAWN: The same as CD-0001.; replaced by CD-0001" in call("show", "CD-0002", "--data", world).stdout


def test_a_shown_claim_says_who_speaks_through_whom_and_where() -> None:
    for placed in list(OURS.claims)[:: len(OURS.claims) // 20]:
        text = call("show", placed.id).stdout
        assert all(piece.source in text for piece in placed.claim.evidence)
        assert all(part in text for part in (placed.claim.claimant, *placed.claim.via, placed.claim.speaker or ""))


def test_a_record_shown_as_json_is_its_file() -> None:
    for table in (OURS.events, OURS.actors, OURS.places, OURS.sources):
        record = table[0]
        assert call("show", record.id, "--format", "json").stdout_bytes == dump(record.to_object())
    shown = json.loads(call("show", "CD-0003#c1", "--format", "json").stdout)
    assert shown == OURS.claims["CD-0003#c1"].claim.to_object()


def test_a_trace_prints_the_whole_chain_of_every_piece(world: Path) -> None:
    text = call("trace", "CD-0001#c2", "--data", world).stdout
    assert "army (named), speaker: its spokesman" in text
    assert "via        wire" in text
    assert "first published: paper, 2016-06-10" in text
    assert "paragraph  1, digest 0123456789abcdef" in text
    for event_id in ("CD-0003", "CD-0043"):
        printed = call("trace", event_id).stdout
        assert printed.count("  paragraph  ") == len(OURS.trace(event_id))


def test_a_trace_with_texts_shows_the_paragraph_and_fails_unless_it_is_the_one_read(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    text = "The first.\n\n  The   second.\n"
    for missing in ("verified", "another-paragraph", "another-file", "no-file"):
        shutil.rmtree(folder, ignore_errors=True)
        texts = tmp_path / missing
        texts.mkdir()
        cited = claim(1)
        cited["evidence"] = [{"source": "paper-1", "paragraph": 2, "digest": digest("The second.")}]
        held = {"verified": text, "another-file": f"{text}More.\n", "another-paragraph": "The first.\nNo.\n"}
        if missing in held:
            (texts / "paper-1.txt").write_text(held[missing], "utf-8")
        sha256 = "0" * 64 if missing == "no-file" else _sha256(text)
        read = source("paper-1", sha256=sha256)
        write_records(folder, records([event(1, [cited])], [actor("monitor"), actor("paper")], [], [read]))
        traced = call("trace", "CD-0001", "--texts", texts, "--data", folder, code=0 if missing == "verified" else 1)
        assert f": {missing}" in traced.stdout
        assert ("    The second." in traced.stdout) is (missing in ("verified", "another-file"))


def test_a_trace_with_nothing_under_it_says_so_and_verifies_nothing(tmp_path: Path) -> None:
    nothing = next(each.id for each in OURS.actors if not each.relations)
    assert "has no evidence" in call("trace", nothing).stderr
    assert "no evidence" in call("trace", nothing, "--texts", tmp_path, code=1).stderr
    assert "CD-0043#" in call("trace", "CD-0043#", code=1).stderr


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
