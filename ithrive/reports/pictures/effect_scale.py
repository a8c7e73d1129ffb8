"""In which unit an effect is shown: differences of logarithms as a change in percent."""

from dataclasses import dataclass

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.numbers import number
from ithrive.evaluation.study import OutcomeResult
from ithrive.evaluation.study.sentences import difference_unit, in_percent

NONE = "not computable"


@dataclass(frozen=True, slots=True)
class EffectScale:
    """`unit` is that of effects as shown; `logarithm` says that they were estimated on logarithms."""

    unit: str
    logarithm: bool

    def of(self, effect: float) -> float:
        return in_percent(effect) if self.logarithm else effect

    def interval(self, found: Interval) -> Interval:
        return Interval(self.of(found.low), self.of(found.high))

    def told(self, effect: float | NotComputable | None) -> str:
        return NONE if isinstance(effect, NotComputable) else number(_or_none(self, effect))

    def between(self, found: Interval | NotComputable) -> str:
        if isinstance(found, NotComputable):
            return NONE
        shown = self.interval(found)
        return f"{number(shown.low)} to {number(shown.high)}"


def effect_scale(outcome: OutcomeResult) -> EffectScale:
    """The scale of an outcome's effects.

    Percent of percentages would be confusing, so percentages that are compared as they are differ by points.
    """
    logarithm = outcome.scale == "logarithm"
    return EffectScale("percent" if logarithm else difference_unit(outcome.unit), logarithm)


def _or_none(scale: EffectScale, effect: float | None) -> float | None:
    return None if effect is None else scale.of(effect)
