"""What is on record of an area, and of those it may be held against: the same few queries for any number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ithrive.areas.gazetteer import Gazetteer
from ithrive.implementation.alike import ENOUGH_AREAS
from ithrive.measures import Cell, FigureKey
from ithrive.periods import Quarter
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import Reach
from ithrive.web.overview.charts.series import NOT_SENT, Record
from ithrive.web.overview.like_it import WHO
from ithrive.web.overview.people_there import people_nearest
from ithrive.web.overview.rounds import programmes_view
from ithrive.web.overview.whereabouts import members, whereabouts
from ithrive.web.returns.queries import figures_of, reasons_of

ALL_MEMBERS = "other areas that take part"


@dataclass(frozen=True)
class Neighbours:
    """The records of other areas: `alike` are like this one, as `who` says, and `everybody` is all that take
    part. Comparison sites are never among them.
    """

    who: str
    alike: tuple[Record, ...]
    everybody: tuple[Record, ...]


def record_of(reach: Reach, area: LocalArea, measures: Iterable[str] | None = None) -> Record:
    """What the area signed off, as far as the person may know of it: its latest versions."""
    found = figures_of(reach, [area], measures=measures)
    gazetteer = gazetteer_of(area.country.slug)
    return _record(gazetteer, area, {quarter: cells for (_, quarter), cells in found.items()})


def reasons_beside(reach: Reach, area: LocalArea, measure: str) -> Mapping[Quarter, Mapping[FigureKey, str]]:
    """What was said about the measure's figures, by quarter."""
    found = reasons_of(reach, [area], measures=[measure])
    return {quarter: said for (_, quarter), said in found.items()}


def neighbours(area: LocalArea, measure: str, today: date) -> Neighbours:
    """Other areas that take part: what the programme may know, so the same whoever looks."""
    numbers = [number for number in members(today) if number != area.pk]
    told = figures_of(programmes_view(today), numbers, measures=[measure])
    by_area: dict[int, dict[Quarter, Mapping[FigureKey, Cell]]] = {}
    for (number, quarter), cells in told.items():
        by_area.setdefault(number, {})[quarter] = cells
    areas = programmes_view(today).public().filter(pk__in=by_area, country=area.country).order_by("pk")
    gazetteer = gazetteer_of(area.country.slug)
    records = {each.pk: _record(gazetteer, each, by_area[each.pk]) for each in areas}
    alike = [int(each.area) for each in whereabouts([area], today)[0].alike]
    near = [records[number] for number in alike if number in records]
    everybody = tuple(records.values())
    if len(near) < ENOUGH_AREAS:
        return Neighbours(ALL_MEMBERS, everybody, everybody)
    return Neighbours(WHO, tuple(near), everybody)


def _record(
    gazetteer: Gazetteer, area: LocalArea, figures: Mapping[Quarter, Mapping[FigureKey, Cell]]
) -> Record:
    there = {quarter: _people(gazetteer, area, quarter) for quarter in figures}
    return Record(
        figures,
        {quarter: cell for quarter, (cell, _) in there.items()},
        {quarter: year for quarter, (_, year) in there.items() if year},
    )


def _people(gazetteer: Gazetteer, area: LocalArea, quarter: Quarter) -> tuple[Cell, int | None]:
    """Children who live there, and of which year that is known: the nearest. From memory."""
    geography = gazetteer.geography_on(area.kind, quarter.starts)
    there = people_nearest(gazetteer, geography.key, quarter.year) if geography else None
    if there is None or area.code not in there.by_code:
        return NOT_SENT, None
    return Cell.of(there.by_code[area.code]), there.year
