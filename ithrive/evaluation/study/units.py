"""Outcomes judged together must turn the same units: those an outcome lacks are padded with nought."""

from collections.abc import Mapping

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.assignments import Swaps
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.randomisation import Lots


def over_all_pairs(
    protocol: Protocol, lots: Mapping[str, Lots | NotComputable]
) -> dict[str, Lots | NotComputable]:
    """The lots of outcomes over all pairs of the protocol.

    A pair without figures of an outcome adds nought to it, whichever way it is swapped: so the test of each
    outcome is what it was, and all are judged over the same assignments. Splits stay as they are.
    """
    pairs = tuple(sorted({str(each.pair) for each in protocol.sites if each.pair}))
    return {name: _padded(each, pairs) for name, each in lots.items()}


def _padded(lots: Lots | NotComputable, pairs: tuple[str, ...]) -> Lots | NotComputable:
    if isinstance(lots, NotComputable) or not isinstance(lots.assignments, Swaps):
        return lots
    there = {unit: at for at, unit in enumerate(lots.units)}

    def onto(row: np.ndarray) -> np.ndarray:
        return np.array([row[there[pair]] if pair in there else 0.0 for pair in pairs])

    both = np.stack([onto(lots.figures), onto(lots.exposure)])
    order = np.lexsort(both)  # names of pairs decide nothing, not even in the last digit
    return Lots(Swaps(len(pairs), lots.assignments.draws), tuple(pairs[at] for at in order), *both[:, order])
