"""The command that writes and reads back sees what is lost, and says the same each time."""

from __future__ import annotations

from tests.robustness import roundtrips
from tests.support.small import small

RUN = ["--count", "2", "--seed", "1", "--jobs", "1"]


def test_what_is_written_in_each_lossless_way_comes_back(capsys):
    assert roundtrips.main(RUN) == 0
    first = capsys.readouterr().out.partition(" (")[0]
    assert first.startswith("2 datasets of ") and first.endswith(" 0 lost")
    assert roundtrips.main(RUN) == 0
    assert capsys.readouterr().out.startswith(first)


def test_whatever_is_lost_is_reported_by_the_way_that_lost_it(tmp_path, monkeypatch):
    whole = small()
    fewer = type(whole).of(whole.sources, whole.actors, whole.places, (), release=whole.release)
    monkeypatch.setattr(roundtrips, "ways", lambda _, home, every=roundtrips.ways: every(fewer, home))
    assert roundtrips.lost(whole) == ["json", "tables", "tables, spreadsheet-safe"]
    assert roundtrips.lost(fewer) == []
