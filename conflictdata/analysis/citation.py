"""Citations of the dataset, or of one event with its documents, in common formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from conflictdata.analysis.arguments import resolve_choice
from conflictdata.analysis.claim_text import actor_name
from conflictdata.analysis.lookup import event_id
from conflictdata.model import Event, Records, Release, Source
from conflictdata.model.codes import ReleaseStage

AUTHORS = "conflictdata contributors"
TITLE = "conflictdata: the war against Islamic State in Syria and Iraq, 2014-2017"
LICENCE = "CC-BY-4.0"
MESSAGE = "If you use this dataset, please cite it with the release you used."
UNRELEASED = "unreleased records"

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work: the dataset, an event in it, a document or other data. An unknown member is empty.

    `url` is that of the work itself; `copy` says who keeps a copy of it, and where.
    """

    key: str
    kind: str
    author: str
    title: str
    date: tuple[int, ...] = ()
    container: str = ""
    version: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    copy: str = ""


def citation(records: Records, event: str | None = None, form: str = "apa", others: Iterable[Work] = ()) -> str:
    """How to cite the dataset, or one event and its documents, ended by a line feed; raises `UnknownName`.

    `form` is apa, bibtex, csl-json or cff; `others` are works that are named after these.
    """
    chosen = records.events[event_id(records, event)] if event is not None else None
    return FORMS[resolve_choice("form of citation", form, FORMS)]((*_works(records, chosen), *others))


def event_citation(records: Records, event: Event) -> str:
    """The citation of one event on one line in APA style, without its documents."""
    return apa((next(_works(records, event)),)).rstrip("\n")


def _works(records: Records, event: Event | None) -> Iterator[Work]:
    part = records.selection
    release = records.release or (part.release if part is not None else None)
    version = _version(release) + (", selection" if part is not None and release is not None else "")
    date = (release.date.year, release.date.month, release.date.day) if release else ()
    if event is None:
        key = f"conflictdata-{release.version if release else 'unreleased'}"
        yield Work(key, "dataset", AUTHORS, TITLE, date, version=version)
        return
    yield Work(event.id, "event", AUTHORS, _named(event), date, TITLE, version)
    named = dict.fromkeys(point.source for claim in event.claims if claim.live for point in claim.evidence)
    yield from (_document(records, source) for source in filter(None, map(records.sources.get, named)))


def _named(event: Event) -> str:
    return f"{event.id}{'' if event.withdrawn is None else ' (withdrawn)'}: {event.title}"


def _version(release: Release | None) -> str:
    if release is None:
        return UNRELEASED
    return release.version if release.stage is ReleaseStage.FINAL else f"{release.version}, {release.stage}"


def _document(records: Records, source: Source) -> Work:
    first = source.chain[0]
    name = actor_name(records, first.by)
    kept = next((step for step in source.chain if step.url), first)
    url, copy = kept.url or "", ""
    if kept is not first:
        url, copy = "", f"As kept by {actor_name(records, kept.by)}: {url}"
    days = first.date
    date: tuple[int, ...] = ()
    if days and days.earliest and days.latest:
        one, other = ((day.year, day.month, day.day) for day in (days.earliest, days.latest))
        date = tuple(part for depth, part in enumerate(one) if one[: depth + 1] == other[: depth + 1])
    return Work(source.id, "document", first.author or name, source.title, date, publisher=name, url=url, copy=copy)


def apa(works: tuple[Work, ...]) -> str:
    """One line for each work, in APA style. Personal names are as the document gives them."""
    return "".join(f"{_apa(work)}\n" for work in works)


def _apa(work: Work) -> str:
    year = f"{work.date[0]}" if work.date else "n.d."
    day = f", {_MONTHS[work.date[1] - 1]} {work.date[2]}" if work.kind == "document" and len(work.date) == 3 else ""
    parts = [f"{_with_full_stop(work.author)} ({year}{day})." if work.author else f"({year}{day})."]
    version = work.version if work.version == UNRELEASED else f"Version {work.version}"
    match work.kind:
        case "dataset":
            parts.append(f"{work.title} ({version}) [Data set].")
        case "event":
            parts.append(f"{_with_full_stop(work.title)} In {work.container} ({version}) [Data set].")
        case _:
            parts.append(_with_full_stop(work.title))
            parts += [_with_full_stop(work.publisher)] if work.publisher not in ("", work.author) else []
            parts += [each for each in (work.url, work.copy) if each]
            parts += [f"{work.licence}."] if work.licence else []
    return " ".join(parts)


