"""Shields found one small count at a time: the cheapest way to let it go as far as it must.

If one figure goes up, others in its sums must give way. A linear programme finds which do so at the least
cost, where what is hidden already costs nothing: a path through the tables, most often, as in J. Castro
(European Journal of Operational Research 171, 2006). What has become needless in the end is shown again.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import hstack

from ithrive.disclosure.extremes import TOLERANCE, Numbers
from ithrive.disclosure.master import Rule
from ithrive.disclosure.puzzle import Flags, Puzzle
from ithrive.disclosure.reaching import Target, short_of


def completed(puzzle: Puzzle, targets: Sequence[Target], hidden: Flags) -> Flags:
    """As much more is hidden as it takes that nobody can pin down anything."""
    by_wanted = {each.wanted: each for each in targets}
    while short := short_of(puzzle.known(hidden), targets):
        before = hidden
        for each in sorted(short, key=lambda each: each.wanted):
            hidden = hidden | way(puzzle, by_wanted[each.wanted], hidden)
        if np.array_equal(before, hidden):  # within the solver's tolerance the ways had seemed wide enough
            return puzzle.everything
    return hidden


def needful(puzzle: Puzzle, targets: Sequence[Target], rules: Sequence[Rule], hidden: Flags) -> Flags:
    """The same without what can be shown after all, the costliest first. `rules` tell quickly of most that
    they are needed.
    """
    shields = np.flatnonzero(hidden & ~puzzle.protected)
    for figure in shields[np.argsort(-puzzle.cost[shields], kind="stable")]:
        without = hidden.copy()
        without[figure] = False
        if all(rule.kept(without) for rule in rules) and not short_of(puzzle.known(without), targets):
            hidden = without
    return hidden


def way(puzzle: Puzzle, target: Target, hidden: Flags) -> Flags:
    """What must be hidden besides for a figure to go as far as it must, at the least cost a person moved."""
    least, most = _moves(puzzle, target)
    cost = np.where(puzzle.everything & ~hidden, puzzle.cost, 0.0)
    prices = np.concatenate([cost, cost, np.zeros_like(cost)])
    matrix = hstack([puzzle.matrix, -puzzle.matrix, puzzle.matrix], format="csr")
    can = np.flatnonzero(most > 0)
    solved = linprog(
        prices[can],
        A_eq=matrix[:, can],
        b_eq=-(puzzle.matrix @ puzzle.shown_low),
        bounds=np.column_stack([least[can], most[can]]),
        method="highs",
    )
    if solved.x is None:  # at the edge of its tolerance the solver can find no way where there is one
        return puzzle.everything
    moved = np.zeros_like(most)
    moved[can] = solved.x
    up, down, _ = np.split(moved, 3)
    return puzzle.everything & (up + down > TOLERANCE)


def _moves(puzzle: Puzzle, target: Target) -> tuple[Numbers, Numbers]:
    """Least and most of what each figure goes up, and down, and lies above its least while it is shown.

    The target goes as far as it must, no further.
    """
    known = puzzle.known(puzzle.everything)
    rooms = [known.high - puzzle.shown_high, puzzle.shown_low - known.low]
    least = [np.zeros_like(puzzle.cost), np.zeros_like(puzzle.cost)]
    figure, sign = target.wanted
    there, back = (0, 1) if sign > 0 else (1, 0)
    stands = (puzzle.shown_high if sign > 0 else puzzle.shown_low)[figure]
    least[there][figure] = rooms[there][figure] = max(sign * (target.value - stands), 0.0)
    rooms[back][figure] = 0.0
    absent = puzzle.shown_high - puzzle.shown_low
    return np.concatenate([*least, np.zeros_like(absent)]), np.concatenate([*rooms, absent])
