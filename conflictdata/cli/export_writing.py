"""Writing exports: to a file, a folder or stdout, with a report on the events that are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflictdata.atomic import open_atomic, real_path, write_bytes
from conflictdata.cli.options import STDOUT, dataset, found_events
from conflictdata.cli.output import is_terminal, many, talk, write
from conflictdata.errors import CannotWrite, ConflictDataError, MissingExtra
from conflictdata.extras import EXTRAS, require
from conflictdata.formats.interface import FileFormat, FolderFormat, Format, Setting, Skip
from conflictdata.formats.registry import FORMATS

if TYPE_CHECKING:
    from conflictdata.analysis.event_search import EventFilter
    from conflictdata.dataset import Dataset
    from conflictdata.record_tables import Events


def export_one(
    chosen: FileFormat | FolderFormat,
    output: str | Path | None,
    skipped: str | Path | None,
    asked: EventFilter | None,
    data: str | Path | None,
    options: Mapping[str, Setting],
) -> None:
    """Write one format to a file, a folder or stdout."""
    notices = chosen.notices(options)
    _refuse_misuse(chosen, output, skipped)
    for library in chosen.needs:
        require(library)
    whole = dataset(data)
    events = found_events(asked, whole)
    skips = list(chosen.skips(whole.records, events, **options))
    report = _report(skips) if skipped is not None else ()
    if isinstance(chosen, FolderFormat):
        from conflictdata.atomic_folders import write_folder

        files = dict(chosen.contents(whole.records, events, **options))
        if isinstance(skipped, Path):
            with open_atomic(skipped) as stream:
                stream.writelines(report)
                write_folder(Path(str(output)), files, replace=True)
        else:
            write_folder(Path(str(output)), files, replace=True)
            if skipped is not None:
                write(report)
    else:
        _put(chosen.content(whole.records, events, **options), output, report, skipped)
    for notice in notices:
        talk(notice)
    _tell_selection(whole, events, chosen)
    _tell_skips(skips, listed=skipped is not None)
    if isinstance(output, Path):
        talk(f"wrote {output}")


def export_all(output: str | Path, asked: EventFilter | None, data: str | Path | None) -> None:
    """Write every format into a folder, each atomically; exit with status 1 if one of them could not be written."""
    if not isinstance(output, Path):
        raise click.UsageError("all formats are written to a folder; name it with -o")
    whole = dataset(data)
    events = found_events(asked, whole)
    try:
        output.mkdir(exist_ok=True)
    except OSError as error:
        raise CannotWrite(output, error.strerror or str(error)) from error
    _tell_selection(whole, events, *FORMATS.values())
    from conflictdata.atomic_folders import write_folder

    failed = 0
    for position, (name, each) in enumerate(FORMATS.items(), 1):
        step = f"[{position}/{len(FORMATS)}] {name}"
        if each.missing:
            talk(f"{step}: not written: {MissingExtra(each.missing[0], EXTRAS[each.missing[0]])}")
            continue
        target = output / (f"{each.file}{each.extension}" if isinstance(each, FileFormat) else name)
        try:
            if isinstance(each, FileFormat):
                write_bytes(target, each.content(whole.records, events), within=output)
            else:
                write_folder(target, dict(each.contents(whole.records, events)), replace=True, within=output)
            if each.leaves_out:
                skips = list(each.skips(whole.records, events))
                write_bytes(output / f"{name}-skipped.csv", _report(skips), within=output)
                step += f" (left out: {many(len({skip.event_id for skip in skips}), 'event')})"
        except ConflictDataError as error:
            failed += 1
            talk(f"{step}: not written: {error}")
        else:
            talk(f"{step}: wrote {target}")
    if failed:
        raise click.exceptions.Exit(1)


def _report(skips: list[Skip]) -> Iterable[bytes]:
    from conflictdata.formats.skip_report import skip_report

    return skip_report(skips)


def _refuse_misuse(chosen: Format, output: str | Path | None, skipped: str | Path | None) -> None:
    """Raise for targets that do not fit together, before anything is read."""
    if skipped is not None and not chosen.leaves_out:
        takers = ", ".join(each.name for each in FORMATS.values() if each.leaves_out)
        raise click.UsageError(f"{chosen.name} leaves no event out; --skipped is for {takers}")
    if isinstance(output, Path) and isinstance(skipped, Path) and real_path(output) == real_path(skipped):
        raise click.UsageError("-o and --skipped name the same file; give two files")
    if skipped == STDOUT and not isinstance(output, Path):
        raise click.UsageError("the rows and the skipped events cannot both be on stdout; name a file with -o")
    if isinstance(chosen, FolderFormat):
        if not isinstance(output, Path):
            raise click.UsageError(f"{chosen.name} is a folder of files; name it with -o")
        if _is_here(output):
            raise click.UsageError("the working folder cannot be replaced; name a folder in it")
    elif isinstance(chosen, FileFormat) and chosen.binary and not isinstance(output, Path) and is_terminal():
        raise click.UsageError(f"{chosen.name} is not text; name a file with -o")


def _is_here(folder: Path) -> bool:
    try:
        return folder.samefile(Path())
    except (OSError, ValueError):  # it does not exist
        return False


def _put(
    content: Iterable[bytes], output: str | Path | None, report: Iterable[bytes], skipped: str | Path | None
) -> None:
    """Write the rows and the list of skipped events; if one of the files cannot be written, neither is."""
    if isinstance(skipped, Path):
        with open_atomic(skipped) as stream:
            stream.writelines(report)
            _put(content, output, (), None)
    elif isinstance(output, Path):
        write_bytes(output, content)
        if skipped is not None:
            write(report)
    else:
        write(content)


def _tell_selection(whole: Dataset, events: Events | None, *formats: Format) -> None:
    """Which events were chosen, from what, and how many others come with them, where a format has a place for them."""
    if events is None:
        return
    from conflictdata.analysis.selection import subset

    part = subset(whole.records, events, events.filter)
    talk(f"{many(len(events), 'event')}: {part.selection}")
    if part.context and any(each.lossless for each in formats):
        others = many(len(part.context), "other event")
        talk(f"the member `context` of the file holds {others} that they refer to")


def _tell_skips(skips: list[Skip], *, listed: bool) -> None:
    for skip in skips if not listed else ():
        talk(f"skipped {skip.event_id}: {skip.reason}: {skip.sentence}")
    if skips:
        talk(f"left out: {many(len({skip.event_id for skip in skips}), 'event')}")
