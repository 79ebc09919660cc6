"""The schema files themselves: written for readers, closed, bounded, and read alike by every validator."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator
from jsonschema_specifications import REGISTRY
from referencing.jsonschema import DRAFT202012

from conflictdata.canonical import MAX_INTEGER_DIGITS
from conflictdata.model import type_of_kind
from conflictdata.resources import PACKAGE
from conflictdata.schema import VERSION, bundle, schema_names, schema_text
from conflictdata.schema.documents import PREFIX, hand_written, resolve, schema
from conflictdata.schema.messages import MESSAGES
from tests.support.calling import check_jsonschema
from tests.support.example import example

ALL = schema_names()
SCHEMAS = Path(PACKAGE).parent / "schema"
LITERAL = ("enum", "const", "required")  # their values are data, not schemas
VALIDATING = {"required", "anyOf", "minProperties", "additionalProperties", "type", "enum", "const", "not", "pattern"}
VALIDATING |= {"format", "maxLength", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "properties"}
LEADING = {"$ref", "$defs", "items", "allOf", "if", "then", "else"}
SAYING = {"$schema", "$id", "title", "description"}


def loaded(name):
    return json.loads(schema_text(name))


def parts(part, path=""):
    """Every schema within a schema, with where it stands."""
    if not isinstance(part, dict):
        return
    yield path, part
    for keyword, value in part.items():
        if keyword in ("properties", "$defs"):
            for name, inner in value.items():
                yield from parts(inner, f"{path}/{keyword}/{name}")
        elif keyword in ("allOf", "anyOf"):
            for position, inner in enumerate(value):
                yield from parts(inner, f"{path}/{keyword}/{position}")
        elif keyword not in LITERAL:
            yield from parts(value, f"{path}/{keyword}")


EVERY = {name: [part for _, part in parts(loaded(name))] for name in ALL}
STATED = {
    name: [part for path, part in parts(loaded(name)) if not re.search("/(if|then|else|not|anyOf)(/|$)", path)]
    for name in ALL
}
"""Without what only holds on a condition."""


def of_records():
    """Every part that the schema of a record reaches without a condition, with the name of the member that it is."""
    for name in (*type_of_kind, "claim", "definitions"):
        for path, part in parts(loaded(name)):
            if not re.search("/(if|then|else|not|anyOf)(/|$)", path):
                yield path.rpartition("/")[2], part


def test_in_records_only_points_and_counts_have_numbers_that_need_not_be_whole():
    assert {name for name, part in of_records() if part.get("type") == "number"} == {"lat", "lon", "low", "high"}


def test_the_numbers_of_records_have_few_digits():
    for name, part in of_records():
        if part.get("type") in ("integer", "number"):
            assert max(map(abs, part.get("enum") or [part["minimum"], part["maximum"]])) < 10**MAX_INTEGER_DIGITS, name


def dialect():
    """Draft 2020-12 in which a keyword that it does not know is a fault, so that a misspelt one is seen."""
    meta = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:conflictdata:test:dialect",
        "$dynamicAnchor": "meta",
        "$ref": "https://json-schema.org/draft/2020-12/schema",
        "unevaluatedProperties": False,
    }
    return Draft202012Validator(meta, registry=REGISTRY.with_resource(meta["$id"], DRAFT202012.create_resource(meta)))


# What the files say of themselves.


@pytest.mark.parametrize("name", ALL)
def test_a_schema_is_named_versioned_and_described(name):
    document = loaded(name)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] == f"urn:conflictdata:schema:{VERSION}:{name}"
    assert document["title"] and document["description"]


def test_the_files_in_the_folder_are_the_schemas_that_are_offered():
    assert {path.name for path in SCHEMAS.glob("*.json")} == {f"{name}.schema.json" for name in ALL}


@pytest.mark.parametrize("name", ALL)
def test_a_schema_file_is_ascii_with_line_feeds_and_no_duplicate_members(name):
    def once(pairs):
        assert len({key for key, _ in pairs}) == len(pairs), pairs
        return dict(pairs)

    data = schema_text(name)
    assert data.endswith(b"}\n") and b"\r" not in data and b"\t" not in data
    json.loads(data.decode("utf-8"), object_pairs_hook=once)


@pytest.mark.parametrize("name", ALL)
def test_no_keyword_is_misspelt_or_outside_the_part_that_all_validators_share(name):
    for part in EVERY[name]:
        assert part.keys() <= VALIDATING | LEADING | SAYING


@pytest.mark.parametrize("name", hand_written())
def test_the_house_dialect_finds_nothing_in_a_schema(name):
    assert [error.message for error in dialect().iter_errors(loaded(name))] == []


@pytest.mark.parametrize("keyword", ["additionalProperites", "require", "maxlength", "definitions_"])
def test_the_house_dialect_sees_a_misspelt_keyword_at_any_depth(keyword):
    spoilt = loaded("event")
    spoilt["$defs"]["participant"]["properties"]["role"][keyword] = 1
    assert Draft202012Validator(Draft202012Validator.META_SCHEMA).is_valid(spoilt)
    assert not dialect().is_valid(spoilt)


# For readers.


@pytest.mark.parametrize("name", ALL)
def test_every_object_is_closed_and_each_of_its_members_described(name):
    for part in STATED[name]:
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert set(part.get("required", ())) <= part["properties"].keys()
            for member in part["properties"].values():
                description = member["description"]
                assert description[0].isupper() or description[0] in "`1", description
                assert description.endswith((".", ")")) and len(description) > 3, description


@pytest.mark.parametrize("name", hand_written())
def test_every_definition_is_described(name):
    for definition in schema(name).get("$defs", {}).values():
        assert definition["description"].endswith((".", ")"))


@pytest.mark.parametrize("name", ALL)
def test_every_pattern_is_described_in_words_where_it_stands(name):
    for part in EVERY[name]:
        assert "pattern" not in part or part["description"]
        assert "$ref" not in part or "pattern" not in part, "a finding could not tell which of two patterns is meant"


# Bounded, and read alike.


@pytest.mark.parametrize("name", ALL)
def test_everything_has_a_limit(name):
    for part in STATED[name]:
        match part.get("type"):
            case "string":
                unbounded = re.search(r"(?<!\\)[*+]", part.get("pattern", "*"))
                assert "enum" in part or "maxLength" in part or not unbounded
                assert "enum" in part or "pattern" in part, "any character at all"
            case "array":
                assert "maxItems" in part and "items" in part
            case "integer" | "number":
                assert "enum" in part or {"minimum", "maximum"} <= part.keys()
            case None:
                assert part.keys() & {"$ref", "const", "enum", "allOf", "$defs", "if"}, part


@pytest.mark.parametrize("name", ALL)
def test_a_pattern_is_read_alike_by_every_engine(name):
    for part in EVERY[name]:
        if "pattern" in part:
            assert part["pattern"].startswith("^") and part["pattern"].endswith(r"$(?!\n)")
            assert not re.search(r"\\[dDwWsSbBpP]|\(\?[<P]|\(\?i|\\[AzZ]", part["pattern"])


@pytest.mark.parametrize("name", ALL)
def test_no_construct_on_which_validators_disagree(name):
    for part in EVERY[name]:
        assert not part.keys() & {"multipleOf", "minLength", "oneOf", "discriminator", "patternProperties"}
        assert part.get("type") != "null" and not isinstance(part.get("type"), list)
        if "format" in part:
            assert part["format"] in Draft202012Validator.FORMAT_CHECKER.checkers
            assert "pattern" in part, "format alone guards nothing"
        if "anyOf" in part:
            assert all(choice.keys() == {"required"} for choice in part["anyOf"])


@pytest.mark.parametrize("name", ALL)
def test_a_reference_stands_beside_nothing_that_leads_further(name):
    for part in EVERY[name]:
        assert "$ref" not in part or not part.keys() & {"properties", "items", "allOf", "if"}


@pytest.mark.parametrize("name", ALL)
def test_every_reference_is_absolute_and_resolves(name):
    for part in EVERY[name]:
        reference = part.get("$ref", "")
        if reference.startswith(PREFIX):
            assert isinstance(resolve(reference), dict)
        else:
            assert not reference or reference.removeprefix("#/$defs/") in bundle()["$defs"]


@pytest.mark.parametrize("name", hand_written())
def test_only_the_bundle_refers_into_itself(name):
    references = [part["$ref"] for _, part in parts(schema(name)) if "$ref" in part]
    assert all(reference.startswith(PREFIX) for reference in references)


def test_every_definition_is_used():
    references = {part["$ref"] for name in hand_written() for _, part in parts(schema(name)) if "$ref" in part}
    defined = {f"{PREFIX}{name}#/$defs/{inner}" for name in hand_written() for inner in schema(name).get("$defs", ())}
    assert defined <= references


def test_there_is_a_sentence_for_every_keyword_that_a_value_can_fail():
    assert MESSAGES.keys() == VALIDATING


# The bundle.


def test_the_committed_bundle_is_what_the_other_schemas_give():
    committed = (SCHEMAS / "bundle.schema.json").read_bytes()
    assert committed == schema_text("bundle"), "run: conflictdata schema bundle > schema/bundle.schema.json"


def test_the_bundle_refers_to_nothing_outside_itself_and_holds_nothing_unused():
    document = bundle()
    references = {part["$ref"] for _, part in parts(document) if "$ref" in part}
    assert references == {f"#/$defs/{name}" for name in document["$defs"]}
    assert not any("$id" in part or "$schema" in part for path, part in parts(document) if path)


def dataset(event):
    return {"$schema": f"{PREFIX}dataset", "sources": [], "actors": [], "places": [], "events": [event]}


def test_jsonschema_rs_takes_the_bundle_as_it_is():
    judge = jsonschema_rs.validator_for(json.loads(schema_text("bundle")))
    assert judge.is_valid(dataset(example()))
    assert not judge.is_valid(dataset(example() | {"title": "x\n"}))


def test_check_jsonschema_takes_the_bundle_as_it_is(tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(dataset(example())))
    bad.write_text(json.dumps(dataset(example() | {"title": "x\n"})))
    words = ("--schemafile", SCHEMAS / "bundle.schema.json")
    assert check_jsonschema(*words, good).exit_code == 0
    refused = check_jsonschema(*words, bad)
    assert refused.exit_code == 1 and "$.events[0].title" in refused.stdout
