"""The rules that a schema cannot express; each is a generator of findings, listed in a tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from conflictdata.findings import Finding
from conflictdata.model import Actor, Event, Place, Record, Records, Source
from conflictdata.model.references import ids_in
from conflictdata.rules import (
    actors,
    claims,
    cycles,
    dates,
    duplicates,
    numbers,
    places,
    record_form,
    references,
    sources,
    spelling,
)
from conflictdata.rules.context import DatasetContext, IdsIn, Locate

FileRule = Callable[[str, Record, bytes], Iterator[Finding]]
"""A rule about a record's own file; it takes the file's name, the record and the bytes."""

RecordRule = Callable[[str, Any], Iterator[Finding]]
"""A rule within a record; it takes the file's name for findings, and the record."""

DatasetRule = Callable[[DatasetContext], Iterator[Finding]]
"""A rule between records."""

FILE_RULES: tuple[FileRule, ...] = (
    record_form.filed_under_own_id,
    record_form.in_canonical_format,
)

RECORD_RULES: Mapping[type[Record], tuple[RecordRule, ...]] = {
    Source: (
        dates.windows_run_forwards,
        sources.chain_begins_with_the_text,
        sources.chain_runs_forwards,
        sources.paragraphs_exist,
        spelling.words_are_of_one_script,
        references.records_name_others,
    ),
    Actor: (
        dates.windows_run_forwards,
        actors.relation_ids_are_distinct,
        actors.layout_names_do_not_overlap,
        spelling.words_are_of_one_script,
        references.records_name_others,
    ),
    Place: (
        places.admin_areas_lie_in_a_country,
        places.points_lie_in_their_country,
        spelling.words_are_of_one_script,
        references.records_name_others,
    ),
    Event: (
        dates.windows_run_forwards,
        dates.statements_follow_what_they_tell,
        claims.low_is_not_above_high,
        claims.numbers_fit_the_bound,
        claims.parts_within_their_total,
        claims.kind_fits_type,
        claims.totals_belong_to_operations,
        claims.claim_ids_are_distinct,
        numbers.one_claimant_gives_one_number,
        spelling.words_are_of_one_script,
        claims.participants_name_own_claims,
        claims.conflicts_point_back,
        references.records_name_others,
        references.claims_name_others,
    ),
}

DATASET_RULES: tuple[DatasetRule, ...] = (
    references.references_resolve,
    references.claims_resolve,
    references.live_records_name_live_records,
    references.every_record_is_used,
    cycles.operations_do_not_contain_each_other,
    cycles.places_do_not_contain_each_other,
    cycles.actors_do_not_contain_each_other,
    cycles.totals_do_not_include_each_other,
    cycles.tombstones_lead_somewhere,
    sources.cited_paragraphs_exist,
    sources.cited_paragraphs_are_no_furniture,
    sources.one_paragraph_has_one_digest,
    dates.events_precede_their_documents,
    dates.last_days_precede_the_last_document,
    dates.events_lie_in_the_period,
    dates.releases_follow_their_documents,
    dates.statements_precede_their_documents,
    sources.own_voices_are_the_documents,
    sources.publishers_speak_in_their_own_voice,
    sources.channels_are_outside_the_document,
    claims.only_operations_have_parts,
    claims.parts_lie_within_the_days_of_the_operation,
    claims.parts_elsewhere_within_their_total,
    numbers.totals_are_not_incidents,
    places.places_share_their_country,
    places.points_lie_in_the_area_around,
    places.points_in_events_lie_in_the_country,
    duplicates.names_tell_records_apart,
    duplicates.incidents_are_entered_once,
    duplicates.ids_elsewhere_name_one_event,
)


def check_file(record: Record, file: str, data: bytes, *, canonical: bool = False) -> Iterator[Finding]:
    """The findings about the file of a record; if it is known to be `canonical`, its format is not looked at again."""
    for rule in FILE_RULES:
        if not canonical or rule is not record_form.in_canonical_format:
            yield from rule(file, record, data)


def check_record(record: Record, file: str) -> Iterator[Finding]:
    """The findings within one record."""
    for rule in RECORD_RULES[type(record)]:
        yield from rule(file, record)


def check_records(
    records: Records,
    locate: Locate,
    refused: frozenset[tuple[str, str]] = frozenset(),
    rules: Iterable[DatasetRule] = DATASET_RULES,
    excluded: frozenset[str] | None = None,
    ids_in: IdsIn = ids_in,
) -> Iterator[Finding]:
    """The findings between records; `locate` gives file and pointer of a record.

    `refused` holds kind and id (or ANY) of records that exist but could not be read; they are not reported as missing.
    `excluded` are the documents in the list of exclusions; None where no such list can lie beside the records.
    `ids_in` gives the ids that a record refers to; a caller who knows them already spares the search.
    """
    whole = DatasetContext(records, locate, refused, excluded, ids_in)
    for rule in rules:
        yield from rule(whole)
