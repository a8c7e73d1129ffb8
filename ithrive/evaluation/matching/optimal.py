"""The best match there is: as many sites as possible first, then the least distance in total.

Best is proved and not hoped for. Pairs come from the Hungarian method (Kuhn 1955; SciPy's
`linear_sum_assignment`), and are then checked by trying every exchange at once: where no round of exchanges
gains, no other match can be better. The least that a round would lose is what the next best match loses.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array

from ithrive.evaluation.arrays import TIE, Floats, Marks


@dataclass(frozen=True, slots=True)
class Assignment:
    """For each row the columns it got, nearest first; none where it could not have as many as asked.

    `margin` is what the next best match, of as many rows, would add to `total`: nought means a tie, infinity
    that there is no other, and None that it was not worked out (where rows had to go without whole sets).
    """

    columns: tuple[tuple[int, ...], ...]
    total: float
    margin: float | None


def assign(distance: Floats, allowed: Marks, k: int = 1) -> Assignment:
    """The best way to give every row `k` columns of its own, among those allowed. Rows x columns."""
    rows, columns = distance.shape
    given = distance[allowed]
    if not given.size:
        return Assignment(((),) * rows, 0.0, None)
    costs, dear = _costs(distance, allowed, k)
    row, column = linear_sum_assignment(costs)
    matched = column < columns
    if k > 1 and not matched.all():
        return _by_branching(distance, allowed, k)
    margin = _margin(costs, row, column, k)
    assert margin > -TIE * dear, "A better match than the best was found: this must never happen."
    return _told(
        distance, row[matched] // k, column[matched], max(margin, 0.0) if margin < dear / 2 else np.inf
    )


def _costs(distance: Floats, allowed: Marks, k: int) -> tuple[Floats, float]:
    """Every row `k` times over, with a column of its own for going without, dearer than all the rest."""
    copies = len(distance) * k
    dear = (float(distance[allowed].max()) + 1) * (copies + 1)
    never = dear * (copies + 2)
    without = np.full((copies, copies), never)
    np.fill_diagonal(without, dear)
    return np.hstack([np.repeat(np.where(allowed, distance, never), k, axis=0), without]), dear


def _told(distance: Floats, row: np.ndarray, column: np.ndarray, margin: float | None) -> Assignment:
    found = [
        sorted((int(each) for each in column[row == at]), key=lambda each: (distance[at, each], each))
        for at in range(len(distance))
    ]
    return Assignment(tuple(map(tuple, found)), float(distance[row, column].sum()), margin)


def _margin(costs: Floats, row: np.ndarray, column: np.ndarray, k: int) -> float:
    """What the cheapest round of exchanges adds: each site drops its column for another's or a free one.

    Nodes are columns in use; a round is a closed walk among them, or a walk that ends at a free column.
    """
    swap = costs[row[:, None], column] - costs[row, column][:, None]
    swap[row[:, None] // k == row // k] = np.inf
    for through in range(len(row)):
        np.minimum(swap, swap[:, through, None] + swap[through], out=swap)
    free = np.ones(costs.shape[1], dtype=bool)
    free[column] = False
    closed = float(np.diag(swap).min())
    if not free.any():
        return closed
    leave = costs[row][:, free].min(axis=1) - costs[row, column]
    return min(closed, float(leave.min()), float((swap + leave).min()))


def _by_branching(distance: Floats, allowed: Marks, k: int) -> Assignment:
    """Sets of `k` where not every row can have one: whole numbers, by HiGHS without any gap allowed."""
    links = np.argwhere(allowed)
    rows, columns = distance.shape
    count, at = len(links), np.arange(len(links))
    has = csr_array((np.ones(count), (links[:, 0], at)), shape=(rows, count + rows)).tolil()
    has[np.arange(rows), count + np.arange(rows)] = -k
    used = csr_array((np.ones(count), (links[:, 1], at)), shape=(columns, count + rows))
    rules = [LinearConstraint(has.tocsr(), 0, 0), LinearConstraint(used, 0, 1)]
    full = np.concatenate([np.zeros(count), np.ones(rows)])
    most = round(-_solved(-full, rules) @ -full)
    cheap = np.concatenate([distance[allowed], np.zeros(rows)])
    chosen = links[_solved(cheap, [*rules, LinearConstraint(full[None], most, most)])[:count] > 0.5]
    return _told(distance, chosen[:, 0], chosen[:, 1], None)


def _solved(cost: Floats, rules: list[LinearConstraint]) -> Floats:
    found = milp(
        cost, integrality=np.ones(len(cost)), bounds=(0, 1), constraints=rules, options={"mip_rel_gap": 0}
    )
    assert found.status == 0, found.message
    return np.asarray(found.x)
