"""What other ways than two-way fixed effects found of one outcome."""

from dataclasses import dataclass

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.counts import CountEffect
from ithrive.evaluation.staggered import Honest, Staggered, Synthetic


@dataclass(frozen=True, slots=True)
class OtherEstimate:
    """The effect by another estimator, such as one for staggered starts. `p` is two-sided."""

    source: str
    name: str
    estimate: float
    standard_error: float | None
    interval: Interval | NotComputable
    p: float | NotComputable
    assumes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaggeredResult:
    """Effects by start and wave where sites began apart, put together (Callaway & Sant'Anna)."""

    source: str
    found: Staggered | NotComputable


@dataclass(frozen=True, slots=True)
class SyntheticResult:
    """Each accelerator site beside a blend of comparison sites. For primary outcomes."""

    source: str
    found: Synthetic | NotComputable


@dataclass(frozen=True, slots=True)
class DriftResult:
    """How much the arms might have drifted apart by themselves before the effect would be none."""

    source: str
    found: Honest | NotComputable
    sentence: str


@dataclass(frozen=True, slots=True)
class CountResult:
    """A count judged as it is, with its noughts, by Poisson regression; None for other outcomes."""

    source: str
    found: CountEffect | NotComputable
