"""What stands beside the records of a release: reasons for changes, manifests, the index of releases."""

from __future__ import annotations

from hypothesis import strategies as st

from conflictdata.schema.documents import urn
from tests.support.draw.records import releases
from tests.support.draw.values import Json, Strategy, event_ids, file_names, record, schema_at, slugs, texts

AMOUNTS = st.integers(0, 10**12) | st.integers(0, 99)


def versions() -> Strategy:
    """Versions of releases."""
    return st.builds("20{:02}.{}.{}".format, st.integers(0, 99), st.integers(1, 12), st.integers(0, 9999))


def hashes() -> Strategy:
    """Hashes in full."""
    return st.from_regex("[0-9a-f]{64}", fullmatch=True)


def semantic_versions() -> Strategy:
    """Versions of three numbers."""
    return st.builds("{}.{}.{}".format, *[st.integers(0, 9999)] * 3)


def record_paths() -> Strategy:
    """Records by kind and id."""
    kinds = st.sampled_from(["source", "actor", "place"])
    return st.builds("{}/{}".format, st.just("event"), event_ids()) | st.builds("{}/{}".format, kinds, slugs())


def fields() -> Strategy:
    """Pointers into records."""
    return st.lists(st.from_regex("[A-Za-z0-9_$]{1,9}", fullmatch=True), min_size=1, max_size=5).map(
        lambda steps: "".join(f"/{step}" for step in steps)
    )


def explanations() -> Strategy:
    """Reasons, of records or fields or both."""
    several = {
        "records": st.lists(record_paths(), min_size=1, max_size=3, unique=True),
        "fields": st.lists(fields(), min_size=1, max_size=3, unique=True),
    }
    changed = {"kind": st.sampled_from(["revised", "corrected"]), "reason": texts(1000)}
    whole = {"kind": st.sampled_from(["added", "withdrawn"]), "reason": texts(1000), "records": several["records"]}
    return (
        record(changed | several)
        | record(changed | {"fields": several["fields"]})
        | record(changed | {"records": several["records"]})
        | record(whole)
    )


def changes() -> Strategy:
    """What the curator writes of one release."""
    head = {"$schema": st.just(urn("changes")), "version": versions()}
    return record(head | {"changes": st.lists(explanations(), max_size=3)})


def word_tables() -> Strategy:
    """Tables of number words."""
    return record({"name": st.from_regex("[a-z]{1,8}-[0-9]{1,3}", fullmatch=True), "sha256": hashes()})


def amounts_of(definition: str) -> Strategy:
    """An object whose members are all amounts."""
    return record(dict.fromkeys(schema_at("manifest", "$defs", definition, "required"), AMOUNTS))


def schema_words() -> Strategy:
    """Names as schemas spell them."""
    return st.from_regex("[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True)


def member_presences() -> Strategy:
    """How many have a member."""
    return record({"object": schema_words(), "member": schema_words(), "present": AMOUNTS, "of": AMOUNTS})


def released_files() -> Strategy:
    """Files with size and hash."""
    paths = st.lists(file_names(), min_size=1, max_size=3).map("/".join)
    return record({"path": paths, "bytes": AMOUNTS, "sha256": hashes()})


def manifests() -> Strategy:
    """Manifests of releases."""
    required: dict[str, Strategy] = {
        "$schema": st.just(urn("manifest")),
        "release": releases(),
        "schema": semantic_versions(),
        "method": semantic_versions(),
        "number_words": st.lists(word_tables(), max_size=2),
        "counts": amounts_of("counts"),
        "completeness": st.lists(member_presences(), max_size=2),
        "changes": amounts_of("change_counts"),
        "files": st.lists(released_files(), max_size=2),
    }
    return record(required, previous=versions(), software=versions())


def wheels() -> Strategy:
    """Wheels that carry a release."""
    return record({"file": file_names(), "bytes": AMOUNTS, "sha256": hashes()})


def listed_releases() -> Strategy:
    """Releases in the index."""
    required: Json = {"release": releases(), "schema": semantic_versions(), "archive": file_names(), "bytes": AMOUNTS}
    return record(required | {"sha256": hashes(), "dataset": hashes()}, wheel=wheels())


def indexes() -> Strategy:
    """Indexes of releases."""
    return record({"$schema": st.just(urn("index")), "releases": st.lists(listed_releases(), max_size=3)})
