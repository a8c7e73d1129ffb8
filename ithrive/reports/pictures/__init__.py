"""Pictures of what a study found, each with its sentence and its table."""

from ithrive.reports.pictures.of_outcomes import (
    arms_over_time,
    change_by_dose,
    effect_by_wave,
    one_site,
    pairs_and_a_new_site,
)
from ithrive.reports.pictures.picture import Picture

__all__ = [
    "Picture",
    "arms_over_time",
    "change_by_dose",
    "effect_by_wave",
    "one_site",
    "pairs_and_a_new_site",
]
