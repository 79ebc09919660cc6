"""What is told of changes: in which words they are refused or asked to be explained, and whose reasons are given."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdata.canonical import MAX_BYTES, dump_line
from conflictdata.errors import CannotApply, InvalidInput
from conflictdata.findings import Code
from conflictdata.formats.records_folder.changes import read_changes
from conflictdata.model import Records
from conflictdata.model.codes import ChangeKind
from conflictdata.publishing.change import Change, Edit, Shape
from conflictdata.publishing.change_reasons import NEW, ExplainedChange, Reason, explained, reasons_for, unexplained
from conflictdata.publishing.diff import changes_between, edits_between
from conflictdata.publishing.explained_diff import State, changes_of, compared, state
from conflictdata.publishing.patch import _edited, applied
from tests.support import builders
from tests.support.draw.pairs import pairs
from tests.support.effort import effort
from tests.support.releases import FIRST, SECOND, reasoned, records_folder, released, rewritten, two_releases
from tests.support.small import small

CHANGED = Change("event", "CD-0002", Shape.CHANGED)


# What leads from one object to the next.

NAMES = st.sampled_from(["a", "a/b", "a~b", "~1", "~0", "~01", "/", "~"])
ITEMS = st.lists(NAMES, unique=True, max_size=3).flatmap(
    lambda ids: st.tuples(*(st.fixed_dictionaries({"id": st.just(each), "n": st.integers(0, 1)}) for each in ids))
)
VALUES = st.recursive(
    st.integers(0, 2) | st.sampled_from(["", "a", "b"]) | ITEMS.map(list),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=3)


@given(OBJECTS, OBJECTS)
@effort(2)
def test_the_edits_between_any_two_objects_lead_from_one_to_the_other(old, new):
    """Whatever their members are called, and whatever becomes of a member."""
    edits = tuple(edits_between(old, new))
    assert _edited(old, Change("event", "CD-0001", Shape.CHANGED, edits)) == new


@pytest.mark.parametrize("name", ["a/b", "a~b", "~1", "/~0"])
def test_a_member_is_found_again_whatever_it_is_called(name):
    for old, new in (({name: 1}, {name: 2}), ({name: 1}, {}), ({}, {name: 1}), ({name: {name: 1}}, {name: {}})):
        assert _edited(old, Change("event", "CD-0001", Shape.CHANGED, tuple(edits_between(old, new)))) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"b": 1}, "b"), ("b", {"b": 1}), ({"b": 1}, [{"id": "b"}]), ([], [{"id": "a"}]), ([{"id": "a"}], []),
        ([{"id": "a"}, {"id": "a"}], [{"id": "a"}]), ([{"id": "a"}], [{"id": "a"}, {"id": "a"}]),
    ],
)  # fmt: skip
def test_what_has_no_members_or_ids_in_common_is_changed_as_a_whole(old, new):
    assert [*edits_between({"l": old}, {"l": new})] == [Edit("/l", old, new)]


def test_changes_come_in_the_order_of_their_numbers():
    ids = (9_998, 9_999, 10_000, 10_001)
    records = builders.records([builders.event(number, [builders.claim(1)]) for number in ids])
    for old, new in ((Records.of(), records), (records, Records.of())):
        told = [change.id for change in changes_between(old, new) if change.of == "event"]
        assert told == [f"CD-{number}" for number in ids]


# Refused, and why.


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (Change("event", "CD-0099", Shape.CHANGED, (Edit("/title", "a", "b"),)), "event/CD-0099"),
        (Change("event", "CD-0099", Shape.REMOVED, record={}), "event/CD-0099"),
        (Change("event", "CD-0002", Shape.ADDED, record={}), "event/CD-0002"),
        (Change("event", "CD-0002", Shape.REMOVED, record={}), "event/CD-0002"),
        (
            Change("event", "CD-0002", Shape.CHANGED, (Edit("/title", "a", "b"),)),
            "event/CD-0002/title",
        ),
    ],
)
def test_what_does_not_fit_is_reported_by_its_place(change, place):
    with pytest.raises(CannotApply) as refused:
        applied([change], small())
    assert refused.value.path + refused.value.pointer == place


LINE = {"change": "revised", "of": "event", "id": "CD-0001"}


@pytest.mark.parametrize(
    ("line", "pointer"),
    [
        ({}, ""),
        (LINE | {"id": 7}, ""),
        (LINE | {"of": "claim"}, ""),
        (LINE | {"reason": ["x"]}, ""),
        (LINE | {"edits": ["x"]}, "/edits/0"),
        (LINE | {"edits": [{"pointer": "/title"}, {}]}, "/edits/1"),
        (LINE | {"edits": [{"pointer": "/title"}, {"pointer": "title"}]}, "/edits/1"),
    ],
)
def test_a_line_that_is_no_change_is_reported_with_its_place(line, pointer):
    with pytest.raises(InvalidInput) as refused:
        Change.of_object(line, "f")
    assert refused.value.finding.pointer == pointer


# Not explained.


def differing(count: int) -> Change:
    return Change("event", "CD-0002", Shape.CHANGED, tuple(Edit(f"/m{number}", 1, 2) for number in range(count)))


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (Change("event", "CD-0002", Shape.ADDED), ""),
        (Change("event", "CD-0002", Shape.WITHDRAWN), ""),
        (Change("event", "CD-0002", Shape.REMOVED), ""),
        (differing(1), "/m0"),
        (differing(5), "/m0"),
        (differing(6), "/m0"),
    ],
)
def test_what_nothing_explains_is_reported_at_its_place(change, pointer):
    (found,) = unexplained([ExplainedChange(change, ())], [])
    assert (found.file, found.pointer, found.code) == ("event/CD-0002", pointer, Code.CHANGE_WITHOUT_REASON)


@given(pairs())
@effort(0.125)
def test_without_a_reason_every_change_is_reported_as_it_is(pair):
    changes = [*changes_between(*pair)]
    found = [*explained(changes, [])]
    assert [because.change.path for because in found] == [change.path for change in changes]
    for because, change in zip(found, changes, strict=True):
        assert because.change == change if change.shape is not Shape.ADDED else because.reasons == (NEW,)


def test_records_that_came_went_and_changed_all_have_their_reasons():
    shapes = {
        Shape.ADDED: ChangeKind.ADDED, Shape.WITHDRAWN: ChangeKind.WITHDRAWN, Shape.CHANGED: ChangeKind.REVISED,
    }  # fmt: skip
    changes = [Change("event", f"CD-{n:04}", shape, (Edit("/title", "a", "b"),)) for n, shape in enumerate(shapes, 1)]
    reasons = [Reason(kind, f"It was {kind}.", frozenset(), (), ("f", "")) for kind in shapes.values()]
    found = [because.change for because in explained([*changes, *changes], reasons)]
    assert [(change.path, change.reason) for change in found] == [
        (change.path, f"It was {shapes[change.shape]}.") for change in [*changes, *changes]
    ]


# Where reasons are written.


def entry(reason: str, kind: str = "revised", record: str = "event/CD-0002") -> dict[str, object]:
    return {"kind": kind, "records": [record], "reason": reason}


def test_a_reason_knows_the_file_it_stands_in(tmp_path):
    folder = records_folder(tmp_path)
    reasoned(folder, SECOND, entry("One."), entry("Two."))
    (one, two), findings = reasons_for(SECOND, folder)
    path = str(folder / "changes" / f"{SECOND}.json")
    assert (one.place, two.place, findings) == ((path, "/changes/0"), (path, "/changes/1"), [])


def test_a_file_of_reasons_larger_than_a_record_is_read(tmp_path):
    folder = records_folder(tmp_path)
    reasons = [{"kind": "revised", "fields": ["/title"], "reason": f"{n} " + "語" * 900} for n in range(450)]
    reasoned(folder, SECOND)
    path = folder / "changes" / f"{SECOND}.json"
    members = {"$schema": "urn:conflictdata:schema:1.0.0:changes", "version": SECOND, "changes": reasons}
    path.write_bytes(dump_line(members, max_bytes=16 * MAX_BYTES))
    assert path.stat().st_size > MAX_BYTES
    changes, findings = read_changes(path)
    assert findings == [] and len(changes.changes) == 450


# Between states.


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Three releases of a small world, the title of one event other in each, and the records they were built from."""
    home = tmp_path_factory.mktemp("home")
    two_releases(home)
    rewritten(home / "records", "event/CD-0002", title="The mill district changes hands again")
    reasoned(home / "records", "2092.2.0", entry("It was told again."))
    released(home, "2092.2.0")
    rewritten(home / "records", "event/CD-0002", title="The mill district changes hands once more")
    reasoned(home / "records", "2092.10.0", entry("Once more."))
    released(home, "2092.10.0")
    return home


