"""Whether records are the release that they say they are, as far as that can be known here."""

from __future__ import annotations

from dataclasses import replace

from conflictdata.model import Records
from conflictdata.store.opening import carried


def believed(records: Records) -> Records:
    """The records; those that say they are a release that the package carries, and are not, belong to no release.

    A copy of a release that was edited still names it. It can be read as any other records, but not be cited so.
    """
    if records.release is None:
        return records
    known = carried(records.release.version)
    return records if known is None or known == records else replace(records, release=None)
