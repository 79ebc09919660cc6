"""conflictdata: the war against Islamic State in Syria and Iraq, 2014-2017, every number traced to who said it.

    import conflictdata as cd

    ds = cd.load()                            # the data of the installed release
    ds.find(place="Raqqa", start="2017-06-01")
    ds.explain("CD-0043")

`load` and `releases` are the ways in; `read_acled` and `read_ged` read files in the layouts of others. `Dataset` has
the tables and answers the questions. Every type that these return, and every error that they raise, is a name of this
package:

- records: `Event`, `Actor`, `Place`, `Source`, and `Claim`, which is part of an event; `EventClaim` is a claim with its
  event, `Release` the release of a dataset;
- parts of events and claims: `Participant`, `Where`, `When`, `Days`, `End`, `Distinction`, `ExternalId`,
  `GradeOverride`, `Evidence`, `Count`, `Population`, `Control`, `Movement`, `Responsibility`, `Result`, `Statement`;
- parts of actors, places and sources: `Relation`, `Name`, `LayoutName`, `UcdpActor`, `Point`, `Admin`, `Step`,
  `Alteration`; of any record `Withdrawn`;
- tables: `RecordTable` and `ClaimTable`; `Records`, a set of all four kinds of record, has a plain `Table` of each;
- answers: `Events`, `Claims`, `Explanation` with its `Ground`s, `Figures` with its `Group`s and `Figure`s,
  `Comparison`, `ClaimantRank`, `ControlAnswer` and `ControlSeries` with `ControlSpan` and `ControlState`, `Dispute`
  with `DisputeKind`, `GradeAnswer`, `Position`, `Trace`, `Entry`, `Strength`, `CaptureMatrix`, `Range`. Each `Answer`
  and `AnswerList` has `to_dict()`, `to_pandas()` and `to_polars()`. `Explorer` is the page with map and timeline;
- others: `KnownRelease`, one of `releases()`; `LayoutFile`, a file of another layout; `Finding`, one problem in data;
- errors: `ConflictDataError` is the root. Of data: `InvalidInput`, `InvalidData`, `InvalidArchive`,
  `ChecksumMismatch`, `CannotApply`, `IncompletePackage`. Of arguments: `WrongArgument`, `InvalidValue`, `UnknownName`
  (with suggestions in `near`), `PositionOutOfRange`, `EventInNoDataset`, `DataNotFound`, `MissingExtra`. Of files:
  `CannotWrite`, `AlreadyExists`, `CannotFetch`.
  Of building a release: `NotReleasable`, `ReleaseExists`, `VersionNotIncreasing`, `PartialRelease`, `AnotherBuild`.
"""

from __future__ import annotations

__version__ = "2026.12.1.post1"

# ruff: noqa: F403, F405 - type checkers know the names of errors and records from their modules
TYPE_CHECKING = False  # importing typing would cost more than the rest of this module
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

    from conflictdata.analysis.answer_base import Answer, AnswerList
    from conflictdata.analysis.capture_matrix import CaptureMatrix
    from conflictdata.analysis.comparison import ClaimantRank, Comparison
    from conflictdata.analysis.control import ControlAnswer, ControlSeries
    from conflictdata.analysis.control_spans import ControlSpan, ControlState
    from conflictdata.analysis.disputes import Dispute, DisputeKind
    from conflictdata.analysis.explanation import Explanation, Ground
    from conflictdata.analysis.figures.estimate import Figure
    from conflictdata.analysis.figures.over_events import Figures
    from conflictdata.analysis.figures.rows import Group
    from conflictdata.analysis.grades import GradeAnswer
    from conflictdata.analysis.positions import Position
    from conflictdata.analysis.provenance import Trace
    from conflictdata.analysis.timeline import Entry, Strength
    from conflictdata.dataset import Dataset
    from conflictdata.errors import *
    from conflictdata.findings import Finding
    from conflictdata.formats.html.notebook import Explorer
    from conflictdata.formats.layout_files.layout_file import LayoutFile
    from conflictdata.model import *
    from conflictdata.record_tables import Claims, ClaimTable, Events, RecordTable
    from conflictdata.release.catalog import KnownRelease

