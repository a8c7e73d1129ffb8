"""Random-effects synthesis: what a next site may expect from what these sites saw.

Restricted maximum likelihood for the variance between sites (Viechtbauer 2005), Knapp & Hartung's 2003
standard error, and the prediction interval of Higgins, Thompson & Spiegelhalter 2009. `tau2` is in the square
of the effect's unit.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.tails import student_p, student_reach

FEWEST = 3  # a prediction interval on k - 2 degrees of freedom needs three


@dataclass(frozen=True, slots=True)
class Synthesis:
    """The mean effect over sites, how sites differ, and where a new site's own effect would lie.

    `effects` and `errors` are those of the single pairs, with their `names`. `interval` is of the mean;
    `prediction` of the effect at a new site like these, not of what would be measured there.
    """

    names: tuple[str, ...]
    effects: tuple[float, ...]
    errors: tuple[float, ...]
    mean: float
    standard_error: float
    df: float
    p: float
    interval: Interval
    tau2: float
    prediction: Interval
    level: float
    method: str = "Random effects by REML, Knapp-Hartung standard error"

    @property
    def weights(self) -> tuple[float, ...]:
        """The share that each pair has in the mean."""
        raw = [1 / (error**2 + self.tau2) for error in self.errors]
        return tuple(each / sum(raw) for each in raw)


def synthesis(
    names: tuple[str, ...], effects: Floats, variances: Floats, *, alpha: float = 0.05
) -> Synthesis | NotComputable:
    """`effects` and `variances` (of each effect's own error, above nought): one for each name.

    NotComputable with fewer than three effects, or where one has no error of its own.
    """
    if len(effects) < FEWEST:
        return NotComputable(
            f"{len(effects)} pairs do not show how much sites differ; at least {FEWEST} are needed."
        )
    if not (variances > 0).all():
        return NotComputable(
            "Some pair's figures do not vary, so its difference has no error to weigh it by."
        )
    intercept = np.ones((len(effects), 1))
    between = tau_squared(effects, variances, intercept)
    coefficients, covariance = knapp_hartung(effects, variances + between, intercept)
    mean, error = float(coefficients[0]), float(np.sqrt(covariance[0, 0]))
    df = len(effects) - 1.0
    reach = student_reach(df, alpha) * error
    further = student_reach(len(effects) - 2.0, alpha) * float(np.sqrt(between + error**2))
    return Synthesis(
        names,
        tuple(map(float, effects)),
        tuple(map(float, np.sqrt(variances))),
        mean,
        error,
        df,
        student_p(mean / error, df) if error > 0 else 0.0,
        Interval(mean - reach, mean + reach),
        between,
        Interval(mean - further, mean + further),
        1 - alpha,
    )


def tau_squared(effects: Floats, variances: Floats, columns: Floats) -> float:
    """The variance between sites by restricted maximum likelihood, never below nought. `columns`: k x q.

    Fisher scoring with halved steps (Viechtbauer 2005, equation 6).
    """
    between = max(float(np.var(effects, ddof=1) - variances.mean()), 0.0)
    height = _likelihood(between, effects, variances, columns)
    while True:
        step = _score(between, effects, variances, columns)
        while True:
            onto = max(between + step, 0.0)
            reached = _likelihood(onto, effects, variances, columns)
            if reached >= height or abs(onto - between) <= 1e-14 * (1 + between):
                break
            step /= 2
        if abs(onto - between) <= 1e-12 * (variances.mean() + between):
            return onto
        between, height = onto, reached


def knapp_hartung(effects: Floats, total: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """Weighted least squares with weights 1 / `total`; its covariance scaled by how far effects scatter."""
    weighted = columns / total[:, None]
    bread = np.linalg.inv(columns.T @ weighted)
    coefficients = bread @ (weighted.T @ effects)
    rest = effects - columns @ coefficients
    scatter = float(rest**2 @ (1 / total)) / (len(effects) - columns.shape[1])
    return np.asarray(coefficients), np.asarray(scatter * bread)


def _projection(between: float, variances: Floats, columns: Floats) -> Floats:
    weights = 1 / (variances + between)
    weighted = columns * weights[:, None]
    inner = np.linalg.inv(columns.T @ weighted)
    return np.asarray(np.diag(weights) - weighted @ inner @ weighted.T)


def _score(between: float, effects: Floats, variances: Floats, columns: Floats) -> float:
    onto = _projection(between, variances, columns)
    gain = effects @ onto @ onto @ effects - np.trace(onto)
    return float(gain / np.einsum("ij,ji->", onto, onto))


def _likelihood(between: float, effects: Floats, variances: Floats, columns: Floats) -> float:
    total = variances + between
    onto = _projection(between, variances, columns)
    cross = (columns / total[:, None]).T @ columns
    return float(-0.5 * (np.log(total).sum() + np.linalg.slogdet(cross)[1] + effects @ onto @ effects))
