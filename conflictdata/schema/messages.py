"""From jsonschema's errors to findings, one for each fault, and the sentence that each of them says."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflictdata.findings import Code, Finding
from conflictdata.schema.documents import KINDS, VERSION, Json, resolve, urn

Path = tuple[str | int, ...]
"""Member names and list positions from the top of a document."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An `if` on the way to a fault: the object it looked at, and where that lies."""

    path: Path
    instance: Json
    test: dict[str, Json]

    def rests_on(self, astray: Set[Path]) -> bool:
        """Whether a value that it looked at is itself missing or faulty, so that it proves nothing."""
        return any((*self.path, name) in astray for name in self.test.get("properties", {}))

    @property
    def members(self) -> tuple[str, ...]:
        """The members that it looked at."""
        either = [name for choice in self.test.get("anyOf", ()) for name in choice["required"]]
        return tuple(dict.fromkeys([*self.test.get("required", ()), *either]))


@dataclass(frozen=True, slots=True)
class Fault:
    """One keyword that one value does not obey; `part` is the piece of schema that holds the keyword."""

    keyword: str
    limit: Json
    path: Path
    instance: Json
    part: dict[str, Json]
    conditions: tuple[Condition, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts the unconditional before the conditional, and the shorter length limit before the longer."""
        return (len(self.conditions), self.limit if self.keyword == "maxLength" else 0)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a place; `about` tells apart several of one code, such as two missing members."""

    path: Path
    code: Code
    sentence: str
    about: str = ""


def repetitions(items: Sequence[Json]) -> Iterator[tuple[int, int]]:
    """The position of each item that equals an earlier one, and of that one, as JSON Schema equates them."""
    seen: dict[Hashable, int] = {}
    for position, item in enumerate(items):
        earlier = seen.setdefault(_key(item), position)
        if earlier != position:
            yield position, earlier


def _key(value: Json) -> Hashable:
    """Equal for equal JSON values: 1 and 1.0 are, 1 and true are not, the order of members does not count."""
    match value:
        case dict():
            return frozenset((name, _key(member)) for name, member in value.items())
        case list():
            return tuple(_key(item) for item in value)
        case bool():
            return ("bool", value)
    return (value,)


TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
}
OURS = re.compile(r"urn:conflictdata:schema:([0-9]+\.[0-9]+\.[0-9]+):[a-z]+")
UNNAMED = {"Cc": "a control character", "Co": "a character for private use"}
"""What characters without a name are called, by their category."""
NOTHING_VISIBLE = "nothing visible is written here; fill it in, or leave out what is not known"
"""What is said of a text that is empty, or that nobody can see."""
MANY = 50
"""So many unknown members or repeated items are named one by one; more are counted."""


def sayings(fault: Fault) -> Iterator[Said]:
    """The sentences for a fault: mostly one, but one for each member that is missing, unknown or out of place."""
    if isinstance(fault.instance, str) and _nothing_visible(fault.instance):
        yield Said(fault.path, Code.EMPTY_STRING, NOTHING_VISIBLE)
    else:
        yield from SAYINGS[fault.keyword](fault)


def quote(value: Json) -> str:
    """A value as it may stand in a sentence: short, quoted, and with nothing in it that could steer a terminal."""
    match value:
        case dict() | list():
            return TYPES["object" if isinstance(value, dict) else "array"]
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            cut = value if len(value) <= 60 else value[:57] + "..."
            return '"' + "".join(c if c.isprintable() else f"\\u{{{ord(c):04X}}}" for c in cut) + '"'
    return str(value)


def wrong_schema(named: Json, wanted: str | None = None) -> str:
    """What is wrong with a `$schema`, where `wanted`, or that of any kind, is expected."""
    version = OURS.fullmatch(named) if isinstance(named, str) else None
    if version and version[1] != VERSION:
        return f"{quote(named)} is of schema version {version[1]}, and this version of conflictdata reads {VERSION}"
    if wanted:
        return f"{quote(named)} should be {wanted}, the schema of what belongs here"
    near = _near(named.rpartition(":")[2], KINDS) if isinstance(named, str) else None
    known = f"did you mean {urn(near)}?" if near else f"there are {', '.join(map(urn, KINDS))}"
    return f"{quote(named)} is no schema of a record; {known}"


def _said(code: Code, sentence: Callable[[Fault], str]) -> Callable[[Fault], Iterator[Said]]:
    """One sentence about the value itself, with the reason where the keyword holds only on a condition."""
    return lambda fault: iter([Said(fault.path, code, sentence(fault) + _because(fault.conditions))])


def _missing(fault: Fault) -> Iterator[Said]:
    for name in fault.part["required"]:
        if name not in fault.instance:
            sentence = f"`{name}` is missing{_because(fault.conditions)}"
            yield Said(fault.path, Code.MISSING_MEMBER, sentence, name)


def _none_of(names: Sequence[str], fault: Fault) -> Iterator[Said]:
    sentence = f"give at least one of {_listed(names)}{_because(fault.conditions)}"
    yield Said(fault.path, Code.MISSING_MEMBER, sentence, " ".join(names))


