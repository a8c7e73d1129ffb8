"""How much of alpha may be spent by when: rising from nothing to all of it at the end.

Lan & DeMets 1983. The convention matters and is named wherever a result is shown: the exact test spends one
two-sided alpha; the textbook boundaries spend alpha / 2 on either side, as the published tables do.
"""

from collections.abc import Callable, Mapping
from math import e, log

from ithrive.problems import BadInput, Problem


def _obrien_fleming(information: float, alpha: float) -> float:
    from scipy.special import ndtr, ndtri

    return float(2 * ndtr(ndtri(alpha / 2) / information**0.5))


def _pocock(information: float, alpha: float) -> float:
    return alpha * log(1 + (e - 1) * information)


def _linear(information: float, alpha: float) -> float:
    return alpha * information


FUNCTIONS: Mapping[str, Callable[[float, float], float]] = {
    "obrien-fleming": _obrien_fleming,
    "pocock": _pocock,
    "linear": _linear,
    "last-look-only": lambda information, alpha: alpha if information >= 1 else 0.0,
}


def spent(function: str, information: float, alpha: float) -> float:
    """The part of `alpha` spent when a share `information` (0 to 1) of what will be known is known.

    Raises BadInput for an unknown function, or a share outside 0 to 1.
    """
    if function not in FUNCTIONS:
        known = ", ".join(FUNCTIONS)
        raise BadInput(
            Problem("Spending", f"There is no spending function “{function}”.", f"Choose from: {known}.")
        )
    if not 0 <= information <= 1:
        raise BadInput(
            Problem("Information", f"{information:g} is not a share of what will be known.", "Give 0 to 1.")
        )
    return FUNCTIONS[function](information, alpha) if information > 0 else 0.0
