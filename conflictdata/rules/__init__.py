"""From values to findings: what no schema can say. A rule is a small generator; adding one is adding it to a tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from conflictdata.findings import Finding
from conflictdata.model import Actor, Event, Place, Record, Records, Source
from conflictdata.rules import (
    actors,
    attribution,
    counts,
    cycles,
    duplicates,
    events,
    evidence,
    names,
    operations,
    parts,
    places,
    references,
    reporting,
    selves,
    sources,
    spelling,
    visible,
    windows,
)
from conflictdata.rules.whole import FileOf, Whole

FileRule = Callable[[str, Record, bytes], Iterator[Finding]]
"""What can be wrong with a record's own file: its name, the record, its bytes."""

RecordRule = Callable[[str, Any], Iterator[Finding]]
"""What can be wrong within a record: the name to report it under, the record."""

DatasetRule = Callable[[Whole], Iterator[Finding]]
"""What can be wrong between records."""

FILE_RULES: tuple[FileRule, ...] = (
    spelling.filed_under_own_id,
    spelling.spelled_in_one_way,
)

RECORD_RULES: Mapping[type[Record], tuple[RecordRule, ...]] = {
    Source: (
        visible.texts_can_be_seen,
        windows.windows_run_forwards,
        sources.chain_begins_with_the_text,
        sources.chain_runs_forwards,
        sources.paragraphs_exist,
        selves.records_name_others,
    ),
    Actor: (
        visible.texts_can_be_seen,
        windows.windows_run_forwards,
        actors.relation_ids_are_distinct,
        actors.layout_names_do_not_overlap,
        selves.records_name_others,
    ),
    Place: (
        visible.texts_can_be_seen,
        places.admin_areas_lie_in_a_country,
        places.points_lie_in_their_country,
        selves.records_name_others,
    ),
    Event: (
        visible.texts_can_be_seen,
        windows.windows_run_forwards,
        windows.statements_follow_what_they_tell,
        counts.low_is_not_above_high,
        counts.numbers_fit_the_bound,
        parts.parts_within_their_total,
        events.kind_fits_type,
        events.totals_belong_to_operations,
        events.claim_ids_are_distinct,
        events.participants_name_own_claims,
        events.conflicts_point_back,
        selves.records_name_others,
        selves.claims_name_others,
    ),
}

DATASET_RULES: tuple[DatasetRule, ...] = (
    references.references_resolve,
    references.the_living_name_the_living,
    references.every_record_is_used,
    cycles.operations_do_not_contain_each_other,
    cycles.places_do_not_contain_each_other,
    cycles.actors_do_not_contain_each_other,
    cycles.totals_do_not_include_each_other,
    cycles.tombstones_lead_somewhere,
    evidence.cited_paragraphs_exist,
    evidence.cited_paragraphs_are_no_furniture,
    evidence.one_paragraph_has_one_digest,
    reporting.events_precede_their_documents,
    reporting.statements_precede_their_documents,
    attribution.own_voices_are_the_documents,
    attribution.publishers_speak_in_their_own_voice,
    attribution.channels_are_outside_the_document,
    operations.only_operations_have_parts,
    operations.parts_lie_within_the_days_of_the_operation,
    parts.parts_elsewhere_within_their_total,
    places.places_share_their_country,
    names.names_tell_records_apart,
    duplicates.incidents_are_entered_once,
)


def check_file(record: Record, file: str, data: bytes) -> Iterator[Finding]:
    """What is wrong with the file that holds a record."""
    for rule in FILE_RULES:
        yield from rule(file, record, data)


def check_record(record: Record, file: str) -> Iterator[Finding]:
    """What is wrong within one record."""
    for rule in RECORD_RULES[type(record)]:
        yield from rule(file, record)


def check_records(
    records: Records, file_of: FileOf, refused: frozenset[tuple[str, str]] = frozenset()
) -> Iterator[Finding]:
    """What is wrong between records; `file_of` says where the record of a kind and an id lies.

    `refused` holds kind and id, or ANY, of records that are there but could not be read, so that nobody is told to add
    them.
    """
    whole = Whole(records, file_of, refused)
    for rule in DATASET_RULES:
        yield from rule(whole)
