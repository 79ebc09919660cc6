"""Codes of claims: who says it, in which way, and what it is about."""

from __future__ import annotations

from enum import StrEnum


class Attribution(StrEnum):
    """Mirrors `codelists/attributions.csv`."""

    NAMED = "named"
    OWN_VOICE = "own_voice"
    UNNAMED = "unnamed"


class Stance(StrEnum):
    """Mirrors `codelists/stances.csv`."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    PLANS = "plans"


AGAINST = frozenset({Stance.DENIES, Stance.DOUBTS})
"""The stances of a claim against what it is about."""


class Property(StrEnum):
    """Mirrors `codelists/properties.csv`."""

    OCCURRED = "occurred"
    CONTROL = "control"
    RESULT = "result"
    RESPONSIBILITY = "responsibility"
    MOVEMENT = "movement"
    DATE = "date"
    STATEMENT = "statement"
    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"
    TRAPPED = "trapped"
    BESIEGED = "besieged"
    STRENGTH = "strength"
    ATTACKS = "attacks"
    RECOVERED = "recovered"
    TAKEN = "taken"
    DESTROYED = "destroyed"
    DISTANCE = "distance"
    DURATION = "duration"


class Bound(StrEnum):
    """Mirrors `codelists/bounds.csv`."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"


class Unit(StrEnum):
    """Mirrors `codelists/units.csv`."""

    PERSON = "person"
    ITEM = "item"
    ATTACK = "attack"
    BUILDING = "building"
    PLACE = "place"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    KM = "km"
    MILE = "mile"


class CountScope(StrEnum):
    """Mirrors `codelists/count-scopes.csv`."""

    INCIDENT = "incident"
    PERIOD_TOTAL = "period_total"
    RUNNING_TOTAL = "running_total"


class PopulationStatus(StrEnum):
    """Mirrors `codelists/population-statuses.csv`."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    CHILD = "child"
    VOLUNTEER = "volunteer"
    LEADER = "leader"
    ATTACKER = "attacker"
    WOMAN = "woman"
    PRISONER = "prisoner"
    AID_WORKER = "aid_worker"
    MEDIA_WORKER = "media_worker"


class Extent(StrEnum):
    """Mirrors `codelists/extents.csv`."""

    FULL = "full"
    MOST = "most"
    PART = "part"
    POCKETS = "pockets"


class Outcome(StrEnum):
    """Mirrors `codelists/outcomes.csv`."""

    REPELLED = "repelled"
    GAINED_GROUND = "gained_ground"
    LOST_GROUND = "lost_ground"
    NO_CHANGE = "no_change"
    ONGOING = "ongoing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    DELAYED = "delayed"


class Topic(StrEnum):
    """Mirrors `codelists/topics.csv`."""

    TACTIC = "tactic"
    OBJECTIVE = "objective"
    ALLIANCE = "alliance"
    SUPPORT = "support"
    PUBLICATION = "publication"
    THREAT = "threat"
    HUMANITARIAN = "humanitarian"
    ASSESSMENT = "assessment"
    DAMAGE = "damage"
    ACCUSATION = "accusation"
    RESOURCES = "resources"
    STATUS = "status"


class Fate(StrEnum):
    """Mirrors `codelists/fates.csv`."""

    AS_PLANNED = "as_planned"
    LATE = "late"
    OTHERWISE = "otherwise"
    DROPPED = "dropped"
    NOT_KNOWN = "not_known"


class ClaimStatus(StrEnum):
    """Mirrors `codelists/claim-statuses.csv`."""

    SUPERSEDED = "superseded"
    REJECTED = "rejected"


class ResponsibilityMode(StrEnum):
    """Mirrors `codelists/responsibility-modes.csv`."""

    ALL = "all"
    EITHER = "either"


class Hedge(StrEnum):
    """Mirrors `codelists/hedges.csv`."""

    REPORTED = "reported"
    ALLEGEDLY = "allegedly"
    POSSIBLY = "possibly"
    PRELIMINARY = "preliminary"
