"""The codes of the codelists as enums: those of events, places, actors, sources and releases, and those of claims.

`schema/codelists/` defines them; a test holds both equal.
"""

from __future__ import annotations

from enum import StrEnum

from conflictdata.model.claim_codes import *  # noqa: F403


class EventKind(StrEnum):
    """Mirrors `codelists/event-kinds.csv`."""

    INCIDENT = "incident"
    OPERATION = "operation"


class EventType(StrEnum):
    """Mirrors `codelists/event-types.csv`."""

    ARMED_CLASH = "armed_clash"
    ATTACK_REPELLED = "attack_repelled"
    TERRITORY_CAPTURED = "territory_captured"
    TERRITORY_TRANSFERRED = "territory_transferred"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    SUICIDE_BOMBING = "suicide_bombing"
    EXPLOSIVE_DEVICE = "explosive_device"
    GRENADE_ATTACK = "grenade_attack"
    CHEMICAL_ATTACK = "chemical_attack"
    ATTACK_ON_CIVILIANS = "attack_on_civilians"
    ABDUCTION = "abduction"
    SEXUAL_VIOLENCE = "sexual_violence"
    PROPERTY_DESTROYED = "property_destroyed"
    LOOTING = "looting"
    WEAPONS_SEIZED = "weapons_seized"
    MINE_CLEARANCE = "mine_clearance"
    MOVEMENT = "movement"
    ALLIANCE = "alliance"
    BASE_ESTABLISHED = "base_established"
    AGREEMENT = "agreement"
    ARRESTS = "arrests"
    DISPLACEMENT = "displacement"
    MASS_GRAVE = "mass_grave"
    AID_INTERRUPTED = "aid_interrupted"
    CONTROL_CHANGED = "control_changed"
    ROUTE_CUT = "route_cut"
    ATTACK = "attack"
    ANNOUNCEMENT = "announcement"
    BATTLE = "battle"
    OFFENSIVE = "offensive"
    SIEGE = "siege"
    AIR_CAMPAIGN = "air_campaign"
    KILLINGS = "killings"
    BOMBARDMENT = "bombardment"


class Role(StrEnum):
    """Mirrors `codelists/roles.csv`."""

    ATTACKER = "attacker"
    DEFENDER = "defender"
    SUPPORTER = "supporter"
    BELLIGERENT = "belligerent"
    PERPETRATOR = "perpetrator"
    TARGET = "target"
    VICTIM = "victim"
    MOVER = "mover"
    PARTY = "party"
    SPEAKER = "speaker"
    MEDIATOR = "mediator"


class Grade(StrEnum):
    """Mirrors `codelists/grades.csv`."""

    DISCOUNTED = "discounted"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"


class Means(StrEnum):
    """Mirrors `codelists/means.csv`."""

    AIR_STRIKE = "air_strike"
    DRONE = "drone"
    BARREL_BOMB = "barrel_bomb"
    CLUSTER_MUNITION = "cluster_munition"
    INCENDIARY = "incendiary"
    MISSILE = "missile"
    ROCKET = "rocket"
    ARTILLERY = "artillery"
    GROUND_ATTACK = "ground_attack"
    SMALL_ARMS = "small_arms"
    SNIPER = "sniper"
    SUICIDE_VEHICLE_BOMB = "suicide_vehicle_bomb"
    SUICIDE_BOMB = "suicide_bomb"
    VEHICLE_BOMB = "vehicle_bomb"
    BOMB = "bomb"
    MINE = "mine"
    CHEMICAL = "chemical"
    EXECUTION = "execution"
    BEHEADING = "beheading"
    ABDUCTION = "abduction"
    ARSON = "arson"
    DEMOLITION = "demolition"
    SIEGE = "siege"


class Target(StrEnum):
    """Mirrors `codelists/targets.csv`."""

    DWELLING = "dwelling"
    SETTLEMENT = "settlement"
    MARKET = "market"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    MOSQUE = "mosque"
    CHURCH = "church"
    PUBLIC_GATHERING = "public_gathering"
    DISPLACED_PEOPLE = "displaced_people"
    CROSSING = "crossing"
    BRIDGE = "bridge"
    ROAD = "road"
    VEHICLE = "vehicle"
    MILITARY_VEHICLE = "military_vehicle"
    FIGHTERS = "fighters"
    CHECKPOINT = "checkpoint"
    POSITION = "position"
    BASE = "base"
    AIRFIELD = "airfield"
    HEADQUARTERS = "headquarters"
    TRAINING_CAMP = "training_camp"
    WEAPONS_STORE = "weapons_store"
    PRISON = "prison"
    PRISONERS = "prisoners"
    GOVERNMENT_BUILDING = "government_building"
    POLICE = "police"
    MEDIA = "media"
    OIL = "oil"
    INFRASTRUCTURE = "infrastructure"
    HERITAGE = "heritage"
    BORDER = "border"


class ExternalDataset(StrEnum):
    """Mirrors `codelists/external-datasets.csv`."""

    AIRWARS = "airwars"
    ACLED = "acled"
    UCDP_GED = "ucdp_ged"


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
