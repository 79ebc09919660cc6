"""The interface of an export format: its name, what it loses, its options, and a function from records to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from conflictdata.errors import InvalidValue
from conflictdata.extras import is_installed
from conflictdata.model import Event, Records, id_order

Setting = str | int | bool
"""The value of an option."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a format; `notice` is printed on stderr if another value than the default is chosen."""

    name: str
    description: str
    default: Setting
    choices: tuple[str, ...] = ()
    notice: str = ""

    def check(self, value: Setting) -> None:
        """Raise `InvalidValue` if the option does not accept the value."""
        if type(value) is not type(self.default):
            wanted = {str: "text", int: "a whole number", bool: "true or false"}[type(self.default)]
            raise InvalidValue(f"{self.name}: {value!r} is not allowed; give {wanted}")
        if self.choices and value not in self.choices:
            raise InvalidValue(f"{self.name}: {value!r} is not allowed; choose from {', '.join(self.choices)}")
        if isinstance(value, int) and not 0 <= value <= 253402300799:
            raise InvalidValue(f"{self.name}: {value} is not allowed; give seconds from 0 to the end of the year 9999")


@dataclass(frozen=True, slots=True)
class Skip:
    """An event that a format cannot hold, with the reason as a code of its codelist and as a sentence."""

    event_id: str
    reason: str
    sentence: str


def skips_nothing(records: Records, events: tuple[Event, ...], **options: Setting) -> Iterator[Skip]:
    """Nothing: the format can hold every event."""
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One export format; `loses` lists by path the members of records that cannot be read back from its files.

    `skipped` gives the events that the format cannot hold. `needs` names the libraries that write it.
    """

    name: str
    description: str
    loses: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    skipped: Callable[..., Iterator[Skip]] = skips_nothing
    needs: tuple[str, ...] = ()

    @property
    def leaves_out(self) -> bool:
        """Whether there are events that the format cannot hold."""
        return self.skipped is not skips_nothing

    @property
    def lossless(self) -> bool:
        """Whether its files load back to equal records."""
        return not self.loses

    @property
    def missing(self) -> tuple[str, ...]:
        """The libraries that the format needs and that are missing."""
        return tuple(library for library in self.needs if not is_installed(library))

    def skips(
        self, records: Records, events: Iterable[Event | str] | None = None, **options: Setting
    ) -> Iterator[Skip]:
        """The events that are left out with these options, with every reason."""
        return self.skipped(records, events_of(records, events), **self.settle(options))

    def settle(self, options: Mapping[str, Setting]) -> dict[str, Setting]:
        """Every option with its value; `InvalidValue` for an unknown option or a value that it does not accept."""
        known = {option.name: option for option in self.options}
        for name, value in options.items():
            if name not in known:
                offered = f"its options are {', '.join(known)}" if known else "it has no options"
                raise InvalidValue(f"{self.name} has no option {name}; {offered}")
            known[name].check(value)
        return {option.name: option.default for option in self.options} | dict(options)

    def notices(self, options: Mapping[str, Setting] = MappingProxyType({})) -> tuple[str, ...]:
        """The notices of the chosen options."""
        settled = self.settle(options)
        return tuple(o.notice for o in self.options if o.notice and settled[o.name] != o.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat(Format):
    """A format of one file; `file` is its name in `export all`, `binary` is true if it is not text."""

    extension: str
    chunks: Callable[..., Iterator[bytes]]
    file: str = "events"
    binary: bool = False

    def content(
        self, records: Records, events: Iterable[Event | str] | None = None, **options: Setting
    ) -> Iterator[bytes]:
        """The bytes of the file in chunks, for all events or for those chosen."""
        return self.chunks(records, chosen(records, events), **self.settle(options))

    def write(
        self, records: Records, stream: BinaryIO, events: Iterable[Event | str] | None = None, **options: Setting
    ) -> None:
        """Write the file to a binary stream."""
        stream.writelines(self.content(records, events, **options))


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFormat(Format):
    """A format of several files in a folder."""

    files: Callable[..., Iterator[tuple[str, Iterable[bytes]]]]

    def contents(
        self, records: Records, events: Iterable[Event | str] | None = None, **options: Setting
    ) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Each file's path and its bytes in chunks, for all records or for a selection with all that it refers to."""
        return self.files(records, chosen(records, events), **self.settle(options))


class Chosen(tuple[Event, ...]):
    """Events to be exported, each once and in order of id, with the filter that they were found by, if any."""

    filter: str = ""

    def of(self, records: Records) -> Records:
        """The records of these events, and all that they refer to."""
        from conflictdata.analysis.selection import subset

        return subset(records, self, self.filter)


def chosen(records: Records, events: Iterable[Event | str] | None) -> Chosen | None:
    """The events chosen; None where all records are meant."""
    if events is None:
        return None
    found = Chosen(events_of(records, events))
    found.filter = getattr(events, "filter", "")
    return found


def selected(records: Records, events: Chosen | None) -> Records:
    """All records, or those of the events chosen and all that these refer to."""
    return records if events is None else events.of(records)


def source_text(records: Records, events: Chosen | None) -> str:
    """What the events were chosen from and by which filter, for a file to say; empty for a whole dataset."""
    from conflictdata.analysis.selection import selection_of

    selection = records.selection if events is None else selection_of(records, events.filter)
    return "" if selection is None else f"This file is {selection}."


def events_of(records: Records, events: Iterable[Event | str] | None) -> tuple[Event, ...]:
    """The events chosen, or all, each once and in order of id."""
    if events is None:
        return tuple(records.events)
    from conflictdata.analysis.lookup import events_among

    return tuple(sorted(events_among(records, events), key=lambda event: id_order(event.id)))
