"""From the errors of jsonschema to findings: one for each fault, with a message that says what to do."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflictdata.findings import Code, Finding
from conflictdata.schema.documents import KINDS, READABLE, Json, resolve, urn
from conflictdata.text import quote

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
    """A message about a place; `about` tells apart several of one code, such as two missing members."""

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
    "boolean": "true or false",
}
OURS = re.compile(r"urn:conflictdata:schema:([0-9]+\.[0-9]+\.[0-9]+):[a-z]+")
UNNAMED = {"Cc": "a control character", "Co": "a character for private use"}
"""What characters without a name are called, by their category."""
NOTHING_VISIBLE = "the text has no visible character; write it, or leave the member out if it is not known"
"""The message for a text that is empty, or that nobody can see."""
MANY = 50
"""The most unknown members or repeated items that are reported one by one; more are counted."""


def sayings(fault: Fault) -> Iterator[Said]:
    """The messages for a fault: mostly one, but one for each member that is missing, unknown or not allowed."""
    if isinstance(fault.instance, str) and _nothing_visible(fault.instance):
        yield Said(fault.path, Code.EMPTY_STRING, NOTHING_VISIBLE)
    else:
        yield from SAYINGS[fault.keyword](fault)


def shown(value: Json) -> str:
    """A JSON value as a message repeats it."""
    match value:
        case dict() | list():
            return TYPES["object" if isinstance(value, dict) else "array"]
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return quote(value)
    return str(value)


def wrong_schema(named: Json, wanted: str | None = None) -> str:
    """The message for a wrong `$schema`, where `wanted`, or that of any kind, is expected."""
    version = OURS.fullmatch(named) if isinstance(named, str) else None
    if version and version[1] not in READABLE:
        reads = f"this version of conflictdata reads {' and '.join(READABLE)}"
        return f"{shown(named)} names schema version {version[1]}, but {reads}; install a version that reads it"
    if wanted:
        return f"{shown(named)} is not the schema of what belongs here; write {wanted}"
    near = _near(named.rpartition(":")[2], KINDS) if isinstance(named, str) else None
    advice = f"did you mean {urn(near)}?" if near else f"use one of {', '.join(map(urn, KINDS))}"
    return f"{shown(named)} is not the schema of a record; {advice}"


def _said(code: Code, sentence: Callable[[Fault], tuple[str, str]]) -> Callable[[Fault], Iterator[Said]]:
    """One message about the value itself: what is wrong, because of what, and what to do."""

    def say(fault: Fault) -> Iterator[Said]:
        wrong, advice = sentence(fault)
        yield Said(fault.path, code, f"{wrong}{_because(fault.conditions)}; {advice}")

    return say


def _missing(fault: Fault) -> Iterator[Said]:
    for name in fault.part["required"]:
        if name not in fault.instance:
            yield Said(
                fault.path, Code.MISSING_MEMBER, f"`{name}` is missing{_because(fault.conditions)}; add it", name
            )


def _none_of(names: Sequence[str], fault: Fault) -> Iterator[Said]:
    sentence = f"none of {_listed(names)} is given{_because(fault.conditions)}; add at least one of them"
    yield Said(fault.path, Code.MISSING_MEMBER, sentence, " ".join(names))


def _unknown(fault: Fault) -> Iterator[Said]:
    known = fault.part["properties"]
    extra = [name for name in fault.instance if name not in known]
    if len(extra) > MANY:
        sentence = f"{len(extra)} members are not known here, the first is {quote(extra[0])}; remove them"
        yield Said(fault.path, Code.UNKNOWN_MEMBER, sentence)
        return
    for name in extra:
        absent = [other for other in known if other not in fault.instance]
        sentence = f"{quote(name)} is not a member here; {_suggestion(name, absent, 'remove it, or use')}"
        yield Said((*fault.path, name), Code.UNKNOWN_MEMBER, sentence, _near(name, absent) or "")


def _out_of_place(fault: Fault) -> Iterator[Said]:
    for name, allowed in fault.part["properties"].items():
        if allowed is False and name in fault.instance:
            sentence = f"`{name}` is not allowed here{_because(fault.conditions)}; remove it"
            yield Said((*fault.path, name), Code.NOT_ALLOWED_HERE, sentence)


def _no_code(fault: Fault) -> Iterator[Said]:
    if fault.path[-1:] == ("$schema",):
        yield Said(fault.path, Code.UNKNOWN_SCHEMA, wrong_schema(fault.instance, fault.limit[-1]))
        return
    code = Code.WRONG_COMBINATION if fault.conditions else Code.NOT_IN_CODELIST
    sentence = f"{shown(fault.instance)} is not a code here{_because(fault.conditions)}"
    yield Said(fault.path, code, f"{sentence}; {_suggestion(fault.instance, fault.limit, 'use')}")


def _constant(fault: Fault) -> Iterator[Said]:
    wrong = f"{shown(fault.instance)} is not allowed here{_because(fault.conditions)}"
    yield Said(fault.path, Code.WRONG_COMBINATION, f"{wrong}; write {shown(fault.limit)}")


def _repeated(fault: Fault) -> Iterator[Said]:
    found = [*repetitions(fault.instance)]
    if len(found) > MANY:
        first = f"the first is item {found[0][0]} (counted from 0)"
        sentence = f"{len(found)} items are the same as earlier items, {first}; remove them"
        yield Said(fault.path, Code.REPEATED_ITEM, sentence)
        return
    for later, earlier in found:
        sentence = f"the item is the same as item {earlier} (counted from 0); remove one of them"
        yield Said((*fault.path, later), Code.REPEATED_ITEM, sentence)


def _above(fault: Fault) -> Iterator[Said]:
    code = Code.COUNT_TOO_LARGE if fault.path[-1] in ("low", "high") else Code.OUT_OF_RANGE
    sentence = f"{shown(fault.instance)} is more than the maximum {fault.limit}; correct the number"
    yield Said(fault.path, code, sentence)


def _wrong_type(fault: Fault) -> tuple[str, str]:
    wanted = TYPES[fault.limit]
    if fault.instance is None:
        return f"expected {wanted}, found null", "leave the member out if it is not known"
    found = f"the text {shown(fault.instance)}" if isinstance(fault.instance, str) else shown(fault.instance)
    return f"expected {wanted}, found {found}", f"write {wanted}"


def _ill_formed(fault: Fault) -> tuple[str, str]:
    wanted = fault.part["description"].rstrip(".")
    found = shown(fault.instance)
    if fault.part.get("format") == "date" and re.fullmatch("(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", fault.instance):
        return f"{found} is not a day of the calendar", "correct the date"
    if culprit := _culprit(fault.part["pattern"], fault.instance):
        return f"{found} contains {culprit}", f"remove it; expected: {wanted}"
    return f"{found} does not have the right form", f"expected: {wanted}"


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
            yield f"`{name}` is not given"
        elif name in condition.test.get("properties", {}):
            yield f"`{name}` is {shown(condition.instance[name])}"
        else:
            yield f"`{name}` is given"


def _near(name: Json, known: Sequence[str]) -> str | None:
    if not isinstance(name, str) or len(name) > 100:
        return None
    folded = {text.casefold(): text for text in known}
    return next((folded[near] for near in difflib.get_close_matches(name.casefold(), folded, 1, 0.7)), None)


def _suggestion(name: Json, known: Sequence[Json], otherwise: str) -> str:
    if near := _near(name, [text for text in known if isinstance(text, str)]):
        return f"did you mean `{near}`?"
    one_of = "" if len(known) == 1 else "one of "
    return f"{otherwise} {one_of}{', '.join(map(str, known))}" if known else "remove it"


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
    "not": _said(
        Code.WRONG_COMBINATION, lambda f: (f"{shown(f.instance)} is not allowed here", "choose another value")
    ),
    "pattern": _said(Code.BAD_FORMAT, _ill_formed),
    "format": _said(Code.BAD_FORMAT, _ill_formed),
    "maxLength": _said(
        Code.TOO_LONG, lambda f: (f"the text has {len(f.instance)} characters, the maximum is {f.limit}", "shorten it")
    ),
    "minItems": _said(Code.TOO_FEW_ITEMS, lambda f: ("the list is empty", "add an item, or leave the member out")),
    "maxItems": _said(
        Code.TOO_MANY_ITEMS,
        lambda f: (f"the list has {len(f.instance)} items, the maximum is {f.limit}", "remove some"),
    ),
    "uniqueItems": _repeated,
    "minimum": _said(
        Code.OUT_OF_RANGE,
        lambda f: (f"{shown(f.instance)} is less than the minimum {f.limit}", "correct the number"),
    ),
    "maximum": _above,
}
"""The messages for each keyword of our schemas that a value can fail to obey."""

if TYPE_CHECKING:
    from jsonschema import ValidationError

DECISIVE = (Code.EMPTY_STRING, Code.WRONG_TYPE, Code.UNKNOWN_SCHEMA, Code.NOT_IN_CODELIST)
"""Where one of these is reported for a place, nothing else is; the first of them wins."""


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
