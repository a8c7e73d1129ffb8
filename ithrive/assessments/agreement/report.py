"""How far the raters of a round agree, for each level and overall, in figures people can read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.assessments.agreement.grid import FEWEST_STATEMENTS, Grid, Real, Whole, given, grid
from ithrive.assessments.agreement.intraclass import intraclass
from ithrive.assessments.agreement.kappa import LINEAR, QUADRATIC, kappa_interval, weighted_kappa
from ithrive.assessments.agreement.krippendorff import alpha_interval, krippendorff_alpha
from ithrive.assessments.agreement.percent import percent_agreement
from ithrive.assessments.agreement.words import STATISTICS, Statistic, why_not_compared
from ithrive.assessments.estimates import Estimate, NotComputable
from ithrive.assessments.ratings import Rating
from ithrive.framework.instrument import Instrument

NO_SPREAD = "The scores agree or contradict each other too well to tell how sure this figure is."
NO_VARIATION = "The scores do not vary, so agreement cannot be told apart from chance."
BELOW_CHANCE = (
    "The raters differ more from each other than the statements do, so no reliability can be estimated."
)
# From here down an intraclass correlation says nothing but that there is no agreement.
LOWEST_CORRELATION = -1.0
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement between raters on some statements.

    `compared` statements have two or more scores. `cannot_rate` and `missing` count ratings without a score:
    they are left out of every figure. `percent` runs from 0 to 100, the others up to 1.
    """

    raters: int
    statements: int
    compared: int
    cannot_rate: int
    missing: int
    percent: Estimate | NotComputable
    kappa_linear: Estimate | NotComputable
    kappa_quadratic: Estimate | NotComputable
    alpha: Estimate | NotComputable
    icc_single: Estimate | NotComputable
    icc_mean: Estimate | NotComputable

    def lines(self) -> Iterator[tuple[Statistic, Estimate | NotComputable]]:
        """Each statistic with its words, in the order to show them."""
        return ((each, getattr(self, each.code)) for each in STATISTICS)


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Agreement for each level (by its code, in the instrument's order) and over all statements."""

    levels: Mapping[str, Agreement]
    overall: Agreement


def agreement(ratings: Sequence[Rating], instrument: Instrument) -> AgreementReport:
    """How far the raters of one round agree. Raises BadInput where a rating does not fit the instrument."""
    return agreement_of_many([ratings], instrument)[0]


def agreement_of_many(
    rounds: Sequence[Sequence[Rating]], instrument: Instrument
) -> tuple[AgreementReport, ...]:
    """The same for many rounds made with one instrument, in one pass. Each equals `agreement` exactly."""
    whole = grid(rounds, instrument)
    overall = _agreements(whole)
    levels = {each.code: _agreements(whole.at(_rows(instrument, each.code))) for each in instrument.level}
    return tuple(
        AgreementReport({code: of_level[number] for code, of_level in levels.items()}, overall[number])
        for number in range(len(rounds))
    )


def pair_kappa(scores: Sequence[tuple[int, int]]) -> Estimate | NotComputable:
    """Quadratically weighted kappa between two sets of scores (1 to 4) of the same things."""
    table = np.array([scores], dtype=np.int64).reshape(1, len(scores), 2)
    number = np.array([len(scores)])
    return _judged(np.array([2]), number, _kappa(table, QUADRATIC))[0]


def _rows(instrument: Instrument, level: str) -> list[int]:
    return [number for number, each in enumerate(instrument.statement) if each.level == level]


def _agreements(part: Grid) -> list[Agreement]:
    """The agreement of every round on this part of the instrument."""
    counts = given(part.scores)
    compared = (counts.sum(axis=-1) > 1).sum(axis=-1)
    scored, cannot_rate = (part.scores > 0).sum(axis=(1, 2)), part.cannot_rate.sum(axis=(1, 2))
    statements = part.scores.shape[1]
    return [
        Agreement(
            int(raters), statements, int(pairs), int(cannot), int(raters * statements - some - cannot), *found
        )
        for raters, pairs, cannot, some, *found in zip(
            part.raters, compared, cannot_rate, scored, *_estimates(part, counts, compared), strict=True
        )
    ]


def _estimates(part: Grid, counts: Whole, compared: Whole) -> list[list[Estimate | NotComputable]]:
    """For each statistic, in the order of STATISTICS, the estimates of all rounds."""
    correlation = intraclass(part.scores, part.raters)
    shared = _most_shared(part.scores)
    alpha = krippendorff_alpha(counts)
    single = correlation.single, correlation.single_low, correlation.single_high
    mean = correlation.mean, correlation.mean_low, correlation.mean_high
    return [
        _judged(part.raters, compared, percent_agreement(counts)),
        _judged(part.raters, shared, _kappa(part.scores, LINEAR)),
        _judged(part.raters, shared, _kappa(part.scores, QUADRATIC)),
        _judged(part.raters, compared, (alpha, *alpha_interval(counts))),
        _judged(part.raters, correlation.statements, _from_lowest(*single), every=True),
        _judged(part.raters, correlation.statements, _from_lowest(*mean), every=True),
    ]


def _kappa(scores: Whole, power: int) -> tuple[Real, Real, Real]:
    kappa = weighted_kappa(scores, power)
    return kappa.value, *kappa_interval(kappa)


def _most_shared(scores: Whole) -> Whole:
    """The most statements that any two raters of a round both scored."""
    both = (scores > 0).astype(np.int64)
    shared = both.swapaxes(1, 2) @ both
    shared[:, range(both.shape[2]), range(both.shape[2])] = 0
    most: Whole = shared.max(axis=(1, 2), initial=0)
    return most


def _from_lowest(value: Real, low: Real, high: Real) -> tuple[Real, Real, Real]:
    """No lower than the scale. Far below nought the method's degrees of freedom fail, and with them its ends:
    they no longer hold the value, and none is given.
    """
    holds = (low <= value) & (value <= high)
    none = value <= LOWEST_CORRELATION + ROUNDING
    ends = np.where(holds, np.maximum(low, LOWEST_CORRELATION), np.nan), np.where(holds, high, np.nan)
    return np.where(none, -np.inf, value), *ends


def _judged(
    raters: Whole, statements: Whole, figures: tuple[Real, Real, Real], *, every: bool = False
) -> list[Estimate | NotComputable]:
    return [
        _estimate(
            value, low, high, why_not_compared(int(people), int(number), FEWEST_STATEMENTS, every=every)
        )
        for people, number, value, low, high in zip(
            raters, statements, *(each.tolist() for each in figures), strict=True
        )
    ]


def _estimate(value: float, low: float, high: float, why_not: str | None) -> Estimate | NotComputable:
    if why_not:
        return NotComputable(why_not)
    if np.isneginf(value):
        return NotComputable(BELOW_CHANCE)
    if not np.isfinite(value):
        return NotComputable(NO_VARIATION)
    # Ends that meet, or that cannot be computed, would pass for certainty.
    if not low < high:
        return Estimate(value, note=NO_SPREAD)
    return Estimate(value, low, high)
