"""Linear mixed models of a few sites, by restricted maximum likelihood, with Satterthwaite's df.

Everything is worked out on whole matrices: a study has a few hundred rows, and then the textbook's formulas
can be written as they stand (Searle, Casella & McCulloch 1992, chapter 6; Giesbrecht & Burns 1985 for df).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats, Wholes
from ithrive.evaluation.tails import student_p, student_reach

NEGLIGIBLE = 1e-6  # a variance below this part of the residual one is none
NORMAL = "Sites' own levels and slopes, and what is left, are normally distributed."


@dataclass(frozen=True, eq=False)
class MixedModel:
    """A fitted model. `random` is the covariance of the sites' own effects, `residual` a variance.

    `rows` x p `fixed` columns; `own` are rows x r columns with an effect of each site's own.
    """

    fixed: Floats
    own: Floats
    site: Wholes
    outcome: Floats
    random: Floats
    residual: float

    @cached_property
    def inverse(self) -> Floats:
        """The inverse covariance of the rows."""
        alike = self.site[:, None] == self.site[None, :]
        total = self.own @ self.random @ self.own.T * alike + self.residual * np.eye(len(self.site))
        return np.asarray(np.linalg.inv(total))

    @cached_property
    def covariance(self) -> Floats:
        """Of the coefficients."""
        return np.asarray(np.linalg.inv(self.fixed.T @ self.inverse @ self.fixed))

    @cached_property
    def coefficients(self) -> Floats:
        return np.asarray(self.covariance @ self.fixed.T @ self.inverse @ self.outcome)

    @cached_property
    def _parts(self) -> list[Floats]:
        """By how much the covariance of the rows changes with each variance and covariance."""
        alike = self.site[:, None] == self.site[None, :]
        parts = [np.eye(len(self.site))]
        for one, other in _entries(self.own.shape[1]):
            across = np.outer(self.own[:, one], self.own[:, other])
            parts.append((across if one == other else across + across.T) * alike)
        return parts

    def df(self, which: int) -> float | NotComputable:
        """Satterthwaite's degrees of freedom of one coefficient."""
        onto = self.inverse - self.inverse @ self.fixed @ self.covariance @ self.fixed.T @ self.inverse
        turned = [onto @ part for part in self._parts]
        far = onto @ self.outcome
        # The observed information of the variances: they enter the covariance of the rows linearly.
        information = np.array(
            [
                [
                    far @ one @ onto @ other @ far - 0.5 * np.sum(a * b.T)
                    for other, b in zip(self._parts, turned, strict=True)
                ]
                for one, a in zip(self._parts, turned, strict=True)
            ]
        )
        weights = self.inverse @ self.fixed @ self.covariance[:, which]
        slope = np.array([weights @ part @ weights for part in self._parts])
        spread = float(slope @ np.linalg.solve(information, slope))
        if spread <= 0:
            return NotComputable(
                "The likelihood is flat in the variances, so they are not known well enough."
            )
        return float(2 * self.covariance[which, which] ** 2 / spread)

    def inference(
        self, which: int, *, alpha: float, assumes: Sequence[str] = ()
    ) -> Inference | NotComputable:
        """One coefficient judged by Student's t on Satterthwaite's df."""
        df = self.df(which)
        if isinstance(df, NotComputable):
            return df
        value, error = float(self.coefficients[which]), float(np.sqrt(self.covariance[which, which]))
        reach = student_reach(df, alpha) * error
        return Inference(
            method="Linear mixed model by restricted maximum likelihood",
            factor="Satterthwaite's degrees of freedom",
            reference=f"Student's t on {df:.2f} degrees of freedom",
            p=student_p(value / error, df),
            interval=Interval(value - reach, value + reach),
            assumes=(*assumes, NORMAL),
            standard_error=error,
            df=df,
        )


def mixed_model(fixed: Floats, own: Floats, site: Wholes, outcome: Floats) -> MixedModel | NotComputable:
    """Fit: `fixed` rows x p, `own` rows x r, `site` a number for each row, `outcome` one for each.

    NotComputable where the columns explain each other, nothing varies, or sites show no variance of some
    effect of their own (fit again without it).
    """
    if np.linalg.matrix_rank(fixed) < fixed.shape[1]:
        return NotComputable("The model's columns explain each other, so their effects cannot be told apart.")
    rest = outcome - fixed @ np.linalg.lstsq(fixed, outcome, rcond=None)[0]
    scale = float(rest @ rest) / max(len(outcome) - fixed.shape[1], 1)
    if scale <= 1e-18 * max(float(np.abs(outcome).max()) ** 2, 1e-300):
        return NotComputable("Nothing varies beyond what the model explains.")
    factor = _most_likely(fixed, own, site, outcome / np.sqrt(scale))
    if isinstance(factor, NotComputable):
        return factor
    ratio = factor @ factor.T
    trial = MixedModel(fixed, own, site, outcome, ratio, 1.0)
    left = outcome - fixed @ trial.coefficients
    residual = float(left @ trial.inverse @ left) / (len(outcome) - fixed.shape[1])
    return MixedModel(fixed, own, site, outcome, ratio * residual, residual)


def _most_likely(fixed: Floats, own: Floats, site: Wholes, outcome: Floats) -> Floats | NotComputable:
    """The lower factor of the sites' covariance over the residual variance that is likeliest."""
    from scipy.optimize import minimize

    width = own.shape[1]
    place = np.tril_indices(width)
    effects = _by_site(own, site)
    columns = _by_site(np.column_stack([fixed, outcome]), site)

    def factor(values: Floats) -> Floats:
        lower = np.zeros((width, width))
        lower[place] = values
        return lower

    def deviance(values: Floats) -> float:
        return _deviance(columns, effects @ factor(values), len(outcome))

    start = factor(np.zeros(len(place[0]))) + np.eye(width)
    options = {"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000, "maxfev": 8000}
    found = minimize(deviance, start[place], method="Nelder-Mead", options=options)
    found = minimize(deviance, found.x, method="Nelder-Mead", options=options)
    lower = factor(found.x)
    if float(np.linalg.eigvalsh(lower @ lower.T)[0]) < NEGLIGIBLE:
        return NotComputable("Sites show no variance of their own in some effect that was to vary by site.")
    return lower


def _by_site(columns: Floats, site: Wholes) -> Floats:
    """Sites x most rows x columns; a site with fewer rows has noughts, which add nothing anywhere."""
    groups = [columns[site == each] for each in np.unique(site)]
    most = max(map(len, groups))
    return np.stack([np.pad(each, ((0, most - len(each)), (0, 0))) for each in groups])


def _deviance(columns: Floats, spread: Floats, rows: int) -> float:
    """Minus twice the restricted log-likelihood, residual variance profiled out, up to a constant."""
    total = spread @ spread.swapaxes(1, 2) + np.eye(spread.shape[1])
    root = np.linalg.cholesky(total)
    both = np.linalg.solve(root, columns).reshape(-1, columns.shape[2])
    cross = both.T @ both
    top, side = cross[:-1, :-1], cross[:-1, -1]
    left = cross[-1, -1] - side @ np.linalg.solve(top, side)
    logs = 2 * np.log(np.diagonal(root, axis1=1, axis2=2)).sum()
    return float(logs + np.linalg.slogdet(top)[1] + (rows - len(top)) * np.log(left))


def _entries(width: int) -> list[tuple[int, int]]:
    return [(one, other) for one in range(width) for other in range(one + 1)]