@pytest.fixture
def shelf(home, monkeypatch):
    """The folder of those releases, as the one that is configured."""
    monkeypatch.setenv("CONFLICTDATA_RELEASES", str(home / "releases"))
    return home / "releases"


def test_a_state_is_called_by_its_version_or_else_as_it_was_named(shelf, home):
    assert str(state(SECOND)) == str(state(shelf / SECOND)) == SECOND
    assert str(state(home / "records")) == str(home / "records")
    assert str(State(Records.of())) == "the records of this package"


def test_only_what_was_named_by_its_path_has_one(shelf, home):
    paths = [state(what).path for what in (SECOND, shelf / SECOND, home / "records", str(home / "records"), None)]
    assert paths == [None, shelf / SECOND, home / "records", home / "records", None]


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        (FIRST, SECOND, [f"{SECOND}: The title said more."]),
        (SECOND, "2092.2.0", ["2092.2.0: It was told again."]),
        (SECOND, "2092.10.0", ["2092.2.0: It was told again.", "2092.10.0: Once more."]),
        (
            FIRST,
            "2092.10.0",
            [f"{SECOND}: The title said more.", "2092.2.0: It was told again.", "2092.10.0: Once more."],
        ),
    ],
)
def test_between_two_releases_the_reasons_of_each_in_between_are_given_in_the_order_of_releases(
    shelf, old, new, reasons
):
    for first, second in ((old, new), (shelf / old, shelf / new)):
        (change,) = compared(state(first), state(second))
        assert change.reason == "; ".join(reasons)


