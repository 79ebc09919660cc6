"""Rules on references: they resolve, refer to live records and not to themselves, and every record is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from conflictdata.findings import Code, Finding
from conflictdata.model import Event, Record
from conflictdata.model.references import Reference, links_of, references_of
from conflictdata.rules.context import DatasetContext, is_refused
from conflictdata.text import fold_text, quote


def references_resolve(whole: DatasetContext) -> Iterator[Finding]:
    """Every id must be that of a record; otherwise a value cannot be traced."""
    for kind, record, ids in whole.ids_named:
        if all(whole.ids[of].issuperset(some) for of, some in ids.items() if of != "claim"):
            continue
        for reference in references_of(record):
            if reference.kind != "claim" and not _is_there(whole, reference):
                yield whole.finding(kind, record.id, *dangling(reference, whole.by_spelling))


def claims_resolve(whole: DatasetContext) -> Iterator[Finding]:
    """Every address of a claim must be that of a claim."""
    for kind, record, ids in whole.ids_named:
        for reference in references_of(record) if ids.get("claim") else ():
            if reference.kind == "claim" and not _is_there(whole, reference):
                yield whole.finding(kind, record.id, *dangling(reference, whole.by_spelling))


def dangling(reference: Reference, by_spelling: Mapping[tuple[str, str], str]) -> tuple[str, Code, str]:
    """Pointer, code and message of the finding for a reference to a record that is not there."""
    meant = by_spelling.get((reference.kind, fold_text(reference.id)))
    advice = f"did you mean {meant}?" if meant else f"correct the id, or add the {reference.kind}"
    message = f"no {reference.kind} has the id {quote(reference.id)}; {advice}"
    return reference.pointer, Code.DANGLING_REFERENCE, message


def live_records_name_live_records(whole: DatasetContext) -> Iterator[Finding]:
    """A live record must not refer to a withdrawn one."""
    withdrawn = {
        (kind, record.id): record.withdrawn.replaced_by for kind, record in whole if record.withdrawn is not None
    }
    for kind, record, ids in whole.ids_named if withdrawn else ():
        if record.withdrawn is not None or withdrawn.keys().isdisjoint(_records_of(ids)):
            continue
        for reference in references_of(record):
            target = _record_of(reference.kind, reference.id)
            if target in withdrawn:
                instead = " or ".join(withdrawn[target])
                advice = f"name {instead}, which replaced it" if instead else "remove the reference"
                message = f"{target[1]} is withdrawn; {advice}"
                yield whole.finding(kind, record.id, reference.pointer, Code.WITHDRAWN_REFERENCE, message)


def every_record_is_used(whole: DatasetContext) -> Iterator[Finding]:
    """Every source, actor and place should be referred to; an unused one is a leftover, or a reference is missing."""
    if whole.refused:  # an unreadable record may refer to it
        return
    used: dict[str, set[str]] = {kind: set() for kind in ("source", "actor", "place", "event", "claim")}
    for kind, record, ids in whole.ids_named:
        for of, some in ids.items():
            used[of] |= some - {record.id} if of == kind else some
    # A document that was read and left out is referred to only in the list of exclusions, which exports do not carry.
    checked = {"actor", "place"} if whole.excluded is None else {"source", "actor", "place"}
    used["source"] |= whole.excluded or set()
    for kind, record in whole:
        if kind in checked and record.withdrawn is None and record.id not in used[kind]:
            message = f"no record refers to the {kind} {record.id}; use it or delete it"
            yield whole.finding(kind, record.id, "", Code.UNUSED_RECORD, message)


def _record_of(kind: str, named: str) -> tuple[str, str]:
    """The kind and id of the record that a reference means; for a claim, its event."""
    return ("event", named.partition("#")[0]) if kind == "claim" else (kind, named)


def _records_of(ids: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return (_record_of(kind, named) for kind, some in ids.items() for named in some)


def _is_there(whole: DatasetContext, reference: Reference) -> bool:
    if reference.kind == "claim":
        known = whole.claim(reference.id) is not None
    else:
        known = reference.id in whole.tables[reference.kind]
    return known or is_refused(whole.refused, *_record_of(reference.kind, reference.id))


def records_name_others(file: str, record: Record) -> Iterator[Finding]:
    """A record must not be part of, inside, or a replacement of itself."""
    for link in links_of(record):
        if link.id == record.id:
            message = f"{record.id} refers to itself; name another record"
            yield Finding(file, link.pointer, Code.SELF_REFERENCE, message)


def claims_name_others(file: str, event: Event) -> Iterator[Finding]:
    """A claim must not include or contradict itself, and an actor cannot take a place from itself."""
    for n, claim in enumerate(event.claims):
        includes = claim.count.includes if claim.count is not None else ()
        if claim.conflicts_with or includes:
            own = f"{event.id}#{claim.id}"
            for m, other in enumerate(claim.conflicts_with):
                if other == own:
                    message = f"{claim.id} contradicts itself; name another claim"
                    yield _of_claim(file, f"/claims/{n}/conflicts_with/{m}", message)
            for m, other in enumerate(includes):
                if other == own:
                    message = f"{claim.id} includes itself; name another claim"
                    yield _of_claim(file, f"/claims/{n}/count/includes/{m}", message)
        if claim.control is not None and claim.control.from_ == claim.control.holder:
            message = f"`from` and `holder` are both {claim.control.holder}; correct one of them"
            yield _of_claim(file, f"/claims/{n}/control/from", message)


def _of_claim(file: str, pointer: str, message: str) -> Finding:
    return Finding(file, pointer, Code.SELF_REFERENCE, message)
