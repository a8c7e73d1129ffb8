"""Centre line and limits of each kind of chart, for many series at once.

Everywhere: `figures` and `baseline` are (series, points); only the points of the baseline set the lines.
Nothing is cut off at nought or 100%: that is the drawing's business.
"""

from dataclasses import dataclass
from math import log

import numpy as np

from ithrive.improvement.arrays import Floats, Marks, mean, ratio, total

# Three standard deviations in mean moving ranges of two: 3 / 1.128. The two figures are the reference
# implementation's.
REACH = 2.66
SCREEN = 3.267
D2 = 1.128
# Nelson 1994: times between rare events, raised to this power, spread nearly as a normal distribution does.
POWER = 1 / 3.6


@dataclass(frozen=True, slots=True)
class Lines:
    """Centre, limits (three standard deviations) and near limits (two), each (series, points), NaN where
    there is none.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats


def xmr(figures: Floats, baseline: Marks, *, screen: bool) -> Lines:
    """Individual figures with limits from moving ranges. `screen` drops outlying ranges once, then works
    them out anew.
    """
    kept = np.where(baseline, figures, np.nan)
    ranges = np.abs(np.diff(kept, axis=1))
    typical = mean(ranges)
    if screen:
        typical = mean(np.where(ranges < SCREEN * typical, ranges, np.nan))
    return _around(mean(kept), REACH * typical, figures.shape)


def proportions(counts: Floats, of: Floats, baseline: Marks) -> Lines:
    """P chart: binomial limits, which widen where fewer are counted."""
    share, spread = _share_and_spread(counts, of, baseline)
    return _around(share, 3 * spread, counts.shape)


def proportions_prime(counts: Floats, of: Floats, baseline: Marks) -> Lines:
    """P′ chart (Laney 2002): binomial limits, stretched by how much more the shares vary than counting
    explains.
    """
    share, spread = _share_and_spread(counts, of, baseline)
    return _around(share, 3 * spread * excess(counts, of, baseline), counts.shape)


def excess(counts: Floats, of: Floats, baseline: Marks) -> Floats:
    """Laney's sigma z as a column: how many times more the shares vary from point to point than counting
    explains.
    """
    share, spread = _share_and_spread(counts, of, baseline)
    standard = np.where(baseline, ratio(ratio(counts, of) - share, spread), np.nan)
    return mean(np.abs(np.diff(standard, axis=1))) / D2


def over_dispersed(counts: Floats, of: Floats, baseline: Marks) -> Marks:
    """As a column, whether the shares vary more than one P chart in twenty would by chance.

    A mean of moving ranges of n points is worth about 0.62 (n - 1) degrees of freedom (Wheeler), which gives
    its spread.
    """
    points = total((baseline & ~np.isnan(ratio(counts, of))).astype(np.float64))
    allowed = 1 + 1.645 / np.sqrt(2 * 0.62 * np.maximum(points - 1, 1))
    return excess(counts, of, baseline) > allowed


def rates(counts: Floats, of: Floats, baseline: Marks) -> Lines:
    """U chart: Poisson limits for counts over differing opportunities."""
    there = baseline & ~np.isnan(ratio(counts, of))
    usual = ratio(total(np.where(there, counts, np.nan)), total(np.where(there, of, np.nan)))
    return _around(usual, 3 * np.sqrt(ratio(usual, of)), counts.shape)


def counts_alone(counts: Floats, baseline: Marks) -> Lines:
    """C chart: Poisson limits for counts with the same opportunity each time."""
    usual = mean(np.where(baseline, counts, np.nan))
    return _around(usual, 3 * np.sqrt(usual), counts.shape)


def cases_between(cases: Floats, baseline: Marks) -> Lines:
    """G chart (Benneyan 2001): cases between rare events, geometric, with an upper limit and no lower one.

    The spread is taken about the mean. The centre is the median, ln 2 times the mean: most counts lie below
    their mean, so runs about the mean would be found where there are none.
    """
    usual = mean(np.where(baseline, cases, np.nan))
    reach = np.sqrt(usual * (usual + 1))
    centre, upper, near = (
        np.broadcast_to(each, cases.shape) for each in (log(2) * usual, usual + 3 * reach, usual + 2 * reach)
    )
    none = np.full(cases.shape, np.nan)
    return Lines(centre, none, upper, none, near)


def time_between(days: Floats, baseline: Marks, *, screen: bool) -> Lines:
    """T chart: days between rare events. XmR limits of the days to the power 1/3.6, brought back; no limit
    below nought.
    """
    powered = xmr(days**POWER, baseline, screen=screen)
    return Lines(
        *(
            np.where(line > 0, np.abs(line) ** (1 / POWER), np.nan)
            for line in (powered.centre, powered.lower, powered.upper, powered.near_lower, powered.near_upper)
        )
    )


def _share_and_spread(counts: Floats, of: Floats, baseline: Marks) -> tuple[Floats, Floats]:
    """The share over the baseline as a column, and the standard deviation of each point's share about it."""
    there = baseline & ~np.isnan(ratio(counts, of))
    share = ratio(total(np.where(there, counts, np.nan)), total(np.where(there, of, np.nan)))
    return share, np.sqrt(ratio(share * (1 - share), of))


def _around(centre: Floats, reach: Floats, shape: tuple[int, ...]) -> Lines:
    near = reach * 2 / 3
    return Lines(
        *(
            np.broadcast_to(line, shape)
            for line in (centre, centre - reach, centre + reach, centre - near, centre + near)
        )
    )
