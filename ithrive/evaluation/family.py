"""Several outcomes judged together: the largest statistic's distribution over all assignments.

Step-down max-T (Westfall & Young 1993): each outcome's sum is measured in its own standard deviations over
the assignments; the p of the strongest is judged against the largest of all, the next against the largest of
the rest.
"""

from collections.abc import Mapping

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import TIE
from ithrive.evaluation.randomisation import Lots


def family_wise(lots: Mapping[str, Lots | NotComputable]) -> dict[str, float | NotComputable]:
    """p of each outcome such that the chance of any false finding in the family stays within alpha.

    All outcomes must be judged over the same assignments. Those that cannot be judged are no part of the
    family and keep their reason.
    """
    usable = {name: each for name, each in lots.items() if isinstance(each, Lots) and each.vary}
    kinds = {each.assignments for each in usable.values()}
    if len(kinds) > 1:
        reason = NotComputable("The outcomes have different sites, so no assignment divides them all alike.")
        return dict.fromkeys(lots, reason)
    found = _step_down(usable)
    return {name: found[name] if name in found else _reason(each) for name, each in lots.items()}


def _reason(lots: Lots | NotComputable) -> NotComputable:
    return lots if isinstance(lots, NotComputable) else NotComputable("The figures do not vary.")


def _step_down(lots: Mapping[str, Lots]) -> dict[str, float]:
    real: dict[str, float] = {}
    sums = {}
    for name, each in lots.items():
        over = np.abs(each.assignments.sums(each.figures[None, :])[0])
        scale = float(np.sqrt(np.mean(over**2)))
        sums[name] = over / scale
        real[name] = abs(float(each.assignments.real(each.figures[None, :])[0])) / scale
    weakest_first = sorted(real, key=lambda name: (real[name], name))
    largest, found = np.zeros(()), {}
    for name in weakest_first:
        largest = np.maximum(largest, sums[name])
        found[name] = float(np.mean(largest >= real[name] * (1 - TIE)))
    running = 0.0
    for name in reversed(weakest_first):
        running = found[name] = max(running, found[name])
    return found
