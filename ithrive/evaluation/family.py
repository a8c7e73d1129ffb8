"""Several outcomes judged together: the largest statistic's distribution over all assignments.

Step-down max-T (Westfall & Young 1993): each outcome's sum is measured in its own standard deviations over
the assignments; the p of the strongest is judged against the largest of all, the next against the largest of
the rest.
"""

from collections.abc import Mapping

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import TIE, Marks
from ithrive.evaluation.assignments import Splits
from ithrive.evaluation.randomisation import Lots


def family_wise(lots: Mapping[str, Lots | NotComputable]) -> dict[str, float | NotComputable]:
    """p of each outcome such that the chance of any false finding in the family stays within alpha.

    All outcomes must be judged over the same assignments. Those that cannot be judged are no part of the
    family and keep their reason.
    """
    usable = {name: each for name, each in lots.items() if isinstance(each, Lots) and each.vary}
    if len({(each.assignments, frozenset(each.units)) for each in usable.values()}) > 1:
        reason = NotComputable("The outcomes have different sites, so no assignment divides them all alike.")
        return dict.fromkeys(lots, reason)
    found = _step_down(_aligned(usable))
    return {name: found[name] if name in found else _reason(each) for name, each in lots.items()}


def _reason(lots: Lots | NotComputable) -> NotComputable:
    return lots if isinstance(lots, NotComputable) else NotComputable("The figures do not vary.")


def _aligned(lots: Mapping[str, Lots]) -> dict[str, Lots]:
    """The same with the units of every outcome in one order, which their names do not decide."""
    if not lots:
        return {}
    first = next(iter(lots.values()))
    rows = []
    for each in lots.values():
        place = {unit: at for at, unit in enumerate(each.units)}
        rows.append(each.figures[[place[unit] for unit in first.units]])
    order = np.lexsort((*rows, _accelerators_last(first)))
    units = tuple(first.units[at] for at in order)
    return {
        name: Lots(each.assignments, units, row[order], each.exposure)
        for (name, each), row in zip(lots.items(), rows, strict=True)
    }


def _accelerators_last(lots: Lots) -> Marks:
    sites = len(lots.units)
    treated = lots.assignments.treated if isinstance(lots.assignments, Splits) else 0
    return np.asarray(np.arange(sites) >= sites - treated)


def _step_down(lots: Mapping[str, Lots]) -> dict[str, float]:
    real: dict[str, float] = {}
    sums = {}
    for name, each in lots.items():
        over, own = each.statistics()
        scale = float(np.sqrt(np.mean(over**2)))
        sums[name], real[name] = over / scale, own / scale
    weakest_first = sorted(real, key=lambda name: (real[name], name))
    largest, found = np.zeros(()), {}
    for name in weakest_first:
        largest = np.maximum(largest, sums[name])
        found[name] = float(np.mean(largest >= real[name] * (1 - TIE)))
    running = 0.0
    for name in reversed(weakest_first):
        running = found[name] = max(running, found[name])
    return found
