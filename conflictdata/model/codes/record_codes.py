"""Codes of places, actors and sources, and of releases and their changes."""

from __future__ import annotations

from enum import StrEnum


class PlacePrecision(StrEnum):
    """Mirrors `codelists/place-precisions.csv`."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    NEAR = "near"
    AREA = "area"
    GOVERNORATE = "governorate"
    COUNTRY = "country"


class PlaceKind(StrEnum):
    """Mirrors `codelists/place-kinds.csv`."""

    COUNTRY = "country"
    GOVERNORATE = "governorate"
    REGION = "region"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    SITE = "site"
    BASE = "base"
    AIRFIELD = "airfield"
    RIVER = "river"
    ROAD = "road"
    CAMP = "camp"


class PointStanding(StrEnum):
    """Mirrors `codelists/point-standings.csv`."""

    VERIFIED = "verified"
    SINGLE_SOURCE = "single_source"
    APPROXIMATE = "approximate"


class NameKind(StrEnum):
    """Mirrors `codelists/name-kinds.csv`."""

    COMMON = "common"
    OFFICIAL = "official"
    ACRONYM = "acronym"
    VARIANT = "variant"
    FORMER = "former"
    PEJORATIVE = "pejorative"


class ActorKind(StrEnum):
    """Mirrors `codelists/actor-kinds.csv`."""

    STATE = "state"
    STATE_FORCE = "state_force"
    ARMED_GROUP = "armed_group"
    COALITION = "coalition"
    POLITICAL_PARTY = "political_party"
    MONITOR = "monitor"
    NGO = "ngo"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    MEDIA = "media"
    RESEARCH = "research"
    PERSON = "person"
    POPULATION = "population"
    UNATTRIBUTED = "unattributed"


class RelationType(StrEnum):
    """Mirrors `codelists/relation-types.csv`."""

    PART_OF = "part_of"
    BRANCH_OF = "branch_of"
    ALLIED_WITH = "allied_with"
    BACKED_BY = "backed_by"
    AFFILIATED_WITH = "affiliated_with"
    ASSOCIATED_WITH = "associated_with"
    DESIGNATED_BY = "designated_by"
    OPPOSED_TO = "opposed_to"


class ChainStep(StrEnum):
    """Mirrors `codelists/chain-steps.csv`."""

    FIRST_PUBLISHED = "first_published"
    REPUBLISHED = "republished"
    AGGREGATED = "aggregated"


class Composition(StrEnum):
    """Mirrors `codelists/compositions.csv`."""

    WHOLE = "whole"
    ALTERED = "altered"
    SPLICED = "spliced"
    EXCERPT = "excerpt"


class ChangeKind(StrEnum):
    """Mirrors `codelists/change-kinds.csv`."""

    REVISED = "revised"
    CORRECTED = "corrected"
    ADDED = "added"
    WITHDRAWN = "withdrawn"


class ReleaseStage(StrEnum):
    """Mirrors `codelists/release-stages.csv`."""

    CANDIDATE = "candidate"
    FINAL = "final"


class Layout(StrEnum):
    """Mirrors `codelists/layouts.csv`."""

    PARAGRAPHS = "paragraphs"
    SENTENCES = "sentences"
    ROWS = "rows"
