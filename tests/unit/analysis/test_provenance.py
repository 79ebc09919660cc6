"""Paragraphs, digests, and the way back from a value to the paragraph that says it."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.analysis.digest_check import Check, check_texts
from conflictdata.analysis.paragraph_digests import digest, fold, paragraphs
from conflictdata.analysis.provenance import trace
from conflictdata.canonical import MAX_TEXT_BYTES
from conflictdata.errors import DataNotFound, UnknownName
from conflictdata.findings import Code
from conflictdata.model import Records
from tests.support.builders import Object, actor, claim, event, records, relation, source

TEXT = "Menu\n\nThe army\u00a0 said so.\r\nNobody e\u0301lse did.\n"
READ = ("Menu", "The army said so.", "Nobody \u00e9lse did.")


def test_a_text_is_split_at_line_feeds_and_folded() -> None:
    assert paragraphs(TEXT) == READ
    assert paragraphs("a\u2028b\x0bc\x85d\r\ne") == ("a b c d", "e")
    assert paragraphs(" \u3000\n\t\n") == ()
    assert fold("a\x1fb\u200bc") == "a\x1fb\u200bc"  # separators and zero-width characters are no white space


def test_a_digest_is_the_beginning_of_the_sha_256_of_the_folded_paragraph() -> None:
    assert digest(" The  army said so. ") == hashlib.sha256(b"The army said so.").hexdigest()[:16]


LINES = st.text(st.sampled_from("ab\u00e9e\u0301 \t\u00a0\u2003\r\x0b\x1c\u200b\ufeff"))


@given(st.lists(LINES))
def test_folding_again_changes_nothing_and_every_paragraph_is_folded(lines: list[str]) -> None:
    found = paragraphs("\n".join(lines))
    assert paragraphs("\n".join(found)) == found
    for paragraph in found:
        assert fold(paragraph) == paragraph == unicodedata.normalize("NFC", paragraph)
        assert paragraph.strip(" \t\u00a0") == paragraph != ""


MARKS = "\u0301\u0316\u0327\u0345\u0f71\u0f72\u0f73\u0f81\u0344\u05b0\u064b\u0654\u1100\u1161\u11a8\uac00\u1e69"


@given(st.lists(st.sampled_from("ab ") | st.text(st.sampled_from(MARKS), max_size=9)), st.sampled_from([1, 2, 3, 128]))
def test_a_line_is_folded_into_its_nfc_however_many_marks_stand_together(pieces: list[str], few_marks: int) -> None:
    line = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conflictdata.analysis.paragraph_digests._FEW_MARKS", few_marks)
        assert fold(line) == " ".join(unicodedata.normalize("NFC", line).split())


@given(LINES)
def test_white_space_and_composition_do_not_change_a_digest(line: str) -> None:
    spread = unicodedata.normalize("NFD", line).replace(" ", "\u00a0\t ")
    assert digest(spread) == digest(line)


def world(folder: Path, text: str = TEXT, name: str = "paper-1.txt", **piece: object) -> Records:
    """A claim and a relation read in the second paragraph of TEXT, and a folder that holds `text`."""
    if name:
        (folder / name).write_bytes(text.encode())
    (folder / "other.txt").write_bytes(b"Something else.")
    (folder / "subfolder").mkdir()
    evidence = [{"source": "paper-1", "paragraph": 2, "digest": digest(READ[1])} | piece]
    said = claim(1, claimant="army", speaker="its spokesman", via=["wire"]) | {"evidence": evidence}
    paper = source("paper-1", paragraphs=3, sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    own = [relation(1, "front") | {"evidence": evidence}]
    return records([event(1, [said])], [actor("army", relations=own)], sources=[paper])


def found(built: Records, folder: Path) -> list[tuple[str, str, Code]]:
    return [(finding.file, finding.pointer, finding.code) for finding in check_texts(built, folder)]


BOTH = [
    ("events/CD-0001.json", "/claims/0/evidence/0/digest", Code.PARAGRAPH_CHANGED),
    ("actors/army.json", "/relations/0/evidence/0/digest", Code.PARAGRAPH_CHANGED),
]


def test_the_text_that_was_read_has_no_fault(tmp_path: Path) -> None:
    built = world(tmp_path)
    assert found(built, tmp_path) == []
    (piece,) = trace(built, "CD-0001#c1", tmp_path)
    assert (piece.check, piece.text) == (Check.VERIFIED, READ[1])


def test_the_text_is_found_by_its_hash_under_any_name(tmp_path: Path) -> None:
    built = world(tmp_path, name="renamed.txt")
    assert found(built, tmp_path) == []
    assert trace(built, "CD-0001", tmp_path)[0].check is Check.VERIFIED


def test_no_file_is_a_finding_of_its_own(tmp_path: Path) -> None:
    built = world(tmp_path, name="")
    assert found(built, tmp_path) == [("sources/paper-1.json", "/file", Code.TEXT_MISSING)]
    assert trace(built, "CD-0001", tmp_path)[0].check is Check.NO_FILE


def test_another_file_under_that_name_is_a_finding_of_its_own(tmp_path: Path) -> None:
    built = world(tmp_path, TEXT + "One more.\n")
    assert found(built, tmp_path) == [("sources/paper-1.json", "/sha256", Code.TEXT_CHANGED)]
    (piece,) = trace(built, "army#r1", tmp_path)
    assert (piece.check, piece.text) == (Check.ANOTHER_FILE, READ[1])


@pytest.mark.parametrize("piece", [{"digest": "0" * 16}, {"paragraph": 3}, {"paragraph": 4}])
def test_another_paragraph_is_a_finding_of_its_own(tmp_path: Path, piece: Object) -> None:
    built = world(tmp_path, **piece)
    assert found(built, tmp_path) == BOTH
    assert trace(built, "CD-0001", tmp_path)[0].check is Check.ANOTHER_PARAGRAPH


def test_another_file_with_another_paragraph_has_both_findings(tmp_path: Path) -> None:
    built = world(tmp_path, "Inserted.\n" + TEXT)
    assert found(built, tmp_path) == [("sources/paper-1.json", "/sha256", Code.TEXT_CHANGED), *BOTH]
    assert trace(built, "CD-0001", tmp_path)[0].text == "Menu"


def test_a_text_that_is_no_utf_8_is_another_file_and_no_crash(tmp_path: Path) -> None:
    built = world(tmp_path)
    (tmp_path / "paper-1.txt").write_bytes(b"\xff\xfe\x00")
    assert found(built, tmp_path) == [("sources/paper-1.json", "/sha256", Code.TEXT_CHANGED), *BOTH]


def test_a_wrong_number_of_paragraphs_is_found(tmp_path: Path) -> None:
    built = world(tmp_path)
    paper = replace(built.sources[0], paragraphs=7)
    changed = Records.of([paper], built.actors, built.places, built.events)
    assert found(changed, tmp_path) == [("sources/paper-1.json", "/paragraphs", Code.PARAGRAPH_CHANGED)]


def test_a_trace_shows_claimant_channel_chain_and_paragraph(tmp_path: Path) -> None:
    (piece,) = trace(world(tmp_path), "CD-0001#c1")
    assert (piece.check, piece.text) == (Check.NOT_CHECKED, None)
    assert str(piece) == (
        "CD-0001#c1: army (its spokesman) asserts > via wire > first_published by paper"
        f" > paper-1 paragraph 2, digest {digest(READ[1])}"
    )


def test_a_trace_of_an_actor_is_that_of_its_relations(tmp_path: Path) -> None:
    built = world(tmp_path)
    assert [piece.id for piece in trace(built, "army")] == ["army#r1"]


@pytest.mark.parametrize("wrong", ["CD-0002", "CD-0001#c2", "army#r2", "front", "", "#c1"])
def test_a_trace_of_what_is_not_there_is_refused(tmp_path: Path, wrong: str) -> None:
    built = world(tmp_path)
    with pytest.raises(UnknownName):
        trace(built, wrong)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    built = world(tmp_path)
    for wrong in (tmp_path / "nowhere", tmp_path / "other.txt", Path("n" * 10_000), "", "a\0b"):
        with pytest.raises(DataNotFound):
            list(check_texts(built, wrong))
        with pytest.raises(DataNotFound):
            trace(built, "CD-0001", wrong)


def test_what_cannot_be_read_among_the_texts_is_passed_over_unless_it_bears_a_documents_name(
    tmp_path: Path,
) -> None:
    built = world(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "film.bin").open("wb") as stream:
        stream.truncate(3 << 30)
    assert found(built, tmp_path) == []
    text = next(path for path in tmp_path.iterdir() if path.name == built.sources[0].file)
    text.unlink()
    with text.open("wb") as stream:
        stream.truncate(MAX_TEXT_BYTES + 1)
    assert found(built, tmp_path) == [(str(text), "", Code.TOO_LARGE)]
    assert trace(built, "CD-0001#c1", tmp_path)[0].check is Check.NO_FILE
