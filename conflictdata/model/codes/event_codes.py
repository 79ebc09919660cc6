"""Codes of events: what happened, by which means, to whom, and how far it can be relied on."""

from __future__ import annotations

from enum import StrEnum


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
