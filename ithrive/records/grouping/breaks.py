"""Where the way groupings are known changed so much that a series breaks there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ithrive.periods import Quarter
from ithrive.records.grouping.methods import METHODS, Method

# A fifth of spells known another way moves the mix by more than most real change does; a convention of ours.
SHIFT = 0.2


@dataclass(frozen=True, slots=True)
class MethodBreak:
    """From this quarter on the series of a site by grouping cannot be compared with the quarters before."""

    site: str
    quarter: Quarter
    method: Method  # the method whose share changed most
    before: float
    after: float

    @property
    def sentence(self) -> str:
        return (
            f"From {self.quarter.label} on, {self.after:.0%} of groupings at {self.site} are "
            f"{self.method.means}; before it were {self.before:.0%}. Do not compare across it."
        )


def method_shares(counts: Mapping[Method, int]) -> dict[Method, float]:
    """The share of each method among the groupings known; empty where none is."""
    known = sum(counts.values())
    return {method: counts.get(method, 0) / known for method in METHODS} if known else {}


def method_breaks(
    site: str, series: Iterable[tuple[Quarter, Mapping[Method, int]]], shift: float = SHIFT
) -> tuple[MethodBreak, ...]:
    """Quarters in which the share of a method moved by `shift` or more from the quarter known before."""
    shares = [
        (quarter, method_shares(counts)) for quarter, counts in sorted(series, key=lambda each: each[0])
    ]
    known = [(quarter, found) for quarter, found in shares if found]
    breaks = []
    for (_, before), (quarter, after) in pairwise(known):
        method = max(METHODS, key=lambda each: abs(after[each] - before[each]))
        if abs(after[method] - before[method]) >= shift:
            breaks.append(MethodBreak(site, quarter, method, before[method], after[method]))
    return tuple(breaks)
