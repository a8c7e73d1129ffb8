"""The figures of a study in one file: a row for each site, quarter and figure."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from ithrive.evaluation.protocol import Outcome, Protocol, Site
from ithrive.evaluation.study.figures import AT, Figure, OutcomeFigures, panel_from_figures
from ithrive.evaluation.study.reading import StudyFile
from ithrive.measures import Cell, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.problems import Problem
from ithrive.tables import Row

POPULATION = "population"
NEEDS = ("site", "figure", "value")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: its figure is an outcome of the protocol, a figure of a return, or the population."""

    site: str
    quarter: Quarter
    figure: str
    cell: Cell
    over: Cell | None
    rests_on: Cell | None


def figures_of(file: StudyFile) -> dict[str, OutcomeFigures]:
    """Each outcome's figures from a file with columns site, quarter (or wave), figure, value.

    `figure` is an outcome's id, a figure of a return such as “H3.started/getting-help”, or “population”. For
    an outcome's id, `offset` may hold what it is counted out of, and `rests_on` how many are behind it.
    Columns `arm` and `treated` are checked against the protocol where they are there. Rows outside its
    quarters, and figures that no outcome needs, are set aside and counted.
    """
    protocol = file.protocol
    lines = [(row, line) for row in file.rows if (line := _line(file, row)) is not None]
    wanted = _wanted(protocol, {line.figure for _, line in lines if line.quarter in protocol.quarters})
    file.once(lines, lambda line: (line.site, line.quarter, line.figure), "This site, quarter and figure")
    _check_arms(file)
    file.finish()
    kept = [line for _, line in lines if _kept(file, line, wanted)]
    found = _together(protocol, kept)
    file.problems += _empty(file, protocol, found)
    file.finish()
    return found


def _line(file: StudyFile, row: Row) -> _Line | None:
    site, quarter, cell = file.site(row), file.quarter(row), file.cell(row, "value")
    over = file.cell(row, "offset") if "offset" in row.cells else None
    behind = file.cell(row, "rests_on") if "rests_on" in row.cells else None
    if site is None or quarter is None or cell is None:
        return None
    if over is not None and over.number is not None and over.number < 0:
        file.refuse(row, "offset", f"“{row.cells['offset']}” is below nought.", "Correct it.")
    return _Line(site, quarter, row.cells["figure"], cell, over, behind)


def _wanted(protocol: Protocol, there: Set[str]) -> set[str]:
    """Every name under which a figure may be needed. What an outcome is made of is not, where it is there."""
    known = measures()
    returned = {
        FigureKey(outcome.measure, each.code, outcome.grouping or "").text
        for outcome in protocol.outcomes
        if outcome.id not in there
        for each in known[outcome.measure].returned
    }
    return {POPULATION, *returned, *(outcome.id for outcome in protocol.outcomes)}


def _kept(file: StudyFile, line: _Line, wanted: set[str]) -> bool:
    if line.figure not in wanted:
        file.set_aside(f"figure “{line.figure}”", "No outcome of the protocol needs it.")
    elif line.quarter not in file.protocol.quarters:
        file.set_aside(f"{line.site}, {line.quarter.label}", "The protocol has no wave in this quarter.")
    else:
        return True
    return False


def _together(protocol: Protocol, lines: list[_Line]) -> dict[str, OutcomeFigures]:
    returned: dict[AT, dict[FigureKey, Cell]] = {}
    people: dict[AT, Cell] = {}
    given: dict[str, dict[AT, Figure]] = {}
    outcomes = {each.id: each for each in protocol.outcomes}
    for line in lines:
        at = (line.site, line.quarter)
        if line.figure in outcomes:
            over = line.over if _has_offset(outcomes[line.figure]) else None
            given.setdefault(line.figure, {})[at] = Figure(line.cell, over, line.rests_on)
        elif line.figure == POPULATION:
            people[at] = line.cell
        else:
            returned.setdefault(at, {})[FigureKey.parse(line.figure)] = line.cell
    from_returns = panel_from_figures(protocol, returned, people)
    return {each.id: given.get(each.id) or from_returns[each.id] for each in protocol.outcomes}


def _has_offset(outcome: Outcome) -> bool:
    return outcome.model == "count" or bool(outcome.offset)


def _empty(file: StudyFile, protocol: Protocol, found: Mapping[str, OutcomeFigures]) -> Iterator[Problem]:
    for outcome in protocol.primary:
        if not any(each.cell.is_figure for each in found[outcome.id].values()):
            what = f"There is not one figure of the primary outcome {outcome.id}."
            mend = (
                f"Add rows with the figure “{outcome.id}”, or the figures of {outcome.measure} as returned."
            )
            yield Problem(file.name, what, mend)


def _check_arms(file: StudyFile) -> None:
    """What a row says of arm, treatment and area must be what the protocol says."""
    sites = {each.id: each for each in file.protocol.sites}
    said: dict[str, set[str]] = {}
    for row in file.rows:
        site = sites.get(row.cells["site"])
        if site is None:
            continue
        if arm := row.cells.get("arm"):
            said.setdefault(site.id, set()).add(arm)
            if arm != site.arm:
                what = f"{site.id} is {arm} here and {site.arm} in the protocol."
                file.refuse(row, "arm", what, "Correct one of them.")
        _check_treated(file, row, site)
    for name, arms in said.items():
        if len(arms) > 1:
            what = f"{name} is in both arms."
            file.problems.append(
                Problem(f"{file.name}, column arm", what, "Give it the same arm in all rows.")
            )


def _check_treated(file: StudyFile, row: Row, site: Site) -> None:
    text = row.cells.get("treated", "")
    if not text:
        return
    quarter = file.quarter(row)
    if text not in {"0", "1"}:
        file.refuse(row, "treated", f"“{text}” is neither 0 nor 1.", "Write 1 from the site's start on.")
    elif quarter and text == "1" and site.starts is None:
        what = f"{site.id} is treated, and a comparison site in the protocol."
        file.refuse(row, "treated", what, "Write 0, or correct the protocol.")
    elif quarter and text == "1" and site.starts and quarter < site.starts:
        what = f"{site.id} is treated in {quarter.label}, before it starts in {site.starts.label}."
        file.refuse(row, "treated", what, "Write 0, or correct the start in the protocol.")
    elif quarter and text == "0" and site.starts and quarter >= site.starts:
        what = f"{site.id} is not treated in {quarter.label}, and started in {site.starts.label}."
        file.refuse(row, "treated", what, "Write 1, or correct the start in the protocol.")