def _unknown(fault: Fault) -> Iterator[Said]:
    known = fault.part["properties"]
    extra = [name for name in fault.instance if name not in known]
    if len(extra) > MANY:
        sentence = f"{len(extra)} members are unknown here, the first of them {quote(extra[0])}"
        yield Said(fault.path, Code.UNKNOWN_MEMBER, sentence)
        return
    for name in extra:
        absent = [other for other in known if other not in fault.instance]
        sentence = f"{quote(name)} is no member here{_suggestion(name, absent, 'not given')}"
        yield Said((*fault.path, name), Code.UNKNOWN_MEMBER, sentence, _near(name, absent) or "")


def _out_of_place(fault: Fault) -> Iterator[Said]:
    for name, allowed in fault.part["properties"].items():
        if allowed is False and name in fault.instance:
            sentence = f"`{name}` has no place here{_because(fault.conditions)}"
            yield Said((*fault.path, name), Code.NOT_ALLOWED_HERE, sentence)


def _no_code(fault: Fault) -> Iterator[Said]:
    code = Code.WRONG_COMBINATION if fault.conditions else Code.NOT_IN_CODELIST
    sentence = f"{quote(fault.instance)} is no code here{_because(fault.conditions)}"
    yield Said(fault.path, code, sentence + _suggestion(fault.instance, fault.limit))


def _constant(fault: Fault) -> Iterator[Said]:
    if fault.path[-1:] == ("$schema",):
        yield Said(fault.path, Code.UNKNOWN_SCHEMA, wrong_schema(fault.instance, fault.limit))
    else:
        sentence = f"{quote(fault.instance)} should be {quote(fault.limit)}{_because(fault.conditions)}"
        yield Said(fault.path, Code.WRONG_COMBINATION, sentence)


def _repeated(fault: Fault) -> Iterator[Said]:
    found = [*repetitions(fault.instance)]
    if len(found) > MANY:
        first = f"the first of them item {found[0][0]} (counted from 0)"
        sentence = f"{len(found)} items are the same as earlier ones, {first}"
        yield Said(fault.path, Code.REPEATED_ITEM, sentence)
        return
    for later, earlier in found:
        yield Said((*fault.path, later), Code.REPEATED_ITEM, f"is the same as item {earlier} (counted from 0)")


def _above(fault: Fault) -> Iterator[Said]:
    code = Code.COUNT_TOO_LARGE if fault.path[-1] in ("low", "high") else Code.OUT_OF_RANGE
    yield Said(fault.path, code, f"{quote(fault.instance)} is above {fault.limit}, the largest number here")


def _wrong_type(fault: Fault) -> str:
    if fault.instance is None:
        return f"should be {TYPES[fault.limit]}, is null; what is not known is left out"
    return f"should be {TYPES[fault.limit]}, is {_type_of(fault.instance)}"


def _type_of(value: Json) -> str:
    return f"text: {quote(value)}" if isinstance(value, str) else quote(value)


def _ill_formed(fault: Fault) -> str:
    wanted = fault.part["description"]
    found = quote(fault.instance)
    if fault.part.get("format") == "date" and re.fullmatch("(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", fault.instance):
        return f"{found} is no day of the calendar"
    if culprit := _culprit(fault.part["pattern"], fault.instance):
        found += f" holds {culprit}"
    else:
        found += " has not the right form"
    return f"{found}. Wanted: {wanted}"


def _culprit(pattern: str, text: str) -> str | None:
    """The first character that the pattern allows nowhere, if the pattern is one that looks at characters alone."""
    if not all(re.search(pattern, plain) for plain in ("x", "xx", "xxx")):
        return None
    for place, character in enumerate(dict.fromkeys(text[:20_000])):
        if not re.search(pattern, f"x{character}x"):
            place = text.index(character) + 1
            unnamed = UNNAMED.get(unicodedata.category(character), "no character")
            name = unicodedata.name(character, unnamed)
            return f"U+{ord(character):04X} ({name.lower()}) as character {place}"
    return None


def _nothing_visible(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "ZC" for character in text[:1000])


def _because(conditions: Sequence[Condition]) -> str:
    reasons = dict.fromkeys(reason for condition in conditions for reason in _facts(condition))
    return f", because {' and '.join(reasons)}" if reasons else ""


def _facts(condition: Condition) -> Iterator[str]:
    given = [name for name in condition.members if name in condition.instance]
    for name in given or condition.members:
        if name not in condition.instance:
            yield f"there is no `{name}`"
        elif name in condition.test.get("properties", {}):
            yield f"`{name}` is {quote(condition.instance[name])}"
        else:
            yield f"there is `{name}`"


def _near(name: Json, known: Sequence[str]) -> str | None:
    if not isinstance(name, str) or len(name) > 100:
        return None
    folded = {text.casefold(): text for text in known}
    return next((folded[near] for near in difflib.get_close_matches(name.casefold(), folded, 1, 0.7)), None)


