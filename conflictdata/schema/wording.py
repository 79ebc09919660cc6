"""The sentences: what each keyword of our schemas says to a curator when a value does not obey it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from conflictdata.findings import Code
from conflictdata.schema.documents import KINDS, VERSION, Json, urn
from conflictdata.schema.faults import Condition, Fault, Said
from conflictdata.schema.unique import repetitions

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


def shown(value: Json) -> str:
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
        return f"{shown(named)} is of schema version {version[1]}, and this version of conflictdata reads {VERSION}"
    if wanted:
        return f"{shown(named)} should be {wanted}, the schema of what belongs here"
    near = _near(named.rpartition(":")[2], KINDS) if isinstance(named, str) else None
    known = f"did you mean {urn(near)}?" if near else f"there are {', '.join(map(urn, KINDS))}"
    return f"{shown(named)} is no schema of a record; {known}"


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
        sentence = f"{len(extra)} members are unknown here, the first of them {shown(extra[0])}"
        yield Said(fault.path, Code.UNKNOWN_MEMBER, sentence)
        return
    for name in extra:
        absent = [other for other in known if other not in fault.instance]
        sentence = f"{shown(name)} is no member here{_suggestion(name, absent, 'not given')}"
        yield Said((*fault.path, name), Code.UNKNOWN_MEMBER, sentence, _near(name, absent) or "")


def _out_of_place(fault: Fault) -> Iterator[Said]:
    for name, allowed in fault.part["properties"].items():
        if allowed is False and name in fault.instance:
            sentence = f"`{name}` has no place here{_because(fault.conditions)}"
            yield Said((*fault.path, name), Code.NOT_ALLOWED_HERE, sentence)


def _no_code(fault: Fault) -> Iterator[Said]:
    code = Code.WRONG_COMBINATION if fault.conditions else Code.NOT_IN_CODELIST
    sentence = f"{shown(fault.instance)} is no code here{_because(fault.conditions)}"
    yield Said(fault.path, code, sentence + _suggestion(fault.instance, fault.limit))


def _constant(fault: Fault) -> Iterator[Said]:
    if fault.path[-1:] == ("$schema",):
        yield Said(fault.path, Code.UNKNOWN_SCHEMA, wrong_schema(fault.instance, fault.limit))
    else:
        sentence = f"{shown(fault.instance)} should be {shown(fault.limit)}{_because(fault.conditions)}"
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
    yield Said(fault.path, code, f"{shown(fault.instance)} is above {fault.limit}, the largest number here")


def _wrong_type(fault: Fault) -> str:
    if fault.instance is None:
        return f"should be {TYPES[fault.limit]}, is null; what is not known is left out"
    return f"should be {TYPES[fault.limit]}, is {_type_of(fault.instance)}"


def _type_of(value: Json) -> str:
    return f"text: {shown(value)}" if isinstance(value, str) else shown(value)


def _ill_formed(fault: Fault) -> str:
    wanted = fault.part["description"]
    found = shown(fault.instance)
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
            yield f"`{name}` is {shown(condition.instance[name])}"
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
    "not": _said(Code.WRONG_COMBINATION, lambda f: f"cannot be {shown(f.instance)}"),
    "pattern": _said(Code.BAD_FORMAT, _ill_formed),
    "format": _said(Code.BAD_FORMAT, _ill_formed),
    "maxLength": _said(Code.TOO_LONG, lambda f: f"{len(f.instance)} characters; at most {f.limit} are allowed here"),
    "minItems": _said(Code.TOO_FEW_ITEMS, lambda f: "is an empty list; a list that is given has an item"),
    "maxItems": _said(Code.TOO_MANY_ITEMS, lambda f: f"{len(f.instance)} items; at most {f.limit} are allowed here"),
    "uniqueItems": _repeated,
    "minimum": _said(Code.OUT_OF_RANGE, lambda f: f"{shown(f.instance)} is below {f.limit}, the smallest number here"),
    "maximum": _above,
}
"""For each keyword of our schemas that a value can fail to obey, what is said of it."""