def test_of_records_only_the_reasons_of_releases_to_come_are_given(home, tmp_path):
    """Those that the folder holds of releases there were explain what differed then."""
    folder = shutil.copytree(home / "records", tmp_path / "records")
    rewritten(folder, "event/CD-0002", title="Another title")
    old = state(home / "releases" / "2092.10.0")
    (bare,) = compared(old, state(folder))
    reasoned(folder, "2092.11.0", entry("Clearer."))
    (told,) = compared(old, state(folder))
    assert (bare.reason, told.reason) == (None, "Clearer.")


def test_reasons_that_can_be_read_no_longer_are_reported_by_their_first_fault(home, tmp_path):
    folder = records_folder(tmp_path)
    old, new = state(home / "releases" / FIRST), state(folder)
    reasoned(folder, "2093.1.0", {"kind": "revised", "records": ["event/CD-0002"]})
    with pytest.raises(InvalidInput) as refused:
        compared(old, new)
    assert (refused.value.finding.pointer, refused.value.finding.code) == ("/changes/0", Code.MISSING_MEMBER)


# Of the package.


def carried(folder: Path, data: bytes) -> Path:
    """What the package carries of a release: no list of hashes."""
    folder.mkdir(parents=True)
    (folder / "CHANGES.jsonl").write_bytes(data)
    return folder


def test_the_changes_of_a_release_that_the_package_carries_in_part_are_read_however_many(tmp_path, monkeypatch):
    changes = [differing(1).because(ChangeKind.REVISED, f"{n} " + "x" * 9000) for n in range(120)]
    data = b"".join(change.to_line() for change in changes)
    assert len(data) > MAX_BYTES
    monkeypatch.setattr("conflictdata.publishing.explained_diff.releases_folder", lambda: tmp_path / "carried")
    monkeypatch.setattr("conflictdata.publishing.explained_diff.read_carried", lambda _: data)
    assert [*changes_of(carried(tmp_path / "carried" / FIRST, data))] == changes
    assert [*changes_of(carried(tmp_path / "elsewhere" / FIRST, data))] == []


def test_a_zip_that_is_none_is_refused_with_what_is_wrong(tmp_path):
    path = tmp_path / f"conflictdata-{FIRST}.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(InvalidInput) as refused:
        [*changes_of(path)]
    assert (refused.value.finding.file, refused.value.finding.code) == (str(path), Code.DAMAGED_ARCHIVE)