def _suggestion(name: Json, known: Sequence[Json], otherwise: str = "there") -> str:
    if near := _near(name, [text for text in known if isinstance(text, str)]):
        return f"; did you mean `{near}`?"
    verb = "is" if len(known) == 1 else "are"
    return f"; {otherwise} {verb} {', '.join(map(str, known))}" if known else ""


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


SAYINGS: dict[str, Callable[[Fault], Iterator[Said]]] = {
    "required": _missing,
    "anyOf": lambda fault: _none_of([name for choice in fault.limit for name in choice["required"]], fault),
    "minProperties": lambda fault: _none_of(list(fault.part["properties"]), fault),
    "additionalProperties": _unknown,
    "properties": _out_of_place,
    "type": _said(Code.WRONG_TYPE, _wrong_type),
    "enum": _no_code,
    "const": _constant,
    "not": _said(Code.WRONG_COMBINATION, lambda f: f"cannot be {quote(f.instance)}"),
    "pattern": _said(Code.BAD_FORMAT, _ill_formed),
    "format": _said(Code.BAD_FORMAT, _ill_formed),
    "maxLength": _said(Code.TOO_LONG, lambda f: f"{len(f.instance)} characters; at most {f.limit} are allowed here"),
    "minItems": _said(Code.TOO_FEW_ITEMS, lambda f: "is an empty list; a list that is given has an item"),
    "maxItems": _said(Code.TOO_MANY_ITEMS, lambda f: f"{len(f.instance)} items; at most {f.limit} are allowed here"),
    "uniqueItems": _repeated,
    "minimum": _said(Code.OUT_OF_RANGE, lambda f: f"{quote(f.instance)} is below {f.limit}, the smallest number here"),
    "maximum": _above,
}
"""For each keyword of our schemas that a value can fail to obey, what is said of it."""

if TYPE_CHECKING:
    from jsonschema import ValidationError

DECISIVE = (Code.EMPTY_STRING, Code.WRONG_TYPE, Code.UNKNOWN_SCHEMA, Code.NOT_IN_CODELIST)
"""Where one of these is said of a place, nothing else needs to be said of it; the first of them wins."""


def explain(obj: Json, errors: Iterable[ValidationError], root: dict[str, Json], file: str) -> list[Finding]:
    """The findings for jsonschema's errors on `obj` under the schema `root`, sorted."""
    faults = sorted((_fault(error, obj, root) for error in errors), key=lambda fault: fault.rank)
    astray = {path for fault in faults if not fault.conditions for path in _astray(fault)}
    independent = (fault for fault in faults if not any(condition.rests_on(astray) for condition in fault.conditions))
    kept = _without_repetition(said for fault in independent for said in sayings(fault))
    return sorted(Finding(file, pointer(said.path), said.code, said.sentence) for said in kept)


def pointer(path: Path) -> str:
    """The RFC 6901 pointer of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _fault(error: ValidationError, obj: Json, root: dict[str, Json]) -> Fault:
    """Follow the error's path down through schema and object together, gathering the conditions on the way."""
    part, at, path = root, obj, Path()
    conditions: list[Condition] = []
    steps = list(error.absolute_schema_path)
    rest = iter(error.absolute_path)
    while len(steps) > 1:
        while steps[0] not in part:
            part = resolve(part["$ref"])
        match steps.pop(0):
            case "properties":
                path += (next(rest),)
                at, part = at[path[-1]], part["properties"][steps.pop(0)]
            case "items":
                path += (next(rest),)
                at, part = at[path[-1]], part["items"]
            case "then" | "else" as branch:
                conditions.append(Condition(path, at, part["if"]))
                part = part[branch]
            case keyword:  # allOf, the only other keyword of ours that leads further
                part = part[str(keyword)][steps.pop(0)]
    keyword = str(steps[0])
    while keyword not in part:
        part = resolve(part["$ref"])
    return Fault(keyword, error.validator_value, path, at, part, tuple(conditions))


def _astray(fault: Fault) -> Iterator[Path]:
    """The places that cannot be relied upon: what is faulty itself, and what is missing."""
    yield fault.path
    if fault.keyword == "required":
        yield from ((*fault.path, name) for name in fault.part["required"] if name not in fault.instance)


def _without_repetition(all_said: Iterable[Said]) -> list[Said]:
    first: dict[tuple[Path, Code, str], Said] = {}
    codes: dict[Path, set[Code]] = {}
    for said in all_said:
        first.setdefault((said.path, said.code, said.about), said)
        codes.setdefault(said.path, set()).add(said.code)
    misspelt = {(said.path[:-1], said.about) for said in first.values() if said.code is Code.UNKNOWN_MEMBER}
    misplaced = {said.path for said in first.values() if said.code is Code.NOT_ALLOWED_HERE}

    def follows(said: Said) -> bool:
        """Whether it need not be said, since something else said of the same member says it."""
        if said.code is Code.NOT_ALLOWED_HERE:
            return False
        return (
            any(said.path[:depth] in misplaced for depth in range(len(said.path) + 1))
            or said.code is not next((code for code in DECISIVE if code in codes[said.path]), said.code)
            or (said.code is Code.MISSING_MEMBER and (said.path, said.about) in misspelt)
        )

    return [said for said in first.values() if not follows(said)]
