"""Pictures of what a study found, each with its sentence and its table."""

from ithrive.reports.pictures.at_a_glance import all_outcomes
from ithrive.reports.pictures.of_an_effect import change_by_dose, effect_by_wave, pairs_and_a_new_site
from ithrive.reports.pictures.of_figures import arms_over_time, one_site
from ithrive.reports.pictures.picture import Frame, Picture
from ithrive.reports.pictures.since_start import effect_since_start

__all__ = [
    "Frame",
    "Picture",
    "all_outcomes",
    "arms_over_time",
    "change_by_dose",
    "effect_by_wave",
    "effect_since_start",
    "one_site",
    "pairs_and_a_new_site",
]
