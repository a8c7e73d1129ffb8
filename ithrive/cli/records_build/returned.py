"""Figures worked out from records, as the figures of returns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ithrive.cli.records_build.standing import Obstacle, Standing
from ithrive.measures import Cell, CellState, FigureKey, Status, grouping_codes, measures
from ithrive.periods import Quarter
from ithrive.records.grouping import METHODS, Method
from ithrive.records.indicators import Figure, Mode
from ithrive.records.sites import DatedSites
from ithrive.returns import Identity, ReturnedFigure, ReturnFigures

METHOD_WORDS = {
    Mode.CORRECTED: {
        "D3": "CHI-ESQ and Session Feedback Questionnaire, as scored in the data set",
        "H7": "Published thresholds of reliable change, scales read the right way round",
        "R2": "Within seven days, across months",
    },
    Mode.PARITY: {
        "D3": "CHI-ESQ and Session Feedback Questionnaire, as scored in the data set",
        "H7": "As official code does, MHS113 to MHS115",
        "R2": "Within the month of the referral, as official code does",
    },
}


UNTOLD = "No record tells this. Give it beside them where somebody counts it."


@dataclass(frozen=True)
class Built:
    """The return of one site and quarter, and how each of its figures came about."""

    figures: ReturnFigures
    steps: Mapping[FigureKey, tuple[tuple[str, int], ...]]

    @property
    def identity(self) -> Identity:
        return self.figures.identity

    def method_counts(self) -> dict[Method, int]:
        """How many open spells were grouped by each method; empty where that is not known."""
        cells = {method: self.figures.cell(FigureKey("W3", method.value)) for method in METHODS}
        if any(cell.number is None for cell in cells.values()):
            return {}
        return {method: int(cell.number or 0) for method, cell in cells.items()}


def returned(
    figures: Iterable[Figure], standing: Standing, mode: Mode, provenance: str, form_version: str
) -> list[Built]:
    """One return for each site and quarter, in order."""
    by_return: dict[tuple[str, Quarter], list[Figure]] = {}
    for each in figures:
        by_return.setdefault((each.site, each.quarter), []).append(each)
    return [
        _one(_identity(site, quarter, standing.sites, form_version), found, standing, mode, provenance)
        for (site, quarter), found in by_return.items()
    ]


def _identity(site: str, quarter: Quarter, sites: DatedSites, form_version: str) -> Identity:
    return Identity(sites.codes.get(site, site), site, sites.country, quarter, form_version)


def _one(
    identity: Identity, found: Iterable[Figure], standing: Standing, mode: Mode, provenance: str
) -> Built:
    known, obstacles = measures(), dict[str, Obstacle | None]()
    figures: dict[FigureKey, ReturnedFigure] = {}
    steps = {}
    for each in found:
        measure = each.key.measure
        if measure not in obstacles:
            site, quarter = identity.area_name, identity.quarter
            obstacles[measure] = standing.obstacle(site, quarter, known[measure])
        figures[each.key] = _figure(each, obstacles[measure], provenance)
        steps[each.key] = each.steps
    figures |= _untold(figures)
    sent = {key.measure for key, figure in figures.items() if figure.cell.is_figure}
    words = {measure: said for measure, said in METHOD_WORDS[mode].items() if measure in sent}
    built = Built(ReturnFigures(identity, figures, words), steps)
    if mix := built.method_counts():
        words["W3"] = (
            "; ".join(f"{method.means}: {count}" for method, count in mix.items() if count) or "none"
        )
    return built


def _untold(told: Mapping[FigureKey, ReturnedFigure]) -> dict[FigureKey, ReturnedFigure]:
    """What a return asks for and no record tells, with that as its reason: figures of measures that records
    tell in part, and the first figure of the others.
    """
    found = {}
    in_part = {key.measure for key in told}
    for measure in measures().values():
        if measure.status is Status.RETIRED:
            continue
        if measure.id not in in_part:
            first = FigureKey(measure.id, measure.returned[0].code)
            found[first] = ReturnedFigure(Cell.without(CellState.NOT_SUBMITTED), UNTOLD)
            continue
        for each in measure.returned:
            for grouping in ("", *(grouping_codes() if measure.by_grouping else ())):
                key = FigureKey(measure.id, each.code, grouping)
                if key not in told:
                    found[key] = ReturnedFigure(Cell.without(CellState.NOT_APPLICABLE), UNTOLD)
    return found


def _figure(figure: Figure, obstacle: Obstacle | None, provenance: str) -> ReturnedFigure:
    if obstacle:
        return ReturnedFigure(Cell.without(obstacle.state), obstacle.reason, provenance)
    if figure.number is None:
        reason = "There was nobody to take it of." if figure.state is CellState.NOT_APPLICABLE else ""
        return ReturnedFigure(Cell.without(figure.state), reason, provenance)
    return ReturnedFigure(Cell.of(figure.number), "", provenance)
