"""What `ithrive effect` reads a second time from the same file: moderators, and counts with their offset."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from ithrive.evaluation import Columns, Panel, read_panel
from ithrive.problems import BadInput, Problem


def moderator_of(path: Path, columns: Columns, column: str) -> dict[str, float]:
    """Each site's value of the moderator, the same in all its rows; no entry where it has no value."""
    panel = read_panel(path, name=path.name, columns=replace(columns, outcomes=(column,), offset=None))
    known, problems = {}, []
    for site, row in zip(panel.sites, panel.outcome(column), strict=True):
        values = np.unique(row[~np.isnan(row)])
        if len(values) > 1:
            what = f"{site} has {len(values)} values of the moderator, from {values[0]:g} to {values[-1]:g}."
            problems.append(
                Problem(
                    f"{path.name}, column {column}", what, "Give a site one value, from before the start."
                )
            )
        elif len(values):
            known[site] = float(values[0])
    if problems:
        raise BadInput(problems)
    return known


def counts_of(path: Path, columns: Columns) -> Panel:
    """The outcomes as counts, with the offset as one more outcome, last."""
    offset = columns.offset
    if offset is None:
        raise BadInput(Problem("--counts", "Counts need an offset.", "Name its column with --offset."))
    asked = tuple(each for each in columns.outcomes if each != offset)
    panel = read_panel(path, name=path.name, columns=replace(columns, outcomes=(*asked, offset), offset=None))
    problems = [problem for outcome in asked for problem in _wrong(panel, outcome, offset, path.name)]
    if problems:
        raise BadInput(problems)
    return panel


def _wrong(panel: Panel, outcome: str, offset: str, name: str) -> list[Problem]:
    counts, offsets = panel.outcome(outcome), panel.outcome(offset)
    bare = ~np.isnan(counts) & ~(offsets > 0)
    negative = counts < 0
    return [
        Problem(f"{name}, column {column}", f"{panel.sites[site]} at wave {panel.waves[wave]} {what}.", mend)
        for marks, column, what, mend in (
            (bare, offset, "has a count and no offset above nought", "Give a number above nought."),
            (negative, outcome, "has a count below nought", "Write a count, or leave the cell empty."),
        )
        for site, wave in np.argwhere(marks)
    ]


def without_noughts(panel: Panel, outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """The outcomes whose counts all have a logarithm."""
    return tuple(each for each in outcomes if not (panel.outcome(each) == 0).any())
