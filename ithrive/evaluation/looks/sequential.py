"""The exact test that stays honest however often a study is looked at.

Every assignment that could have been is followed from look to look. At each look those whose largest
statistic over the outcomes is most extreme cross, as many as the spending function allows by then of all
assignments; the real one crosses or does not. So at most alpha of all assignments ever cross, whatever the
outcomes and looks have in common. (The group-sequential form of Fisher's test with the largest statistic of
Westfall & Young 1993; alpha is spent as in Lan & DeMets 1983.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import TIE, Floats, Marks
from ithrive.evaluation.looks.spending import spent
from ithrive.evaluation.randomisation import Lots


@dataclass(frozen=True, slots=True)
class LookResult:
    """What one look found. Statistics are in standard deviations over all assignments.

    `threshold` is the statistic at which an outcome crosses, infinite where no assignment may cross yet.
    `p` is the share of assignments that cross by this look or are as extreme in it as the real one: never
    below what was allowed to be spent before it.
    """

    information: float
    may_be_spent: float
    threshold: float
    statistics: Mapping[str, float]
    crossed: tuple[str, ...]
    p: float
    left_out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Looks:
    """All looks taken so far, in their order."""

    alpha: float
    function: str
    assignments: str
    results: tuple[LookResult, ...]

    @property
    def crossed(self) -> tuple[str, ...]:
        """The outcomes that crossed at any look, in the order in which they did."""
        return tuple(dict.fromkeys(name for each in self.results for name in each.crossed))


def sequential(
    looks: Sequence[Mapping[str, Lots | NotComputable]],
    information: Sequence[float],
    *,
    function: str,
    alpha: float = 0.05,
) -> Looks | NotComputable:
    """The looks so far, each given by the lots of its outcomes (`Effect.swap_lots` or `.split_lots`).

    `information` is each look's share of what will be known, as the protocol set it down beforehand. What
    cannot be judged at a look has no part in it and keeps its reason. NotComputable where looks or outcomes
    are of different sites, or nothing can be judged.
    """
    usable = [
        {name: each for name, each in look.items() if isinstance(each, Lots) and each.vary} for look in looks
    ]
    every = [each for look in usable for each in look.values()]
    if not every:
        return NotComputable("No outcome can be judged at any look.")
    if len({(each.assignments, frozenset(each.units)) for each in every}) > 1:
        return NotComputable(
            "Looks and outcomes have different sites, so no assignment divides them all alike."
        )
    following = _Following.of(every[0], function, alpha)
    results = tuple(
        following.look(judged, share, _reasons(given))
        for judged, given, share in zip(usable, looks, information, strict=True)
    )
    return Looks(alpha, function, every[0].assignments.words, results)


def _reasons(look: Mapping[str, Lots | NotComputable]) -> dict[str, str]:
    return {
        name: each.reason if isinstance(each, NotComputable) else "The figures do not vary."
        for name, each in look.items()
        if isinstance(each, NotComputable) or not each.vary
    }


@dataclass(eq=False)
class _Following:
    """The assignments, and which of them have crossed so far."""

    like: Lots
    function: str
    alpha: float
    crossed: Marks

    @classmethod
    def of(cls, like: Lots, function: str, alpha: float) -> "_Following":
        return cls(like, function, alpha, np.zeros(like.assignments.count, dtype=np.bool_))

    def look(self, judged: Mapping[str, Lots], information: float, left_out: Mapping[str, str]) -> LookResult:
        may_be_spent = spent(self.function, information, self.alpha)
        if not judged:
            return LookResult(information, may_be_spent, np.inf, {}, (), 1.0, left_out)
        largest, real = self._largest(judged)
        threshold = self._threshold(largest, may_be_spent)
        at_least = largest >= max(real.values()) * (1 - TIE)
        p = float(np.mean(self.crossed | at_least))
        self.crossed |= largest >= threshold
        over = tuple(name for name, each in real.items() if each * (1 + TIE) >= threshold)
        return LookResult(information, may_be_spent, threshold, real, over, p, left_out)

    def _largest(self, judged: Mapping[str, Lots]) -> tuple[Floats, dict[str, float]]:
        """Each assignment's largest statistic over the outcomes, and the real one's of each outcome."""
        largest, real = np.zeros(self.like.assignments.count), {}
        for name, each in judged.items():
            over, own = self._in_order(each).statistics()
            scale = float(np.sqrt(np.mean(over**2)))
            np.maximum(largest, over / scale, out=largest)
            real[name] = own / scale
        return largest, real

    def _in_order(self, lots: Lots) -> Lots:
        """An assignment must turn the same units in every outcome and at every look."""
        place = {unit: at for at, unit in enumerate(lots.units)}
        order = [place[unit] for unit in self.like.units]
        return Lots(lots.assignments, self.like.units, lots.figures[order], lots.exposure[order])

    def _threshold(self, largest: Floats, may_be_spent: float) -> float:
        """The least statistic that lets no more cross than may by now; ties stay or go together."""
        allowed = int(np.floor(may_be_spent * len(largest) * (1 + TIE))) - int(self.crossed.sum())
        if allowed <= 0:
            return float(np.inf)
        left = -np.sort(-largest[~self.crossed])
        for count in range(min(allowed, len(left)), 0, -1):
            if count == len(left) or left[count] < left[count - 1] * (1 - TIE):
                return float(left[count - 1] * (1 - TIE))
        return float(np.inf)
