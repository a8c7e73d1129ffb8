"""What else to hide so that no small count can be worked out from totals, at the least cost.

An integer programme by cutting planes, after M. Fischetti and J.J. Salazar-González (Management Science 47,
2001). The master chooses what to hide; for each small count a linear programme asks how far a reader could
still pin it down; where that is too far, its prices say which figures would have helped, as a new rule for
the master. When nobody can pin down anything any more, the master's optimum is the whole problem's optimum.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ithrive.disclosure.extremes import TOLERANCE, Known, Numbers, Wanted
from ithrive.disclosure.reaching import Target, short_of

Flags = NDArray[np.bool_]

# Until the rules are known, an answer this close to the master's optimum teaches as much, and comes sooner.
FIRST_SLACK = 0.02


@dataclass(frozen=True)
class Protection:
    """A figure that readers must not pin down: at least `low` to `high` must stay possible."""

    figure: int
    low: float
    high: float


@dataclass(frozen=True)
class Puzzle:
    """Figures in sums; of each, what readers know if it is shown and if it is hidden, and what hiding costs.

    `cost` is infinite for a figure that cannot be hidden, 0 for one that must be. Arrays have
    one number a figure.
    """

    matrix: csr_array
    shown_low: Numbers
    shown_high: Numbers
    hidden_low: Numbers
    hidden_high: Numbers
    cost: Numbers
    protections: tuple[Protection, ...]

    def known(self, hidden: Flags) -> Known:
        return Known(
            self.matrix,
            np.where(hidden, self.hidden_low, self.shown_low),
            np.where(hidden, self.hidden_high, self.shown_high),
        )


@dataclass(frozen=True)
class Hidden:
    """What to hide. `gap` is how far its cost may lie above the least possible, as a share; 0 when proved.

    `kept` is what stays possible of each protected figure. `limits` are those of which even hiding everything
    would not keep open all that was asked.
    """

    hidden: Flags
    cost: float
    gap: float
    kept: tuple[Protection, ...] = ()
    limits: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Rule:
    """So much of these figures must be hidden: the helps of those that are add up to what is needed.

    Helps and need are left in people: in whole numbers the master is solved much faster than in shares.
    """

    target: Target
    figures: NDArray[np.int64]
    helps: Numbers
    needed: float


def hide(puzzle: Puzzle, seconds: float) -> Hidden:
    """The cheapest set of figures to hide; when time is up, the best that is soon found, with its gap."""
    ends = time.monotonic() + seconds
    targets = _attainable(puzzle)
    masters = _masters(puzzle, targets)
    hidden = _protected(puzzle)
    while asked := [each for each in masters if each.open]:
        for number, master in enumerate(asked):
            master.decide(puzzle, hidden, (ends - time.monotonic()) / (len(asked) - number))
        broken = _broken(puzzle, [target for each in asked for target in each.targets], hidden)
        for master in asked:
            master.learn([rule for rule in broken if rule.target.wanted.figure in master.figures])
    late = [target for each in masters if not each.proved for target in each.targets]
    hidden = _by_hand(puzzle, late, hidden)
    return _answer(puzzle, targets, hidden, sum(each.bound for each in masters))


@dataclass
class _Master:
    """Chooses what to hide among figures that no sum joins to others, by the rules learned so far."""

    figures: frozenset[int]
    targets: list[Target]
    rules: list[_Rule]
    bound: float = 0.0
    slack: float = FIRST_SLACK
    open: bool = True
    proved: bool = False
    in_time: bool = True

    def decide(self, puzzle: Puzzle, hidden: Flags, seconds: float) -> None:
        """Marks in `hidden` the cheapest that keeps the rules, or what has been found when time is up."""
        hidden[list(self.figures)] = False
        hidden[[each.wanted.figure for each in self.targets]] = True
        if self.rules:
            chosen, self.bound, self.in_time = _cheapest(puzzle, self.rules, seconds, self.bound, self.slack)
            hidden[chosen] = True

    def learn(self, broken: list[_Rule]) -> None:
        self.rules += broken
        self.proved = not broken and (self.slack == 0 or not self.rules)
        self.open = self.in_time and not self.proved
        self.slack = self.slack if broken else 0.0


def _masters(puzzle: Puzzle, targets: Sequence[Target]) -> list[_Master]:
    labels = connected_components(abs(puzzle.matrix.T) @ abs(puzzle.matrix), directed=False)[1]
    by_part: dict[int, list[Target]] = {}
    for target in targets:
        by_part.setdefault(int(labels[target.wanted.figure]), []).append(target)
    rules: dict[int, list[_Rule]] = {}
    for rule in _first_rules(puzzle, targets):
        rules.setdefault(int(labels[rule.target.wanted.figure]), []).append(rule)
    return [
        _Master(frozenset(np.flatnonzero(labels == part).tolist()), mine, rules.get(part, []))
        for part, mine in by_part.items()
    ]


def _answer(puzzle: Puzzle, targets: Sequence[Target], hidden: Flags, bound: float) -> Hidden:
    cost = float(puzzle.cost[hidden].sum())
    gap = (cost - bound) / cost if cost else 0.0
    ends = {each.wanted: each.value for each in targets}
    kept = tuple(
        Protection(each.figure, ends[Wanted(each.figure, -1)], ends[Wanted(each.figure, 1)])
        for each in puzzle.protections
    )
    limits = tuple(each.figure for each in puzzle.protections if each not in kept)
    return Hidden(hidden, cost, 0.0 if gap < TOLERANCE else gap, kept, limits)


def _attainable(puzzle: Puzzle) -> list[Target]:
    """The targets, drawn in where hiding everything would not reach them."""
    targets = [
        Target(Wanted(each.figure, sign), each.high if sign > 0 else each.low)
        for each in puzzle.protections
        for sign in (1, -1)
    ]
    everything = puzzle.known(np.isfinite(puzzle.cost))
    nearest = {each.wanted: each.value for each in short_of(everything, targets)}
    return [Target(each.wanted, nearest.get(each.wanted, each.value)) for each in targets]


def _first_rules(puzzle: Puzzle, targets: Sequence[Target]) -> list[_Rule]:
    """What a single sum tells: a small count alone in it can be worked out by subtraction."""
    figures = np.array([each.wanted.figure for each in targets], dtype=int)
    signs = np.array([each.wanted.sign for each in targets], dtype=float)
    by_target = puzzle.matrix.T.tocsr()[figures].tocoo()
    at, sums = by_target.coords
    prices = csr_array(
        (-signs[at] * by_target.data, (np.arange(len(at)), sums)), shape=(len(at), puzzle.matrix.shape[0])
    )
    return _rules(puzzle, [targets[number] for number in at], prices)


def _rules(puzzle: Puzzle, targets: Sequence[Target], prices: csr_array) -> list[_Rule]:
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


def _rule(puzzle: Puzzle, target: Target, worths: dict[int, float]) -> _Rule | None:
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
    return _Rule(target, figures[useful], helps[useful], needed)


def _broken(puzzle: Puzzle, targets: Sequence[Target], hidden: Flags) -> list[_Rule]:
    """Rules that this hiding breaks: none when nobody can pin down what is protected."""
    by_wanted = {each.wanted: each for each in targets}
    short = short_of(puzzle.known(hidden), targets)
    prices = csr_array(np.array([each.prices for each in short]).reshape(len(short), puzzle.matrix.shape[0]))
    return _rules(puzzle, [by_wanted[each.wanted] for each in short], prices)


def _cheapest(
    puzzle: Puzzle, rules: Sequence[_Rule], seconds: float, bound: float, slack: float
) -> tuple[NDArray[np.int64], float, bool]:
    """The cheapest hiding that keeps the rules; a bound below which none is; whether time sufficed."""
    sizes = [len(rule.figures) for rule in rules]
    figures = np.concatenate([rule.figures for rule in rules])
    used, columns = np.unique(figures, return_inverse=True)
    matrix = csr_array(
        (np.concatenate([rule.helps for rule in rules]), columns, np.cumsum([0, *sizes])),
        shape=(len(rules), len(used)),
    )
    must = np.isin(used, [each.figure for each in puzzle.protections]).astype(float)
    solved = milp(
        puzzle.cost[used],
        integrality=np.ones(len(used)),
        bounds=Bounds(must, 1),
        constraints=LinearConstraint(matrix, np.array([rule.needed for rule in rules]) - TOLERANCE, np.inf),
        options={"time_limit": max(seconds, 0), "mip_rel_gap": slack},
    )
    if solved.x is None:
        return used[:0], bound, False
    return used[solved.x > 0.5], max(bound, solved.mip_dual_bound), solved.status == 0


def _protected(puzzle: Puzzle) -> Flags:
    hidden = np.zeros(len(puzzle.cost), dtype=bool)
    hidden[[each.figure for each in puzzle.protections]] = True
    return hidden


def _by_hand(puzzle: Puzzle, targets: Sequence[Target], hidden: Flags) -> Flags:
    """More is hidden, what helps most for its cost first, until nothing can be pinned down."""
    hidden = hidden.copy()
    while rules := _broken(puzzle, targets, hidden):
        for rule in rules:
            for at in np.argsort(puzzle.cost[rule.figures] / rule.helps, kind="stable"):
                if rule.helps[hidden[rule.figures]].sum() >= rule.needed - TOLERANCE:
                    break
                hidden[rule.figures[at]] = True
    return hidden
