"""The public rows of one measure: counts as disclosure shows them, and rates made of nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from ithrive.disclosure import TOTAL, Cell, CellState, Publication, Rule, median, p90, proportion, rate
from ithrive.measures import FigureKey, Shown, Unit
from ithrive.web.overview.release_tables import Supplied, rest_of, together

SUPPRESSED = Cell(CellState.SUPPRESSED)
COUNT, RATE = "count", "rate"
PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One published figure. `area` is a code, or empty for all areas together, of which `areas` sent it."""

    quarter: str
    area_kind: str
    area: str
    area_name: str
    measure: str
    kind: str
    figure: str
    title: str
    grouping: str
    unit: str
    state: str
    value: int | None
    areas: int

    def to_list(self) -> list[object]:
        return list(astuple(self))

    @classmethod
    def of(cls, values: Sequence[object]) -> "PublicRow":
        return cls(*values)  # type: ignore[arg-type] # as `to_list` wrote it


COLUMNS = tuple(PublicRow.__dataclass_fields__)


@dataclass(frozen=True)
class Published:
    """A measure and quarter with what disclosure shows of it; areas by their name in tables.

    `names` gives kind, code and name of each area, those that sent nothing included; `people` the children
    who live in each, where that is known.
    """

    supplied: Supplied
    publication: Publication
    rule: Rule
    names: Mapping[str, tuple[str, str, str]]
    people: Mapping[str, int]

    def count(self, area: str, grouping: str, figure: str) -> Cell | None:
        """As it is shown; None where there is no such figure."""
        cell = self.publication.cells.get(self.supplied.name(figure, area, grouping))
        return cell.cell if cell else None

    @property
    def areas(self) -> tuple[str, ...]:
        """Where figures are shown: each area, if the measure may be shown there, and all together."""
        return (*(sorted(self.names) if self.supplied.by_area else ()), TOTAL)


def public_rows(published: Published) -> Iterator[PublicRow]:
    """Every figure of a measure and quarter as the public sees it, in a fixed order."""
    for area in published.areas:
        for grouping in (TOTAL, *published.supplied.groupings):
            yield from _counts(published, area, grouping)
            yield from _rates(published, area, grouping)


def _counts(published: Published, area: str, grouping: str) -> Iterator[PublicRow]:
    for each in published.supplied.measure.returned:
        if each.counts and (cell := _shown_or_not_sent(published, area, grouping, each.code)):
            yield _row(published, area, grouping, COUNT, (each.code, each.title, Unit.COUNT), cell)


def _shown_or_not_sent(published: Published, area: str, grouping: str, figure: str) -> Cell | None:
    if area != TOTAL and area not in published.supplied.figures:
        return Cell(CellState.NOT_SUBMITTED) if grouping == TOTAL else None
    if not published.supplied.figures:
        return Cell(CellState.NOT_SUBMITTED) if grouping == TOTAL else None
    return published.count(area, grouping, figure)


def _rates(published: Published, area: str, grouping: str) -> Iterator[PublicRow]:
    counts = {each.code for each in published.supplied.measure.returned if each.counts}
    for shown in published.supplied.measure.shown:
        if shown.unit is Unit.COUNT or not published.supplied.figures:
            continue
        if area != TOTAL and area not in published.supplied.figures:
            continue
        made = _ratio if counts.issuperset(shown.top) else _average
        if (cell := made(published, shown, area, grouping)) is not None:
            yield _row(published, area, grouping, RATE, (shown.code, shown.title, shown.unit), cell)


def _ratio(published: Published, shown: Shown, area: str, grouping: str) -> Cell | None:
    top = published.count(area, grouping, together(shown.top))
    if top is None or shown.less:
        return None
    if shown.bottom == "population":
        # Nobody knows how many of those who live there belong to a grouping: the rate is of all.
        return rate(top, _people(published, area), shown.unit.per or 1, published.rule)
    bottom = published.count(area, grouping, shown.bottom)
    if bottom is None:
        return None
    if shown.unit is not Unit.PERCENT:
        return (
            bottom if bottom.number is None else rate(top, bottom.number, shown.unit.per or 1, published.rule)
        )
    rest = published.count(area, grouping, rest_of(shown.bottom, together(shown.top)))
    return None if rest is None else proportion(top, rest, bottom, published.rule)


def _people(published: Published, area: str) -> int:
    """Children who live there; nought, which hides the rate, where that is not known of every area."""
    areas = sorted(published.supplied.figures) if area == TOTAL else [area]
    if any(each not in published.people for each in areas):
        return 0
    return sum(published.people[each] for each in areas)


def _average(published: Published, shown: Shown, area: str, grouping: str) -> Cell | None:
    """A median, mean or percentile as it was returned. Of many areas together there is none, and a
    difference of two would need both.

    Only beside a number of people that is shown: else it would tell that a hidden one is not small.
    """
    if area == TOTAL or shown.less or not shown.of:
        return None
    people = published.count(area, grouping, shown.of)
    if people is None:
        return None
    if people.number is None:
        return people
    group = "" if grouping == TOTAL else grouping
    figures = published.supplied.figures[area]
    (code,) = shown.top
    returned = figures.get(FigureKey(published.supplied.measure.id, code, group))
    if returned is None or returned.number is None:
        return Cell(CellState(returned.state.value)) if returned else Cell(CellState.NOT_SUBMITTED)
    behind = published.supplied.cell(area, shown.of, grouping).number or 0
    rounded = p90 if "p90" in code else median
    return rounded(float(returned.number), behind, published.rule)


def _row(
    published: Published,
    area: str,
    grouping: str,
    kind: str,
    what: tuple[str, str, Unit],
    cell: Cell,
) -> PublicRow:
    figure, title, unit = what
    place = published.names[area] if area != TOTAL else (PROGRAMME, "", "All areas together")
    return PublicRow(
        published.supplied.quarter.label,
        *place,
        published.supplied.measure.id,
        kind,
        figure,
        title,
        "" if grouping == TOTAL else grouping,
        unit.value,
        cell.state.value,
        cell.number,
        len(published.supplied.figures) if area == TOTAL else 1,
    )
