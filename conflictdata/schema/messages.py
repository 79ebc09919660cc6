"""The message for a value that does not obey a keyword of our schemas: what is wrong, why, and what to do."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from conflictdata.findings import Code
from conflictdata.schema.documents import KINDS, READABLE, Json, urn
from conflictdata.schema.jsonschema_errors import Condition, Path, Violation
from conflictdata.schema.unique_items import repetitions
from conflictdata.text import and_list, quote


@dataclass(frozen=True, slots=True)
class Message:
    """A message about a place; `about` distinguishes several with the same code, such as two missing members."""

    path: Path
    code: Code
    sentence: str
    about: str = ""


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
"""The names of characters that have none in Unicode, by category."""
NOTHING_VISIBLE = "the text has no visible character; write it, or leave the member out if it is not known"
"""The message for a text that is empty or invisible."""
MANY = 50
"""The most unknown members or repeated items that are reported one by one; more are counted."""


def messages(violation: Violation) -> Iterator[Message]:
    """The messages for a violation: one for each missing, unknown or forbidden member, otherwise one."""
    if isinstance(violation.instance, str) and _nothing_visible(violation.instance):
        yield Message(violation.path, Code.EMPTY_STRING, NOTHING_VISIBLE)
    else:
        yield from MESSAGES[violation.keyword](violation)


def describe_value(value: Json) -> str:
    """A JSON value as it is quoted in messages."""
    match value:
        case dict() | list():
            return TYPES["object" if isinstance(value, dict) else "array"]
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return quote(value)
    return str(value)


def wrong_schema(named: Json, wanted: str | None = None) -> str:
    """The message for a wrong `$schema`; expected is `wanted`, or else that of any kind of record."""
    version = OURS.fullmatch(named) if isinstance(named, str) else None
    if version and version[1] not in READABLE:
        reads = f"this version of conflictdata reads {and_list(READABLE)}"
        return (
            f"{describe_value(named)} names schema version {version[1]}, but {reads}; install a version that reads it"
        )
    if wanted:
        return f"{describe_value(named)} is not the schema expected here; write {wanted}"
    near = _near(named.rpartition(":")[2], KINDS) if isinstance(named, str) else None
    advice = f"did you mean {urn(near)}?" if near else f"use one of {', '.join(map(urn, KINDS))}"
    return f"{describe_value(named)} is not the schema of a record; {advice}"


def _about_value(
    code: Code, sentence: Callable[[Violation], tuple[str, str]]
) -> Callable[[Violation], Iterator[Message]]:
    """A function for one message about the value itself: what is wrong, why, and what to do."""

    def say(violation: Violation) -> Iterator[Message]:
        wrong, advice = sentence(violation)
        yield Message(violation.path, code, f"{wrong}{_because(violation.conditions)}; {advice}")

    return say


def _missing(violation: Violation) -> Iterator[Message]:
    for name in violation.part["required"]:
        if name not in violation.instance:
            sentence = f"`{name}` is missing{_because(violation.conditions)}; add it"
            yield Message(violation.path, Code.MISSING_MEMBER, sentence, name)


def _none_given(names: Sequence[str], violation: Violation) -> Iterator[Message]:
    sentence = f"none of {and_list(f'`{name}`' for name in names)} is given{_because(violation.conditions)}"
    yield Message(violation.path, Code.MISSING_MEMBER, f"{sentence}; add at least one of them", " ".join(names))


def _unknown(violation: Violation) -> Iterator[Message]:
    known = violation.part["properties"]
    extra = [name for name in violation.instance if name not in known]
    if len(extra) > MANY:
        sentence = f"{len(extra)} members are not known here, the first is {quote(extra[0])}; remove them"
        yield Message(violation.path, Code.UNKNOWN_MEMBER, sentence)
        return
    for name in extra:
        absent = [other for other in known if other not in violation.instance]
        sentence = f"{quote(name)} is not a member here; {_suggestion(name, absent, 'remove it, or use')}"
        yield Message((*violation.path, name), Code.UNKNOWN_MEMBER, sentence, _near(name, absent) or "")


def _out_of_place(violation: Violation) -> Iterator[Message]:
    for name, allowed in violation.part["properties"].items():
        if allowed is False and name in violation.instance:
            sentence = f"`{name}` is not allowed here{_because(violation.conditions)}; remove it"
            yield Message((*violation.path, name), Code.NOT_ALLOWED_HERE, sentence)


def _unknown_code(violation: Violation) -> Iterator[Message]:
    if violation.path[-1:] == ("$schema",):
        yield Message(violation.path, Code.UNKNOWN_SCHEMA, wrong_schema(violation.instance, violation.limit[-1]))
        return
    code = Code.WRONG_COMBINATION if violation.conditions else Code.NOT_IN_CODELIST
    sentence = f"{describe_value(violation.instance)} is not a code here{_because(violation.conditions)}"
    yield Message(violation.path, code, f"{sentence}; {_suggestion(violation.instance, violation.limit, 'use')}")


def _constant(violation: Violation) -> Iterator[Message]:
    wrong = f"{describe_value(violation.instance)} is not allowed here{_because(violation.conditions)}"
    yield Message(violation.path, Code.WRONG_COMBINATION, f"{wrong}; write {describe_value(violation.limit)}")


def _repeated(violation: Violation) -> Iterator[Message]:
    found = [*repetitions(violation.instance)]
    if len(found) > MANY:
        first = f"the first is item {found[0][0]} (counted from 0)"
        sentence = f"{len(found)} items are the same as earlier items, {first}; remove them"
        yield Message(violation.path, Code.REPEATED_ITEM, sentence)
        return
    for later, earlier in found:
        sentence = f"the item is the same as item {earlier} (counted from 0); remove one of them"
        yield Message((*violation.path, later), Code.REPEATED_ITEM, sentence)


def _above(violation: Violation) -> Iterator[Message]:
    code = Code.COUNT_TOO_LARGE if violation.path[-1] in ("low", "high") else Code.OUT_OF_RANGE
    sentence = f"{describe_value(violation.instance)} is more than the maximum {violation.limit}; correct the number"
    yield Message(violation.path, code, sentence)


def _wrong_type(violation: Violation) -> tuple[str, str]:
    wanted = TYPES[violation.limit]
    if violation.instance is None:
        return f"expected {wanted}, found null", "leave the member out if it is not known"
    what = "the text " if isinstance(violation.instance, str) else ""
    return f"expected {wanted}, found {what}{describe_value(violation.instance)}", f"write {wanted}"


def _wrong_form(violation: Violation) -> tuple[str, str]:
    wanted = violation.part["description"].rstrip(".")
    found = describe_value(violation.instance)
    spelt_as_day = re.fullmatch("(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", violation.instance)
    if violation.part.get("format") == "date" and spelt_as_day:
        return f"{found} is not a day of the calendar", "correct the date"
    if character := _disallowed_character(violation.part["pattern"], violation.instance):
        return f"{found} contains {character}", f"remove it (expected: {wanted})"
    return f"{found} does not have the right form", f"expected: {wanted}"


def _disallowed_character(pattern: str, text: str) -> str | None:
    """The first character that the pattern never allows; None if the pattern restricts more than single characters."""
    if not all(re.search(pattern, plain) for plain in ("x", "xx", "xxx")):
        return None
    for character in dict.fromkeys(text[:20_000]):
        if not re.search(pattern, f"x{character}x"):
            unnamed = UNNAMED.get(unicodedata.category(character), "no character")
            name = unicodedata.name(character, unnamed)
            return f"U+{ord(character):04X} ({name.lower()}) as character {text.index(character) + 1}"
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
            yield f"`{name}` is {describe_value(condition.instance[name])}"
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


MESSAGES: dict[str, Callable[[Violation], Iterator[Message]]] = {
    "required": _missing,
    "anyOf": lambda violation: _none_given(
        [name for choice in violation.limit for name in choice["required"]], violation
    ),
    "minProperties": lambda violation: _none_given(list(violation.part["properties"]), violation),
    "additionalProperties": _unknown,
    "properties": _out_of_place,
    "type": _about_value(Code.WRONG_TYPE, _wrong_type),
    "enum": _unknown_code,
    "const": _constant,
    "not": _about_value(
        Code.WRONG_COMBINATION, lambda f: (f"{describe_value(f.instance)} is not allowed here", "choose another value")
    ),
    "pattern": _about_value(Code.BAD_FORMAT, _wrong_form),
    "format": _about_value(Code.BAD_FORMAT, _wrong_form),
    "maxLength": _about_value(
        Code.TOO_LONG, lambda f: (f"the text has {len(f.instance)} characters, the maximum is {f.limit}", "shorten it")
    ),
    "minItems": _about_value(
        Code.TOO_FEW_ITEMS, lambda f: ("the list is empty", "add an item, or leave the member out")
    ),
    "maxItems": _about_value(
        Code.TOO_MANY_ITEMS,
        lambda f: (f"the list has {len(f.instance)} items, the maximum is {f.limit}", "remove some"),
    ),
    "uniqueItems": _repeated,
    "minimum": _about_value(
        Code.OUT_OF_RANGE,
        lambda f: (f"{describe_value(f.instance)} is less than the minimum {f.limit}", "correct the number"),
    ),
    "maximum": _above,
}
"""The messages for each keyword of our schemas that a value can fail to obey."""