__all__ = [
    "Actor",
    "Admin",
    "AlreadyExists",
    "Alteration",
    "AnotherBuild",
    "Answer",
    "AnswerList",
    "CannotApply",
    "CannotFetch",
    "CannotWrite",
    "CaptureMatrix",
    "ChecksumMismatch",
    "Claim",
    "ClaimTable",
    "ClaimantRank",
    "Claims",
    "Comparison",
    "ConflictDataError",
    "Control",
    "ControlAnswer",
    "ControlSeries",
    "ControlSpan",
    "ControlState",
    "Count",
    "DataNotFound",
    "Dataset",
    "Days",
    "Dispute",
    "DisputeKind",
    "Distinction",
    "End",
    "Entry",
    "Event",
    "EventClaim",
    "EventInNoDataset",
    "Events",
    "Evidence",
    "Explanation",
    "Explorer",
    "ExternalId",
    "Figure",
    "Figures",
    "Finding",
    "GradeAnswer",
    "GradeOverride",
    "Ground",
    "Group",
    "IncompletePackage",
    "InvalidArchive",
    "InvalidData",
    "InvalidInput",
    "InvalidValue",
    "KnownRelease",
    "LayoutFile",
    "LayoutName",
    "MissingExtra",
    "Movement",
    "Name",
    "NotReleasable",
    "PartialRelease",
    "Participant",
    "Place",
    "Point",
    "Population",
    "Position",
    "PositionOutOfRange",
    "Range",
    "RecordTable",
    "Records",
    "Relation",
    "Release",
    "ReleaseExists",
    "Responsibility",
    "Result",
    "Source",
    "Statement",
    "Step",
    "Strength",
    "Table",
    "Trace",
    "UcdpActor",
    "UnknownName",
    "VersionNotIncreasing",
    "When",
    "Where",
    "Withdrawn",
    "WrongArgument",
    "__version__",
    "load",
    "read_acled",
    "read_ged",
    "releases",
]

_HOMES = {
    name: f"conflictdata.{module}"
    for module, names in {
        "dataset": "Dataset",
        "findings": "Finding",
        "record_tables": "ClaimTable Claims Events RecordTable",
        "release.catalog": "KnownRelease",
        "analysis.answer_base": "Answer AnswerList",
        "analysis.capture_matrix": "CaptureMatrix",
        "analysis.comparison": "ClaimantRank Comparison",
        "analysis.control": "ControlAnswer ControlSeries",
        "analysis.control_spans": "ControlSpan ControlState",
        "analysis.disputes": "Dispute DisputeKind",
        "analysis.explanation": "Explanation Ground",
        "analysis.figures.estimate": "Figure",
        "analysis.figures.over_events": "Figures",
        "analysis.figures.rows": "Group",
        "analysis.grades": "GradeAnswer",
        "analysis.positions": "Position",
        "analysis.provenance": "Trace",
        "analysis.timeline": "Entry Strength",
        "formats.html.notebook": "Explorer",
        "formats.layout_files.layout_file": "LayoutFile",
        "errors": (
            "AlreadyExists AnotherBuild CannotApply CannotFetch CannotWrite ChecksumMismatch "
            "ConflictDataError DataNotFound EventInNoDataset IncompletePackage InvalidArchive InvalidData "
            "InvalidInput InvalidValue MissingExtra NotReleasable PartialRelease PositionOutOfRange ReleaseExists "
            "UnknownName VersionNotIncreasing WrongArgument "
        ),
        "model": (
            "Actor Admin Alteration Claim Control Count "
            "Days Distinction End Event EventClaim Evidence "
            "ExternalId GradeOverride LayoutName Movement Name Participant "
            "Place Point Population Range Records Relation "
            "Release Responsibility Result Source Statement Step "
            "Table UcdpActor When Where Withdrawn "
        ),
    }.items()
    for name in names.split()
}
"""Each public name and the module that it is imported from when it is first used."""


def load(what: str | PathLike[str] | None = None) -> Dataset:
    """The dataset that the package carries, a released version such as "2026.11.0", or that of a folder, file or zip.

    Records from elsewhere are validated as they are read; those with errors raise a `ConflictDataError`. An edited copy
    of a release belongs to no release. A file with one record is a dataset of that record alone, without the records
    that it refers to.
    """
    from conflictdata.collector_pause import collector_paused

    with collector_paused(loads=True):  # Python's collector would look at what is imported here several times
        from conflictdata.dataset import Dataset
        from conflictdata.loading import load as load_records

        return Dataset(load_records(what))


def releases() -> tuple[KnownRelease, ...]:
    """The releases that can be loaded, in order of version: in the package, in a configured folder, or in the cache."""
    from conflictdata.release.catalog import known_releases

    return known_releases()


def read_acled(path: str | PathLike[str]) -> LayoutFile:
    """A file in the ACLED column layout, of any vintage, as typed data frames; `findings` says what is wrong with it.

    Raises `InvalidData` if it has no such table, and `MissingExtra` without duckdb.
    """
    from pathlib import Path

    from conflictdata.formats.acled.expected_columns import ACLED_FILE
    from conflictdata.formats.layout_files.reader import read_layout

    return read_layout(path if isinstance(path, Path) else Path(path), ACLED_FILE)


def read_ged(path: str | PathLike[str]) -> LayoutFile:
    """A file in the column layout of UCDP GED, of any version, as typed data frames; `findings` says what is wrong.

    `InvalidData` where it holds no such table at all; without duckdb `MissingExtra`.
    """
    from pathlib import Path

    from conflictdata.formats.ged.expected_columns import GED_FILE
    from conflictdata.formats.layout_files.reader import read_layout

    return read_layout(path if isinstance(path, Path) else Path(path), GED_FILE)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    # Nothing heavy is loaded before a name of it is used.
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
