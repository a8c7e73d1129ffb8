"""Every statistic of many charts in one pass: limits, rules, run chart, autocorrelation.

All of it happens inside a segment: no moving range, run or trend crosses a rebase.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

import numpy as np

from ithrive.improvement import lines
from ithrive.improvement.arrays import Floats, Marks, Wholes, mean, ratio, total
from ithrive.improvement.lines import Lines
from ithrive.improvement.rules import Findings, findings, trends
from ithrive.improvement.run_chart import RunFindings, run_findings


class ChartKind(StrEnum):
    """What kind of figures a chart shows, which decides its limits."""

    INDIVIDUALS = "XmR"
    PROPORTIONS = "P"
    RATES = "U"
    COUNTS = "C"
    CASES_BETWEEN = "G"
    TIME_BETWEEN = "T"

    @property
    def has_denominator(self) -> bool:
        return self in {ChartKind.PROPORTIONS, ChartKind.RATES}


# Below this many points of a baseline there are no limits; up to the other they are provisional.
FEWEST_FOR_LIMITS = 12
FEWEST_FOR_SETTLED_LIMITS = 21


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the tools of the NHS differ from one another. A chart carries the choices it was made with.

    `screen_outliers`: drop outlying moving ranges once, as the reference implementation does and the Excel
    tool does not.
    `fix_after`: let only so many points of each segment set the lines, at least 12.
    `run_of`: 6 or 7 points make a shift or a trend. `beyond_counts`: the rule of November 2023 on two of
    three.
    `limits_from`: the fewest points that get limits; anything but 12 is for comparison with other tools.
    """

    screen_outliers: bool = True
    fix_after: int | None = None
    run_of: int = 7
    beyond_counts: bool = False
    limits_from: int = FEWEST_FOR_LIMITS

    def __post_init__(self) -> None:
        if self.fix_after is not None and self.fix_after < FEWEST_FOR_LIMITS:
            raise ValueError(f"Lines fixed after {self.fix_after} points: it takes at least 12.")
        if self.run_of not in {6, 7}:
            raise ValueError(f"A run of {self.run_of} points: the NHS tools know 6 and 7.")


USUAL = Choices()


@dataclass(frozen=True, slots=True)
class Statistics:
    """All of a panel's numbers, each (series, points).

    `figures` as drawn; `counted` points of the baseline in each point's segment; `constant` where all of
    these are equal; `over_dispersed` where P′ limits were used; `autocorrelation` of neighbours in the
    segment, NaN where unknown.
    """

    figures: Floats
    counted: Wholes
    constant: Marks
    over_dispersed: Marks
    autocorrelation: Floats
    lines: Lines
    findings: Findings
    run: RunFindings


def statistics(
    kind: ChartKind,
    counts: Floats,
    of: Floats | None = None,
    *,
    segments: Wholes | None = None,
    choices: Choices = USUAL,
) -> Statistics:
    """The statistics of charts of one kind: `counts`, denominators `of` and `segments` are (series, points).

    NaN is a missing figure. Segments count from 0 in each series; -1 is no point at all. Without them each
    series is one.
    """
    segments = np.zeros(counts.shape, dtype=np.int64) if segments is None else segments
    of = np.ones(counts.shape) if of is None else of
    whole = _one_segment(kind, counts, of, segments == 0, choices)
    for number in range(1, int(segments.max(initial=0)) + 1):
        rows = np.flatnonzero((segments == number).any(axis=1))
        within = segments[rows] == number
        part = _one_segment(kind, counts[rows], of[rows], within, choices)
        whole = _put(whole, part, rows, within)
    return whole


def _one_segment(kind: ChartKind, counts: Floats, of: Floats, within: Marks, choices: Choices) -> Statistics:
    counts = np.where(within, counts, np.nan)
    figures = ratio(counts, of) if kind.has_denominator else counts
    baseline = within & (np.cumsum(within, axis=1) <= (choices.fix_after or within.shape[1]))
    setting = np.where(baseline, figures, np.nan)
    counted = (~np.isnan(setting)).sum(axis=1, keepdims=True)
    constant = np.fmax.reduce(setting, axis=1, keepdims=True) == np.fmin.reduce(
        setting, axis=1, keepdims=True
    )
    drawn, over = _lines(kind, counts, of, baseline, choices)
    # Figures with gaps all between them are enough for a centre, but leave no moving range to make limits of.
    has_limits = ~np.isnan(drawn.upper).all(axis=1, keepdims=True)
    drawn = _only_where((counted >= choices.limits_from) & ~constant & has_limits, drawn)
    trend = trends(figures, choices.run_of)
    return Statistics(
        figures=figures,
        counted=np.broadcast_to(counted, figures.shape),
        constant=np.broadcast_to(constant, figures.shape),
        over_dispersed=np.broadcast_to(over, figures.shape),
        autocorrelation=np.broadcast_to(_autocorrelation(figures), figures.shape),
        lines=drawn,
        findings=findings(figures, drawn, trend, run_of=choices.run_of, beyond_counts=choices.beyond_counts),
        run=run_findings(figures, baseline, trend),
    )


def _lines(
    kind: ChartKind, counts: Floats, of: Floats, baseline: Marks, choices: Choices
) -> tuple[Lines, Marks]:
    """The lines of a kind of chart, and as a column where they are those of P′."""
    none = np.zeros((counts.shape[0], 1), dtype=np.bool_)
    match kind:
        case ChartKind.PROPORTIONS:
            over = lines.over_dispersed(counts, of, baseline)
            prime = lines.proportions_prime(counts, of, baseline)
            return _either(over, prime, lines.proportions(counts, of, baseline)), over
        case ChartKind.RATES:
            return lines.rates(counts, of, baseline), none
        case ChartKind.COUNTS:
            return lines.counts_alone(counts, baseline), none
        case ChartKind.CASES_BETWEEN:
            return lines.cases_between(counts, baseline), none
        case ChartKind.TIME_BETWEEN:
            return lines.time_between(counts, baseline, screen=choices.screen_outliers), none
    return lines.xmr(counts, baseline, screen=choices.screen_outliers), none


def _autocorrelation(figures: Floats) -> Floats:
    """How alike neighbours are, from -1 to 1, as a column; NaN where the figures do not vary."""
    away = figures - mean(figures)
    return ratio(total(away[:, 1:] * away[:, :-1]), total(away**2))


def _either(first: Marks, one: Lines, other: Lines) -> Lines:
    return Lines(
        *(np.where(first, getattr(one, each.name), getattr(other, each.name)) for each in fields(Lines))
    )


def _only_where(there: Marks, drawn: Lines) -> Lines:
    return Lines(*(np.where(there, getattr(drawn, each.name), np.nan) for each in fields(Lines)))


def _put(whole: Any, part: Any, rows: Wholes, within: Marks) -> Any:
    """`whole` with the points of `part` in their place, array by array through all that they hold."""
    placed = {}
    for each in fields(whole):
        old, new = getattr(whole, each.name), getattr(part, each.name)
        if isinstance(old, np.ndarray):
            placed[each.name] = old.copy()
            placed[each.name][rows] = np.where(within, new, old[rows])
        else:
            placed[each.name] = _put(old, new, rows, within)
    return type(whole)(**placed)
