"""“Will it work here?”, answered in a sentence."""

from ithrive.evaluation.numbers import number
from ithrive.evaluation.replication.synthesis import Synthesis


def will_it_work_here(found: Synthesis, *, unit: str, better: str) -> str:
    """What a new site like these may expect. `better` is “higher”, “lower” or “neither”.

    >>> from ithrive.evaluation.answers import Interval
    >>> mean, new = Interval(-6.3, -1.7), Interval(-7.3, -0.7)
    >>> found = Synthesis((), (), (), -4.0, 1.0, 9.0, 0.003, mean, 1.0, new, 0.95)
    >>> will_it_work_here(found, unit="days", better="lower")
    'At a new site like these the change would most likely lie between −7.30 and −0.700 days: an improvement.'
    """
    low, high = found.prediction.low, found.prediction.high
    between = f"between {number(low)} and {number(high)} {unit}"
    return (
        f"At a new site like these the change would most likely lie {between}: {_meaning(low, high, better)}."
    )


def _meaning(low: float, high: float, better: str) -> str:
    if low <= 0 <= high:
        return "it may help or not, and these sites cannot say which"
    if better == "neither":
        return "a rise" if low > 0 else "a fall"
    return "an improvement" if (low > 0) == (better == "higher") else "a change for the worse"
