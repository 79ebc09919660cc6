"""Why an event has no row in the column layout of UCDP GED."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GedReason(StrEnum):
    """Mirrors `codelists/ged-skip-reasons.csv`."""

    OPERATION = "operation"
    WITHDRAWN = "withdrawn"
    NO_DEATHS = "no-deaths"
    NO_VIOLENCE_TYPE = "no-violence-type"
    NO_ORIGIN = "no-origin"
    OCCURRENCE_DISPUTED = "occurrence-disputed"
    RESPONSIBILITY_EITHER = "responsibility-either"
    RESPONSIBILITY_DISPUTED = "responsibility-disputed"
    WINDOW_OPEN = "window-open"
    WINDOW_TOO_WIDE = "window-too-wide"
    CROSSES_YEARS = "crosses-years"
    NO_PLACE = "no-place"
    NO_POINT = "no-point"
    NO_COUNTRY = "no-country"


@dataclass(frozen=True, slots=True)
class GedRefusal:
    """One reason, and a sentence that says what stands in the way."""

    reason: GedReason
    sentence: str
