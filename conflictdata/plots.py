"""Static figures for papers, drawn with matplotlib: a timeline and a map of events, with the citation in the margin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from conflictdata.analysis.citation import citation
from conflictdata.analysis.event_dates import event_dates
from conflictdata.analysis.geography import locate
from conflictdata.analysis.grades import grade
from conflictdata.analysis.lookup import events_among
from conflictdata.errors import MissingExtra
from conflictdata.model import Event, Records
from conflictdata.model.codes import EventType
from conflictdata.resources import read_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FAMILIES: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("Air strike", "#0072B2", "o", frozenset({"air_strike", "air_campaign"})),
    ("Shelling", "#56B4E9", "s", frozenset({"shelling", "chemical_attack", "grenade_attack", "bombardment"})),
    ("Bombing", "#D55E00", "*", frozenset({"suicide_bombing", "explosive_device"})),
    (
        "Fighting",
        "#E69F00",
        "D",
        frozenset({"armed_clash", "attack_repelled", "attack", "battle", "offensive", "siege", "route_cut"}),
    ),
    (
        "Change of control",
        "#009E73",
        "^",
        frozenset({"territory_captured", "territory_transferred", "control_changed"}),
    ),
    (
        "Violence against civilians or captives",
        "#CC79A7",
        "v",
        frozenset({"attack_on_civilians", "abduction", "sexual_violence", "mass_grave", "arrests", "killings"}),
    ),
    ("Other", "#808080", "P", frozenset()),
)
"""Title, colour (palette of Okabe and Ito), marker and types; both shape and colour distinguish them."""


def plot_timeline(records: Records, events: Iterable[Event | str] | None = None) -> Figure:
    """A bar for each event over all its possible days; events without a known day are left out."""
    figure, axes = _figure(records, (9.0, 4.2))
    ends: list[float] = []
    for event in sorted(_chosen(records, events), key=lambda event: str(event_dates(records, event).start)):
        dates = event_dates(records, event)
        first, last = dates.start or dates.end, dates.end or dates.start
        if first is None or last is None:
            continue
        begin, width = first.toordinal(), (last - first).days + 1
        lane = next((lane for lane, end in enumerate(ends) if end <= begin), len(ends))
        ends[lane : lane + 1] = [begin + max(width, 6) + 1]
        axes.barh(lane, width, left=_day(begin), height=0.8, color=_family(event.type)[1], linewidth=0)
    axes.xaxis_date()
    axes.set_yticks([])
    axes.set_ylabel("events, one bar each")
    _legend(axes, records, events)
    return figure


def plot_map(records: Records, events: Iterable[Event | str] | None = None) -> Figure:
    """Events as marks on a map (longitude and latitude, WGS 84).

    Weak events are hollow; events without a point are left out.
    """
    figure, axes = _figure(records, (8.0, 6.4))
    placed = [(event, found.point) for event in _chosen(records, events) if (found := locate(records, event.where))]
    for name, colour, width in (("borders", "#8a8172", 0.9), ("admin", "#cfc6b4", 0.5), ("rivers", "#8fb3c9", 0.9)):
        for line in json.loads(read_text("conflictdata/formats/html/basemap.json"))[name]["coordinates"]:
            axes.plot([lon for lon, _ in line], [lat for _, lat in line], color=colour, linewidth=width, zorder=1)
    for event, point in placed:
        _, colour, marker, _ = _family(event.type)
        hollow = grade(records, event) in ("weak", "discounted")
        face = "white" if hollow else colour
        axes.scatter(
            point.lon, point.lat, s=28, marker=marker, facecolor=face, edgecolor=colour, linewidth=0.9, zorder=2
        )
    lons, lats = [point.lon for _, point in placed] or [36.0, 43.0], [point.lat for _, point in placed] or [33.0, 37.5]
    axes.set_xlim(min(lons) - 0.4, max(lons) + 0.4)
    axes.set_ylim(min(lats) - 0.3, max(lats) + 0.3)
    axes.set_aspect(
        1.22, adjustable="datalim"
    )  # the ratio of a degree of latitude to one of longitude at 35 degrees north
    axes.set_xlabel("degrees east")
    axes.set_ylabel("degrees north")
    _legend(axes, records, events)
    return figure


def _figure(records: Records, size: tuple[float, float]) -> tuple[Figure, Axes]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("matplotlib", "plot") from error
    figure = Figure(figsize=size, layout="constrained")
    figure.text(
        1.0, 0.0, citation(records).strip(), rotation=90, fontsize=5.5, color="#545c66", ha="right", va="bottom"
    )
    figure.get_layout_engine().set(rect=(0.0, 0.0, 0.97, 1.0))  # type: ignore[union-attr,call-arg]
    return figure, figure.add_subplot()


def _chosen(records: Records, events: Iterable[Event | str] | None) -> Iterator[Event]:
    chosen = records.events if events is None else events_among(records, events)
    return (event for event in chosen if event.withdrawn is None)


def _family(event_type: EventType) -> tuple[str, str, str, frozenset[str]]:
    return next((family for family in _FAMILIES if event_type in family[3]), _FAMILIES[-1])


def _day(ordinal: int) -> Any:
    import datetime as dt

    return dt.date.fromordinal(ordinal)


def _legend(axes: Axes, records: Records, events: Iterable[Event | str] | None) -> None:
    used = {_family(event.type)[0] for event in _chosen(records, events)}
    for title, colour, marker, _ in _FAMILIES:
        if title in used:
            axes.scatter([], [], color=colour, marker=marker, label=title)
    axes.figure.legend(fontsize=7, loc="outside lower center", ncols=4, frameon=False)
