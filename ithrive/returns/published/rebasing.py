"""Published figures on the areas of another day: added up where sound, refused with the reason where not.

A published count can be added to its neighbours when areas merge; it cannot be divided when they split, and
an average, a percentile or a share of several areas cannot be made from theirs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ithrive.areas import Crossing, Gazetteer, Geography, Place, crossing
from ithrive.areas.crossings import listed
from ithrive.measures import Cell, CellState, total
from ithrive.problems import BadInput, Problem
from ithrive.returns.published.figures import (
    UNKNOWN_AREA,
    PublishedFigure,
    PublishedFigures,
    state_and_number,
)
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.units import PEOPLE, why_not_add

# Shares are worked out from small areas, and rounded.
WHOLE = 1 - 1e-6
# Begins the note of every figure that was added up; the codes of its parts follow.
SUM_OF = "sum of "
# Ends the note of a figure that several areas' would have to be made into, before the codes of those areas.
WOULD_BE_OF = "It would be of "

# Everything by which figures are told apart, the area aside.
_Series = tuple[str, str, str, str, str, str, str, date, date]


@dataclass(frozen=True, slots=True)
class Rebased:
    """Figures on another geography, and why some could not be brought there (one finding for each reason)."""

    figures: PublishedFigures
    findings: tuple[Finding, ...]
    added: int
    refused: int


def rebased(figures: PublishedFigures, gazetteer: Gazetteer, to: str) -> Rebased:
    """The figures on the areas of the geography `to`; England, providers and other kinds of area stay.

    A figure that cannot be had there has a state that says so, and a note that says why. The geography that
    published codes belong to is told from the codes themselves, so figures that a publisher restated on later
    areas are not taken for figures of the areas of their day.
    Raises BadInput for an unknown geography, and where no figure is of areas that lead there.
    """
    kinds = _kinds_leading_to(gazetteer, to)
    marks = ", ".join("?" * len(kinds))
    moving = figures.where(f"area_kind IN ({marks})", sorted(kinds))
    if not moving:
        what = f"No figure is of areas that could be brought to {to}."
        raise BadInput(Problem("--rebase-to", what, f"Give files with figures of {listed(sorted(kinds))}."))
    work = _Rebasing(gazetteer, to)
    made = [figure for series in _grouped(moving) for figure in work.of(series)]
    table = figures.only(f"area_kind NOT IN ({marks})", sorted(kinds))
    table.add(made)
    return Rebased(table, tuple(work.findings()), work.added, sum(work.reasons.values()))


def _kinds_leading_to(gazetteer: Gazetteer, to: str) -> set[str]:
    """The kind of the geography, and the kinds it took over from: sub-ICB locations took over from CCGs."""
    if to not in gazetteer.geography_by_key:
        known = ", ".join(gazetteer.geography_by_key)
        raise BadInput(Problem("--rebase-to", f"“{to}” is no geography.", f"Use one of {known}."))
    kinds, here = set[str](), gazetteer.geography_by_key[to]
    while here.kind not in kinds:
        kinds.add(here.kind)
        firsts = [each for each in gazetteer.geographies if each.kind == here.kind and each.follows]
        here = gazetteer.geography_by_key[firsts[0].follows] if firsts else here
    return kinds


def _grouped(figures: Iterable[PublishedFigure]) -> list[list[PublishedFigure]]:
    """The figures of each measure, breakdown and period together: all areas of it."""
    found: dict[_Series, list[PublishedFigure]] = {}
    for each in figures:
        key = (
            each.source,
            each.release,
            each.status,
            each.measure,
            each.breakdown,
            each.subgroup,
            each.area_kind,
            each.period_start,
            each.period_end,
        )
        found.setdefault(key, []).append(each)
    return list(found.values())


class _Rebasing:
    """One run: which geography each set of codes is, the crossings used, and what was refused."""

    def __init__(self, gazetteer: Gazetteer, to: str) -> None:
        self.gazetteer = gazetteer
        self.to = gazetteer.geography_by_key[to]
        self.added = 0
        self.reasons: Counter[str] = Counter()
        self._codes = {
            geography.key: _by_code(gazetteer.places_by_geography[geography.key].values())
            for geography in gazetteer.geographies
        }
        self._known: dict[tuple[frozenset[str], str, date], Geography | None] = {}

    def of(self, series: list[PublishedFigure]) -> Iterator[PublishedFigure]:
        """One measure in one period, on the new areas; people of unknown areas stay as they are."""
        yield from (figure for figure in series if figure.area == UNKNOWN_AREA)
        known = [figure for figure in series if figure.area != UNKNOWN_AREA]
        codes = frozenset(figure.area for figure in known)
        geography = self._geography(codes, series[0].area_kind, series[0].period_end)
        if geography is None:
            self.reasons["The codes are of no one geography that was loaded."] += len(known)
            return
        places = self._codes[geography.key]
        by_place = {places[figure.area].code: figure for figure in known}
        way = crossing(self.gazetteer, geography.key, self.to.key)
        for place in self.gazetteer.places_by_geography[self.to.key].values():
            if made := self._made(place, way, by_place):
                yield made

    def _geography(self, codes: frozenset[str], kind: str, day: date) -> Geography | None:
        key = (codes, kind, day)
        if key not in self._known:
            fitting = [
                each
                for each in self.gazetteer.geographies
                if each.kind == kind and codes <= self._codes[each.key].keys()
            ]
            fitting.sort(key=lambda each: (each.holds_on(day), each.starts))
            self._known[key] = fitting[-1] if fitting else None
        return self._known[key]

    def _made(
        self, place: Place, way: Crossing, by_place: dict[str, PublishedFigure]
    ) -> PublishedFigure | None:
        parts = way.inward.get(place.code, ())
        found = [by_place[part.from_code] for part in parts if part.from_code in by_place]
        if not found:
            return None  # nothing was published of any part of it
        like = replace(
            found[0],
            area_kind=self.to.kind,
            geography=self.to.key,
            area=place.ods_code or place.code,
            area_name=place.name,
        )
        divided = [part.from_code for part in parts if part.share_of_from < WHOLE]
        names = [figure.area for figure in found]
        if len(parts) == 1 and not divided:
            return like
        if reason := self._why_not(like.unit, divided, len(parts) - len(found)):
            self.reasons[reason] += 1
            note = f"{reason} {WOULD_BE_OF}{', '.join(sorted(names))}."
            return _with(like, Cell.without(CellState.NOT_APPLICABLE), note)
        cell = total(figure.cell for figure in found)
        if not cell.is_figure:
            self.reasons[f"A part is {cell.state}, and a sum with a missing part is not a sum."] += 1
            return _with(like, cell, f"one of {', '.join(sorted(names))} is {cell.state}")
        self.added += 1
        return _with(like, cell, _how_summed(sorted(names), like.unit))

    def _why_not(self, unit: str, divided: list[str], unpublished: int) -> str | None:
        if divided:
            return "An area was divided, and a published figure cannot be."
        if reason := why_not_add(unit):
            return reason
        return (
            "Nothing was published of a part, and a sum with a missing part is not a sum."
            if unpublished
            else None
        )

    def findings(self) -> Iterator[Finding]:
        for reason, count in self.reasons.most_common():
            cells = "1 figure" if count == 1 else f"{count:,} figures"
            what = f"{cells} cannot be had there. {reason}"
            yield Finding(FindingKind.NOT_REBASED, f"On {self.to.title}", what, "The cell says so.")


def _by_code(places: Iterable[Place]) -> dict[str, Place]:
    """Places by every code that publishers use for them."""
    found: dict[str, Place] = {}
    for place in places:
        found[place.code] = place
        if place.ods_code:
            found[place.ods_code] = place
    return found


def _how_summed(names: list[str], unit: str) -> str:
    """What a reader of the sum should know: its parts were rounded, and people may be in two of them."""
    note = f"{SUM_OF}{', '.join(names)}; each rounded when published"
    return f"{note}; who was in two of them is counted twice" if unit == PEOPLE else note


def _with(figure: PublishedFigure, cell: Cell, note: str) -> PublishedFigure:
    state, number = state_and_number(cell)
    return replace(figure, state=state, number=number, note=note)
