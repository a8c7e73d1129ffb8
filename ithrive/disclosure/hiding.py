"""What else to hide so that no small count can be worked out from totals, at the least cost.

An integer programme by cutting planes, after M. Fischetti and J.J. Salazar-González (Management Science 47,
2001). The master chooses what to hide; for each small count a linear programme asks how far a reader could
still pin it down; where that is too far, its prices say which figures would have helped, as a new rule for
the master. When nobody can pin down anything any more, the master's optimum is the whole problem's optimum.

The work is counted in rounds and steps, so that the same figures are hidden on a slow machine as on a fast
one. Where it ends without a proof the rest is hidden by the cheapest ways, and the gap is told.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ithrive.disclosure.extremes import TOLERANCE, Numbers, Wanted
from ithrive.disclosure.master import Rule, broken, cheapest, first_rules
from ithrive.disclosure.puzzle import Flags, Protection, Puzzle
from ithrive.disclosure.reaching import Target, short_of
from ithrive.disclosure.ways import completed, needful

# Until the rules are known, an answer this close to the master's optimum teaches as much, and comes sooner.
FIRST_SLACK = 0.02
# Each round learns less and costs more. After so many the ways come within a few per cent of the optimum of
# large tables; small ones can have more, and are mostly proved by then.
FEWEST_ROUNDS, SHARED_OUT, MOST_ROUNDS = 3, 1_500, 10
# Where little is to be protected, rounds that hide shares of figures come first: they are quick, and learn
# most where many figures would do as well as each other.
SHARES_UP_TO, ROUNDS_OF_SHARES = 40_000, 25


@dataclass(frozen=True)
class Hidden:
    """What to hide. `gap` is how far its cost may lie above the least possible, as a share; 0 when proved.

    `kept` is what stays possible of each protected figure. `limits` are those of which even hiding everything
    would not keep open all that was asked. `in_time` is false where the clock and not the count of steps
    ended the work: then another machine might hide others.
    """

    hidden: Flags
    cost: float
    gap: float
    kept: tuple[Protection, ...] = ()
    limits: tuple[int, ...] = ()
    in_time: bool = True


def hide(puzzle: Puzzle, seconds: float) -> Hidden:
    """The cheapest set of figures to hide; where the work ends before a proof, one soon found, with its gap.

    `seconds` are a safety net, far above what the counted work takes.
    """
    ends = time.monotonic() + seconds
    targets = _attainable(puzzle)
    masters = _masters(puzzle, targets)
    shares = puzzle.protected.astype(float)
    while asked := [each for each in masters if each.open]:
        for master in asked:
            shares[master.figures] = master.choose(puzzle, ends)
        # All of them are asked at once: one large programme is sooner solved than many small ones.
        learned = broken(puzzle, [target for each in asked for target in each.targets], shares)
        for master in asked:
            master.learn([rule for rule in learned if rule.target.wanted.figure in master.members])
    hidden = puzzle.protected
    for master in masters:
        hidden[master.figures] = master.made_safe(puzzle, shares)
    return _answer(puzzle, targets, masters, hidden)


@dataclass
class _Master:
    """Chooses what to hide among figures that no sum joins to others, by the rules learned so far."""

    figures: NDArray[np.int64]
    targets: list[Target]
    rules: list[Rule]
    whole: bool = False
    bound: float = 0.0
    slack: float = FIRST_SLACK
    least: bool = False
    open: bool = True
    proved: bool = False
    late: bool = False
    rounds: int = 0

    def __post_init__(self) -> None:
        self.members = frozenset(self.figures.tolist())

    def choose(self, puzzle: Puzzle, ends: float) -> Numbers:
        """The cheapest of its figures that keep the rules; only what must be hidden if none is found."""
        shares = puzzle.protected.astype(float)
        chosen = cheapest(puzzle, self.rules, ends - time.monotonic(), self.slack, whole=self.whole)
        self.late = time.monotonic() >= ends
        self.open, self.least = chosen is not None and not self.late, chosen is not None and chosen.least
        if chosen is not None:
            shares[chosen.figures] = np.maximum(shares[chosen.figures], chosen.shares)
            self.bound = max(self.bound, chosen.bound)
        return shares[self.figures]

    def learn(self, learned: list[Rule]) -> None:
        self.rules += learned
        self.rounds += 1
        if not self.whole:
            self._learned_from_shares(learned)
            return
        self.proved = self.least and not learned and (self.slack == 0 or not self.rules)
        more = self.rounds < min(FEWEST_ROUNDS + SHARED_OUT // len(self.figures), MOST_ROUNDS)
        self.open = self.open and more and not self.proved and (self.least or bool(learned))
        self.slack = self.slack if learned else 0.0

    def _learned_from_shares(self, learned: list[Rule]) -> None:
        if not learned or self.rounds == ROUNDS_OF_SHARES:
            self.whole, self.rounds = True, 0

    def made_safe(self, puzzle: Puzzle, shares: Numbers) -> Flags:
        """With as much more as it takes, and without what that makes needless."""
        hidden = shares[self.figures] > 0.5
        if self.proved:
            return hidden
        part = puzzle.only(self.figures)
        targets = [replace(each, wanted=self._numbered(each.wanted)) for each in self.targets]
        rules = [replace(each, figures=np.searchsorted(self.figures, each.figures)) for each in self.rules]
        return needful(part, targets, rules, completed(part, targets, hidden))

    def _numbered(self, wanted: Wanted) -> Wanted:
        return Wanted(int(np.searchsorted(self.figures, wanted.figure)), wanted.sign)


def _masters(puzzle: Puzzle, targets: Sequence[Target]) -> list[_Master]:
    parts = list(puzzle.parts())
    part_of = {figure: number for number, part in enumerate(parts) for figure in part.tolist()}
    masters = [_Master(part, [], []) for part in parts]
    for target in targets:
        masters[part_of[target.wanted.figure]].targets.append(target)
    for master in masters:
        master.whole = len(master.targets) * len(master.figures) > SHARES_UP_TO
    for rule in first_rules(puzzle, targets):
        masters[part_of[rule.target.wanted.figure]].rules.append(rule)
    return masters


def _answer(puzzle: Puzzle, targets: Sequence[Target], masters: Sequence[_Master], hidden: Flags) -> Hidden:
    cost = float(puzzle.cost[hidden].sum())
    gap = (cost - sum(each.bound for each in masters)) / cost if cost else 0.0
    ends = {each.wanted: each.value for each in targets}
    kept = tuple(
        Protection(each.figure, ends[Wanted(each.figure, -1)], ends[Wanted(each.figure, 1)])
        for each in puzzle.protections
    )
    limits = tuple(each.figure for each, asked in zip(kept, puzzle.protections, strict=True) if each != asked)
    in_time = not any(each.late and not each.proved for each in masters)
    return Hidden(hidden, cost, 0.0 if gap < TOLERANCE else gap, kept, limits, in_time)


def _attainable(puzzle: Puzzle) -> list[Target]:
    """The targets, drawn in where hiding everything would not reach them."""
    targets = [
        Target(Wanted(each.figure, sign), each.high if sign > 0 else each.low)
        for each in puzzle.protections
        for sign in (1, -1)
    ]
    nearest = {each.wanted: each.value for each in short_of(puzzle.known(puzzle.everything), targets)}
    return [Target(each.wanted, nearest.get(each.wanted, each.value)) for each in targets]
