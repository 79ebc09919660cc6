"""The reasons for which an event has no row in the column layout of ACLED or UCDP GED."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AcledReason(StrEnum):
    """Mirrors `codelists/acled-skip-reasons.csv`."""

    OPERATION = "operation"
    WITHDRAWN = "withdrawn"
    NO_ACLED_TYPE = "no-acled-type"
    NO_ORIGIN = "no-origin"
    OCCURRENCE_DISPUTED = "occurrence-disputed"
    RESPONSIBILITY_EITHER = "responsibility-either"
    RESPONSIBILITY_DISPUTED = "responsibility-disputed"
    OTHER_ACCOUNT_REFUSED = "other-account-refused"
    WINDOW_OPEN = "window-open"
    WINDOW_TOO_WIDE = "window-too-wide"
    NO_PLACE = "no-place"
    PLACE_TOO_VAGUE = "place-too-vague"
    NO_POINT = "no-point"
    NO_COUNTRY = "no-country"
    NO_ACTOR = "no-actor"
    ACTOR_WITHOUT_NAME = "actor-without-name"


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
class Refusal:
    """One reason, and a sentence that explains it."""

    reason: AcledReason | GedReason
    sentence: str
