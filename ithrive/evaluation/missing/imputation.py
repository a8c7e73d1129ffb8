"""Several plausible completions of a table of sites' covariates at baseline.

Chained equations with predictive mean matching (van Buuren 2018, chapters 3 and 4): each gap is filled with
the figure of a site that the others foretell alike, so no impossible figure is made up. For baseline
covariates alone: outcomes are analysed over the waves there are.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.draws import STANDARD
from ithrive.problems import BadInput, Problem

ROUNDS = 10
DONORS = 3
RIDGE = 1e-3  # twenty sites and several covariates: without it a regression may have no single answer
FEWEST = 5


@dataclass(frozen=True, eq=False)
class Completed:
    """`sets` completed tables (each sites x covariates), and how many figures of each covariate were made."""

    sets: tuple[Floats, ...]
    filled: tuple[tuple[str, int], ...]


def completed(
    names: tuple[str, ...], figures: Floats, *, sets: int = 20, seed: int = STANDARD.seed
) -> Completed:
    """`figures` sites x covariates, NaN where missing. The order of the sites changes nothing.

    Raises BadInput where fewer than five sites have a figure of some covariate.
    """
    order = np.lexsort(figures.T)
    back = np.argsort(order)
    figures = figures[order]
    missing = np.isnan(figures)
    if problems := [
        Problem(
            f"Covariate {name}",
            f"{int(there)} sites have a figure; the others cannot be told from so few.",
            "Leave the covariate out, or find more figures.",
        )
        for name, there in zip(names, (~missing).sum(axis=0), strict=True)
        if there < FEWEST
    ]:
        raise BadInput(problems)
    rng = np.random.default_rng(seed)
    made = tuple(_one(figures, missing, rng)[back] for _ in range(sets))
    return Completed(made, tuple(zip(names, map(int, missing.sum(axis=0)), strict=True)))


def _one(figures: Floats, missing: np.ndarray, rng: np.random.Generator) -> Floats:
    table = figures.copy()
    for at in range(table.shape[1]):
        table[missing[:, at], at] = rng.choice(figures[~missing[:, at], at], size=int(missing[:, at].sum()))
    for _ in range(ROUNDS if missing.any() else 0):
        for gap in np.flatnonzero(missing.any(axis=0)):
            table[missing[:, gap], gap] = _matched(table, int(gap), missing[:, gap], rng)
    return table


def _matched(table: Floats, at: int, gaps: np.ndarray, rng: np.random.Generator) -> Floats:
    """For each gap the figure of one of the sites whose foretold figure is nearest."""
    others = np.delete(table, at, axis=1)
    spread = others.std(axis=0)
    columns = np.column_stack(
        [np.ones(len(table)), (others - others.mean(axis=0)) / np.where(spread > 0, spread, 1)]
    )
    there = columns[~gaps]
    bread = np.linalg.inv(there.T @ there + RIDGE * len(there) * np.eye(columns.shape[1]))
    fitted = bread @ there.T @ table[~gaps, at]
    left = table[~gaps, at] - there @ fitted
    df = max(len(there) - columns.shape[1], 1)
    scale = left @ left / rng.chisquare(df)
    drawn = rng.multivariate_normal(fitted, scale * bread, method="cholesky")
    near = np.abs((columns[gaps] @ drawn)[:, None] - (there @ fitted)[None, :])
    donors = np.argsort(near, axis=1, kind="stable")[:, :DONORS]
    chosen = donors[np.arange(len(donors)), rng.integers(0, donors.shape[1], size=len(donors))]
    return np.asarray(table[~gaps, at][chosen])
