"""Rules of the kind “so much of these figures must be hidden”, and the least that keeps all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from ithrive.disclosure.extremes import TOLERANCE, Numbers
from ithrive.disclosure.puzzle import Flags, Puzzle
from ithrive.disclosure.reaching import Target, short_of

# A count of steps, not of seconds: so the same figures end at the same answer on every machine.
MOST_NODES = 30
SHARES_OF = 10_000


@dataclass(frozen=True)
class Rule:
    """So much of these figures must be hidden: the helps of those that are add up to what is needed.

    Helps and need are left in people: in whole numbers the master is solved much faster than in shares.
    """

    target: Target
    figures: NDArray[np.int64]
    helps: Numbers
    needed: float

    def kept(self, hidden: Flags) -> bool:
        return bool(self.helps[hidden[self.figures]].sum() >= self.needed - TOLERANCE)


class Chosen(NamedTuple):
    """What to hide, and which share of each figure; a cost below which no hiding keeps the rules; whether it
    is proved to be the least.
    """

    figures: NDArray[np.int64]
    shares: Numbers
    bound: float
    least: bool


def cheapest(
    puzzle: Puzzle, rules: Sequence[Rule], seconds: float, slack: float, *, whole: bool
) -> Chosen | None:
    """The cheapest hiding that keeps the rules, within `slack`; None where steps or seconds end before any.

    Unless figures are to be hidden `whole` it may hide shares of them, which is sooner found and costs no
    more. What is protected is hidden anyway, and may be among its figures or not.
    """
    if not rules:
        return Chosen(np.array([], dtype=np.int64), np.array([]), 0.0, least=True)
    used, columns = np.unique(np.concatenate([rule.figures for rule in rules]), return_inverse=True)
    starts = np.cumsum([0, *(len(rule.figures) for rule in rules)])
    matrix = csr_array(
        (np.concatenate([rule.helps for rule in rules]), columns, starts), shape=(len(rules), len(used))
    )
    solved = milp(
        puzzle.cost[used],
        integrality=np.full(len(used), int(whole)),
        bounds=Bounds(puzzle.protected[used].astype(float), 1),
        constraints=LinearConstraint(matrix, np.array([rule.needed for rule in rules]) - TOLERANCE, np.inf),
        options={"time_limit": max(seconds, 0), "node_limit": MOST_NODES, "mip_rel_gap": slack},
    )
    if solved.x is None:
        return None
    if whole:
        return Chosen(used, np.round(solved.x), float(solved.mip_dual_bound), least=solved.status == 0)
    # Rounded up, and never to less than the rules need: the solver's dust would contradict the sums.
    shares = np.clip(np.ceil(solved.x * SHARES_OF - 0.001) / SHARES_OF, 0, 1)
    return Chosen(used, shares, float(solved.fun) if solved.status == 0 else 0.0, least=False)


def first_rules(puzzle: Puzzle, targets: Sequence[Target]) -> list[Rule]:
    """What a single sum tells: a small count alone in it can be worked out by subtraction."""
    figures = np.array([each.wanted.figure for each in targets], dtype=int)
    signs = np.array([each.wanted.sign for each in targets], dtype=float)
    by_target = puzzle.matrix.T.tocsr()[figures].tocoo()
    at, sums = by_target.coords
    prices = csr_array(
        (-signs[at] * by_target.data, (np.arange(len(at)), sums)), shape=(len(at), puzzle.matrix.shape[0])
    )
    return _rules(puzzle, [targets[number] for number in at], prices)


def broken(puzzle: Puzzle, targets: Sequence[Target], shares: Numbers) -> list[Rule]:
    """Rules that this hiding breaks: none when nobody can pin down what is protected."""
    by_wanted = {each.wanted: each for each in targets}
    short = short_of(puzzle.partly_known(shares), targets)
    prices = csr_array(np.array([each.prices for each in short]).reshape(len(short), puzzle.matrix.shape[0]))
    return _rules(puzzle, [by_wanted[each.wanted] for each in short], prices)


def _rules(puzzle: Puzzle, targets: Sequence[Target], prices: csr_array) -> list[Rule]:
    """For each target what must be hidden to bring it within reach, at its row of prices (by weak duality).

    Prices that rule nothing out give no rule.
    """
    worths = csr_array(prices @ puzzle.matrix)
    rules = []
    for number, target in enumerate(targets):
        start, stop = worths.indptr[number : number + 2]
        worth = dict(zip(worths.indices[start:stop].tolist(), -worths.data[start:stop], strict=True))
        worth[target.wanted.figure] = worth.get(target.wanted.figure, 0.0) - target.wanted.sign
        rules.append(_rule(puzzle, target, worth))
    return [rule for rule in rules if rule is not None]


def _rule(puzzle: Puzzle, target: Target, worths: dict[int, float]) -> Rule | None:
    figures = np.array([figure for figure, worth in worths.items() if abs(worth) > TOLERANCE], dtype=int)
    worth = np.array([worths[figure] for figure in figures.tolist()])
    up, down = np.maximum(-worth, 0), np.maximum(worth, 0)
    shown = up @ puzzle.shown_high[figures] - down @ puzzle.shown_low[figures]
    needed = target.wanted.sign * target.value - shown
    if needed <= TOLERANCE:
        return None
    room_up = puzzle.hidden_high[figures] - puzzle.shown_high[figures]
    room_down = puzzle.shown_low[figures] - puzzle.hidden_low[figures]
    helps = np.minimum(up * room_up + down * room_down, needed)
    useful = np.isfinite(puzzle.cost[figures]) & (helps > TOLERANCE)
    return Rule(target, figures[useful], helps[useful], needed)