def _with_full_stop(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def bibtex(works: tuple[Work, ...]) -> str:
    """One entry for each work."""
    return "\n".join(_entry(work) for work in works)


def _entry(work: Work) -> str:
    about = {"dataset": "Data set. Data under CC BY 4.0", "event": f"In {work.container}. Data set"}
    fields = {
        "author": f"{{{_tex(work.author)}}}" if work.author else "",
        "title": f"{{{_tex(work.title)}}}",
        "year": str(work.date[0]) if work.date else "",
        "month": str(work.date[1]) if work.date[1:] else "",
        "version": _tex(work.version),
        "publisher": _tex(work.publisher),
        "url": work.url,
        "note": _tex(about.get(work.kind, work.licence or work.copy)),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{work.key},\n{''.join(lines)}}}\n"


_TEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "\\": "\\textbackslash{}"}
)


def _tex(text: str) -> str:
    return text.translate(_TEX)


def csl_json(works: tuple[Work, ...]) -> str:
    """A list of items as CSL-JSON has them."""
    return json.dumps([_item(work) for work in works], indent=2, ensure_ascii=False) + "\n"


def _item(work: Work) -> dict[str, Any]:
    members: dict[str, Any] = {
        "id": work.key,
        "type": {"dataset": "dataset", "data": "dataset", "event": "entry"}.get(work.kind, "webpage"),
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "issued": {"date-parts": [list(work.date)]} if work.date else None,
        "container-title": work.container,
        "version": work.version,
        "publisher": work.publisher,
        "URL": work.url,
        "note": work.licence or work.copy,
    }
    return {name: value for name, value in members.items() if value}


def cff(works: tuple[Work, ...]) -> str:
    """A CITATION.cff of the dataset; an event is its preferred citation, and the documents are its references."""
    first, documents = works[0], works[1:]
    lines = ["cff-version: 1.2.0", f"message: {_yaml_text(MESSAGE)}", "type: dataset", f"title: {_yaml_text(TITLE)}"]
    lines += ["authors:", f"  - name: {_yaml_text(AUTHORS)}", f"license: {LICENCE}"]
    lines += [f"version: {_yaml_text(first.version)}"]
    lines += [f"date-released: {_day(first.date)}"] if first.date else []
    if first.kind == "event":
        lines += ["preferred-citation:", *_indented(_reference(first, "data"))]
    if documents:
        lines.append("references:")
        for document in documents:
            head, *rest = _reference(document, "data" if document.kind == "data" else "website")
            lines += [f"  - {head}", *(f"    {line}" for line in rest)]
    return "".join(f"{line}\n" for line in lines)


def _reference(work: Work, kind: str) -> list[str]:
    lines = [f"type: {kind}", f"title: {_yaml_text(work.title)}", "authors:"]
    lines.append(f"  - name: {_yaml_text(work.author or 'not named')}")
    lines += [f"collection-title: {_yaml_text(work.container)}"] if work.container else []
    lines += [f"version: {_yaml_text(work.version)}"] if work.version else []
    lines += [f"year: {work.date[0]}"] if work.date else []
    name = "date-published" if work.kind == "document" else "date-released"
    lines += [f"{name}: {_day(work.date)}"] if len(work.date) == 3 else []
    lines += ["publisher:", f"  name: {_yaml_text(work.publisher)}"] if work.publisher else []
    lines += [f"url: {_yaml_text(work.url)}"] if work.url else []
    notes = work.licence or work.copy
    lines += [f"notes: {_yaml_text(notes)}"] if notes else []
    return lines


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _day(date: tuple[int, ...]) -> str:
    return "{:04}-{:02}-{:02}".format(*date)


def _yaml_text(text: str) -> str:
    """A YAML string in double quotes; line breaks and characters that YAML refuses are escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in quoted)


FORMS: Mapping[str, Callable[[tuple[Work, ...]], str]] = MappingProxyType(
    {"apa": apa, "bibtex": bibtex, "csl-json": csl_json, "cff": cff}
)
"""Each form of citation by its name."""
