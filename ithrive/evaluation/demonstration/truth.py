"""What is planted: by how much the change moves two figures, and what makes that more or less.

Nothing else is moved by it. Written down before any figure is made up, so that an analysis can be held to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# At these values of the moderator and the dose an effect is what `Planted.effect` says.
USUAL_RELATIONSHIPS = 60.0  # working relationships between partners before the start, from 0 to 100
USUAL_DOSE = 2.3  # the mean agreed score of a site's statements, from 1 to 4


@dataclass(frozen=True, slots=True)
class Planted:
    """The effect on one returned figure from a site's start on, in the figure's unit (a share of 1).

    `per_relationship` is what one point more of working relationships adds, `per_dose` one point more of the
    agreed score. `shown` is the code under which the figure is shown.
    """

    shown: str
    effect: float
    per_relationship: float = 0.0
    per_dose: float = 0.0


# By measure and returned figure. Waits fall by eight days, and further where partners work well together;
# plans are agreed with nine in a hundred more, and with more still where the area is more THRIVE-like.
PLANTED: Mapping[tuple[str, str], Planted] = MappingProxyType(
    {
        ("H2", "median-days"): Planted("median", effect=-8.0, per_relationship=-0.15),
        ("D1", "agreed"): Planted("share", effect=0.09, per_dose=0.08),
    }
)


def effect_on(measure: str, figure: str, *, relationships: float, dose: float) -> float:
    """What the change does to a figure of a site that has begun; nought where nothing is planted."""
    planted = PLANTED.get((measure, figure))
    if planted is None:
        return 0.0
    more = planted.per_relationship * (relationships - USUAL_RELATIONSHIPS)
    return planted.effect + more + planted.per_dose * (dose - USUAL_DOSE)
